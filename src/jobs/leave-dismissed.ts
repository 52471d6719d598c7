/** A mark that dismisses a case speaks of one post: what the customer complains of in another one leaves it, for a case of its own. */
import { lastStep } from '../cases/take-back.ts';
import { moveMentions } from '../store/case-mentions.ts';
import type { CaseSummary } from '../store/case-rows.ts';
import { appendEvents, type CaseStep, passLead, readCases } from '../store/cases.ts';
import type { Standing } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import { step } from './case-steps.ts';
import type { Tools } from './tools.ts';

/**
 * @param caseOf the case that each complaint is in, by its mention
 * @returns the complaints that are in no case now
 */
export async function leaveDismissed(
  tools: Tools,
  tx: Tx,
  caseOf: ReadonlyMap<number, CaseSummary>,
  complaints: readonly Standing[],
  now: number,
): Promise<readonly Standing[]> {
  const unmarked = complaints.filter(isUnmarked);
  const dismissed = unmarked.flatMap(({ mentionId }) => {
    const own = caseOf.get(mentionId);
    return own?.state === 'dismissed' && own.owner !== null ? [own.id] : [];
  });
  const left: Standing[] = [];
  const steps: CaseStep[] = [];
  for (const known of await readCases(tx, [...new Set(dismissed)])) {
    if (!isDismissedByMark(known.events)) continue;
    const leaving = unmarked.filter(({ mentionId }) => known.mentionIds.includes(mentionId));
    const mentionIds = leaving.map(({ mentionId }) => mentionId);
    const staying = known.mentionIds.filter((id) => !mentionIds.includes(id));
    const lead = staying.includes(known.leadMentionId) ? known.leadMentionId : staying[0];
    if (lead === undefined) continue;
    if (lead !== known.leadMentionId) await passLead(tx, known.id, lead);
    await moveMentions(tx, mentionIds, null);
    const words = `${mentionIds.map((id) => `m${id}`).join(', ')} complains since, and has a case of its own`;
    steps.push(step(tools, known, { kind: 'note', at: now, by: 'earshot', details: { words, mentionIds } }));
    left.push(...leaving);
  }
  await appendEvents(tx, steps);
  return left;
}

/** What others say in the same words stays: a mark on one of them speaks of all. */
const isUnmarked = ({ marks, doubleOf }: Standing): boolean =>
  marks.complaint === null && marks.us === null && !marks.solved && doubleOf === null;

function isDismissedByMark(events: Parameters<typeof lastStep>[0]): boolean {
  const last = lastStep(events);
  return last?.event.kind === 'dismiss' && last.mark !== null;
}
