/** Keeps what a person said of a judgement, and lets the case follow: opens, dismisses or closes it, or takes that back. */
import { type CaseEvent, type CaseEventKind, refusal } from '../cases/life.ts';
import { asksTheSame, calming, lastStep, undoing } from '../cases/take-back.ts';
import { ModelTrouble } from '../findings/judges/model-trouble.ts';
import type { MarkKind } from '../mention.ts';
import { appendEvents, type Case, passLead } from '../store/cases.ts';
import { addMarks, type Marks, marksOf, noMarks, withdrawMarks } from '../store/marks.ts';
import { readStandings } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import { mentionsToJudge } from '../store/to-judge.ts';
import { promptnessOf, step } from './case-steps.ts';
import { judgeAgain, nothingRejudged } from './rejudge.ts';
import { isComplaint, settleCases } from './settle-cases.ts';
import type { Tools } from './tools.ts';
import { findCase, moved } from './work-case.ts';

export interface MarkWish {
  readonly mentionId: number;
  readonly kind: MarkKind;
  /** A person's name. */
  readonly by: string;
  readonly why: string | null;
  /** Takes the mark back instead. */
  readonly undo: boolean;
  /** How many events of its case the person has seen; where there are more by now, nothing is done. */
  readonly seen?: number;
}

/** No machine turns a mark back; a later mark of the same question does. @returns why nothing was done, else null */
export async function mark(tools: Tools, wish: MarkWish): Promise<string | null> {
  const now = tools.clock.now();
  const { mentionId, kind, by, why, undo, seen } = wish;
  let isMissed = false;
  const refused = await tools.store.write('a mark', async (tx) => {
    const of = { id: mentionId, of: 'mention' } as const;
    const known = await findCase(tx, of);
    const no = known && moved(known, seen === undefined ? {} : { seen });
    if (no !== null) return no;
    await (undo ? withdrawMarks : addMarks)(tx, [{ mentionId, kind, by, at: now, why }]);
    const marks = (await marksOf(tx, [mentionId])).get(mentionId) ?? noMarks;
    if (known) await takeBack(tools, tx, known, { by, marks, now });
    const after = known && (await findCase(tx, of));
    if (after && !undo) await follow(tools, tx, after, wish, now);
    isMissed = kind === 'complaint' && (undo || !known);
    if (undo || !isMissed) await settleCases(tools, tx, [mentionId], now);
    return null;
  });
  if (refused === null && isMissed) await judgeMarked(tools, mentionId);
  return refused;
}

/** What we took for none is judged again as the complaint it is said to be, so that its case is as urgent as it is bad. */
async function judgeMarked(tools: Tools, mentionId: number): Promise<void> {
  const own = await tools.store.read('what was marked', (tx) => mentionsToJudge(tx, [mentionId]));
  const { judged } = await judgeAgain(tools, own).catch((error: unknown) => {
    if (error instanceof ModelTrouble) return nothingRejudged;
    throw error;
  });
  if (judged > 0) return;
  await tools.store.write('a mark', (tx) => settleCases(tools, tx, [mentionId], tools.clock.now()));
}

/** What a mark did to the case that no mark asks for any more is undone, with the clock as it was. */
async function takeBack(
  tools: Tools,
  tx: Tx,
  known: Case,
  { by, marks, now }: { readonly by: string; readonly marks: Marks; readonly now: number },
): Promise<void> {
  const urgent = promptnessOf(tools, known.brandId, 'critical');
  const calm = marks.urgent ? null : calming(known, known.events, urgent);
  const last = lastStep(known.events)?.mark ?? null;
  const back = calm ?? (last === null || isAsked(last, marks) ? null : undoing(known.events));
  if (back) await appendEvents(tx, [step(tools, known, { ...back, at: now, by })]);
}

function isAsked(kind: MarkKind, { complaint, us, urgent, solved }: Marks): boolean {
  const stand = [complaint, us, urgent ? 'urgent' : null, solved ? 'solved' : null];
  return asksTheSame.some((kinds) => kinds.includes(kind) && kinds.some((one) => stand.includes(one)));
}

/** What the mark does to a case that is there already. */
async function follow(tools: Tools, tx: Tx, known: Case, wish: MarkWish, now: number): Promise<void> {
  const { kind, by } = wish;
  const why = wish.why ?? `marked ${kind}`;
  const events: Readonly<Record<MarkKind, readonly [CaseEventKind, CaseEvent['details']]>> = {
    complaint: ['reopen', { why }],
    us: ['reopen', { why }],
    'no-complaint': ['dismiss', { why }],
    'not-us': ['dismiss', { why }],
    solved: ['happy', { proof: wish.why ?? 'said so' }],
    urgent: ['urgent', { ...(wish.why !== null && { why: wish.why }), urgency: 'critical' }],
  };
  const [event, details] = events[kind];
  if (refusal(known, event) !== null) return;
  if (event === 'reopen' && known.state !== 'dismissed') return;
  if (event === 'urgent' && known.urgency === 'critical') return;
  if (event === 'dismiss' && (await complainsBeside(tx, known, wish.mentionId))) {
    const words = `m${wish.mentionId} is ${kind === 'not-us' ? 'not about us' : 'no complaint'}, the rest is`;
    return appendEvents(tx, [step(tools, known, { kind: 'note', at: now, by, details: { words, why } })]);
  }
  await appendEvents(tx, [step(tools, known, { kind: event, at: now, by, details: { ...details, mark: kind } })]);
}

/** The customer complained in another post, too: that leads the case from now on. */
async function complainsBeside(tx: Tx, known: Case, mentionId: number): Promise<boolean> {
  const others = await readStandings(
    tx,
    known.mentionIds.filter((id) => id !== mentionId),
  );
  const next = others.find(isComplaint);
  if (next && known.leadMentionId === mentionId) await passLead(tx, known.id, next.mentionId);
  return next !== undefined;
}
