/** F1, macro-F1 and shares against values worked out by hand. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnRows, once } from '../support/drawn-rows.ts';
import { macroF1Figure, scoreOf, shareFigure, type YesNo, yesNoFigures } from './score.ts';

const rows = (said: string, truth: string): YesNo[] =>
  [...said].map((each, row) => ({ said: each === 'y', truth: truth[row] === 'y' }));
const anyAnswer = fc.record({ said: fc.boolean(), truth: fc.boolean() });

test('precision, recall and F1 of the yes', () => {
  // Three flagged, two of them right; four true.
  const { precision, recall, f1 } = scoreOf(rows('yyynnnnn', 'yynyynnn'));
  expect([precision, recall, f1]).toEqual([2 / 3, 1 / 2, 4 / 7]);
});

test('without a yes or without a true one nothing is right', () => {
  expect(scoreOf(rows('nn', 'yn'))).toMatchObject({ precision: 0, recall: 0, f1: 0 });
  expect(scoreOf(rows('yn', 'nn'))).toMatchObject({ precision: 0, recall: 0, f1: 0 });
  expect(scoreOf([])).toEqual({ precision: 0, recall: 0, f1: 0, low: 0, high: 0 });
});

test('macro-F1 is the mean of both sides', () => {
  // Yes: 4/7 as above. No: five said, three right, four true: 6/9.
  const answers = rows('yyynnnnn', 'yynyynnn');
  expect(macroF1Figure(answers)(once(answers))).toBeCloseTo((4 / 7 + 6 / 9) / 2);
});

test('macro-F1 of three classes, of which one is never the truth', () => {
  const answers = [
    { said: 'negative', truth: 'negative' },
    { said: 'neutral', truth: 'negative' },
    { said: 'positive', truth: 'positive' },
  ];
  // Negative: one right, one missed: 2/3. Positive: 1. Neutral is the truth of none.
  expect(macroF1Figure(answers)([1, 1, 1])).toBeCloseTo((2 / 3 + 1) / 2);
  expect(macroF1Figure(answers)([0, 0, 1])).toBe(1);
  expect(macroF1Figure(answers)([0, 0, 0])).toBeNull();
});

test('a share is of the rows that were drawn', () => {
  expect(shareFigure([true, false, false])([1, 1, 2])).toBe(1 / 4);
  expect(shareFigure([])([])).toBeNull();
});

test('a row drawn twice counts as two rows', () => {
  fc.assert(
    fc.property(drawnRows(anyAnswer), ({ rows, drawn, written }) => {
      const [counted, said] = [yesNoFigures(rows), yesNoFigures(written)];
      for (const name of ['f1', 'precision', 'recall'] as const)
        expect(counted[name](drawn)).toBe(said[name](once(written)));
      expect(macroF1Figure(rows)(drawn)).toBe(macroF1Figure(written)(once(written)));
    }),
  );
});
