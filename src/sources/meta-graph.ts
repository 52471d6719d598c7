/** What the Graph of Facebook, Instagram and Threads gives: lists page by page, and stored things one by one. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { noLonger, nullWhereGone } from './again.ts';
import { Refusal } from './meta-access.ts';
import { Ended } from './oauth.ts';
import { refusalIn } from './refusal.ts';
import type { Page } from './source.ts';

/** A list of the Graph. `next` holds the token and is never followed: only the cursor is taken. */
export const List = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string().nullish() }).nullish().catch(null) })
    .nullish()
    .catch(null),
});
export type List = z.infer<typeof List>;

/** `2021-06-22T17:46:08+0000` has no colon in its zone. */
export function graphTime(text: string | null | undefined): number | null {
  const at = Date.parse((text ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(at) ? null : at;
}

/** The pages of a list: to its end, up to the cap; a cursor that comes again is its end, an empty page is not. */
export async function* graphPages(
  ask: (after: string | undefined) => Promise<List>,
  lastPage: number,
  signal: AbortSignal,
): AsyncGenerator<{ readonly items: readonly unknown[]; readonly more: boolean; readonly capped: boolean }> {
  const asked = new Set<string>();
  let after: string | undefined;
  for (let number = 1; ; number += 1) {
    signal.throwIfAborted();
    const { data, paging } = await ask(after);
    after = paging?.cursors?.after || undefined;
    const more = after !== undefined && !asked.has(after);
    yield { items: data, more, capped: more && number >= lastPage };
    if (!more || after === undefined || number >= lastPage) return;
    asked.add(after);
  }
}

/** For `refused` where one thing is asked for: it is not there, or not shown, or its kind is never shown by itself. */
export function notShown({ text }: RawAnswer): Fault | undefined {
  const error = refusalIn(text, Refusal)?.error;
  return error?.code === 100 && error.error_subcode === 33 ? noLonger() : undefined;
}

/**
 * Stored posts one by one. What is not shown counts as gone only where another of its kind was shown just now: some kinds
 * are never shown by themselves, and then nothing is said.
 */
export async function* graphAgain(
  posts: readonly Post[],
  kindOf: (post: Post) => string,
  read: (post: Post) => Promise<Post | null>,
): AsyncGenerator<Page> {
  const shown = new Set<string>();
  const missing: Post[] = [];
  for (const post of posts) {
    try {
      const now = await nullWhereGone(read(post));
      if (now === null) missing.push(post);
      else {
        shown.add(kindOf(post));
        yield { posts: [now] };
      }
    } catch (fault) {
      // An app may be let see lists and no single thing.
      if (fault instanceof Fault && fault.kind === 'not-allowed' && !(fault instanceof Ended)) break;
      throw fault;
    }
  }
  yield { posts: [], gone: missing.filter((post) => shown.has(kindOf(post))) };
}
