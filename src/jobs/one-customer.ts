/**
 * One customer's complaints about a brand are one case: the same account says them, or accounts that a person joined. What
 * others say in the same words is part of it.
 */
import type { CaseEvent } from '../cases/life.ts';
import { turnOf } from '../cases/turn.ts';
import { accountsOf } from '../store/author-joins.ts';
import { casesOfAuthors } from '../store/case-list.ts';
import { joinCases } from '../store/case-mentions.ts';
import type { CaseSummary } from '../store/case-rows.ts';
import { appendEvents, type CaseDraft, type CaseStep, createCases } from '../store/cases.ts';
import type { Standing } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import { atLeast, draft, step } from './case-steps.ts';
import { isEcho, joinVoices, type Voice, voicesOf } from './same-words.ts';
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
  const openers = [...customers.values()].flatMap((list) => {
    const first = openerOf(list);
    return first && !caseOf(first) ? [first] : [];
  });
  const { opening, joining: echoing, following } = await voicesOf(tx, openers);
  const drafts = opening.map((one) => draft(tools, one, now));
  const ids = await createCases(tx, drafts);
  const opened = new Map(drafts.map((made, index) => [made.mentionIds[0], summaryOf(made, ids[index] ?? 0)]));
  const voices: readonly Voice[] = [
    ...echoing,
    ...[...opened].flatMap(([mentionId, known]) => {
      const others = following.get(mentionId);
      return others ? [{ known, complaints: others }] : [];
    }),
  ];
  const heard = await joinVoices(tools, tx, voices, now);
  for (const { known, complaints } of voices) for (const one of complaints) opened.set(one.mentionId, known);
  const joining = [...customers.values()].flatMap((list): Joining[] => {
    const first = openerOf(list);
    if (!first) return [];
    const before = caseOf(first);
    const theirs = before ?? opened.get(first.mentionId);
    const more = before ? list : list.filter((one) => one !== first);
    return theirs && more.length > 0 ? [{ known: heard.get(theirs.id) ?? theirs, complaints: more }] : [];
  });
  // Customers whose cases a person made one share it.
  const perCase = [...Map.groupBy(joining, ({ known: { id } }) => id).values()].flatMap(([first, ...more]) =>
    first ? [{ known: first.known, complaints: [first, ...more].flatMap((one) => one.complaints) }] : [],
  );
  await join(tools, tx, perCase, now);
}

/** What they say in words of their own goes first. */
const openerOf = (list: readonly Standing[]): Standing | undefined => list.find((one) => !isEcho(one)) ?? list[0];

function summaryOf({ brandId, openedAt, mentionIds, columns }: CaseDraft, id: number): CaseSummary {
  return { id, brandId, openedAt, leadMentionId: mentionIds[0], promise: null, hint: null, ...columns };
}

interface Joining {
  readonly known: CaseSummary;
  /** In the order in which they came; at least one. */
  readonly complaints: readonly Standing[];
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

async function join(tools: Tools, tx: Tx, joining: readonly Joining[], now: number): Promise<void> {
  if (joining.length === 0) return;
  await joinCases(
    tx,
    joining.map(({ known, complaints }) => ({ caseId: known.id, mentionIds: complaints.map((one) => one.mentionId) })),
  );
  await appendEvents(
    tx,
    joining.flatMap((one) => stepsOf(tools, one, now)),
  );
}

function stepsOf(tools: Tools, { known, complaints }: Joining, now: number): CaseStep[] {
  const steps: CaseStep[] = [];
  let stands = known;
  const add = (event: Pick<CaseEvent, 'kind' | 'details'>) => {
    const next = step(tools, stands, { at: now, by: 'earshot', ...event });
    steps.push(next);
    stands = { ...stands, ...next.after };
  };
  for (const one of complaints) {
    const urgency = atLeast(stands.urgency, one.marks.urgent ? 'critical' : one.urgency);
    if (turnOf(stands, now) !== 'ours' || stands.closedAt !== null || !isAnswerDue(stands))
      add({ kind: 'spoke-again', details: { why: 'they complained once more', urgency } });
    add({ kind: 'joined', details: { mentionIds: [one.mentionId], urgency } });
  }
  return steps;
}

/** A check-back that is due asks whether all is well: it is not. */
const isAnswerDue = ({ state }: CaseSummary): boolean => state === 'new' || state === 'open';
