/** Chances of counts, held against published figures, against brute force and against what must hold of any range. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incompleteBeta } from '../../src/insight/beta.ts';
import {
  binomialAtMost,
  chanceOfSoFew,
  chanceOfSoMany,
  clumpOf,
  countRange,
  meanRange,
  medianRange,
  poissonAtMost,
  shareRange,
  usual,
} from '../../src/insight/chance.ts';

/** Newcombe, “Two-sided confidence intervals for the single proportion”, 1998, table I, method 5. */
test.each([
  [81, 263, 0.2527, 0.3676],
  [15, 148, 0.0578, 0.1617],
  [0, 20, 0, 0.1684],
  [1, 29, 0.0009, 0.1776],
])('the exact range of %i of %i', (hits, of, low, high) => {
  const range = shareRange(hits, of);
  expect(range.low).toBeCloseTo(low, 4);
  expect(range.high).toBeCloseTo(high, 4);
});

/** Garwood’s table, 1936; Ulm, “A simple method to calculate the confidence interval of a SMR”, 1990. */
test.each([
  [0, 0, 3.689],
  [1, 0.025, 5.572],
  [4, 1.09, 10.242],
  [10, 4.795, 18.39],
  [100, 81.364, 121.627],
])('the exact range of a count of %i', (count, low, high) => {
  const range = countRange(count);
  expect(range.low).toBeCloseTo(low, 2);
  expect(range.high).toBeCloseTo(high, 2);
});

const choose = (of: number, k: number): number => (k === 0 ? 1 : (choose(of - 1, k - 1) * of) / k);
const small = fc.integer({ min: 0, max: 25 });
const chance = fc.double({ min: 0.01, max: 0.99, noNaN: true });
const near = (one: number, other: number) => expect(Math.abs(one - other)).toBeLessThan(1e-8);

describe('against brute force', () => {
  test('binomial', () => {
    fc.assert(
      fc.property(small, small, chance, (one, other, p) => {
        const [k, of] = [Math.min(one, other), Math.max(one, other)];
        let sum = 0;
        for (let hits = 0; hits <= k; hits += 1) sum += choose(of, hits) * p ** hits * (1 - p) ** (of - hits);
        near(binomialAtMost(k, of, p), sum);
      }),
    );
  });

  test('Poisson', () => {
    fc.assert(
      fc.property(small, fc.double({ min: 0.01, max: 40, noNaN: true }), (k, mean) => {
        let [term, sum] = [Math.exp(-mean), 0];
        for (let count = 0; count <= k; count += 1) {
          sum += term;
          term *= mean / (count + 1);
        }
        near(poissonAtMost(k, mean), sum);
      }),
    );
  });

  test('so few, after so many: the conditional binomial of all that were counted', () => {
    fc.assert(
      fc.property(
        small,
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 1, max: 90 }),
        small,
        (count, before, days, more) => {
          const baseline = { count: before, days: days + more, clump: 1 };
          const share = days / (days + baseline.days);
          near(chanceOfSoFew(count, days, baseline), binomialAtMost(count, count + before, share));
          near(chanceOfSoMany(count, days, baseline), 1 - binomialAtMost(count - 1, count + before, share));
        },
      ),
    );
  });

  test('the median: any other place would hold it less than 95 of 100 times', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 40 }), (count) => {
        const places = Array.from({ length: count }, (_, place) => place + 1);
        const range = medianRange(places);
        const holds = (low: number) => 1 - 2 * binomialAtMost(low - 1, count, 0.5);
        expect(range).not.toBeNull();
        if (range === null) return;
        expect(holds(range.low)).toBeGreaterThanOrEqual(0.95);
        expect(holds(range.low + 1)).toBeLessThan(0.95);
        expect(range.low + range.high).toBe(count + 1);
      }),
    );
  });
});

describe('what holds of any range', () => {
  test('holds its own figure, is never wider with more, and moves with it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 300 }), (one, other) => {
        const [hits, of] = [Math.min(one, other), Math.max(one, other)];
        const range = shareRange(hits, of);
        expect(range.low).toBeLessThanOrEqual(hits / of + 1e-9);
        expect(range.high).toBeGreaterThanOrEqual(hits / of - 1e-9);
        const more = shareRange(hits * 4, of * 4);
        expect(more.high - more.low).toBeLessThan(range.high - range.low);
        if (hits < of) expect(shareRange(hits + 1, of).low).toBeGreaterThan(range.low);
        const counted = countRange(hits);
        expect(counted.low).toBeLessThanOrEqual(hits);
        expect(counted.high).toBeGreaterThan(hits);
        expect(countRange(hits + 1).low).toBeGreaterThan(counted.low);
      }),
      { numRuns: 60 },
    );
  });

  test('an exact range holds the truth 95 of 100 times, or more often, whatever it is', () => {
    fc.assert(
      fc.property(chance, fc.integer({ min: 1, max: 30 }), (truth, of) => {
        let holds = 0;
        for (let hits = 0; hits <= of; hits += 1) {
          const { low, high } = shareRange(hits, of);
          const drawn = binomialAtMost(hits, of, truth) - binomialAtMost(hits - 1, of, truth);
          if (low <= truth && truth <= high) holds += drawn;
        }
        expect(holds).toBeGreaterThanOrEqual(0.95 - 1e-9);
      }),
      { numRuns: 60 },
    );
  });

  test('the usual range holds what nearly all stretches bring, and its own middle', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 90 }), (count, days) => {
        const before = { count, days: 90, clump: 1 };
        const { value, low, high } = usual(days, before);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(Math.floor(value));
        if (low > 0) expect(chanceOfSoFew(low - 1, days, before)).toBeLessThanOrEqual(0.025);
        expect(chanceOfSoMany(high + 1, days, before)).toBeLessThanOrEqual(0.025);
        if (high > value) expect(chanceOfSoMany(high, days, before)).toBeGreaterThan(0.025);
      }),
      { numRuns: 60 },
    );
  });

  test('fewer are never likelier, and clumps make everything likelier', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 60 }), (count, had) => {
        const before = { count: had, days: 90, clump: 1 };
        expect(chanceOfSoFew(count + 1, 30, before)).toBeGreaterThanOrEqual(chanceOfSoFew(count, 30, before));
        const expected = had / 3;
        if (count < expected / 2 && expected > 4)
          expect(chanceOfSoFew(count, 30, { ...before, clump: 3 })).toBeGreaterThan(chanceOfSoFew(count, 30, before));
      }),
    );
  });
});

test('large counts are as exact as small ones', () => {
  near(incompleteBeta(0.5, 50_000, 50_000), 0.5);
  expect(shareRange(500_000, 1_000_000).low).toBeCloseTo(0.49902, 4);
  expect(poissonAtMost(1_000_000, 1_000_000)).toBeCloseTo(0.5, 2);
});

test('nothing before tells nothing', () => {
  expect(chanceOfSoFew(0, 30, { count: 0, days: 365, clump: 1 })).toBe(1);
  expect(chanceOfSoMany(0, 30, { count: 0, days: 365, clump: 1 })).toBe(1);
  expect(usual(30, { count: 0, days: 365, clump: 1 })).toMatchObject({ value: 0, low: 0 });
  expect(medianRange([1, 2, 3, 4, 5])).toBeNull();
});

test('how many come together', () => {
  expect(clumpOf([1, 1, 1])).toBe(1);
  expect(clumpOf(Array.from({ length: 52 }, () => 3))).toBe(1);
  const threes = Array.from({ length: 52 }, (_, week) => (week % 3 === 0 ? 9 : 0));
  expect(clumpOf(threes)).toBeGreaterThan(3);
  expect(clumpOf(threes.slice(0, 6))).toBeLessThan(clumpOf(threes));
});

test('a mean of stars stays on its scale', () => {
  expect(meanRange(4.3, 212, { least: 1, most: 5 })).toEqual({
    low: expect.closeTo(3.93, 2),
    high: expect.closeTo(4.67, 2),
  });
  expect(meanRange(4.9, 3, { least: 1, most: 5 }).high).toBe(5);
});
