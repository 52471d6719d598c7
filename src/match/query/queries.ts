/** All brands' queries made ready at once: one walk over a post tells which of them hold. */
import type { Post } from '../../mention.ts';
import { type Because, type Ready, ready } from './judge.ts';
import { growNeedles } from './needles.ts';
import { type Query, termsIn } from './query.ts';
import { readerOf } from './reader.ts';

export type { Because } from './judge.ts';

export interface Queries {
  /** What makes a query hold, by its place in the list; those that do not hold are not there. */
  find(post: Post): ReadonlyMap<number, readonly Because[]>;
  /** Why the query at this place does not hold, as ends of sentences; empty where it does. */
  whyNot(post: Post, place: number): readonly string[];
}

/** Null stands for a brand without a query. Do it once, not per post. */
export function compileQueries(queries: readonly (Query | null)[]): Queries {
  const needles = growNeedles();
  const compiled = queries.map((query) => query && ready(query, needles));
  const wantsAuthors = queries.some((query) => query && termsIn(query).some(isAuthor));
  const always: number[] = [];
  const waiting = new Map<number, number[]>();
  for (const [place, one] of compiled.entries()) {
    if (one?.wants === null) always.push(place);
    for (const id of one?.wants ?? []) waiting.set(id, [...(waiting.get(id) ?? []), place]);
  }
  const any = compiled.some((one) => one !== null);

  function find(post: Post): ReadonlyMap<number, readonly Because[]> {
    const held = new Map<number, readonly Because[]>();
    if (!any) return held;
    const reader = readerOf(post, needles, wantsAuthors);
    const candidates = new Set(always);
    for (const id of reader.stands.keys()) for (const place of waiting.get(id) ?? []) candidates.add(place);
    for (const place of candidates) {
      const because = compiled[place]?.holds(reader) ?? null;
      if (because !== null) held.set(place, because);
    }
    return held;
  }

  function whyNot(post: Post, place: number): readonly string[] {
    const one: Ready | null | undefined = compiled[place];
    return one ? [...new Set(one.whyNot(readerOf(post, needles, wantsAuthors)))] : [];
  }
  return { find, whyNot };
}

const isAuthor = (term: { readonly kind: string; readonly within?: string }) => term.within === 'author';
