/** Makes what several heads have learnt small: few places, one byte a weight, in the file that word-vectors.ts reads. */
import type { Heads, ManyTrue } from './heads.ts';

/** Without the places that hardly ever move a head: so many stay. */
export function pruned({ weights, biases }: Heads, told: readonly ManyTrue[], mostPlaces: number): Heads {
  const heads = biases.length;
  const moved = new Float64Array(weights.length / heads);
  for (const { at, value } of told)
    for (const [sign, place] of at.entries()) moved[place] = (moved[place] ?? 0) + Math.abs(value[sign] ?? 0);
  for (let place = 0; place < moved.length; place++) {
    const own = weights.subarray(place * heads, (place + 1) * heads);
    // By the root: a rare word may be the only one that says it.
    moved[place] = Math.sqrt(moved[place] ?? 0) * own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  }
  const least = Float64Array.from(moved).sort()[moved.length - mostPlaces] ?? 0;
  const kept = weights.map((weight, at) => ((moved[Math.floor(at / heads)] ?? 0) >= least ? weight : 0));
  return { weights: kept, biases };
}

/** What an int8 of 1 stands for: the largest weight of the head becomes 127. */
export function scaleOf({ weights, biases }: Heads, head: number): number {
  let largest = 0;
  for (let at = head; at < weights.length; at += biases.length) largest = Math.max(largest, Math.abs(weights[at] ?? 0));
  return largest === 0 ? 1 : largest / 127;
}

/** As word-vectors.ts reads it: how many places and heads, the places in order, the weights of each. */
export function packed({ weights }: Heads, scales: readonly number[]): Buffer {
  const heads = scales.length;
  const kept: number[] = [];
  const numbers: number[] = [];
  for (let place = 0; place < weights.length / heads; place++) {
    const row = scales.map((scale, head) => Math.round((weights[place * heads + head] ?? 0) / scale));
    if (row.every((weight) => weight === 0)) continue;
    kept.push(place);
    numbers.push(...row);
  }
  const bytes = Buffer.alloc(8 + kept.length * (4 + heads));
  bytes.writeUInt32LE(kept.length, 0);
  bytes.writeUInt32LE(heads, 4);
  for (const [at, place] of kept.entries()) bytes.writeUInt32LE(place, 8 + 4 * at);
  for (const [at, weight] of numbers.entries()) bytes.writeInt8(weight, 8 + 4 * kept.length + at);
  return bytes;
}
