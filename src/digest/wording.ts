/** Names as they stand in a sentence. */
import { count } from '../text/count.ts';

/** “A”, “A and B”, “A and 2 others”: short enough for a subject. */
export function nameFew(names: readonly string[], others: string): string {
  const [first = '', second] = names;
  if (second === undefined) return first;
  return names.length === 2 ? `${first} and ${second}` : `${first} and ${names.length - 1} ${others}`;
}

/** “app-store” → “App Store”, for a source that nobody gave a title. */
export function titleOf(source: string): string {
  return source.replace(
    /(^|-)(\p{L})/gu,
    (_whole, dash: string, letter: string) => (dash ? ' ' : '') + letter.toUpperCase(),
  );
}

/** “said in the same words by 3 accounts”; null where nobody else says it so. */
export const saySameWords = (accounts: number): string | null =>
  accounts > 1 ? `said in the same words by ${count(accounts, 'account')}` : null;
