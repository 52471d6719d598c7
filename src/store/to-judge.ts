/** Stored mentions as judging again needs them. */
import { sql } from 'kysely';
import type { Findings, Hit } from '../mention.ts';
import type { SetAside } from '../watch.ts';
import { findingsColumnNames, findingsOf } from './findings-columns.ts';
import { among } from './lists.ts';
import { bestRanks } from './search-ranks.ts';
import { readPosts, type StoredPost } from './stored-posts.ts';
import type { Tx } from './tables.ts';

export interface MentionToJudge {
  readonly mentionId: number;
  readonly brandId: string;
  /** The post that the findings are about, with the best place that a search shows of the mention. Its words may have been dropped: then it cannot be judged again. */
  readonly post: StoredPost;
  readonly hits: readonly Hit[];
  /** It is about the brand by where it stands, named or not. */
  readonly certain: boolean;
  readonly findings: Findings;
  readonly history: boolean;
  readonly setAside: SetAside | null;
  /** The pile it lies on. */
  readonly pile: 'flagged' | 'unsure' | null;
  /** A person has marked it or worked on its case: it stays where it is, whatever we come to think. */
  readonly touched: boolean;
  readonly caseId: number | null;
}

interface Page {
  /** Go on after this id; 0 begins. */
  readonly afterId: number;
  readonly limit: number;
}

/** Mentions of these brands that another version judged and whose words are kept, oldest id first. */
export async function outdatedMentions(
  tx: Tx,
  page: Page & { readonly version: string; readonly brandIds: readonly string[] },
): Promise<MentionToJudge[]> {
  const query = select(tx, page)
    .where('mentions.version', '<>', page.version)
    .where('mentions.brand_id', 'in', among(page.brandIds))
    .where('mentions.lead_post_id', 'in', sql<number>`(select id from posts where words = 'kept')`);
  return toJudge(tx, query.orderBy('mentions.id'));
}

/** All mentions of a brand, also what is set aside, oldest id first. */
export async function mentionsOfBrand(tx: Tx, page: Page & { readonly brandId: string }): Promise<MentionToJudge[]> {
  return toJudge(tx, select(tx, page).where('mentions.brand_id', '=', page.brandId).orderBy('mentions.id'));
}

/** What the fast judge doubts, newest id first: go on with `beforeId`. */
export async function doubtfulMentions(
  tx: Tx,
  { beforeId, limit }: { readonly beforeId: number; readonly limit: number },
): Promise<MentionToJudge[]> {
  const query = select(tx, { afterId: 0, limit })
    .where('mentions.doubtful', '=', 1)
    .where('mentions.set_aside', 'is', null)
    .where('mentions.id', '<', beforeId)
    .orderBy('mentions.id', 'desc');
  return toJudge(tx, query);
}

/** What lies on the pile of what is unsure, newest id first: go on with `beforeId`. */
export async function unsureMentions(
  tx: Tx,
  { beforeId, limit }: { readonly beforeId: number; readonly limit: number },
): Promise<MentionToJudge[]> {
  const query = select(tx, { afterId: 0, limit })
    .where('mentions.pile', '=', 'unsure')
    .where('mentions.id', '<', beforeId)
    .orderBy('mentions.id', 'desc');
  return toJudge(tx, query);
}

/**
 * What says nearly the same as these mentions of one brand, the pile of what is unsure, the queue, and the newest of what lies on
 * neither: of that brand, untouched, without these themselves; at most so many of each.
 */
export async function untouchedBeside(tx: Tx, mentionIds: readonly number[], most: number): Promise<MentionToJudge[]> {
  const these = among(mentionIds);
  const brand = sql<string>`(select brand_id from mentions where id in ${these} limit 1)`;
  const groups = sql<number>`(select alike from mentions where id in ${these})`;
  const untouched = tx
    .selectFrom('mentions')
    .select('mentions.id')
    .where('mentions.brand_id', '=', brand)
    .where('mentions.id', 'not in', these)
    .where('mentions.set_aside', 'is', null)
    .where(sql<boolean>`not ${isTouched}`)
    .limit(most);
  const likeliest = untouched.orderBy('mentions.pile_class').orderBy('mentions.pile_at').orderBy('mentions.id');
  const queries = [
    untouched.where('mentions.alike', 'in', groups),
    likeliest.where('mentions.pile', '=', 'unsure'),
    likeliest.where('mentions.pile', '=', 'flagged'),
    untouched.where('mentions.pile', 'is', null).orderBy('mentions.first_seen_at', 'desc'),
  ];
  const ids = new Set<number>();
  for (const query of queries) for (const { id } of await query.execute()) ids.add(id);
  return mentionsToJudge(tx, [...ids]);
}

/** A person has marked it or worked on its case. */
const isTouched = sql<number>`(exists (select 1 from marks where mention_id = mentions.id)
  or exists (
    select 1 from case_mentions own join case_events on case_events.case_id = own.case_id
    where own.mention_id = mentions.id and "by" <> 'earshot'
  ))`;

/** These mentions, in the order of the ids. */
export async function mentionsToJudge(tx: Tx, ids: readonly number[]): Promise<MentionToJudge[]> {
  const query = select(tx, { afterId: 0, limit: Math.max(1, ids.length) }).where('mentions.id', 'in', among(ids));
  const found = new Map((await toJudge(tx, query)).map((one) => [one.mentionId, one]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

function select(tx: Tx, { afterId, limit }: Page) {
  return tx
    .selectFrom('mentions')
    .innerJoin('mention_posts', (join) =>
      join
        .onRef('mention_posts.post_id', '=', 'mentions.lead_post_id')
        .onRef('mention_posts.brand_id', '=', 'mentions.brand_id'),
    )
    .leftJoin('case_mentions', 'case_mentions.mention_id', 'mentions.id')
    .select(['mentions.id', 'mentions.brand_id', 'mentions.lead_post_id', 'mentions.history', 'mentions.set_aside'])
    .select('mentions.pile')
    .select(findingsColumnNames.map((name) => `mentions.${name}` as const))
    .select(['mention_posts.hits', 'mention_posts.certain', 'case_mentions.case_id'])
    .select(isTouched.as('touched'))
    .where('mentions.id', '>', afterId)
    .limit(limit);
}

async function toJudge(tx: Tx, query: ReturnType<typeof select>): Promise<MentionToJudge[]> {
  const rows = await query.execute();
  const posts = await readPosts(
    tx,
    rows.map((row) => row.lead_post_id),
  );
  const byId = new Map(posts.map((post) => [post.id, post]));
  const ranks = await bestRanks(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row) => {
    const lead = byId.get(row.lead_post_id);
    if (lead === undefined) return [];
    const searchRank = ranks.get(row.id);
    const post = searchRank ? { ...lead, searchRank } : lead;
    return [
      {
        mentionId: row.id,
        brandId: row.brand_id,
        post,
        hits: JSON.parse(row.hits) as Hit[],
        certain: row.certain === 1,
        findings: findingsOf(row),
        history: row.history === 1,
        setAside: row.set_aside as SetAside | null,
        pile: row.pile as MentionToJudge['pile'],
        touched: row.touched === 1,
        caseId: row.case_id,
      },
    ];
  });
}
