/** What slow judges said of a post for a brand, and how it weighs beside the fast one. */

import type { Stretch } from './judges/stretches.ts';

export interface Opinion {
  /** `precise`, or the name of a second opinion. */
  readonly judge: string;
  readonly version: string;
  /** Probability that it is a complaint about the brand. */
  readonly complaint: number;
  /** Probability that it is about the brand. */
  readonly relevance: number | null;
  /** 0 to 4. */
  readonly severity: number | null;
  /** How the writer feels, from -1 to 1; absent where it was not asked. */
  readonly feeling?: number | null;
  /** Stretches of the post's text, and how much lower the log-odds of a complaint are without each. */
  readonly told?: readonly { readonly at: Stretch; readonly weight: number }[];
}

/** An opinion counts as much as this many of the fast judge's, which has learnt from the precise one: best on our own posts that neither learnt from. */
const opinionWeight = 1.5;
/** Of whether it is about us both know as much: one has learnt how brands are spoken of beside what the name and its surroundings tell, the other reads the whole text. */
export const aboutWeight = 1;

/** The mean of the log-odds of our own probability and of what the opinions say (null: nothing). */
export function weighOpinions(own: number, said: readonly (number | null)[], weight = opinionWeight): number {
  const given = said.filter((each) => each !== null);
  if (given.length === 0) return own;
  const sum = oddsOf(own) + weight * given.reduce((total, each) => total + oddsOf(each), 0);
  return probabilityOf(sum / (1 + weight * given.length));
}

/** Natural log-odds; probabilities of 0 and 1 are taken as one in a thousand. */
export function oddsOf(probability: number): number {
  const held = Math.min(0.999, Math.max(0.001, probability));
  return Math.log(held / (1 - held));
}

/** The probability of natural log-odds. */
export function probabilityOf(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
