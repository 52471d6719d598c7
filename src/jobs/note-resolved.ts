/** A customer who says that it was put right: told on their open case, with the next step named. Only people close it. */
import { type CaseEvent, refusal } from '../cases/life.ts';
import { dayMs } from '../clock.ts';
import { accountsOf } from '../store/author-joins.ts';
import { resolvedBy, saidAfter, saysResolved } from '../store/case-hints.ts';
import { casesOfAuthors } from '../store/case-list.ts';
import { casesOfMentions } from '../store/case-mentions.ts';
import { appendEvents, type Case, readCases } from '../store/cases.ts';
import { readStandings, type Standing } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import { step } from './case-steps.ts';
import type { Tools } from './tools.ts';

/** So long after their last complaint it is still that one which they speak of. */
const withinMs = 60 * dayMs;

/**
 * Each saying counts once; where a person marked it otherwise, or it was set aside, none.
 * @param complaints those of `standings` that are new in a case: their customers may have said so in what was heard before
 */
export async function noteResolved(
  tools: Tools,
  tx: Tx,
  standings: readonly Standing[],
  complaints: readonly Standing[],
  now: number,
): Promise<void> {
  const heard = standings.filter(saysResolved);
  if (heard.length === 0 && complaints.length === 0) return;
  const accounts = await accountsOf(tx);
  const saying = [...heard, ...(await heardBefore(tx, complaints, accounts))];
  const caseOf = await openCasesOf(tx, saying, accounts);
  for (const known of await readCases(tx, [...new Set(caseOf.values())])) {
    if (known.hint !== null || refusal(known, 'resolved') !== null) continue;
    const members = await readStandings(tx, known.mentionIds);
    const said = saying.find((one) => caseOf.get(one.mentionId) === known.id && isNews(known, one, members));
    if (!said) continue;
    const event: CaseEvent = { kind: 'resolved', at: now, by: 'earshot', details: { mentionIds: [said.mentionId] } };
    await appendEvents(tx, [step(tools, known, event)]);
  }
}

type Accounts = Awaited<ReturnType<typeof accountsOf>>;

/** The author edited what had opened the case, and now says that it was put right: that is no mistake of ours. */
export function isPutRight(known: { readonly openedAt: number }, standing: Standing): boolean {
  return saysResolved(standing) && standing.editedAt !== null && standing.editedAt >= known.openedAt;
}

/** What the customers of these complaints said before, or said later and was heard before. */
async function heardBefore(tx: Tx, complaints: readonly Standing[], accounts: Accounts): Promise<readonly Standing[]> {
  const found: Standing[] = [];
  for (const [brandId, list] of Map.groupBy(complaints, (one) => one.brandId))
    found.push(...(await resolvedBy(tx, brandId, accountsIn(list, accounts))));
  return found;
}

function accountsIn(standings: readonly Standing[], accounts: Accounts): readonly number[] {
  return [...new Set(standings.flatMap(({ authorId }) => (authorId === null ? [] : accounts(authorId))))];
}

/** By mention: the case that it is in, else the open one of the same customer. */
async function openCasesOf(
  tx: Tx,
  saying: readonly Standing[],
  accounts: Accounts,
): Promise<ReadonlyMap<number, number>> {
  const own = await casesOfMentions(
    tx,
    saying.map(({ mentionId }) => mentionId),
  );
  const found = new Map([...own].flatMap(([id, one]) => (one.closedAt === null ? [[id, one.id] as const] : [])));
  const others = saying.filter(({ mentionId, authorId }) => authorId !== null && !own.has(mentionId));
  for (const [brandId, list] of Map.groupBy(others, (one) => one.brandId)) {
    const cases = await casesOfAuthors(tx, brandId, accountsIn(list, accounts));
    for (const { mentionId, authorId } of list) {
      const theirs = authorId === null ? [] : accounts(authorId).flatMap((id) => cases.get(id) ?? []);
      const open = theirs.filter(({ closedAt }) => closedAt === null).sort((one, other) => other.id - one.id)[0];
      if (open) found.set(mentionId, open.id);
    }
  }
  return found;
}

/** Said after all that they complained of, and not told on the case before. */
function isNews(known: Case, said: Standing, members: readonly Standing[]): boolean {
  const isOwn = known.mentionIds.includes(said.mentionId);
  if (isOwn && !isPutRight(known, said)) return false;
  const told = known.events.some(
    ({ kind, at, details }) => kind === 'resolved' && isOf(details, said.mentionId) && at >= (said.editedAt ?? 0),
  );
  const after = saidAfter(said, members);
  return !told && after > 0 && (after <= withinMs || after === Infinity);
}

function isOf(details: Readonly<Record<string, unknown>>, mentionId: number): boolean {
  const { mentionIds } = details as CaseEvent['details'];
  return mentionIds?.includes(mentionId) ?? false;
}
