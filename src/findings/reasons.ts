/** Turns what was found in a reading into reasons that point at the words. */
import type { Reason } from '../mention.ts';
import type { Reading } from './reading.ts';

/** The reason for a stretch of tokens; where it crosses from the title into the text, its part in the first of them. */
export function reasonOf(
  of: Reason['of'],
  stretch: { readonly rule: string; readonly from: number; readonly to: number },
  weight: number,
  reading: Reading,
): Reason {
  const first = reading.tokens[stretch.from];
  const field = first?.field ?? 'text';
  let last = first;
  for (let place = stretch.from; place < stretch.to; place++) {
    const token = reading.tokens[place];
    if (token?.field === field) last = token;
  }
  return { of, rule: stretch.rule, field, at: first && last ? [first.start, last.end] : null, weight: round(weight) };
}

/** Rules of stretches of words that no list holds: learnt, or listened to by a slow judge. */
export const soundsBad = 'sounds like a complaint';
export const soundsGood = 'sounds like none';
/** Of no single words: how bad it is on the whole. */
export const soundsGrave = 'sounds serious as a whole';

/** Weights are kept to two places: more would only be noise in the store. */
export function round(weight: number): number {
  return Math.round(weight * 100) / 100;
}
