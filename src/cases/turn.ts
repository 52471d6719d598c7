/** Whose turn it is in a case: ours, the customer's, or nobody's for now. */
import { type CaseState, closedStates } from '../mention.ts';

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
  if (state === 'new' || state === 'open') return 'ours';
  return state === 'fixed' && dueAt !== null && dueAt <= now ? 'ours' : 'theirs';
}

/** New, open, or fixed and to be checked back; not while it is put off. */
export function waitsForUs(one: Waiting | null, now: number): boolean {
  return turnOf(one, now) === 'ours';
}
