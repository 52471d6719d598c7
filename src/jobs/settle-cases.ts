/** Opens a case for each complaint about us, and withdraws one that nobody has touched while it is none. */
import { isHistory } from '../cases/again.ts';
import {
  afterEvent,
  type CaseEvent,
  type CaseLife,
  found,
  isWithdrawn,
  promptnessFor,
  refusal,
} from '../cases/life.ts';
import { durationMs } from '../config/duration.ts';
import { type Urgency, urgencies } from '../mention.ts';
import {
  appendEvents,
  type Case,
  type CaseDraft,
  type CaseStep,
  type CaseSummary,
  casesOfMentions,
  createCases,
  readCases,
} from '../store/cases.ts';
import { readStandings, type Standing, setHistory } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import type { Tools } from './tools.ts';

/** Looks at mentions that are new, or that are now judged or marked otherwise. */
export async function settleCases(tools: Tools, tx: Tx, mentionIds: readonly number[], now: number): Promise<void> {
  if (mentionIds.length === 0) return;
  const before = now - tools.config.firstLookMs;
  const standings = await readStandings(tx, mentionIds);
  const woken = standings.filter((one) => one.history && !isHistory(one, before));
  await setHistory(tx, idsOf(woken), false);
  const known = await casesOfMentions(tx, mentionIds);
  const opened = standings.filter((one) => !known.has(one.mentionId) && wantsCase(one, before));
  await createCases(
    tx,
    opened.map((one) => draft(tools, one, now)),
  );
  const steps: CaseStep[] = [];
  const lost: [Standing, CaseSummary][] = [];
  for (const standing of standings) {
    const own = known.get(standing.mentionId);
    // The mention that opened a case says whether there is one.
    if (own?.leadMentionId !== standing.mentionId) continue;
    if (!isComplaint(standing)) steps.push(...withdrawal(tools, own, standing, now));
    else if (isWithdrawn(own) && !standing.marks.solved) lost.push([standing, own]);
  }
  const cases = await readCases(
    tx,
    lost.map(([, { id }]) => id),
  );
  for (const [index, one] of cases.entries()) {
    const standing = lost[index]?.[0];
    if (standing) steps.push(step(tools, one, foundAgain(one, standing, now)));
  }
  await appendEvents(tx, steps);
}

/**
 * Before mentions are judged again, those that lie on no pile grow old: what nobody had to look at while it was news
 * does not become news because we think otherwise of it now.
 */
export async function letGrowOld(tools: Tools, tx: Tx, mentionIds: readonly number[], now: number): Promise<void> {
  await growOld(tools, tx, await readStandings(tx, mentionIds), now);
}

/** @param standings as they are before judging */
export async function growOld(tools: Tools, tx: Tx, standings: readonly Standing[], now: number): Promise<void> {
  const before = now - tools.config.firstLookMs;
  const old = standings.filter((one) => !one.history && !one.setAside && one.pile === null && isHistory(one, before));
  await setHistory(tx, idsOf(old), true);
}

const idsOf = (standings: readonly Standing[]) => standings.map(({ mentionId }) => mentionId);

/** What a person marked goes before what we found. */
export function isComplaint({
  complaint,
  relevance,
  setAside,
  gone,
  marks,
}: Pick<Standing, 'complaint' | 'relevance' | 'setAside' | 'gone' | 'marks'>): boolean {
  if (gone && marks.complaint === null) return false;
  const ours = marks.us === null ? relevance === 'about' && setAside === null : marks.us === 'us';
  const hurts = marks.complaint === null ? complaint === 'complaint' : marks.complaint === 'complaint';
  // Saying that it is a complaint says that it is about us, as long as nobody says otherwise.
  return hurts && (ours || (marks.us === null && marks.complaint === 'complaint'));
}

/** A person's word makes a case of what is old, too; judging it again does not. */
function wantsCase(standing: Standing, before: number): boolean {
  const { marks, history } = standing;
  if (marks.solved || !isComplaint(standing)) return false;
  if (marks.complaint === 'complaint') return true;
  const woken = !isHistory(standing, before);
  return woken || (!history && marks.us === 'us');
}

function urgencyOf({ marks, urgency }: Standing): Urgency {
  return marks.urgent ? 'critical' : urgency;
}

/** The case that a complaint opens. */
export function draft(tools: Tools, standing: Standing, now: number): CaseDraft {
  const { brandId, mentionId, urgency, marks } = standing;
  const life = found(now, promptnessOf(tools, brandId, urgency));
  const event: CaseEvent = { kind: 'found', at: now, by: 'earshot', details: {} };
  const plain: CaseDraft = {
    brandId,
    openedAt: now,
    mentionIds: [mentionId],
    columns: { ...life, urgency },
    events: [{ ...event, details: {} }],
  };
  if (!marks.urgent || urgency === 'critical') return plain;
  // An event of its own, so that it can be taken back like any other.
  const details = { urgency: 'critical', mark: 'urgent', was: { ...life, urgency } } as const;
  const raised: CaseEvent = { kind: 'urgent', at: now, by: 'earshot', details };
  const after = afterEvent(life, raised, promptnessOf(tools, brandId, 'critical'));
  return {
    ...plain,
    columns: { ...after, urgency: 'critical' },
    events: [...plain.events, { ...raised, details }],
  };
}

function withdrawal(tools: Tools, known: CaseSummary, standing: Standing, now: number): CaseStep[] {
  if (refusal(known, 'withdrawn') !== null) return [];
  const why = standing.gone ? tookAway : (standing.setAside ?? 'it is judged otherwise now');
  return [step(tools, known, { kind: 'withdrawn', at: now, by: 'earshot', details: { why } })];
}

export const tookAway = 'its author took it away';

/** The customer has waited on while we thought otherwise, so the clock goes on; whoever writes anew starts it anew. */
function foundAgain({ events }: Case, standing: Standing, now: number): CaseEvent {
  const withdrawn = events.findLast(({ kind }) => kind === 'withdrawn');
  const { was } = (withdrawn?.details ?? {}) as CaseEvent['details'];
  const anew = (standing.editedAt ?? 0) > (withdrawn?.at ?? 0);
  const details = { urgency: urgencyOf(standing), ...(was && !anew && { dueAt: was.dueAt }) };
  return { kind: 'found', at: now, by: 'earshot', details };
}

/** Earshot tells of something on the cases of these mentions, where there are any that are not closed. */
export async function noteOnCases(
  tools: Tools,
  tx: Tx,
  mentionIds: readonly number[],
  { words, now }: { readonly words: string; readonly now: number },
): Promise<void> {
  if (mentionIds.length === 0) return;
  const cases = new Map([...(await casesOfMentions(tx, mentionIds)).values()].map((one) => [one.id, one]));
  const open = [...cases.values()].filter((one) => one.closedAt === null);
  const event: CaseEvent = { kind: 'note', at: now, by: 'earshot', details: { words } };
  await appendEvents(
    tx,
    open.map((one) => step(tools, one, event)),
  );
}

/** The more urgent of the two. */
export function atLeast(one: Urgency, other: Urgency): Urgency {
  return urgencies.indexOf(one) > urgencies.indexOf(other) ? one : other;
}

const stepsAside: readonly string[] = ['note', 'joined', 'undo', 'found'];

/** One more event, and what the case's columns are after it. @throws RangeError where the case's state forbids it */
export function step(tools: Tools, known: CaseSummary, event: CaseEvent): CaseStep {
  const urgency = event.details.urgency ?? known.urgency;
  const after: CaseLife = afterEvent(known, event, promptnessOf(tools, known.brandId, urgency));
  const { state, owner, dueAt, snoozedUntil, closedAt, remainingMs } = known;
  const was = { state, owner, dueAt, snoozedUntil, closedAt, remainingMs, urgency: known.urgency };
  const details = { ...event.details, ...(!stepsAside.includes(event.kind) && { was }) };
  return { caseId: known.id, event: { ...event, details }, after: { ...after, urgency } };
}

/** How soon a brand's complaints of that urgency want an answer, on its own clock. */
export function promptnessOf(tools: Tools, brandId: string, urgency: Urgency) {
  const brand = tools.brands.get(brandId);
  const time = { hours: brand?.hours ?? null, timezone: tools.config.timezone };
  const answerWithin = brand?.answerWithin ?? { critical: '2h', high: '1d', normal: '2d', low: '4d' };
  return promptnessFor(urgency, answerWithin, time, durationMs);
}
