/** Takes posts out of the database, with all that hangs on them, so that they do not come back. */
import { sql } from 'kysely';
import { dropSilentAuthors } from './authors.ts';
import { passFirst } from './doubles.ts';
import { rememberErased } from './erased.ts';
import { rememberLetGo } from './let-go.ts';
import { among } from './lists.ts';
import { refreshPiles } from './piles.ts';
import { postKey } from './post-id.ts';
import type { Tx } from './tables.ts';

export interface Pruned {
  readonly posts: number;
  readonly mentions: number;
}

/**
 * Prunes what was first seen before then, at most `limit` posts; call it again until it prunes none. A mention that is in
 * a case, or on which a person marked, answered, promised or agreed something, stays with all its places.
 */
export async function prunePosts(
  tx: Tx,
  { before, now, limit = 500 }: { readonly before: number; readonly now: number; readonly limit?: number },
): Promise<Pruned> {
  const rows = await tx
    .selectFrom('posts')
    .select('posts.id')
    .where('posts.first_seen_at', '<', before)
    .where(({ not, exists }) =>
      not(
        exists(
          sql`(select 1 from mention_posts mine
            join mention_posts theirs on theirs.mention_id = mine.mention_id
            join posts other on other.id = theirs.post_id
            where mine.post_id = posts.id and (other.first_seen_at >= ${before}
              or exists (select 1 from case_mentions where mention_id = mine.mention_id)
              or exists (select 1 from marks where mention_id = mine.mention_id)
              or exists (select 1 from praise_events where mention_id = mine.mention_id)
              or exists (select 1 from replies where mention_id = mine.mention_id)
              or exists (select 1 from promises where mention_id = mine.mention_id)))`,
        ),
      ),
    )
    .orderBy('posts.id')
    .limit(limit)
    .execute();
  return erasePosts(
    tx,
    rows.map(({ id }) => id),
    now,
  );
}

/**
 * Takes posts out whatever hangs on them: mentions that have no other place, with their marks; cases that have no other
 * mention, with their events. Leaves a keyed hash of each post.
 */
export async function erasePosts(tx: Tx, ids: readonly number[], now: number): Promise<Pruned> {
  if (ids.length === 0) return { posts: 0, mentions: 0 };
  await rememberLetGo(tx, now);
  const posts = await tx
    .selectFrom('posts')
    .select(['source', 'external_id', 'author_id'])
    .where('id', 'in', among(ids))
    .execute();
  await rememberErased(
    tx,
    posts.map((post) => postKey({ source: post.source, externalId: post.external_id })),
    now,
  );
  const touched = await tx
    .selectFrom('mention_posts')
    .select('mention_id')
    .distinct()
    .where('post_id', 'in', among(ids))
    .execute();
  const mentionIds = touched.map((row) => row.mention_id);
  await tx.deleteFrom('mention_posts').where('post_id', 'in', among(ids)).execute();
  await passOnLead(tx, mentionIds);
  const mentions = await dropEmptyMentions(tx, mentionIds);
  await tx.deleteFrom('posts').where('id', 'in', among(ids)).execute();
  await dropSilentAuthors(
    tx,
    posts.map(({ author_id }) => author_id),
  );
  return { posts: posts.length, mentions };
}

/** A mention whose first post has gone is led by the next one. */
async function passOnLead(tx: Tx, mentionIds: readonly number[]): Promise<void> {
  await sql`
    update mentions set lead_post_id = (select min(post_id) from mention_posts where mention_id = mentions.id)
    where id in ${among(mentionIds)}
      and exists (select 1 from mention_posts where mention_id = mentions.id)
      and not exists (select 1 from mention_posts where mention_id = mentions.id and post_id = lead_post_id)`.execute(
    tx,
  );
}

/** @returns how many. A case that such a mention opened is led by its next one, or goes with its last. */
async function dropEmptyMentions(tx: Tx, mentionIds: readonly number[]): Promise<number> {
  const rows = await tx
    .selectFrom('mentions')
    .select('id')
    .where('id', 'in', among(mentionIds))
    .where(({ not, exists }) => not(exists(sql`(select 1 from mention_posts where mention_id = mentions.id)`)))
    .execute();
  const ids = rows.map(({ id }) => id);
  await passFirst(tx, ids);
  await tx.deleteFrom('case_mentions').where('mention_id', 'in', among(ids)).execute();
  // What began a case that was joined to another one leads that, and no second one.
  const own = sql`(select min(mention_id) from case_mentions where case_id = cases.id
    and not exists (select 1 from cases joined where joined.lead_mention_id = case_mentions.mention_id))`;
  const led = await sql<{ readonly mention_id: number }>`
    update cases set lead_mention_id = ${own} where lead_mention_id in ${among(ids)} and ${own} is not null
    returning lead_mention_id as mention_id`.execute(tx);
  const parted = await partOrphans(tx, ids);
  await tx.deleteFrom('mentions').where('id', 'in', among(ids)).execute();
  await refreshPiles(
    tx,
    [...led.rows, ...parted].map((row) => row.mention_id),
  );
  return ids.length;
}

/** Cases that were joined to one of which nothing of its own is left stand on their own again. */
async function partOrphans(tx: Tx, leads: readonly number[]): Promise<readonly { readonly mention_id: number }[]> {
  const orphaned = sql`(select id from cases where lead_mention_id in ${among(leads)})`;
  const { rows } = await sql<{ readonly mention_id: number }>`
    update case_mentions set case_id = (select id from cases where lead_mention_id = mention_id)
    where case_id in ${orphaned} returning mention_id`.execute(tx);
  await tx
    .updateTable('cases')
    .set({ joined_into: null })
    .where('lead_mention_id', 'in', among(rows.map((row) => row.mention_id)))
    .execute();
  return rows;
}
