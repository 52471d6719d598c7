/** Takes a joined case out of another one again, as it was. */
import type { CaseEvent, CaseLife } from '../cases/life.ts';
import { lastStep } from '../cases/take-back.ts';
import { moveMentions } from '../store/case-mentions.ts';
import { appendEvents, type Case, readCases, setJoinedInto } from '../store/cases.ts';
import type { Tx } from '../store/tables.ts';
import { step } from './case-steps.ts';
import type { Tools } from './tools.ts';

/** Who wants it apart, and why; `now` in milliseconds UTC. */
export interface Split {
  readonly by: string;
  readonly why: string;
  readonly now: number;
}

/** The joined case has its posts and its clock again; the other one too, where nothing has happened since. */
export async function splitOff(
  tools: Tools,
  tx: Tx,
  known: Case,
  { otherId, by, why, now }: Split & { readonly otherId: number },
): Promise<Case | string> {
  const [second] = await readCases(tx, [otherId]);
  const into = second?.events.findLast(({ kind }) => kind === 'joined-into')?.details as
    | CaseEvent['details']
    | undefined;
  const joined = known.events.findLast(({ kind, details }) => kind === 'join' && details.caseId === otherId);
  if (!second || !into?.was) return `c${otherId} is no longer here.`;
  // One that came by way of a third case brings what it began with.
  const { mentionIds: then = [second.leadMentionId], was } = (joined?.details ?? {}) as CaseEvent['details'];
  const mentionIds = then.filter((id) => known.mentionIds.includes(id));
  const untouched = lastStep(known.events)?.event === joined;
  const life = was && untouched ? { life: lifeOf(was), urgency: was.urgency } : {};
  const back = { why, caseId: otherId, mentionIds, ...life };
  const again = { why, caseId: known.id, mentionIds, life: lifeOf(into.was) };
  await moveMentions(tx, mentionIds, otherId);
  await setJoinedInto(tx, otherId, null);
  await appendEvents(tx, [
    step(tools, known, { kind: 'split', at: now, by, details: back }),
    step(tools, second, { kind: 'split', at: now, by, details: again }),
  ]);
  return (await readCases(tx, [otherId]))[0] ?? known;
}

/** The life alone, of a case with all else that is known of it. */
export function lifeOf({ state, owner, dueAt, snoozedUntil, closedAt, remainingMs }: CaseLife): CaseLife {
  return { state, owner, dueAt, snoozedUntil, closedAt, remainingMs };
}
