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
  /** What the customer was promised and is due first. */
  readonly promise?: { readonly fromAt: number; readonly dueAt: number; readonly words: string } | null;
}

/** A flagged mention without a case (null) waits for us to say whether it is about us. */
export function turnOf(one: Waiting | null, now: number): Turn {
  if (one === null) return 'ours';
  const { state, snoozedUntil, dueAt } = one;
  if (closedStates.includes(state)) return 'nobody';
  if (isPromiseDue(one, now)) return 'ours';
  if (snoozedUntil !== null && snoozedUntil > now) return 'later';
  if (ours.includes(state)) return 'ours';
  return asked.includes(state) && dueAt !== null && dueAt <= now ? 'ours' : 'theirs';
}

/** New, open, or answered or fixed and to be checked back; not while it is put off. */
export function waitsForUs(one: Waiting | null, now: number): boolean {
  return turnOf(one, now) === 'ours';
}

/** Its day has come, and nobody has said that it was kept; a case that is put off waits no longer then. */
export function isPromiseDue({ state, promise }: Pick<Waiting, 'state' | 'promise'>, now: number): boolean {
  return !closedStates.includes(state) && promise != null && promise.fromAt <= now;
}
