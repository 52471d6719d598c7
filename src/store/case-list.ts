/** Which cases there are: by whose turn it is, and by who complained. */
import { sql } from 'kysely';
import type { CaseState } from '../mention.ts';
import { type CaseSummary, summaries, summariesBy } from './case-rows.ts';
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

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
  const rows = await wanted(tx, filter)
    .selectAll()
    .orderBy('urgency', 'desc')
    .orderBy(sql`coalesce(due_at, opened_at)`)
    .orderBy('id')
    .execute();
  return summaries(tx, rows);
}

/** How many `listCases` would give. */
export async function countCases(tx: Tx, filter: CaseFilter): Promise<number> {
  const row = await wanted(tx, filter)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

function wanted(tx: Tx, filter: CaseFilter) {
  let query = tx.selectFrom('cases').where('joined_into', 'is', null);
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
  return query;
}

/**
 * What each author's complaint about a brand came to: the open case, else the one closed last. One that they are in only
 * because they say the same as somebody else is not theirs.
 */
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
    .where(isOwn)
    .orderBy((eb) => eb('cases.closed_at', 'is', null))
    .orderBy('cases.closed_at')
    .orderBy('cases.id')
    .execute();
  return summariesBy(tx, rows, (row) => row.author_id ?? 0);
}

const isOwn = sql<boolean>`(cases.lead_mention_id = case_mentions.mention_id or not exists (
  select 1 from mentions where mentions.id = case_mentions.mention_id and double_of <> mentions.id))`;

/**
 * Of what several accounts say in the same words: the case of whoever said it first and has one, where Earshot did not close
 * it by itself.
 * @param firsts the first mention of each
 */
export async function casesOfDoubles(tx: Tx, firsts: readonly number[]): Promise<Map<number, CaseSummary>> {
  if (firsts.length === 0) return new Map();
  const rows = await tx
    .selectFrom(sql<{ readonly first: number }>`(select value as first from ${among(firsts)})`.as('wanted'))
    .innerJoin('cases', (join) =>
      join.on(
        'cases.id',
        '=',
        sql<number>`(select own.id from mentions twin join case_mentions on mention_id = twin.id
          join cases own on own.id = case_id
          where twin.double_of = wanted.first and not (own.state = 'dismissed' and own.owner is null)
          order by twin.said_at, twin.id limit 1)`,
      ),
    )
    .selectAll('cases')
    .select('wanted.first')
    .execute();
  return summariesBy(tx, rows, (row) => row.first);
}
