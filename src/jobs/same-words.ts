/** What another account says in the same words opens no case of its own: it is one more voice in the case of whoever said it first. */
import { echoed } from '../cases/again.ts';
import type { CaseEvent } from '../cases/life.ts';
import { standing } from '../cases/take-back.ts';
import { turnOf } from '../cases/turn.ts';
import { closedStates } from '../mention.ts';
import { casesOfDoubles } from '../store/case-list.ts';
import { joinCases } from '../store/case-mentions.ts';
import type { CaseSummary } from '../store/case-rows.ts';
import { appendEvents, type Case, type CaseStep, passLead, readCases } from '../store/cases.ts';
import type { Standing } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import { atLeast, step, urgencyOf } from './case-steps.ts';
import type { Tools } from './tools.ts';

/** Somebody else said it first. */
export const isEcho = ({ doubleOf, mentionId }: Standing): boolean => doubleOf !== null && doubleOf !== mentionId;

/** Who of those that say the same opens a case, and who is one more voice in which. */
export interface Voices {
  readonly opening: readonly Standing[];
  /** Of cases that are there. */
  readonly joining: readonly Voice[];
  /** Of those that one of `opening` will have; by its mention. */
  readonly following: ReadonlyMap<number, readonly [Standing, ...Standing[]]>;
}

export interface Voice {
  readonly known: CaseSummary;
  /** In the order in which they were said. */
  readonly complaints: readonly [Standing, ...Standing[]];
}

/** @param complaints of customers without a case, one of each */
export async function voicesOf(tx: Tx, complaints: readonly Standing[]): Promise<Voices> {
  const cases = await casesOfDoubles(tx, [...new Set(complaints.flatMap(({ doubleOf }) => doubleOf ?? []))]);
  const opening: Standing[] = [];
  const joining: Voice[] = [];
  const following = new Map<number, readonly [Standing, ...Standing[]]>();
  for (const list of Map.groupBy(complaints, ({ doubleOf, mentionId }) => doubleOf ?? mentionId).values()) {
    const [first, ...others] = list.toSorted(
      (one, other) => one.saidAt - other.saidAt || one.mentionId - other.mentionId,
    );
    if (!first) continue;
    const known = first.doubleOf === null ? undefined : cases.get(first.doubleOf);
    const [next, ...more] = others;
    if (known) joining.push({ known, complaints: [first, ...others] });
    else {
      opening.push(first);
      if (next) following.set(first.mentionId, [next, ...more]);
    }
  }
  return { opening, joining, following };
}

/** @returns the cases as they stand then, by id */
export async function joinVoices(
  tools: Tools,
  tx: Tx,
  voices: readonly Voice[],
  now: number,
): Promise<ReadonlyMap<number, CaseSummary>> {
  if (voices.length === 0) return new Map();
  await joinCases(
    tx,
    voices.map(({ known, complaints }) => ({ caseId: known.id, mentionIds: complaints.map((one) => one.mentionId) })),
  );
  const left = voices.flatMap(({ known }) => (waitsForUs(known, now) ? [] : [known.id]));
  const cases = new Map((await readCases(tx, left)).map((one) => [one.id, one]));
  const after = new Map<number, CaseSummary>();
  const steps: CaseStep[] = [];
  for (const voice of voices) {
    let stands = after.get(voice.known.id) ?? voice.known;
    for (const event of eventsOf({ ...voice, known: stands }, cases.get(stands.id))) {
      const next = step(tools, stands, { at: now, by: 'earshot', ...event });
      steps.push(next);
      stands = { ...stands, ...next.after };
    }
    after.set(stands.id, stands);
  }
  await appendEvents(tx, steps);
  for (const { known, complaints } of voices) {
    const first = complaints.find((one) => one.doubleOf === one.mentionId);
    // While nobody has looked at it, it is the case of whoever said it first, in whatever order they were heard.
    if (first && known.state === 'new') await passLead(tx, known.id, first.mentionId);
  }
  return after;
}

function waitsForUs(known: CaseSummary, now: number): boolean {
  return turnOf(known, now) === 'ours' && (known.state === 'new' || known.state === 'open');
}

/** @param told of a case that does not wait for us: all that happened to it */
function eventsOf(
  { known, complaints }: Voice,
  told: Case | undefined,
): readonly Pick<CaseEvent, 'kind' | 'details'>[] {
  const mentionIds = complaints.map(({ mentionId }) => mentionId);
  const urgency = complaints.reduce((most, one) => atLeast(most, urgencyOf(one)), known.urgency);
  const joined = { kind: 'joined', details: { why: echoed, mentionIds, urgency } } as const;
  if (!told) return [joined];
  const events = standing(told.events);
  const before = events.some(({ kind, details }) => kind === 'spoke-again' && details.why === echoed);
  const ourPart = events.findLast(({ kind }) => ended.includes(kind))?.at ?? known.openedAt;
  const since = complaints.some(({ saidAt }) => saidAt > ourPart);
  if (since && !before && known.state !== 'dismissed')
    return [{ kind: 'spoke-again', details: { why: echoed, urgency } }, joined];
  if (!closedStates.includes(known.state)) return [{ kind: 'joined', details: { why: echoed, mentionIds } }];
  const which = mentionIds.map((id) => `m${id}`).join(', ');
  return [{ kind: 'note', details: { words: `${echoed} (${which})`, mentionIds } }];
}

/** What we, or the customer, were done with it by. */
const ended: readonly string[] = ['answered', 'snooze', 'fix', 'happy', 'won-back', 'silent', 'lost'];
