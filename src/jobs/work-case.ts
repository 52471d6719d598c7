/** One thing that a person does to a case, kept as an event. */
import { type CaseEvent, type CaseEventKind, refusal, stateWord } from '../cases/life.ts';
import { undoing } from '../cases/take-back.ts';
import { appendEvents, type Case, casesOfMentions, readCases } from '../store/cases.ts';
import type { Tx } from '../store/tables.ts';
import { step } from './settle-cases.ts';
import type { Tools } from './tools.ts';

/** A case by its own id, or by one of its mentions'. */
export interface CaseWish {
  readonly id: number;
  readonly of: 'case' | 'mention';
  /** How many events of it the person has seen; where there are more by now, nothing is done. */
  readonly seen?: number;
}

export interface CaseAct {
  /** `undo` takes the last step back, its clock included. */
  readonly kind: CaseEventKind;
  readonly by: string;
  readonly details: CaseEvent['details'];
}

/** The case after it, or a sentence that says why it cannot be done; null where there is no such case. */
export async function workCase(tools: Tools, wish: CaseWish, act: CaseAct): Promise<Case | string | null> {
  const now = tools.clock.now();
  return tools.store.write('a case', async (tx) => {
    const known = await findCase(tx, wish);
    if (!known) return null;
    const no = moved(known, wish) ?? refusal(known, act.kind);
    if (no !== null) return no;
    const back = act.kind === 'undo' ? undoing(known.events) : act;
    if (!back) return 'there is nothing to take back.';
    await appendEvents(tx, [step(tools, known, { ...back, by: act.by, at: now })]);
    return (await readCases(tx, [known.id]))[0] ?? null;
  });
}

/** What became of the case since the person looked, as a sentence; null where it stands as it did. */
export function moved(known: Case, { seen }: Pick<CaseWish, 'seen'>): string | null {
  if (seen === undefined || seen === known.events.length) return null;
  return `it has changed since you looked: it is ${stateWord(known.state)} now.`;
}

/** Null where there is none. */
export async function findCase(tx: Tx, { id, of }: CaseWish): Promise<Case | null> {
  const caseId = of === 'case' ? id : (await casesOfMentions(tx, [id])).get(id)?.id;
  return caseId === undefined ? null : ((await readCases(tx, [caseId]))[0] ?? null);
}
