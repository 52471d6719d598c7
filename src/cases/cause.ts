/** What was behind a complaint, as its people called it last. Pure. */
import { type PastEvent, standing } from './take-back.ts';

/** Null where nobody has said so, or it was taken back. The store counts the same by SQL: src/store/tallies.ts. */
export function causeOf(events: readonly PastEvent[]): string | null {
  const said = standing(events).findLast(({ details }) => typeof details.cause === 'string')?.details.cause;
  return typeof said === 'string' ? said : null;
}
