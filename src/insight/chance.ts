/** What chance alone does to counts, shares and medians: exact ranges, right also at none and at one. Pure. */
import { incompleteBeta, logGamma } from './beta.ts';

/** Of a hundred such ranges 95 hold the true figure. */
const outside = 0.05;

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** P(X ≤ k) of a binomial count. */
export function binomialAtMost(k: number, of: number, chance: number): number {
  if (k < 0) return 0;
  return k >= of ? 1 : incompleteBeta(1 - chance, of - k, k + 1);
}

/** P(X ≤ k) of a Poisson count. */
export function poissonAtMost(k: number, mean: number): number {
  if (k < 0) return 0;
  if (mean <= 0) return 1;
  // From its largest term on down or up, whichever side is the smaller.
  if (k > mean) return 1 - poissonFrom(k + 1, mean, 1);
  return poissonFrom(k, mean, -1);
}

function poissonFrom(first: number, mean: number, step: 1 | -1): number {
  let term = Math.exp(first * Math.log(mean) - mean - logGamma(first + 1));
  let sum = 0;
  for (let k = first; k >= 0 && term > sum * 1e-16; k += step) {
    sum += term;
    term *= step === -1 ? k / mean : mean / (k + 1);
  }
  return Math.min(1, sum);
}

/** The exact range of a share, from 0 to 1 (C. J. Clopper, E. S. Pearson, 1934). `of` > 0. */
export function shareRange(hits: number, of: number): Range {
  const reached = (share: number) => 1 - binomialAtMost(hits - 1, of, share);
  const stays = (share: number) => binomialAtMost(hits, of, share);
  return {
    low: hits === 0 ? 0 : crossing(0, hits / of, (share) => reached(share) >= outside / 2),
    high: hits === of ? 1 : crossing(hits / of, 1, (share) => stays(share) <= outside / 2),
  };
}

/** How many there would be over and over, where there were so many once: the exact range of a Poisson mean (F. Garwood, 1936). */
export function countRange(count: number): Range {
  const reached = (mean: number) => 1 - poissonAtMost(count - 1, mean);
  const stays = (mean: number) => poissonAtMost(count, mean);
  const far = count + 10 * Math.sqrt(count) + 10;
  return {
    low: count === 0 ? 0 : crossing(0, count, (mean) => reached(mean) >= outside / 2),
    high: crossing(count, far, (mean) => stays(mean) <= outside / 2),
  };
}

/**
 * The middle one and the exact range of the true one, whatever the distribution: values by their place (W. R. Thompson,
 * 1936). Null where there are fewer than six: then no two places hold it 95 of 100 times (1 − 2 · ½⁶ = 0.97, 1 − 2 · ½⁵ = 0.94).
 */
export function medianRange(values: readonly number[]): (Range & { readonly value: number }) | null {
  const sorted = values.toSorted((one, other) => one - other);
  const count = sorted.length;
  let place = 0;
  while (binomialAtMost(place, count, 0.5) <= outside / 2) place += 1;
  const [low, high] = [sorted[place - 1], sorted[count - place]];
  const value = middleOf(sorted);
  return low === undefined || high === undefined || value === null ? null : { value, low, high };
}

/** Of sorted values. */
export function middleOf(sorted: readonly number[]): number | null {
  const [one, other] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (one === undefined || other === undefined) return null;
  return one === other ? one : (one + other) / 2;
}

/**
 * The range of a mean of `count` values that lie from `least` to `most`, whatever their distribution (W. Hoeffding, 1963):
 * wide, and all that can be said where only the mean is told.
 */
export function meanRange(mean: number, count: number, { least, most }: { least: number; most: number }): Range {
  const reach = (most - least) * Math.sqrt(Math.log(2 / outside) / (2 * count));
  return { low: Math.max(least, mean - reach), high: Math.min(most, mean + reach) };
}

/** What there was before: so many in so many days. */
export interface Before {
  readonly count: number;
  readonly days: number;
  /** How many come together as a rule; 1 where each comes by itself. */
  readonly clump: number;
}

/**
 * The chance of so few in `days`, or fewer, if nothing has changed. The rate before is itself only known from a count, so
 * that the count to come has a negative binomial distribution (size: the count before; probability: its days of all days);
 * that is the exact conditional test of two Poisson counts (J. Przyborowski, H. Wilenski, 1940). Where they come in clumps,
 * clumps are counted.
 */
export function chanceOfSoFew(count: number, days: number, before: Before): number {
  if (before.count === 0) return 1;
  const { clump } = before;
  const earlier = before.days / (before.days + days);
  // Asked day by day of every stretch: none is the one that needs no series.
  if (count === 0) return earlier ** (before.count / clump);
  return incompleteBeta(earlier, before.count / clump, count / clump + 1);
}

/** The chance of so many in `days`, or more, if nothing has changed. */
export function chanceOfSoMany(count: number, days: number, before: Before): number {
  if (count === 0) return 1;
  const { clump } = before;
  return incompleteBeta(days / (before.days + days), count / clump, before.count / clump + 1);
}

/** What `days` usually bring: the mean, and the range of 95 of 100 such stretches if nothing changes. */
export function usual(days: number, before: Before): Range & { readonly value: number } {
  const value = (before.count * days) / before.days;
  const most = value + 20 * Math.sqrt((value + 1) * (1 + days / before.days) * before.clump) + 20;
  const low = firstWhole(0, value, (count) => chanceOfSoFew(count, days, before) > outside / 2);
  const high = firstWhole(value, most, (count) => chanceOfSoMany(count + 1, days, before) <= outside / 2);
  return { value, low: Math.min(low, Math.floor(value)), high };
}

/**
 * How many of a kind come together: the variance of weekly counts over their mean (the index of dispersion; R. A. Fisher,
 * 1925), drawn towards 1 where there are few weeks to tell it from; never below 1.
 */
export function clumpOf(weekly: readonly number[]): number {
  const weeks = weekly.length;
  const mean = weekly.reduce((sum, count) => sum + count, 0) / weeks;
  if (weeks < fewestWeeks || mean === 0) return 1;
  const variance = weekly.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (weeks - 1);
  return Math.max(1, 1 + ((variance / mean - 1) * (weeks - 1)) / (weeks - 1 + fewestWeeks));
}
const fewestWeeks = 4;

/** Where a condition that holds from somewhere on begins to hold, between the two. */
function crossing(from: number, to: number, holds: (value: number) => boolean): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 60 && high - low > 1e-12 * Math.max(1, high); step += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

function firstWhole(from: number, to: number, holds: (value: number) => boolean): number {
  let [low, high] = [Math.floor(from), Math.ceil(to)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
