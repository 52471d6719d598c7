/** Posts as they lie in the database, with their authors. */
import type { Selectable } from 'kysely';
import type { Post } from '../mention.ts';
import { among } from './lists.ts';
import type { SourceTerms } from './post-rows.ts';
import type { PostsTable, Tx } from './tables.ts';

/** A post as it lies in the database. */
export interface StoredPost extends Post {
  readonly id: number;
  /** Null where nothing tells the author from others. */
  readonly authorId: number | null;
  readonly kind: SourceTerms['kind'];
  readonly firstSeenAt: number;
  /** When it was published, else first seen. */
  readonly saidAt: number;
  /** `withheld`: its platform lets us keep no words; `dropped`: it let us, for a while, or took the post away. */
  readonly words: 'kept' | 'withheld' | 'dropped';
  /** Until when its platform lets us keep them, milliseconds UTC; null: no end is set. */
  readonly wordsUntil: number | null;
  readonly goneAt: number | null;
}

/** In the order of the ids; those that are no more are left out. */
export async function readPosts(tx: Tx, ids: readonly number[]): Promise<StoredPost[]> {
  if (ids.length === 0) return [];
  const rows = await selectPosts(tx).where('posts.id', 'in', among(ids)).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [storedPost(row)] : [];
  });
}

/** All posts whose words are kept, oldest id first, for judging again: go on after the last id until fewer than `limit` come. */
export async function storedPosts(
  tx: Tx,
  { afterId, limit }: { readonly afterId: number; readonly limit: number },
): Promise<StoredPost[]> {
  const rows = await selectPosts(tx)
    .where('posts.id', '>', afterId)
    .where('posts.words', '=', 'kept')
    .orderBy('posts.id')
    .limit(limit)
    .execute();
  return rows.map(storedPost);
}

/** Those of the given posts that are stored. */
export async function storedAmong(tx: Tx, posts: readonly Post[]): Promise<Post[]> {
  const stored: Post[] = [];
  for (const [source, ofSource] of Map.groupBy(posts, (post) => post.source)) {
    const rows = await tx
      .selectFrom('posts')
      .select('external_id')
      .where('source', '=', source)
      .where('external_id', 'in', among(ofSource.map((post) => post.externalId)))
      .execute();
    const known = new Set(rows.map((row) => row.external_id));
    stored.push(...ofSource.filter((post) => known.has(post.externalId)));
  }
  return stored;
}

/** The brands that each of these posts is a mention of, also where one is set aside; posts of none are left out. */
export async function brandsOfPosts(
  tx: Tx,
  postIds: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const rows = await tx
    .selectFrom('mention_posts')
    .select(['post_id', 'brand_id'])
    .where('post_id', 'in', among(postIds))
    .execute();
  const ofPosts = Map.groupBy(rows, (row) => row.post_id);
  return new Map([...ofPosts].map(([id, list]) => [id, list.map((row) => row.brand_id)]));
}

function selectPosts(tx: Tx) {
  return tx
    .selectFrom('posts')
    .leftJoin('authors', 'authors.id', 'posts.author_id')
    .selectAll('posts')
    .select(['authors.handle', 'authors.name', 'authors.url as author_url', 'authors.followers', 'authors.automatic']);
}

type PostRow = Selectable<PostsTable> & {
  readonly handle: string | null;
  readonly name: string | null;
  readonly author_url: string | null;
  readonly followers: number | null;
  readonly automatic: number | null;
};

function storedPost(row: PostRow): StoredPost {
  return {
    id: row.id,
    source: row.source,
    externalId: row.external_id,
    kind: row.kind as SourceTerms['kind'],
    url: row.url,
    author: {
      handle: row.handle,
      name: row.name,
      url: row.author_url,
      followers: row.followers,
      ...(row.automatic === 1 && { automatic: true }),
    },
    authorId: row.author_id,
    title: row.title,
    text: row.text,
    words: row.words as StoredPost['words'],
    wordsUntil: row.words_until,
    language: row.language,
    publishedAt: row.published_at,
    editedAt: row.edited_at,
    firstSeenAt: row.first_seen_at,
    saidAt: row.said_at,
    goneAt: row.gone_at,
    rating:
      row.rating_value === null || row.rating_scale === null
        ? null
        : { value: row.rating_value, scale: row.rating_scale },
    engagement: { likes: row.likes, reposts: row.reposts, replies: row.replies, views: row.views },
    links: JSON.parse(row.links) as string[],
    origin: row.origin,
    parentId: row.parent_id,
    threadId: row.thread_id,
    place: row.place,
    ...(row.search_rank !== null &&
      row.searched_for !== null && { searchRank: { rank: row.search_rank, words: row.searched_for } }),
    ...(row.answer !== null && { answer: { text: row.answer, at: row.answered_at } }),
  };
}
