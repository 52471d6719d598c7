/** Table `case_events`: all that happened to a case, in the order in which it was written down. */
import { type Selectable, sql } from 'kysely';
import { among, insertRows } from './lists.ts';
import type { CaseEventsTable, Tx } from './tables.ts';

/** Never rewritten. `by` is a person's name, or `earshot`. */
export interface CaseEvent {
  readonly kind: string;
  readonly at: number;
  readonly by: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What the case's events add up to is the caller's to keep. */
export async function addEvents(
  tx: Tx,
  list: readonly { readonly caseId: number; readonly event: CaseEvent }[],
): Promise<void> {
  const rows = list.map(({ caseId, event: { kind, at, by, details } }) => ({
    case_id: caseId,
    kind,
    at,
    by,
    details: JSON.stringify(details),
  }));
  await insertRows(tx, 'case_events', rows);
}

/** By case, oldest first. */
export async function eventsOf(tx: Tx, caseIds: readonly number[]): Promise<Map<number, readonly CaseEvent[]>> {
  const rows = await tx
    .selectFrom('case_events')
    .selectAll()
    .where('case_id', 'in', among(caseIds))
    .orderBy('id')
    .execute();
  const events = Map.groupBy(rows, (row) => row.case_id);
  return new Map([...events].map(([id, list]) => [id, list.map(event)]));
}

/** Cases whose customer was noted to give more stars after an answer, the latest last; one line a case. */
export async function raisedBetween(
  tx: Tx,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<{ readonly caseId: number; readonly from: number; readonly to: number; readonly scale: number }[]> {
  const { rows } = await sql<{
    readonly caseId: number;
    readonly from: number;
    readonly to: number;
    readonly scale: number;
  }>`
    select case_id as "caseId", details ->> '$.raised.from' as "from", details ->> '$.raised.to' as "to",
      details ->> '$.raised.scale' as scale
    from case_events
    where at >= ${from} and at < ${to} and kind in ('note', 'won-back') and "by" = 'earshot' and details ->> '$.raised.to' is not null
    order by id`.execute(tx);
  return [...new Map(rows.map((row) => [row.caseId, row])).values()];
}

function event({ kind, at, by, details }: Selectable<CaseEventsTable>): CaseEvent {
  return { kind, at, by, details: JSON.parse(details) as Record<string, unknown> };
}
