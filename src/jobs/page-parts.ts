/** Cuts a page into parts that one transaction may hold. */
import type { Page } from '../sources/source.ts';

/** A write holds at most so many posts, so that whoever else waits for the database is not kept long. */
export const postsPerWrite = 500;

/** In order; an empty page is one part. What else a page brings, above all where to go on, comes with its last part. */
export function partsOf(page: Page): readonly Page[] {
  const { posts, certain } = page;
  const same = certain === undefined ? {} : { certain };
  const parts: Page[] = [];
  let from = 0;
  for (; posts.length - from > postsPerWrite; from += postsPerWrite) {
    parts.push({ ...same, posts: posts.slice(from, from + postsPerWrite) });
  }
  return [...parts, from === 0 ? page : { ...page, posts: posts.slice(from) }];
}
