/** Calibration error and Brier score against values worked out by hand. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnRows, once } from '../support/drawn-rows.ts';
import { brierFigure, calibrationErrorFigure } from './calibration.ts';

const anyGuess = fc.record({ probability: fc.double({ min: 0, max: 1, noNaN: true }), truth: fc.boolean() });

const guesses = [
  { probability: 0.92, truth: true },
  { probability: 0.98, truth: false },
  { probability: 1, truth: true },
  { probability: 0.1, truth: false },
  { probability: 0.14, truth: false },
];

test('calibration error weighs each bin by its rows', () => {
  // Bin of 0.9 to 1: mean 2.9/3 against 2/3, three rows. Bin of 0.1: mean 0.12 against 0, two rows.
  expect(calibrationErrorFigure(guesses)(once(guesses))).toBeCloseTo((3 * (0.9 / 3) + 2 * 0.12) / 5);
  expect(calibrationErrorFigure([])([])).toBeNull();
});

test('errors in different bins do not cancel out', () => {
  const crossed = [
    { probability: 0.95, truth: false },
    { probability: 0.05, truth: true },
  ];
  expect(calibrationErrorFigure(crossed)([1, 1])).toBeCloseTo(0.95);
});

test('Brier is the mean square of what was off', () => {
  const off = [0.08, 0.98, 0, 0.1, 0.14];
  expect(brierFigure(guesses)(once(guesses))).toBeCloseTo(off.reduce((sum, each) => sum + each * each, 0) / 5);
  expect(brierFigure([])([])).toBeNull();
});

test('what is said to be certain and is, is perfect', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 1 }), (truths) => {
      const certain = truths.map((truth) => ({ probability: Number(truth), truth }));
      expect(calibrationErrorFigure(certain)(once(truths))).toBe(0);
      expect(brierFigure(certain)(once(truths))).toBe(0);
    }),
  );
});

test('both are from 0 to 1, and a row drawn twice counts as two rows', () => {
  fc.assert(
    fc.property(drawnRows(anyGuess), ({ rows, drawn, written }) => {
      for (const figure of [calibrationErrorFigure, brierFigure]) {
        const [counted, said] = [figure(rows)(drawn), figure(written)(once(written))];
        if (counted === null || said === null) expect(counted).toBe(said);
        else {
          expect(counted).toBeCloseTo(said);
          expect(counted).toBeGreaterThanOrEqual(0);
          expect(counted).toBeLessThanOrEqual(1);
        }
      }
    }),
  );
});
