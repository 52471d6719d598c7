/** Several logistic regressions over the same signs, learnt side by side: one head for each thing that may be true. */
import { type FitTerms, numbersFrom, shuffle } from './logistic.ts';

export interface ManyTrue {
  readonly at: Int32Array;
  readonly value: Float32Array;
  /** 1 for each head of which it is true. */
  readonly truths: Uint8Array;
}

export interface Heads {
  /** Of one place those of all heads stand together. */
  readonly weights: Float32Array;
  readonly biases: Float64Array;
}

/** Where learning begins: most things are true of few. */
const firstBias = -2;

/** As `regress` in logistic.ts, for each head: the same examples in the same order give the same weights. */
export function regressAll(
  examples: readonly ManyTrue[],
  { heads, places }: { readonly heads: number; readonly places: number },
  { rounds, rate, decay, seed }: Omit<FitTerms, 'kind'>,
): Heads {
  const weights = new Float32Array(places * heads);
  const squares = new Float32Array(places * heads).fill(1e-3);
  const biases = new Float64Array(heads).fill(firstBias);
  const biasSquares = new Float64Array(heads).fill(1);
  const next = numbersFrom(seed);
  const order = Uint32Array.from(examples.keys());
  for (let round = 0; round < rounds; round++) {
    shuffle(order, next);
    for (const number of order) {
      const example = examples[number];
      if (!example) continue;
      const slopes = oddsOfAll(example, { weights, biases });
      for (let head = 0; head < heads; head++) {
        const slope = 1 / (1 + Math.exp(-(slopes[head] ?? 0))) - (example.truths[head] ?? 0);
        slopes[head] = slope;
        const grown = (biasSquares[head] ?? 0) + slope * slope;
        biasSquares[head] = grown;
        biases[head] = (biases[head] ?? 0) - (rate * slope) / Math.sqrt(grown);
      }
      for (let sign = 0; sign < example.at.length; sign++) {
        const first = (example.at[sign] ?? 0) * heads;
        const value = example.value[sign] ?? 0;
        for (let head = 0; head < heads; head++) {
          const own = weights[first + head] ?? 0;
          const step = (slopes[head] ?? 0) * value + decay * own;
          const grown = (squares[first + head] ?? 0) + step * step;
          squares[first + head] = grown;
          weights[first + head] = own - (rate * step) / Math.sqrt(grown);
        }
      }
    }
  }
  return { weights, biases };
}

/** Log-odds by each head. */
export function oddsOfAll({ at, value }: Omit<ManyTrue, 'truths'>, { weights, biases }: Heads): Float64Array {
  const odds = Float64Array.from(biases);
  for (let sign = 0; sign < at.length; sign++) {
    const first = (at[sign] ?? 0) * odds.length;
    const much = value[sign] ?? 0;
    for (let head = 0; head < odds.length; head++) odds[head] = (odds[head] ?? 0) + (weights[first + head] ?? 0) * much;
  }
  return odds;
}
