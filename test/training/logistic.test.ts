/** What learning from numbered signs must do: the same each time, and find what is there to be found. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calibrate, type Example, numbersFrom, quantized, regress, scoreOf } from '../../src/training/logistic.ts';

const terms = { kind: 'logistic', rounds: 20, rate: 0.1, decay: 1e-5, seed: 3 } as const;

/** Sign 1 is in all complaints, sign 2 in all others, sign 3 in both. */
const plain: Example[] = Array.from({ length: 60 }, (_, number) => ({
  at: Int32Array.from([number % 2 === 0 ? 1 : 2, 3]),
  value: Float32Array.from([1, 1]),
  truth: number % 2 === 0 ? 1 : 0,
  weight: 1,
}));

test('tells apart what one sign tells apart, and gives the common sign little', () => {
  const learnt = regress(plain, terms);
  expect(scoreOf({ at: Int32Array.from([1]), value: Float32Array.from([1]) }, learnt)).toBeGreaterThan(1.5);
  expect(scoreOf({ at: Int32Array.from([2]), value: Float32Array.from([1]) }, learnt)).toBeLessThan(-1.5);
  expect(Math.abs(learnt.weights[3] ?? 9)).toBeLessThan(0.5);
});

test('gives the same weights, bit for bit, from the same examples', () => {
  expect(
    Buffer.from(regress(plain, terms).weights.buffer).equals(Buffer.from(regress(plain, terms).weights.buffer)),
  ).toBe(true);
});

test('learns a number where numbers are the truth', () => {
  const graded = plain.map((each) => ({ ...each, truth: each.truth === 1 ? 3 : 1 }));
  const learnt = regress(graded, { ...terms, kind: 'linear', rounds: 60 });
  expect(scoreOf({ at: Int32Array.from([1, 3]), value: Float32Array.from([1, 1]) }, learnt)).toBeCloseTo(3, 0);
  expect(scoreOf({ at: Int32Array.from([2, 3]), value: Float32Array.from([1, 1]) }, learnt)).toBeCloseTo(1, 0);
});

test('int8 weights are no further off than half a step', () => {
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true, min: -50, max: 50 }), { minLength: 1, maxLength: 50 }), (list) => {
      const { bytes, scale } = quantized({ weights: Float32Array.from(list), bias: 0 });
      return list.every((weight, place) => Math.abs((bytes[place] ?? 0) * scale - weight) <= scale / 2 + 1e-6);
    }),
  );
});

test('calibration finds the line that the answers were drawn from', () => {
  const next = numbersFrom(1);
  const said = Array.from({ length: 20_000 }, () => {
    const odds = next() * 8 - 4;
    return { odds, truth: next() < 1 / (1 + Math.exp(-(0.5 * odds + 1))) };
  });
  const { slope, offset } = calibrate(said);
  expect(slope).toBeCloseTo(0.5, 1);
  expect(offset).toBeCloseTo(1, 1);
});
