/** Which mentions are listed, and in which order. */
import { type RawBuilder, sql } from 'kysely';
import type { CaseState } from '../mention.ts';
import { among } from './lists.ts';
import { type MentionRow, readMentions } from './mention-rows.ts';
import { postsThatSay } from './search.ts';
import type { Tx } from './tables.ts';

export interface MentionFilter {
  /**
   * `flagged`: relevance about or unsure, complaint, no closed case. `unsure`: what a person should decide. Both without
   * history (unless it has a case) and what is set aside, most urgent first, then by due time (without one: time seen), what
   * is unsure by how likely it complains.
   * `all`: whatever is not set aside, newest first.
   */
  readonly pile: 'flagged' | 'unsure' | 'all';
  /** Of whatever pile: those whose case is in this state. */
  readonly state?: CaseState;
  /** Absent: all brands that the config lists. */
  readonly brandIds?: readonly string[];
  /** One of its places is there. */
  readonly source?: string;
  /** Published (else first seen) at this moment or later; milliseconds UTC. */
  readonly since?: number;
  /** First seen by us at this moment or later, whenever it was published; milliseconds UTC. */
  readonly seenSince?: number;
  /** Words and "phrases", all of them, `word*` for a beginning; in title, text or author of any of its places. */
  readonly search?: string;
  /** Goes on after this mention, wherever it now stands in the order; an unknown one is followed by nothing. */
  readonly after?: number;
  /** 0: no limit. */
  readonly limit: number;
}

type Counted = Omit<MentionFilter, 'limit' | 'after'>;
type Wanted = Omit<Counted, 'pile'> & { readonly pile: MentionFilter['pile'] | 'both' };

export async function listMentions(tx: Tx, filter: MentionFilter): Promise<MentionRow[]> {
  return readMentions(tx, await listMentionIds(tx, filter));
}

/** The ids alone, in order: for counting, and for reading large answers piece by piece. */
export async function listMentionIds(tx: Tx, filter: MentionFilter): Promise<number[]> {
  const rows = await ordered(wanted(tx, filter), filter).execute();
  return rows.map(({ id }) => id);
}

export async function countListed(tx: Tx, filter: Counted): Promise<number> {
  const row = await wanted(tx, filter)
    .clearSelect()
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

/** Both piles at once, so that what a search names is looked up once. */
export async function countPiles(
  tx: Tx,
  filter: Omit<Counted, 'pile' | 'state'>,
): Promise<Readonly<Record<'flagged' | 'unsure', number>>> {
  const rows = await wanted(tx, { ...filter, pile: 'both' })
    .clearSelect()
    .select('mentions.pile')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .groupBy('mentions.pile')
    .execute();
  const on = (pile: string) => rows.find((row) => row.pile === pile)?.count ?? 0;
  return { flagged: on('flagged'), unsure: on('unsure') };
}

/** What a case says of whose turn it is, and how many listed mentions stand so. */
export interface ListedAlike {
  readonly case: { readonly state: CaseState; readonly snoozedUntil: number | null; readonly dueAt: number | null };
  readonly count: number;
}

/**
 * Counts those listed whose case is neither new nor open, or was put off, by how it stands: within a group every time lies on
 * the same side of `now`. They are few: all others wait for us, and are not looked at one by one.
 */
export async function countSetApart(tx: Tx, filter: Counted, now: number): Promise<ListedAlike[]> {
  const few = sql<number>`(select mention_id from case_mentions where case_id in ${setApart})`;
  const rows = await wanted(tx, filter, few)
    .clearSelect()
    .innerJoin('case_mentions', 'case_mentions.mention_id', 'mentions.id')
    .innerJoin('cases', 'cases.id', 'case_mentions.case_id')
    .select(['cases.state'])
    .select(({ fn }) => [
      fn.max('cases.snoozed_until').as('snoozed_until'),
      fn.max('cases.due_at').as('due_at'),
      fn.countAll<number>().as('count'),
    ])
    .groupBy(['cases.state', sql`cases.snoozed_until > ${now}`, sql`cases.due_at <= ${now}`])
    .execute();
  return rows.map(({ state, snoozed_until, due_at, count }) => ({
    case: { state: state as CaseState, snoozedUntil: snoozed_until, dueAt: due_at },
    count,
  }));
}

/** Read from its own index alone. */
const setApart = sql`(select id from cases where state not in ('new', 'open') or snoozed_until is not null)`;

/** Whether its brand is listed; where all are, as most often, nothing is compared mention by mention. */
const isListed = sql<boolean>`(not exists (select 1 from brands where listed = 0)
  or mentions.brand_id in (select id from brands where listed = 1))`;

/** @param few the ids of some mentions: of these alone */
function wanted(tx: Tx, filter: Wanted, few: RawBuilder<number> | null = null) {
  const { pile, state, brandIds, source, since, seenSince, search } = filter;
  let query = tx.selectFrom('mentions').select('mentions.id');
  if (few !== null) query = query.where('mentions.id', 'in', few);
  if (state !== undefined) {
    query = query.where(
      'mentions.id',
      'in',
      sql<number>`(select mention_id from case_mentions join cases on cases.id = case_id where state = ${state})`,
    );
  } else if (pile === 'all') {
    query = query.where('mentions.set_aside', 'is', null);
  } else if (pile === 'both') {
    query = query.where('mentions.pile', 'in', ['flagged', 'unsure']);
  } else {
    // A column behind a sign is found in no index: SQLite then begins with the few, not with all of the pile.
    query = query.where(few === null ? sql.ref('mentions.pile') : sql`+mentions.pile`, '=', pile);
  }
  query = brandIds ? query.where('mentions.brand_id', 'in', among(brandIds)) : query.where(isListed);
  if (source !== undefined)
    // A list made once: asked for each mention in turn, it takes seconds where the source is a rare one.
    query = query.where(
      'mentions.id',
      'in',
      sql<number>`(select mention_id from posts join mention_posts on post_id = posts.id where source = ${source})`,
    );
  if (since !== undefined) query = query.where('mentions.said_at', '>=', since);
  if (seenSince !== undefined) query = query.where('mentions.first_seen_at', '>=', seenSince);
  if (search !== undefined)
    query = query.where(
      'mentions.id',
      'in',
      sql<number>`(select mention_id from mention_posts where post_id in ${postsThatSay(search)})`,
    );
  return query;
}

function ordered(query: ReturnType<typeof wanted>, { pile, after, limit }: MentionFilter) {
  let list =
    pile === 'all'
      ? query.orderBy('mentions.said_at', 'desc').orderBy('mentions.id', 'desc')
      : query.orderBy('mentions.pile_class').orderBy('mentions.pile_at').orderBy('mentions.id');
  if (after !== undefined)
    list =
      pile === 'all'
        ? list.where(
            sql<boolean>`(mentions.said_at, mentions.id) < (select said_at, id from mentions where id = ${after})`,
          )
        : list.where(
            sql<boolean>`(mentions.pile_class, mentions.pile_at, mentions.id) > (select pile_class, pile_at, id from mentions where id = ${after})`,
          );
  return limit > 0 ? list.limit(limit) : list;
}
