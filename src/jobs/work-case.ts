/** One thing that a person does to a case, kept as an event. */
import { type CaseEvent, type CaseEventKind, lacking, refusal, stateWord } from '../cases/life.ts';
import { notYetSilent } from '../cases/silence.ts';
import { lastStep, undoing } from '../cases/take-back.ts';
import { casesOfMentions } from '../store/case-mentions.ts';
import { appendEvents, type Case, joinedInto, readCases } from '../store/cases.ts';
import type { Tx } from '../store/tables.ts';
import { step } from './case-steps.ts';
import { asSpelt } from './causes.ts';
import { splitOff } from './split-off.ts';
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
    const no = moved(known, wish) ?? refusal(known, act.kind) ?? lacking(act.kind, act.details) ?? tooEarly(known, act);
    if (no !== null) return no;
    const joined = act.kind === 'undo' ? lastStep(known.events)?.event : undefined;
    if (joined?.kind === 'split') return 'it was split; put it together again with `case join`.';
    if (joined?.kind === 'join') {
      const { caseId: otherId } = joined.details as CaseEvent['details'];
      await splitOff(tools, tx, known, { otherId: otherId ?? 0, by: act.by, why: 'it is as it was', now });
      return (await readCases(tx, [known.id]))[0] ?? null;
    }
    const done = act.kind === 'undo' ? undoing(known.events) : await meant(tx, known, act);
    if (!done) return 'there is nothing to take back.';
    await appendEvents(tx, [step(tools, known, { ...done, by: act.by, at: now })]);
    return (await readCases(tx, [known.id]))[0] ?? null;
  });
}

function tooEarly(known: Case, { kind }: CaseAct): string | null {
  return kind === 'silent' ? notYetSilent(known.events) : null;
}

/** A customer who gives more stars since is not only happy but won back; a cause is spelt as it was the first time. */
async function meant(tx: Tx, known: Case, { kind, details }: CaseAct): Promise<Pick<CaseEvent, 'kind' | 'details'>> {
  const cause = details.cause === undefined ? null : await asSpelt(tx, known.brandId, details.cause);
  const spelt = cause === null ? details : { ...details, cause };
  if (kind !== 'happy') return { kind, details: spelt };
  const raised = known.events.findLast((event) => event.details.raised !== undefined)?.details as
    | CaseEvent['details']
    | undefined;
  if (!raised?.words) return { kind, details: { ...spelt, proof: spelt.proof ?? spelt.words ?? 'on their word' } };
  return { kind: 'won-back', details: { ...spelt, proof: spelt.proof ?? raised.words } };
}

/** What became of the case since the person looked, as a sentence; null where it stands as it did. */
export function moved(known: Case, { seen }: Pick<CaseWish, 'seen'>): string | null {
  if (seen === undefined || seen === known.events.length) return null;
  return `it has changed since you looked: it is ${stateWord(known.state)} now.`;
}

/** Null where there is none; one that was joined into another is that other one. */
export async function findCase(tx: Tx, { id, of }: CaseWish): Promise<Case | null> {
  const caseId = of === 'case' ? await joinedInto(tx, id) : (await casesOfMentions(tx, [id])).get(id)?.id;
  return caseId === undefined ? null : ((await readCases(tx, [caseId]))[0] ?? null);
}
