/** Table `promises`: what customers were told would be done, by when, and whether it was. */
import { type Selectable, sql } from 'kysely';
import { among } from './lists.ts';
import type { PromisesTable, Tx } from './tables.ts';

export interface Promised {
  readonly id: number;
  readonly mentionId: number;
  readonly words: string;
  /** Milliseconds UTC: from when on it can be kept, the beginning of a day. */
  readonly fromAt: number;
  /** Milliseconds UTC: when it is broken, the end of that day. */
  readonly dueAt: number;
  readonly by: string;
  readonly at: number;
  readonly keptBy: string | null;
  readonly keptAt: number | null;
}

export type PromiseDraft = Pick<Promised, 'mentionId' | 'words' | 'fromAt' | 'dueAt' | 'by' | 'at'>;

export async function addPromises(tx: Tx, drafts: readonly PromiseDraft[]): Promise<void> {
  for (const { mentionId, words, fromAt, dueAt, by, at } of drafts)
    await tx
      .insertInto('promises')
      .values({ mention_id: mentionId, words, from_at: fromAt, due_at: dueAt, by, at })
      .execute();
}

/** Those that were given to a case's customer, due first; kept ones too. */
export async function promisesOf(tx: Tx, mentionIds: readonly number[]): Promise<Promised[]> {
  const rows = await tx
    .selectFrom('promises')
    .selectAll()
    .where('mention_id', 'in', among(mentionIds))
    .orderBy('due_at')
    .orderBy('id')
    .execute();
  return rows.map(promisedOf);
}

/** @param kept null: it is open again */
export async function markKept(
  tx: Tx,
  ids: readonly number[],
  kept: { readonly by: string; readonly at: number } | null,
): Promise<void> {
  await tx
    .updateTable('promises')
    .set({ kept_by: kept?.by ?? null, kept_at: kept?.at ?? null })
    .where('id', 'in', among(ids))
    .execute();
}

/** What of a promise tells whose turn it is. */
export type DuePromise = Pick<Promised, 'fromAt' | 'dueAt' | 'words'>;

/** The one that is due first and not kept, of each case that has one. */
export async function duePromises(tx: Tx, caseIds: readonly number[]): Promise<Map<number, DuePromise>> {
  if (caseIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('promises')
    .innerJoin('case_mentions', 'case_mentions.mention_id', 'promises.mention_id')
    .select(['case_mentions.case_id', 'promises.from_at', 'promises.due_at', 'promises.words'])
    .where('case_mentions.case_id', 'in', among(caseIds))
    .where('promises.kept_at', 'is', null)
    .orderBy('promises.due_at', 'desc')
    .orderBy(sql`promises.id`, 'desc')
    .execute();
  return new Map(rows.map((row) => [row.case_id, { fromAt: row.from_at, dueAt: row.due_at, words: row.words }]));
}

function promisedOf(row: Selectable<PromisesTable>): Promised {
  return {
    id: row.id,
    mentionId: row.mention_id,
    words: row.words,
    fromAt: row.from_at,
    dueAt: row.due_at,
    by: row.by,
    at: row.at,
    keptBy: row.kept_by,
    keptAt: row.kept_at,
  };
}
