/** AUC, recall at a purity and Spearman against values worked out by hand, and against their definitions. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnRows, once } from '../support/drawn-rows.ts';
import { aucFigure, recallAtFigure, type Scored, spearmanFigure } from './ranking.ts';

const scored = (...rows: readonly (readonly [score: number, truth: boolean])[]): Scored[] =>
  rows.map(([score, truth]) => ({ score, truth }));
const anyScored = fc.record({ score: fc.integer({ min: -4, max: 4 }), truth: fc.boolean() });
const anyPair = fc.record({ said: fc.integer({ min: 0, max: 4 }), truth: fc.integer({ min: 0, max: 4 }) });

test('AUC counts pairs in the right order, and half of the ties', () => {
  // True: 0.9, 0.4, 0.4. False: 0.6, 0.4, 0.1. Of nine pairs five are right, two are ties.
  const rows = scored([0.9, true], [0.4, true], [0.4, true], [0.6, false], [0.4, false], [0.1, false]);
  expect(aucFigure(rows)(once(rows))).toBeCloseTo((5 + 2 / 2) / 9);
});

test('AUC needs a true one and a false one', () => {
  expect(aucFigure(scored([1, true], [2, true]))([1, 1])).toBeNull();
  expect(aucFigure([])([])).toBeNull();
});

test('AUC is the share of pairs in the right order', () => {
  fc.assert(
    fc.property(fc.array(anyScored), (rows) => {
      const pairs = rows
        .filter(({ truth }) => truth)
        .flatMap((one) => rows.filter(({ truth }) => !truth).map((other) => one.score - other.score));
      const wins = pairs.reduce((sum, lead) => sum + (lead > 0 ? 1 : lead === 0 ? 0.5 : 0), 0);
      const auc = aucFigure(rows)(once(rows));
      if (pairs.length === 0) expect(auc).toBeNull();
      else expect(auc).toBeCloseTo(wins / pairs.length);
    }),
  );
});

test('recall at 80 % purity goes down the list as far as the purity comes back', () => {
  // From the top: t t f t t t f. Purity 1, 1, 2/3, 3/4, 4/5, 5/6, 5/7; so all five are found.
  const rows = scored([9, true], [8, true], [7, false], [6, true], [5, true], [4, true], [3, false], [2, true]);
  expect(recallAtFigure(0.8, rows.slice(0, 7))(once(rows.slice(0, 7)))).toBe(1);
  // With another at the very end: purity 6/8, so it is not.
  expect(recallAtFigure(0.8, rows)(once(rows))).toBeCloseTo(5 / 6);
});

test('recall at a purity takes ties together or not at all', () => {
  const rows = scored([1, true], [1, true], [1, true], [1, false]);
  expect(recallAtFigure(0.8, rows)(once(rows))).toBe(0);
  expect(recallAtFigure(0.75, rows)(once(rows))).toBe(1);
  expect(recallAtFigure(0.8, scored([1, false]))([1])).toBeNull();
});

test('recall at a purity is what the best allowed threshold finds', () => {
  fc.assert(
    fc.property(fc.array(anyScored, { minLength: 1 }), fc.constantFrom(0.5, 0.8, 0.9), (rows, purity) => {
      const truths = rows.filter(({ truth }) => truth).length;
      fc.pre(truths > 0);
      const recalls = rows.map(({ score }) => {
        const taken = rows.filter((row) => row.score >= score);
        const right = taken.filter(({ truth }) => truth).length;
        return right / taken.length >= purity ? right / truths : 0;
      });
      expect(recallAtFigure(purity, rows)(once(rows))).toBeCloseTo(Math.max(...recalls));
    }),
  );
});

test('Spearman gives ties their mean rank', () => {
  const pairs = [
    { said: 1, truth: 10 },
    { said: 2, truth: 20 },
    { said: 2, truth: 40 },
    { said: 4, truth: 30 },
  ];
  // Ranks 1, 2.5, 2.5, 4 and 1, 2, 4, 3: products of what lies off 2.5 sum to 2.25 + 0 + 0 + 0.75, squares to 4.5 and 5.
  expect(spearmanFigure(pairs)([1, 1, 1, 1])).toBeCloseTo(3 / Math.sqrt(4.5 * 5));
  expect(spearmanFigure(pairs.map(({ said }) => ({ said, truth: 7 })))([1, 1, 1, 1])).toBeNull();
});

test('Spearman is 1 in the same order, -1 in the other, and the same both ways round', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { minLength: 2 }), (values) => {
      const all = once(values);
      expect(spearmanFigure(values.map((said) => ({ said, truth: said / 3 - 1 })))(all)).toBeCloseTo(1);
      expect(spearmanFigure(values.map((said) => ({ said, truth: -said })))(all)).toBeCloseTo(-1);
    }),
  );
  fc.assert(
    fc.property(fc.array(anyPair), (pairs) => {
      const turned = pairs.map(({ said, truth }) => ({ said: truth, truth: said }));
      const [one, other] = [spearmanFigure(pairs)(once(pairs)), spearmanFigure(turned)(once(pairs))];
      if (one === null || other === null) expect(one).toBe(other);
      else expect(one).toBeCloseTo(other);
    }),
  );
});

test('a row drawn twice counts as two rows', () => {
  fc.assert(
    fc.property(drawnRows(anyScored), ({ rows, drawn, written }) => {
      expect(aucFigure(rows)(drawn)).toEqual(aucFigure(written)(once(written)));
      expect(recallAtFigure(0.8, rows)(drawn)).toEqual(recallAtFigure(0.8, written)(once(written)));
    }),
  );
  fc.assert(
    fc.property(drawnRows(anyPair), ({ rows, drawn, written }) => {
      const [counted, said] = [spearmanFigure(rows)(drawn), spearmanFigure(written)(once(written))];
      if (counted === null || said === null) expect(counted).toBe(said);
      else expect(counted).toBeCloseTo(said);
    }),
  );
});
