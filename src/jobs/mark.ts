/** Keeps what a person said of a judgement, and lets the case follow: opens, dismisses or closes it. */
import { type CaseEvent, refusal } from '../cases/life.ts';
import type { MarkKind } from '../mention.ts';
import { appendEvents, casesOfMentions } from '../store/cases.ts';
import { addMarks, withdrawMarks } from '../store/marks.ts';
import type { Tx } from '../store/tables.ts';
import { settleCases, step } from './settle-cases.ts';
import type { Tools } from './tools.ts';

export interface MarkWish {
  readonly mentionId: number;
  readonly kind: MarkKind;
  /** A person's name. */
  readonly by: string;
  readonly why: string | null;
  /** Takes the mark back instead. */
  readonly undo: boolean;
}

/** No machine turns a mark back; a later mark of the same question does. */
export async function mark(tools: Tools, wish: MarkWish): Promise<void> {
  const now = tools.clock.now();
  await tools.store.write('a mark', async (tx) => {
    const { mentionId, kind, by, why } = wish;
    await (wish.undo ? withdrawMarks : addMarks)(tx, [{ mentionId, kind, by, at: now, why }]);
    if (!wish.undo) await followMark(tools, tx, wish, now);
    await settleCases(tools, tx, [mentionId], now);
  });
}

/** What the mark does to a case that is there already. */
async function followMark(tools: Tools, tx: Tx, wish: MarkWish, now: number): Promise<void> {
  const known = (await casesOfMentions(tx, [wish.mentionId])).get(wish.mentionId);
  if (!known) return;
  const why = wish.why ?? `marked ${wish.kind}`;
  const event = (kind: CaseEvent['kind']): CaseEvent => ({ kind, at: now, by: wish.by, details: { why } });
  const may = (kind: CaseEvent['kind']) => refusal(known, kind) === null;
  if ((wish.kind === 'no-complaint' || wish.kind === 'not-us') && may('dismiss')) {
    await appendEvents(tx, [step(tools, known, event('dismiss'))]);
  } else if (wish.kind === 'solved' && may('happy')) {
    await appendEvents(tx, [step(tools, known, { ...event('happy'), details: { proof: wish.why ?? 'said so' } })]);
  } else if ((wish.kind === 'complaint' || wish.kind === 'us') && known.state === 'dismissed') {
    await appendEvents(tx, [step(tools, known, event('reopen'))]);
  } else if (wish.kind === 'urgent' && may('note')) {
    await appendEvents(tx, [step(tools, known, event('note'), 'critical')]);
  }
}
