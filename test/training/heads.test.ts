/** What learning several things at once must do: find each by its own signs, and the same each time. */
import { expect, test } from 'vitest';
import { type ManyTrue, oddsOfAll, regressAll } from '../../src/training/heads.ts';

const shape = { heads: 2, places: 4 };
const terms = { rounds: 20, rate: 0.1, decay: 1e-5, seed: 3 };

/** Sign 0 is there where the first is true, sign 1 where the second is, sign 3 always. */
const plain: ManyTrue[] = Array.from({ length: 60 }, (_, number) => ({
  at: Int32Array.from([...(number % 2 === 0 ? [0] : []), ...(number % 3 === 0 ? [1] : []), 3]),
  value: Float32Array.from([1, 1, 1]),
  truths: Uint8Array.from([number % 2 === 0 ? 1 : 0, number % 3 === 0 ? 1 : 0]),
}));

test('each head goes by its own sign', () => {
  const learnt = regressAll(plain, shape, terms);
  const odds = (...at: number[]) => [
    ...oddsOfAll({ at: Int32Array.from(at), value: Float32Array.from(at, () => 1) }, learnt),
  ];
  expect(odds(0, 3).map((each) => each > 0)).toEqual([true, false]);
  expect(odds(1, 3).map((each) => each > 0)).toEqual([false, true]);
  expect(odds(0, 1, 3).map((each) => each > 0)).toEqual([true, true]);
});

test('the same weights, bit for bit, from the same examples', () => {
  expect(regressAll(plain, shape, terms)).toEqual(regressAll(plain, shape, terms));
});
