/** One figure of the report: with its range, the counts that it rests on, and whether they are enough. Pure. */
import { type Before, countRange, medianRange, middleOf, shareRange, usual } from './chance.ts';

export type FigureState = 'ok' | 'baseline forming';

export interface Figure {
  /** Null where there is nothing to tell it from. */
  readonly value: number | null;
  /** The range that holds the true figure 95 of 100 times; null where the counts allow none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly basis: Readonly<Record<string, number>>;
  readonly state: FigureState;
}

/**
 * Power: of 20, a share that is a fifth is told from a half 8 of 10 times (at most 5 of 20: exact binomial test at 5 %, 0.80);
 * of 10 only 4 of 10 times (at most 1: 0.38). At 20 the exact range reaches 23 points to either side.
 */
export const enoughForShare = 20;

/** Clopper and Pearson's exact range. */
export function shareFigure(hits: number, of: number, basis: Figure['basis']): Figure {
  const state = of < enoughForShare ? 'baseline forming' : 'ok';
  if (of === 0) return { value: null, low: null, high: null, basis, state };
  return { value: hits / of, ...shareRange(hits, of), basis, state };
}

/** Garwood's exact range. */
export function countFigure(count: number, basis: Figure['basis'], state: FigureState): Figure {
  return { value: count, ...countRange(count), basis, state };
}

/** Thompson's exact range of the median; those that are `over`, longer than any that is known, count as the longest. */
export function medianFigure(known: readonly number[], over: number, basis: Figure['basis']): Figure {
  const all = [...known, ...Array.from({ length: over }, () => Number.POSITIVE_INFINITY)];
  const range = medianRange(all);
  const value = middleOf(all.toSorted((one, other) => one - other));
  return {
    value: finite(value),
    low: finite(range?.low ?? null),
    high: finite(range?.high ?? null),
    basis,
    state: range === null ? 'baseline forming' : 'ok',
  };
}

/** What as many days as these usually bring, by those before; Garwood's and the binomial's range in one: the negative binomial's. */
export function usualFigure(days: number, before: Before): Figure {
  const basis = { count: before.count, days: before.days };
  if (before.days < days) return { value: null, low: null, high: null, basis, state: 'baseline forming' };
  return { ...usual(days, before), basis, state: 'ok' };
}

const finite = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
