/** Takes a person out of the database: all that they said, and all that was written down in their words. */
import { sql } from 'kysely';
import { dropSilentAuthors, type KnownAuthor } from './authors.ts';
import { authorMark, rememberErased } from './erased.ts';
import { rememberLetGo } from './let-go.ts';
import { among } from './lists.ts';
import { postKey } from './post-id.ts';
import { erasePosts } from './prune.ts';
import { postsThatSay } from './search.ts';
import { mentionsOfPosts } from './standings.ts';
import type { Tx } from './tables.ts';

export interface ErasedCounts {
  readonly posts: number;
  readonly mentions: number;
  /** That went with their last post. */
  readonly cases: number;
  /** That stay for what others said, without the words that were written down on them. */
  readonly blanked: number;
}

/**
 * All that these accounts said, and the same posts as they travelled elsewhere; or a single post whose author nobody knows.
 * One page holds the reviews of many, and many write under one address: what is not the same mention is theirs only where
 * nobody else is known to have said it.
 */
export async function postsToErase(
  tx: Tx,
  { authorIds, mentionIds }: { readonly authorIds: readonly number[]; readonly mentionIds: readonly number[] },
): Promise<number[]> {
  const { rows } = await sql<{ readonly id: number }>`
    with own as (
      select id, kind, origin, address from posts where author_id in ${among(authorIds)}
      union select posts.id, posts.kind, origin, address from posts join mention_posts on post_id = posts.id
        where mention_id in ${among(mentionIds)}
    )
    select id from own
    union select theirs.post_id from own
      join mention_posts mine on mine.post_id = own.id
      join mention_posts theirs on theirs.mention_id = mine.mention_id
      join posts copy on copy.id = theirs.post_id
      where own.kind <> 'articles' and copy.kind <> 'articles'
    union select copy.id from own join posts copy on copy.origin = own.origin or copy.address = own.address
      where own.kind = 'posts' and copy.kind = 'posts' and copy.author_id is null`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Leaves keyed hashes of the accounts and posts, and nothing else. @param authors those who are erased */
export async function erasePeople(
  tx: Tx,
  authors: readonly KnownAuthor[],
  postIds: readonly number[],
  now: number,
): Promise<ErasedCounts> {
  const posts = await tx
    .selectFrom('posts')
    .select(['source', 'external_id as externalId', 'author_id', 'url'])
    .where('id', 'in', among(postIds))
    .execute();
  await rememberLetGo(tx, now);
  const rows = await tx
    .selectFrom('authors')
    .select(['source', 'key'])
    .where('id', 'in', among(authors.map(({ id }) => id)))
    .execute();
  // One whose row stands for a single post is known by that post.
  const marks = rows.flatMap(({ source, key }) => (key.startsWith('post ') ? [] : [authorMark(source, key)]));
  await rememberErased(tx, [...posts.map(postKey), ...marks], now, true);
  const mentionIds = await mentionsOfPosts(tx, postIds);
  const caseIds = await casesTouched(tx, mentionIds);
  const { mentions } = await erasePosts(tx, postIds, now);
  await dropSilentAuthors(
    tx,
    authors.map(({ id }) => id),
  );
  const left = await tx.selectFrom('cases').select('id').where('id', 'in', among(caseIds)).execute();
  await blankEvents(tx, caseIds, mentionIds);
  await blankMarks(tx, mentionIds);
  for (const name of ['praise_events', 'replies', 'promises'] as const)
    await tx.deleteFrom(name).where('mention_id', 'in', among(mentionIds)).execute();
  // What stays is judged anew: its findings were those of words that are gone.
  await tx.updateTable('mentions').set({ version: '' }).where('id', 'in', among(mentionIds)).execute();
  await forgetIds(tx, posts);
  return { posts: posts.length, mentions, cases: caseIds.length - left.length, blanked: left.length };
}

/** The cases that these mentions are or began, and those that were joined with them. */
async function casesTouched(tx: Tx, mentionIds: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ readonly id: number }>`
    with own as (
      select case_id as id from case_mentions where mention_id in ${among(mentionIds)}
      union select id from cases where lead_mention_id in ${among(mentionIds)}
    )
    select id from own
    union select cases.id from cases join own on cases.joined_into = own.id
    union select cases.joined_into from cases join own on cases.id = own.id where cases.joined_into is not null`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

/**
 * Takes what people wrote down out of the events of these cases, and of those of other cases that tell of them or of the
 * mentions. Events are never updated: each is put back without its words, and what happened, when and by whom stays.
 */
async function blankEvents(tx: Tx, caseIds: readonly number[], mentionIds: readonly number[]): Promise<void> {
  const { rows } = await sql<{ readonly id: number }>`
    select id from case_events where case_id in ${among(caseIds)} or details ->> '$.caseId' in ${among(caseIds)}
      or exists (select 1 from json_each(details, '$.mentionIds') where value in ${among(mentionIds)})`.execute(tx);
  const ids = rows.map(({ id }) => id);
  const events = await tx.selectFrom('case_events').selectAll().where('id', 'in', among(ids)).execute();
  const worded = ['words', 'why', 'proof', 'where', 'cause', 'raised'];
  for (const { details, ...event } of events) {
    const told = Object.entries(JSON.parse(details) as object);
    const kept = Object.fromEntries(told.filter(([name]) => !worded.includes(name)));
    await tx.deleteFrom('case_events').where('id', '=', event.id).execute();
    await tx
      .insertInto('case_events')
      .values({ ...event, details: JSON.stringify(kept) })
      .execute();
  }
}

async function blankMarks(tx: Tx, mentionIds: readonly number[]): Promise<void> {
  const marks = await tx
    .selectFrom('marks')
    .selectAll()
    .where('mention_id', 'in', among(mentionIds))
    .where('why', 'is not', null)
    .execute();
  for (const mark of marks) {
    await tx.deleteFrom('marks').where('id', '=', mark.id).execute();
    await tx
      .insertInto('marks')
      .values({ ...mark, why: null })
      .execute();
  }
}

/** Their posts' ids, where others' posts or a place's own bookmark name them. */
async function forgetIds(
  tx: Tx,
  posts: readonly { readonly source: string; readonly externalId: string }[],
): Promise<void> {
  const ids = among(posts.map(({ externalId }) => externalId));
  const sources = among([...new Set(posts.map(({ source }) => source))]);
  await sql`update posts set parent_id = null where parent_id in ${ids} and source in ${sources}`.execute(tx);
  await sql`update posts set thread_id = null where thread_id in ${ids} and source in ${sources}`.execute(tx);
  await sql`update watches set position = null where position is not null
    and exists (select 1 from ${ids} as id where length(id.value) > 5 and instr(position, id.value) > 0)`.execute(tx);
}

/** How many posts name one of these accounts: what others said of them stays theirs. */
export async function countNaming(tx: Tx, handles: readonly string[]): Promise<number> {
  const counts = new Set<number>();
  for (const handle of handles) {
    const { rows } = await sql<{ readonly id: number }>`
      select id from posts where id in ${postsThatSay(`"${handle.replaceAll('"', ' ')}"`)}`.execute(tx);
    for (const { id } of rows) counts.add(id);
  }
  return counts.size;
}
