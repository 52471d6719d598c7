/** What Reddit is asked for, whichever way: subreddits by their names, and questions of the length it takes. */
import { z } from 'zod';

/** Reddit takes no longer question than this. */
const longestQuery = 512;

/** `r/Coffee/` is `coffee`. */
export const Subreddit = z
  .string()
  .transform((name) =>
    name
      .replace(/^\/?r\//i, '')
      .replace(/\/$/, '')
      .toLowerCase(),
  )
  .pipe(z.string().regex(/^\w{2,24}$/, 'should be the name of a subreddit, such as coffee'));

/** Quoted, joined by OR, in as few questions as Reddit's length allows. */
export function queries(words: readonly string[]): string[] {
  const all: string[] = [];
  for (const word of words.map((one) => `"${one.replaceAll('"', ' ').trim()}"`)) {
    const longer = all.length === 0 ? word : `${all.at(-1)} OR ${word}`;
    if (all.length > 0 && longer.length <= longestQuery) all[all.length - 1] = longer;
    else all.push(word.slice(0, longestQuery));
  }
  return all;
}
