/** Which words a platform that searches for one phrase at a time is asked for. */
import type { Terms } from '../brand.ts';

/**
 * The names and the domains, without those that another one finds anyway: who asks for `Blue Door` has asked for
 * `Blue Door Coffee`. Each word costs requests of a small budget.
 */
export function searchWords({ names, domains }: Pick<Terms, 'names' | 'domains'>): readonly string[] {
  const words = new Map<string, string>();
  for (const word of [...names, ...domains]) {
    const key = spaced(word);
    if (key.trim() !== '' && !words.has(key)) words.set(key, word.trim());
  }
  const keys = [...words.keys()];
  return [...words].filter(([own]) => !keys.some((key) => key !== own && own.includes(key))).map(([, word]) => word);
}

/** Lower case, one space before and behind each word, so that only whole words are found in each other; `C++` is not `C#`. */
function spaced(word: string): string {
  return ` ${word
    .toLowerCase()
    .split(/[\s.\-–_/]+/u)
    .filter((part) => part !== '')
    .join(' ')} `;
}
