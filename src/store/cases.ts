/** Table `cases`: one customer's complaint each, with its mentions and all that happened. */
import { sql } from 'kysely';
import { addEvents, type CaseEvent, eventsOf } from './case-events.ts';
import { membersOf } from './case-mentions.ts';
import { type CaseColumns, type CaseSummary, columnsOf, summaries } from './case-rows.ts';
import { among, insertRows, nextId, updateRows } from './lists.ts';
import { refreshPiles } from './piles.ts';
import type { Tx } from './tables.ts';

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
  const from = await nextId(tx, 'cases');
  const made = drafts.map((draft, place) => ({ id: from + place, draft }));
  const rows = made.map(({ id, draft: { brandId, openedAt, mentionIds, columns } }) => ({
    id,
    brand_id: brandId,
    lead_mention_id: mentionIds[0],
    opened_at: openedAt,
    ...columnsOf(columns),
  }));
  await insertRows(tx, 'cases', rows);
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

/** In the order of the ids; those that are no more are left out. */
export async function readCases(tx: Tx, ids: readonly number[]): Promise<Case[]> {
  if (ids.length === 0) return [];
  const rows = await tx.selectFrom('cases').selectAll().where('id', 'in', among(ids)).execute();
  const summaryOf = new Map((await summaries(tx, rows)).map((one) => [one.id, one]));
  const events = await eventsOf(tx, ids);
  const members = await membersOf(tx, ids);
  return ids.flatMap((id) => {
    const known = summaryOf.get(id);
    if (known === undefined) return [];
    const lead = known.leadMentionId;
    const others = (members.get(id) ?? []).filter((one) => one !== lead);
    return [{ ...known, events: events.get(id) ?? [], mentionIds: [lead, ...others] }];
  });
}
