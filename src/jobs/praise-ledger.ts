/** What was written down about praise, as the ledger reads it. */
import { type PraiseDetails, type PraiseEvent, praiseKinds } from '../cases/praise.ts';
import type { StoredPraiseEvent } from '../store/praise.ts';

/** Of one mention, in order; without what a later Earshot wrote and this one does not know. */
export function eventsIn(
  known: ReadonlyMap<number, readonly StoredPraiseEvent[]>,
  mentionId: number,
): readonly PraiseEvent[] {
  return (known.get(mentionId) ?? []).flatMap(({ kind, at, by, details }) => {
    const named = praiseKinds.find((one) => one === kind);
    return named ? [{ kind: named, at, by, details: details as PraiseDetails }] : [];
  });
}
