/** The bootstrap: its draws repeat, and its ranges are as wide as theory has them. */
import { expect, test } from 'vitest';
import { rangesOf } from './ranges.ts';
import { shareFigure } from './score.ts';

const rangeOf = (rows: readonly boolean[]) => rangesOf(rows.length, { share: shareFigure(rows) }).share;
const half = (count: number) => Array.from({ length: count }, (_, row) => row % 2 === 0);

test('each draw has as many rows as there are', () => {
  const drawn: number[] = [];
  rangesOf(37, {
    rows: (draw) => {
      const all = Array.from(draw).reduce((sum, times) => sum + times, 0);
      drawn.push(all);
      return all;
    },
  });
  expect(new Set(drawn)).toEqual(new Set([37]));
  expect(drawn.length).toBeGreaterThan(1000);
});

test('the range of a half of 400 is that of the binomial', () => {
  // 1.96 × √(0.5 × 0.5 / 400) = 0.049.
  const { value, low, high } = rangeOf(half(400));
  expect(value).toBe(0.5);
  expect(low).toBeCloseTo(0.451, 2);
  expect(high).toBeCloseTo(0.549, 2);
});

test('where all rows are alike chance moves nothing', () => {
  expect(rangeOf([true, true, true])).toEqual({ value: 1, low: 1, high: 1 });
});

test('the same rows give the same range', () => {
  expect(rangeOf(half(31))).toEqual(rangeOf(half(31)));
});

test('draws that cannot tell the figure are left out; where none can, nothing is told', () => {
  const seldom = rangesOf(3, { third: (drawn) => (drawn[2] ? 1 : null) }).third;
  expect(seldom).toEqual({ value: 1, low: 1, high: 1 });
  expect(rangesOf(0, { share: shareFigure([]) }).share).toEqual({ value: null, low: null, high: null });
});
