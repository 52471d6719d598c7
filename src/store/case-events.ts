/** Table `case_events`: all that happened to a case, in the order in which it was written down. */
import { type Selectable, sql } from 'kysely';
import { anewKinds, type CaseHint } from '../mention.ts';
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

/** Where it was said still stands, and nobody marked it otherwise. */
const isStillSaid = sql`exists (
  select 1 from json_each(event.details, '$.mentionIds') said join mentions on mentions.id = said.value
  where mentions.resolved = 1 and set_aside is null and marked_us is not 0 and marked_complaint is not 1 and exists (
    select 1 from mention_posts join posts on posts.id = mention_posts.post_id
    where mention_posts.mention_id = mentions.id and gone_at is null))`;

/** No other step starts from what a reopened case was: whatever goes back to there takes the reopening back. */
const isTakenBack = sql`event.kind = 'reopen' and exists (
  select 1 from case_events back where back.case_id = event.case_id and back.id > event.id and back.kind = 'undo'
    and back.details -> '$.life' = event.details -> '$.was')`;

/** Of cases whose customer says that it was put right, and that nothing was heard of since. */
export async function hintsOf(tx: Tx, caseIds: readonly number[]): Promise<Map<number, CaseHint>> {
  if (caseIds.length === 0) return new Map();
  const { rows } = await sql<{ readonly caseId: number; readonly kind: string }>`
    select case_id as "caseId", kind from case_events event
    where case_id in ${among(caseIds)} and case
      when kind = 'resolved' then ${isStillSaid}
      else kind in ${among(anewKinds)} and not (${isTakenBack}) end
    order by id`.execute(tx);
  const last = new Map(rows.map(({ caseId, kind }) => [caseId, kind]));
  return new Map([...last].flatMap(([id, kind]) => (kind === 'resolved' ? [[id, 'resolved'] as const] : [])));
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
