/** What a row of `cases` holds. */
import type { Selectable } from 'kysely';
import { type CaseHint, type CaseState, closedStates, type Urgency } from '../mention.ts';
import { hintsOf } from './case-hints.ts';
import { type DuePromise, duePromises } from './promises.ts';
import type { CasesTable, Tx } from './tables.ts';
import { rankOf, urgencyOf } from './urgency-rank.ts';

/** What a case's events add up to; worked out by src/cases and kept so that cases can be listed without their events. */
export interface CaseColumns {
  readonly state: CaseState;
  readonly owner: string | null;
  readonly dueAt: number | null;
  readonly snoozedUntil: number | null;
  readonly closedAt: number | null;
  readonly remainingMs: number | null;
  readonly urgency: Urgency;
}

export interface CaseSummary extends CaseColumns {
  readonly id: number;
  readonly brandId: string;
  readonly leadMentionId: number;
  readonly openedAt: number;
  /** What its customer was promised and is due first; null where nothing is. */
  readonly promise: DuePromise | null;
  readonly hint: CaseHint | null;
}

/** A closed case always has the moment of its closing: the piles and indexes read only that. */
export function columnsOf({ state, owner, dueAt, snoozedUntil, closedAt, remainingMs, urgency }: CaseColumns) {
  if (closedStates.includes(state) !== (closedAt !== null))
    throw new Error(`a case that is ${state} ${closedAt === null ? 'needs' : 'has no'} time of closing`);
  return {
    state,
    owner,
    due_at: dueAt,
    snoozed_until: snoozedUntil,
    closed_at: closedAt,
    remaining_ms: remainingMs,
    urgency: rankOf(urgency),
  };
}

/** One for each row, in their order. */
export async function summaries(tx: Tx, rows: readonly Selectable<CasesTable>[]): Promise<CaseSummary[]> {
  const ids = rows.map(({ id }) => id);
  const promises = await duePromises(tx, ids);
  const hints = await hintsOf(tx, ids);
  return rows.map((row) => summary(row, promises.get(row.id) ?? null, hints.get(row.id) ?? null));
}

/** By what in its row asks for it; of several, the last. */
export async function summariesBy<Row extends Selectable<CasesTable>>(
  tx: Tx,
  rows: readonly Row[],
  key: (row: Row) => number,
): Promise<Map<number, CaseSummary>> {
  const all = await summaries(tx, rows);
  return new Map(all.flatMap((one, at) => (rows[at] ? [[key(rows[at]), one] as const] : [])));
}

function summary(row: Selectable<CasesTable>, promise: DuePromise | null, hint: CaseHint | null): CaseSummary {
  return {
    promise,
    // What is closed needs none.
    hint: row.closed_at === null ? hint : null,
    id: row.id,
    brandId: row.brand_id,
    leadMentionId: row.lead_mention_id,
    openedAt: row.opened_at,
    state: row.state as CaseState,
    owner: row.owner,
    dueAt: row.due_at,
    snoozedUntil: row.snoozed_until,
    closedAt: row.closed_at,
    remainingMs: row.remaining_ms,
    urgency: urgencyOf(row.urgency),
  };
}
