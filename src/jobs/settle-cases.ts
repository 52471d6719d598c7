/** Opens a case for each complaint about us, and withdraws one that nobody has touched when it turns out to be none. */
import { afterEvent, type CaseEvent, type CaseLife, found, promptnessFor, refusal } from '../cases/life.ts';
import { durationMs } from '../config/duration.ts';
import type { Urgency } from '../mention.ts';
import {
  appendEvents,
  type CaseColumns,
  type CaseDraft,
  type CaseStep,
  type CaseSummary,
  casesOfMentions,
  createCases,
} from '../store/cases.ts';
import { readStandings, type Standing } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import type { Tools } from './tools.ts';

/** Looks at mentions that are new, or that are now judged or marked otherwise. */
export async function settleCases(tools: Tools, tx: Tx, mentionIds: readonly number[], now: number): Promise<void> {
  if (mentionIds.length === 0) return;
  const standings = await readStandings(tx, mentionIds);
  const cases = await casesOfMentions(tx, mentionIds);
  const opened: CaseDraft[] = [];
  const withdrawn: CaseStep[] = [];
  for (const standing of standings) {
    const known = cases.get(standing.mentionId);
    if (!known && wantsCase(standing)) opened.push(draft(tools, standing, now));
    if (known && !isComplaint(standing)) withdrawn.push(...withdrawal(tools, known, standing, now));
  }
  await createCases(tx, opened);
  await appendEvents(tx, withdrawn);
}

/** What a person marked goes before what we found. */
function isComplaint({ complaint, relevance, setAside, marks }: Standing): boolean {
  const ours = marks.us === null ? relevance === 'about' && setAside === null : marks.us === 'us';
  const hurts = marks.complaint === null ? complaint === 'complaint' : marks.complaint === 'complaint';
  // Saying that it is a complaint says that it is about us, as long as nobody says otherwise.
  return hurts && (ours || (marks.us === null && marks.complaint === 'complaint'));
}

function wantsCase(standing: Standing): boolean {
  if (standing.marks.solved) return false;
  return isComplaint(standing) && (!standing.history || standing.marks.complaint === 'complaint');
}

function draft(tools: Tools, standing: Standing, now: number): CaseDraft {
  const urgency: Urgency = standing.marks.urgent ? 'critical' : standing.urgency;
  const event: CaseEvent = { kind: 'found', at: now, by: 'earshot', details: {} };
  const columns = { ...found(now, promptnessOf(tools, standing.brandId, urgency)), urgency };
  return {
    brandId: standing.brandId,
    openedAt: now,
    mentionIds: [standing.mentionId],
    columns,
    events: [{ ...event, details: {} }],
  };
}

function withdrawal(tools: Tools, known: CaseSummary, standing: Standing, now: number): CaseStep[] {
  if (refusal(known, 'withdrawn') !== null) return [];
  const why = standing.setAside ?? 'it is judged otherwise now';
  return [step(tools, known, { kind: 'withdrawn', at: now, by: 'earshot', details: { why } })];
}

/** One more event, and what the case's columns are after it. @throws RangeError where the case's state forbids it */
export function step(tools: Tools, known: CaseSummary, event: CaseEvent, urgency: Urgency = known.urgency): CaseStep {
  const after: CaseLife = afterEvent(known, event, promptnessOf(tools, known.brandId, urgency));
  const columns: CaseColumns = { ...after, urgency };
  return { caseId: known.id, event: { ...event, details: { ...event.details } }, after: columns };
}

/** How soon a brand's complaints of that urgency want an answer, on its own clock. */
export function promptnessOf(tools: Tools, brandId: string, urgency: Urgency) {
  const brand = tools.brands.get(brandId);
  const time = { hours: brand?.hours ?? null, timezone: tools.config.timezone };
  const answerWithin = brand?.answerWithin ?? { critical: '2h', high: '1d', normal: '2d', low: '4d' };
  return promptnessFor(urgency, answerWithin, time, durationMs);
}
