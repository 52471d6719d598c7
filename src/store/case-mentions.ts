/** Table `case_mentions`: which mentions a case is made of, and which case a mention is in. */
import { type CaseSummary, summariesBy } from './case-rows.ts';
import { among, insertRows } from './lists.ts';
import { refreshPiles } from './piles.ts';
import type { Tx } from './tables.ts';

export interface Joined {
  readonly caseId: number;
  readonly mentionIds: readonly number[];
}

/** Makes mentions part of cases; one that is in a case already stays there. The events that tell of it are the caller's. */
export async function joinCases(tx: Tx, joined: readonly Joined[]): Promise<void> {
  const rows = joined.flatMap(({ caseId, mentionIds }) =>
    mentionIds.map((mention_id) => ({ mention_id, case_id: caseId })),
  );
  await insertRows(tx, 'case_mentions', rows, 'on conflict do nothing');
  await refreshPiles(
    tx,
    rows.map(({ mention_id }) => mention_id),
  );
}

/** Puts mentions into another case, or into none; the events that tell of it are the caller's. */
export async function moveMentions(tx: Tx, mentionIds: readonly number[], caseId: number | null): Promise<void> {
  if (caseId === null) await tx.deleteFrom('case_mentions').where('mention_id', 'in', among(mentionIds)).execute();
  else
    await tx
      .updateTable('case_mentions')
      .set({ case_id: caseId })
      .where('mention_id', 'in', among(mentionIds))
      .execute();
  await refreshPiles(tx, mentionIds);
}

/** The mentions of each case, the oldest first. */
export async function membersOf(tx: Tx, caseIds: readonly number[]): Promise<Map<number, readonly number[]>> {
  if (caseIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('case_mentions')
    .selectAll()
    .where('case_id', 'in', among(caseIds))
    .orderBy('mention_id')
    .execute();
  const members = Map.groupBy(rows, (row) => row.case_id);
  return new Map([...members].map(([id, list]) => [id, list.map((row) => row.mention_id)]));
}

/** The case that each mention is in, where it is in one. */
export async function casesOfMentions(tx: Tx, mentionIds: readonly number[]): Promise<Map<number, CaseSummary>> {
  const rows = await tx
    .selectFrom('case_mentions')
    .innerJoin('cases', 'cases.id', 'case_mentions.case_id')
    .selectAll('cases')
    .select('case_mentions.mention_id')
    .where('case_mentions.mention_id', 'in', among(mentionIds))
    .execute();
  return summariesBy(tx, rows, (row) => row.mention_id);
}
