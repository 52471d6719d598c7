/** The numbers of a digest against those before them, in plain words. */
import type { CountLine, Counts, DigestRows } from './digest.ts';

const labels: readonly (readonly [what: keyof Counts, one: string, several: string])[] = [
  ['mentions', 'mention', 'mentions'],
  ['complaints', 'complaint', 'complaints'],
  ['praise', 'kind word', 'kind words'],
  ['answered', 'answered', 'answered'],
];

/** Nothing where there is nothing to tell. */
export function sayCounts({ days, now, before }: DigestRows['counts']): readonly CountLine[] {
  if ([now, before].every((counts) => counts === null || Object.values(counts).every((count) => count === 0)))
    return [];
  const earlier = days === 7 ? 'the week before' : `the ${days} days before`;
  return labels.map(([what, one, several]) => ({
    label: now[what] === 1 ? one : several,
    value: now[what],
    change: before === null ? null : sayChange(now[what], before[what], earlier),
  }));
}

function sayChange(now: number, before: number, earlier: string): string {
  if (now === before) return now === 0 ? `none ${earlier} either` : `as many as ${earlier}`;
  if (before === 0) return `none ${earlier}`;
  return now > before ? `${now - before} more than ${earlier}` : `${before - now} fewer than ${earlier}`;
}
