/** Which of two terms stand near each other, counted in words between them. */
import { words } from '../../text/words.ts';
import type { Stand } from './needles.ts';

/** How many whole words lie between two places of one text. */
export type Between = (from: number, to: number) => number;

/** Prepares a text once; each question is then answered by two binary searches. */
export function wordsBetween(text: string): Between {
  const all = words(text);
  const starts = all.map(({ start }) => start);
  const ends = all.map(({ end }) => end);
  return (from, to) => Math.max(0, countUpTo(ends, to) - countUpTo(starts, from - 1));
}

/** How many of these rising numbers are at most `limit`. */
function countUpTo(rising: readonly number[], limit: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pairs of which the first ends before the second begins, at most so many words apart; of each second the nearest first. */
export function follow<Spot extends Stand>(
  firsts: readonly Spot[],
  seconds: readonly Spot[],
  most: number,
  between: Between,
): readonly (readonly [Spot, Spot])[] {
  const before = [...firsts].sort((one, other) => one.end - other.end);
  const after = [...seconds].sort((one, other) => one.start - other.start);
  let next = 0;
  return after.flatMap((second): (readonly [Spot, Spot])[] => {
    while (next < before.length && (before[next]?.end ?? 0) <= second.start) next++;
    const first = before[next - 1];
    return first && between(first.end, second.start) <= most ? [[first, second]] : [];
  });
}
