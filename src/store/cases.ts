/** Tables `cases`, `case_mentions` and `case_events`: one customer's complaint each, its mentions and all that happened. */
import { type Selectable, sql } from 'kysely';
import { type CaseState, closedStates, type Urgency } from '../mention.ts';
import { among, insertRows, updateRows } from './lists.ts';
import { refreshPiles } from './piles.ts';
import { type DuePromise, duePromises } from './promises.ts';
import type { CasesTable, Tx } from './tables.ts';
import { rankOf, urgencyOf } from './urgency-rank.ts';

/** Never rewritten. `by` is a person's name, or `earshot`. */
export interface CaseEvent {
  readonly kind: string;
  readonly at: number;
  readonly by: string;
  readonly details: Readonly<Record<string, unknown>>;
}

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
}

export interface Case extends CaseSummary {
  /** Oldest first. */
  readonly events: readonly CaseEvent[];
  /** The one that opened it first. */
  readonly mentionIds: readonly number[];
}

export interface CaseDraft {
  readonly brandId: string;
  readonly openedAt: number;
  /** The one that opens it, then those that came with it; none of them in a case already. */
  readonly mentionIds: readonly [number, ...number[]];
  readonly columns: CaseColumns;
  readonly events: readonly CaseEvent[];
}

export interface CaseStep {
  readonly caseId: number;
  readonly event: CaseEvent;
  /** What the case's events add up to now. */
  readonly after: CaseColumns;
}

/** @returns the cases' ids, in order. */
export async function createCases(tx: Tx, drafts: readonly CaseDraft[]): Promise<number[]> {
  const rows = await insertRows<'cases', { id: number; lead_mention_id: number }>(
    tx,
    'cases',
    drafts.map(({ brandId, openedAt, mentionIds: [lead], columns }) => ({
      brand_id: brandId,
      lead_mention_id: lead,
      opened_at: openedAt,
      ...columnsOf(columns),
    })),
    { key: 'added', with: (insert) => insert.returning(['id', 'lead_mention_id']) },
  );
  const idOf = new Map(rows.map((row) => [row.lead_mention_id, row.id]));
  const made = drafts.map((draft) => {
    const id = idOf.get(draft.mentionIds[0]);
    if (id === undefined) throw new Error(`the case of mention ${draft.mentionIds[0]} was not stored`);
    return { id, draft };
  });
  const members = made.flatMap(({ id, draft }) => draft.mentionIds.map((mention_id) => ({ mention_id, case_id: id })));
  await insertRows(tx, 'case_mentions', members);
  await addEvents(
    tx,
    made.flatMap(({ id, draft }) => draft.events.map((event) => ({ caseId: id, event }))),
  );
  await refreshPiles(
    tx,
    members.map(({ mention_id }) => mention_id),
  );
  return made.map(({ id }) => id);
}

/** Adds events and what they add up to, in the given order. */
export async function appendEvents(tx: Tx, steps: readonly CaseStep[]): Promise<void> {
  if (steps.length === 0) return;
  await addEvents(tx, steps);
  const last = new Map(steps.map(({ caseId, after }) => [caseId, after]));
  await updateRows(
    tx,
    'cases',
    [...last].map(([id, after]) => ({ id, ...columnsOf(after) })),
  );
  const members = await tx
    .selectFrom('case_mentions')
    .select('mention_id')
    .where('case_id', 'in', among(steps.map(({ caseId }) => caseId)))
    .execute();
  await refreshPiles(
    tx,
    members.map(({ mention_id }) => mention_id),
  );
}

export interface Joined {
  readonly caseId: number;
  readonly mentionIds: readonly number[];
}

/** Makes mentions part of cases; one that is in a case already stays there. The events that tell of it are the caller's. */
export async function joinCases(tx: Tx, joined: readonly Joined[]): Promise<void> {
  const rows = joined.flatMap(({ caseId, mentionIds }) =>
    mentionIds.map((mention_id) => ({ mention_id, case_id: caseId })),
  );
  await insertRows(tx, 'case_mentions', rows, {
    key: 'once',
    with: (insert) => insert.onConflict((on) => on.doNothing()),
  });
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

/** Another of its mentions says from now on whether there is a case; one that leads a second case stays with that. */
export async function passLead(tx: Tx, caseId: number, mentionId: number): Promise<void> {
  const before = await tx.selectFrom('cases').select('lead_mention_id').where('id', '=', caseId).executeTakeFirst();
  await sql`update cases set lead_mention_id = ${mentionId} where id = ${caseId}
    and not exists (select 1 from cases other where other.lead_mention_id = ${mentionId})`.execute(tx);
  await refreshPiles(tx, [mentionId, ...(before ? [before.lead_mention_id] : [])]);
}

/** Says of a case that it is part of another one; null: that it stands on its own. */
export async function setJoinedInto(tx: Tx, id: number, into: number | null): Promise<void> {
  await tx.updateTable('cases').set({ joined_into: into }).where('id', '=', id).execute();
}

/** The case that stands for this one: itself, where it was not joined to another. */
export async function joinedInto(tx: Tx, id: number): Promise<number> {
  const row = await tx.selectFrom('cases').select('joined_into').where('id', '=', id).executeTakeFirst();
  return row?.joined_into ? joinedInto(tx, row.joined_into) : id;
}

/** The case that this mention leads, also where that was joined to another one. */
export async function caseLedBy(tx: Tx, mentionId: number): Promise<number | null> {
  const row = await tx.selectFrom('cases').select('id').where('lead_mention_id', '=', mentionId).executeTakeFirst();
  return row?.id ?? null;
}

/** The cases that were joined to this one and would stand on their own again, oldest first. */
export async function partedFrom(tx: Tx, id: number): Promise<CaseSummary[]> {
  const rows = await tx.selectFrom('cases').selectAll().where('joined_into', '=', id).orderBy('id').execute();
  return summaries(tx, rows);
}

/** What the brand's people said was behind its complaints, the most frequent first, each as it was last spelt. */
export async function causesOf(
  tx: Tx,
  brandId: string,
): Promise<{
  readonly causes: readonly { readonly cause: string; readonly cases: number }[];
  /** Fixed or brought to an end without one. */
  readonly without: number;
}> {
  const { rows } = await sql<{ readonly cause: string | null; readonly cases: number }>`
    select (select e.details ->> '$.cause' from case_events e
        where e.case_id = cases.id and e.details ->> '$.cause' is not null order by e.id desc limit 1) as cause,
      count(*) as cases
    from cases
    where brand_id = ${brandId} and joined_into is null and (state in ('fixed', 'happy', 'won-back', 'silent', 'lost')
      or exists (select 1 from case_events e where e.case_id = cases.id and e.details ->> '$.cause' is not null))
    group by 1 order by cases desc, cause`.execute(tx);
  return {
    causes: rows.flatMap(({ cause, cases }) => (cause === null ? [] : [{ cause, cases }])),
    without: rows.find(({ cause }) => cause === null)?.cases ?? 0,
  };
}

/** In the order of the ids; those that are no more are left out. */
export async function readCases(tx: Tx, ids: readonly number[]): Promise<Case[]> {
  if (ids.length === 0) return [];
  const rows = await tx.selectFrom('cases').selectAll().where('id', 'in', among(ids)).execute();
  const events = await tx
    .selectFrom('case_events')
    .selectAll()
    .where('case_id', 'in', among(ids))
    .orderBy('id')
    .execute();
  const members = await tx
    .selectFrom('case_mentions')
    .selectAll()
    .where('case_id', 'in', among(ids))
    .orderBy('mention_id')
    .execute();
  const summaryOf = new Map((await summaries(tx, rows)).map((one) => [one.id, one]));
  const eventsOf = Map.groupBy(events, (row) => row.case_id);
  const membersOf = Map.groupBy(members, (row) => row.case_id);
  return ids.flatMap((id) => {
    const known = summaryOf.get(id);
    if (known === undefined) return [];
    const lead = known.leadMentionId;
    const others = (membersOf.get(id) ?? []).map((one) => one.mention_id).filter((one) => one !== lead);
    const told = (eventsOf.get(id) ?? []).map(({ kind, at, by, details }) => ({
      kind,
      at,
      by,
      details: JSON.parse(details) as Record<string, unknown>,
    }));
    return [{ ...known, events: told, mentionIds: [lead, ...others] }];
  });
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
  const all = await summaries(tx, rows);
  return new Map(rows.flatMap(({ mention_id }, at) => pairOf(mention_id, all[at])));
}

/** What each author's complaint about a brand came to: the open case, else the one closed last. */
export async function casesOfAuthors(
  tx: Tx,
  brandId: string,
  authorIds: readonly number[],
): Promise<Map<number, CaseSummary>> {
  if (authorIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('posts')
    .innerJoin('mention_posts', 'mention_posts.post_id', 'posts.id')
    .innerJoin('case_mentions', 'case_mentions.mention_id', 'mention_posts.mention_id')
    .innerJoin('cases', 'cases.id', 'case_mentions.case_id')
    .selectAll('cases')
    .select('posts.author_id')
    .where('posts.author_id', 'in', among(authorIds))
    .where('cases.brand_id', '=', brandId)
    .orderBy((eb) => eb('cases.closed_at', 'is', null))
    .orderBy('cases.closed_at')
    .orderBy('cases.id')
    .execute();
  const all = await summaries(tx, rows);
  return new Map(rows.flatMap(({ author_id }, at) => pairOf(author_id ?? 0, all[at])));
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

export interface CaseFilter {
  readonly brandIds?: readonly string[];
  readonly states?: readonly CaseState[];
  /** Not closed. */
  readonly open?: boolean;
  readonly owner?: string | null;
  /** Open, due at or before this moment, and not snoozed beyond it. */
  readonly dueBy?: number;
  /** Closed at or after this moment. */
  readonly closedSince?: number;
  /** We answered the customer in `[from, to)`. */
  readonly answeredBetween?: { readonly from: number; readonly to: number };
}

/** Most urgent first, then what is due first; without those that were joined to another. */
export async function listCases(tx: Tx, filter: CaseFilter): Promise<CaseSummary[]> {
  let query = tx.selectFrom('cases').selectAll().where('joined_into', 'is', null);
  if (filter.brandIds) query = query.where('brand_id', 'in', among(filter.brandIds));
  if (filter.states) query = query.where('state', 'in', among(filter.states));
  if (filter.open) query = query.where('closed_at', 'is', null);
  if (filter.owner !== undefined) query = query.where('owner', 'is', filter.owner);
  if (filter.closedSince !== undefined) query = query.where('closed_at', '>=', filter.closedSince);
  const { answeredBetween } = filter;
  if (answeredBetween)
    query = query.where(
      'id',
      'in',
      sql<number>`(select case_id from case_events
        where kind = 'answered' and at >= ${answeredBetween.from} and at < ${answeredBetween.to})`,
    );
  const { dueBy } = filter;
  if (dueBy !== undefined)
    query = query
      .where('closed_at', 'is', null)
      .where('due_at', '<=', dueBy)
      .where((eb) => eb.or([eb('snoozed_until', 'is', null), eb('snoozed_until', '<=', dueBy)]));
  const rows = await query.orderBy('urgency', 'desc').orderBy(sql`coalesce(due_at, opened_at)`).orderBy('id').execute();
  return summaries(tx, rows);
}

async function addEvents(
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

/** A closed case always has the moment of its closing: the piles and indexes read only that. */
function columnsOf({ state, owner, dueAt, snoozedUntil, closedAt, remainingMs, urgency }: CaseColumns) {
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

const pairOf = (id: number, one: CaseSummary | undefined): [number, CaseSummary][] => (one ? [[id, one]] : []);

/** One for each row, in their order. */
async function summaries(tx: Tx, rows: readonly Selectable<CasesTable>[]): Promise<CaseSummary[]> {
  const ids = rows.map(({ id }) => id);
  const promises = await duePromises(tx, ids);
  return rows.map((row) => summary(row, promises.get(row.id) ?? null));
}

function summary(row: Selectable<CasesTable>, promise: DuePromise | null): CaseSummary {
  return {
    promise,
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
