/** Which words a platform that searches for one phrase at a time is asked for. */
import type { Terms } from '../brand.ts';

/**
 * The names and the domains, without those that another one finds anyway: who asks for `Blue Door` has asked for
 * `Blue Door Coffee`. Each word costs requests of a small budget.
 */
export function searchWords({ names, domains }: Pick<Terms, 'names' | 'domains'>): readonly string[] {
  const words = [...new Map([...names, ...domains].map((word) => [bare(word), word.trim()]))];
  return words
    .filter(([own]) => own.trim() !== '' && !words.some(([other]) => other !== own && own.includes(other)))
    .map(([, word]) => word);
}

/** Lower case, one space around each run of letters and digits, so that only whole words are found in each other. */
function bare(word: string): string {
  return ` ${word
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((part) => part !== '')
    .join(' ')} `;
}
