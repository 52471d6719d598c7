/** Mentions with all that is shown of them: their posts, findings, marks and case. */
import { type Selectable, sql } from 'kysely';
import type { Findings, Hit, SearchRank } from '../mention.ts';
import type { SetAside } from '../watch.ts';
import { casesOfMentions } from './case-mentions.ts';
import type { CaseSummary } from './case-rows.ts';
import { accountsSayingIt } from './doubles.ts';
import { findingsOf } from './findings-columns.ts';
import { among } from './lists.ts';
import { type Marks, marksOf, noMarks } from './marks.ts';
import { readPosts, type StoredPost } from './stored-posts.ts';
import type { MentionsTable, Tx } from './tables.ts';

/** One post that says it. */
export interface MentionPlace {
  readonly postId: number;
  readonly source: string;
  readonly externalId: string;
  readonly url: string | null;
  readonly publishedAt: number | null;
  readonly searchRank: SearchRank | null;
  /** Where the brand's terms stand in it. */
  readonly hits: readonly Hit[];
}

export interface MentionRow {
  readonly id: number;
  readonly brand: { readonly id: string; readonly name: string; readonly listed: boolean };
  /** The first of its places, whose words the findings are about. */
  readonly post: StoredPost;
  /** The first one first. */
  readonly places: readonly MentionPlace[];
  readonly findings: Findings;
  readonly case: CaseSummary | null;
  readonly marks: Marks;
  readonly firstSeenAt: number;
  readonly history: boolean;
  readonly setAside: SetAside | null;
  /** The pile it lies on. */
  readonly pile: 'flagged' | 'unsure' | null;
  /** How many other mentions of the brand say nearly the same. */
  readonly alike: number;
  /** The mention that says it first, where another account does so in the same words; null where none does. */
  readonly echoes: number | null;
  /** How many accounts say it in the same words, as far as they are in one case; 1: nobody else. */
  readonly accounts: number;
}

/** In the order of the ids; those that are no more are left out. */
export async function readMentions(tx: Tx, ids: readonly number[]): Promise<MentionRow[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .selectFrom('mentions')
    .innerJoin('brands', 'brands.id', 'mentions.brand_id')
    .selectAll('mentions')
    .select(['brands.name as brand_name', 'brands.listed as brand_listed'])
    .select(
      sql<number>`(select count(*) from mentions other
        where other.brand_id = mentions.brand_id and other.alike = mentions.alike and other.id <> mentions.id)`.as(
        'others',
      ),
    )
    .select(accountsSayingIt.as('accounts'))
    .where('mentions.id', 'in', among(ids))
    .execute();
  const leads = await readPosts(
    tx,
    rows.map((row) => row.lead_post_id),
  );
  const posts = new Map(leads.map((post) => [post.id, post]));
  const places = await placesOf(tx, ids);
  const cases = await casesOfMentions(tx, ids);
  const marks = await marksOf(tx, ids);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    const post = row && posts.get(row.lead_post_id);
    if (row === undefined || post === undefined) return [];
    const own = places.get(id) ?? [];
    const inOrder = [
      ...own.filter(({ postId }) => postId === post.id),
      ...own.filter(({ postId }) => postId !== post.id),
    ];
    return [mentionRow(row, post, { places: inOrder, case: cases.get(id) ?? null, marks: marks.get(id) ?? noMarks })];
  });
}

async function placesOf(tx: Tx, ids: readonly number[]): Promise<Map<number, MentionPlace[]>> {
  const rows = await tx
    .selectFrom('mention_posts')
    .innerJoin('posts', 'posts.id', 'mention_posts.post_id')
    .select(['mention_posts.mention_id', 'mention_posts.post_id', 'mention_posts.hits'])
    .select(['posts.source', 'posts.external_id', 'posts.url', 'posts.published_at'])
    .select(['posts.search_rank', 'posts.searched_for'])
    .where('mention_posts.mention_id', 'in', among(ids))
    .orderBy('mention_posts.post_id')
    .execute();
  const places = new Map<number, MentionPlace[]>();
  for (const row of rows) {
    const place = {
      postId: row.post_id,
      source: row.source,
      externalId: row.external_id,
      url: row.url,
      publishedAt: row.published_at,
      searchRank:
        row.search_rank === null || row.searched_for === null
          ? null
          : { rank: row.search_rank, words: row.searched_for },
      hits: JSON.parse(row.hits) as Hit[],
    };
    const list = places.get(row.mention_id);
    if (list) list.push(place);
    else places.set(row.mention_id, [place]);
  }
  return places;
}

type Row = Selectable<MentionsTable> & {
  readonly brand_name: string;
  readonly brand_listed: number;
  readonly others: number;
  readonly accounts: number;
};

function mentionRow(row: Row, post: StoredPost, more: Pick<MentionRow, 'places' | 'case' | 'marks'>): MentionRow {
  return {
    id: row.id,
    brand: { id: row.brand_id, name: row.brand_name, listed: row.brand_listed === 1 },
    post,
    findings: findingsOf(row),
    firstSeenAt: row.first_seen_at,
    history: row.history === 1,
    setAside: row.set_aside as SetAside | null,
    pile: row.pile as MentionRow['pile'],
    alike: row.others,
    echoes: row.double_of === row.id ? null : row.double_of,
    accounts: Math.max(1, row.accounts),
    ...more,
  };
}
