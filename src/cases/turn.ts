/** Whose turn it is in a case: ours, the customer's, or nobody's for now. */
import { type CaseState, closedStates } from '../mention.ts';

/** An answer is due from us. */
export const ours: readonly CaseState[] = ['new', 'open'];

/** The customer may speak; on a day that we set we ask whether all is well. */
export const asked: readonly CaseState[] = ['answered', 'fixed'];

/** `later`: put off. */
export type Turn = 'ours' | 'theirs' | 'later' | 'nobody';

/** Of a case, what tells whose turn it is; times in milliseconds UTC. */
export interface Waiting {
  readonly state: CaseState;
  readonly snoozedUntil: number | null;
  readonly dueAt: number | null;
}

/** A flagged mention without a case (null) waits for us to say whether it is about us. */
export function turnOf(one: Waiting | null, now: number): Turn {
  if (one === null) return 'ours';
  const { state, snoozedUntil, dueAt } = one;
  if (closedStates.includes(state)) return 'nobody';
  if (snoozedUntil !== null && snoozedUntil > now) return 'later';
  if (ours.includes(state)) return 'ours';
  return asked.includes(state) && dueAt !== null && dueAt <= now ? 'ours' : 'theirs';
}

/** New, open, or answered or fixed and to be checked back; not while it is put off. */
export function waitsForUs(one: Waiting | null, now: number): boolean {
  return turnOf(one, now) === 'ours';
}
