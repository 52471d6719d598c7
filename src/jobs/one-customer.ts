/** One customer's complaints about a brand are one case: the same account says them, or accounts that a person joined. */
import type { CaseEvent } from '../cases/life.ts';
import { turnOf } from '../cases/turn.ts';
import { accountsOf } from '../store/author-joins.ts';
import { appendEvents, type CaseSummary, casesOfAuthors, createCases, joinCase, readCases } from '../store/cases.ts';
import type { Standing } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import { atLeast, draft, step } from './case-steps.ts';
import type { Tools } from './tools.ts';

/**
 * Opens a case for each complaint, or lets it join its customer's: one that is the customer's turn, put off or closed is
 * ours again. What was dismissed stays so: the next complaint has a case of its own.
 * @param complaints in no case yet
 */
export async function openCases(tools: Tools, tx: Tx, complaints: readonly Standing[], now: number): Promise<void> {
  const accounts = await accountsOf(tx);
  const customers = Map.groupBy(complaints, ({ brandId, authorId, mentionId }) =>
    JSON.stringify([brandId, authorId === null ? `m${mentionId}` : accounts(authorId)[0]]),
  );
  const known = await knownCases(tx, complaints, accounts);
  const caseOf = (one: Standing) => (one.authorId === null ? undefined : known.get(one.brandId)?.get(one.authorId));
  const fresh = [...customers.values()].flatMap(([first]) => (first && !caseOf(first) ? [first] : []));
  const ids = await createCases(
    tx,
    fresh.map((one) => draft(tools, one, now)),
  );
  const opened = new Map(fresh.map(({ mentionId }, index) => [mentionId, ids[index] ?? 0]));
  for (const list of customers.values()) {
    const [first, ...others] = list;
    const id = first && (caseOf(first)?.id ?? opened.get(first.mentionId));
    const more = first && caseOf(first) ? list : others;
    if (id !== undefined) await join(tools, tx, id, more, now);
  }
}

/** Of each author's customer: the open case, else the one closed last. */
async function knownCases(
  tx: Tx,
  complaints: readonly Standing[],
  accounts: (authorId: number) => readonly number[],
): Promise<Map<string, Map<number, CaseSummary>>> {
  const known = new Map<string, Map<number, CaseSummary>>();
  for (const [brandId, list] of Map.groupBy(complaints, (one) => one.brandId)) {
    const authors = [...new Set(list.flatMap(({ authorId }) => authorId ?? []))];
    const cases = await casesOfAuthors(tx, brandId, [...new Set(authors.flatMap(accounts))]);
    const worked = new Map([...cases].filter(([, { state }]) => state !== 'dismissed'));
    const ofCustomer = authors.flatMap((author) => {
      const own = accounts(author).flatMap((id) => worked.get(id) ?? []);
      const last = own.toSorted((one, other) => closing(other) - closing(one) || other.id - one.id)[0];
      return last ? [[author, last] as const] : [];
    });
    known.set(brandId, new Map(ofCustomer));
  }
  return known;
}

const closing = ({ closedAt }: CaseSummary): number => closedAt ?? Number.MAX_SAFE_INTEGER;

async function join(tools: Tools, tx: Tx, id: number, list: readonly Standing[], now: number): Promise<void> {
  for (const one of list) {
    const [known] = await readCases(tx, [id]);
    if (!known) return;
    const urgency = atLeast(known.urgency, one.marks.urgent ? 'critical' : one.urgency);
    const details = { mentionIds: [one.mentionId], urgency };
    const earshot = { at: now, by: 'earshot' } as const;
    const again: CaseEvent = {
      kind: 'spoke-again',
      ...earshot,
      details: { why: 'they complained once more', urgency },
    };
    await joinCase(tx, id, [one.mentionId]);
    if (turnOf(known, now) !== 'ours' || known.closedAt !== null || !isAnswerDue(known))
      await appendEvents(tx, [step(tools, known, again)]);
    const [after = known] = await readCases(tx, [id]);
    await appendEvents(tx, [step(tools, after, { kind: 'joined', ...earshot, details })]);
  }
}

/** A check-back that is due asks whether all is well: it is not. */
const isAnswerDue = ({ state }: CaseSummary): boolean => state === 'new' || state === 'open';
