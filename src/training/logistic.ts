/** Logistic and linear regression over numbered signs, by Adagrad: the same examples in the same order give the same weights. */
import { places } from '../findings/judges/sign-places.ts';

export interface Example {
  readonly at: Int32Array;
  readonly value: Float32Array;
  /** Logistic: a probability; linear: a number. */
  readonly truth: number;
  /** How much it counts. */
  readonly weight: number;
  /** Log-odds known beforehand, beside which is learnt; 0 where absent. */
  readonly known?: number;
}

export interface Fit {
  readonly weights: Float32Array;
  readonly bias: number;
}

export interface FitTerms {
  readonly kind: 'logistic' | 'linear';
  readonly rounds: number;
  readonly rate: number;
  /** L2, per step and weight that is touched. */
  readonly decay: number;
  readonly seed: number;
}

/** Adagrad (Duchi, Hazan and Singer 2011), one example a step, in an order shuffled anew each round. */
export function regress(examples: readonly Example[], { kind, rounds, rate, decay, seed }: FitTerms): Fit {
  const weights = new Float32Array(places);
  const squares = new Float32Array(places).fill(1e-3);
  let bias = 0;
  let biasSquares = 1;
  const next = numbersFrom(seed);
  const order = Uint32Array.from(examples.keys());
  for (let round = 0; round < rounds; round++) {
    shuffle(order, next);
    for (const place of order) {
      const example = examples[place];
      if (!example) continue;
      const { at, value, truth, weight, known = 0 } = example;
      const sum = known + scoreOf(example, { weights, bias });
      const said = kind === 'logistic' ? 1 / (1 + Math.exp(-sum)) : sum;
      const slope = (said - truth) * weight;
      for (let i = 0; i < at.length; i++) {
        const sign = at[i] ?? 0;
        const own = weights[sign] ?? 0;
        const step = slope * (value[i] ?? 0) + decay * own;
        const grown = (squares[sign] ?? 0) + step * step;
        squares[sign] = grown;
        weights[sign] = own - (rate * step) / Math.sqrt(grown);
      }
      biasSquares += slope * slope;
      bias -= (rate * slope) / Math.sqrt(biasSquares);
    }
  }
  return { weights, bias };
}

/** Log-odds, or the number itself. */
export function scoreOf({ at, value }: Pick<Example, 'at' | 'value'>, { weights, bias }: Fit): number {
  let sum = bias;
  for (let i = 0; i < at.length; i++) sum += (weights[at[i] ?? 0] ?? 0) * (value[i] ?? 0);
  return sum;
}

/** Weights as int8: the largest become ±127; `scale` is what 1 stands for. */
export function quantized({ weights }: Fit): { readonly bytes: Int8Array; readonly scale: number } {
  let largest = 0;
  for (const weight of weights) largest = Math.max(largest, Math.abs(weight));
  const scale = largest === 0 ? 1 : largest / 127;
  return { bytes: Int8Array.from(weights, (weight) => Math.round(weight / scale)), scale };
}

/** Platt's scaling (1999) by Newton's method: `slope * odds + offset` are calibrated log-odds. */
export function calibrate(said: readonly { readonly odds: number; readonly truth: boolean }[]) {
  let slope = 1;
  let offset = 0;
  for (let step = 0; step < 50; step++) {
    let [ga, gb, haa, hab, hbb] = [0, 0, 1e-6, 0, 1e-6];
    for (const { odds, truth } of said) {
      const p = 1 / (1 + Math.exp(-(slope * odds + offset)));
      const off = p - (truth ? 1 : 0);
      const spread = p * (1 - p);
      ga += off * odds;
      gb += off;
      haa += spread * odds * odds;
      hab += spread * odds;
      hbb += spread;
    }
    const whole = haa * hbb - hab * hab;
    slope -= (hbb * ga - hab * gb) / whole;
    offset -= (haa * gb - hab * ga) / whole;
  }
  return { slope, offset };
}

/** Numbers from 0 to 1 (mulberry32), the same for the same seed. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** In place. */
export function shuffle(order: Uint32Array, next: () => number): void {
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(next() * (at + 1));
    const kept = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = kept;
  }
}
