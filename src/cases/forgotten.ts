/** Cases that somebody meant to see to and that wait all the same: lists of their own, so that nothing is forgotten. Pure. */
import { ours, turnOf, type Waiting } from './turn.ts';

/** Somebody took it or was given it, and the customer has no answer. */
export function isUnanswered(one: Waiting & { readonly owner: string | null }, now: number): boolean {
  return one.owner !== null && ours.includes(one.state) && turnOf(one, now) === 'ours';
}

/** Put off until a day that is past, and nobody has done anything since. */
export function isOverslept(one: Waiting, now: number): boolean {
  return one.snoozedUntil !== null && one.snoozedUntil <= now && turnOf(one, now) === 'ours';
}
