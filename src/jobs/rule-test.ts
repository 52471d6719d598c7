/** What rules match among the stored posts, by their words alone; nothing is written. */
import type { Post } from '../mention.ts';
import { type StoredPost, storedPosts } from '../store/stored-posts.ts';
import type { Tools } from './tools.ts';

/** A term that matched. `at` counts UTF-16 units of the field. */
export interface MatchedTerm {
  readonly term: string;
  readonly field: string;
  readonly at: readonly [start: number, end: number] | null;
}

/** The terms that match a post; null where it does not match. */
export type Rule = (post: Post) => readonly MatchedTerm[] | null;

export interface Tested {
  readonly seen: number;
  readonly matched: number;
  /** The newest ones, the newest first. */
  readonly newest: readonly { readonly post: StoredPost; readonly because: readonly MatchedTerm[] }[];
}

const batch = 500;

/** One answer a rule, in order. @param most so many of each are given */
export async function testRules(tools: Tools, rules: readonly Rule[], most: number): Promise<readonly Tested[]> {
  const newest: Tested['newest'][number][][] = rules.map(() => []);
  const matched = rules.map(() => 0);
  let seen = 0;
  for (let afterId = 0; ; ) {
    tools.signal.throwIfAborted();
    const posts = await tools.store.read('stored posts', (tx) => storedPosts(tx, { afterId, limit: batch }));
    const last = posts.at(-1);
    if (!last) break;
    for (const post of posts)
      for (const [place, rule] of rules.entries()) {
        const because = rule(post);
        if (because === null) continue;
        matched[place] = (matched[place] ?? 0) + 1;
        newest[place]?.push({ post, because });
      }
    for (const [place, list] of newest.entries()) newest[place] = cut(list, most);
    seen += posts.length;
    afterId = last.id;
  }
  return rules.map((_rule, place) => ({ seen, matched: matched[place] ?? 0, newest: newest[place] ?? [] }));
}

function cut(list: Tested['newest'][number][], most: number) {
  return list.sort((one, other) => other.post.saidAt - one.post.saidAt).slice(0, most);
}
