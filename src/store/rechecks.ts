/** Which stored posts are to be looked at again: those of open cases and of recent mentions, ever more seldom. */
import { type RawBuilder, sql } from 'kysely';
import { dayMs, hourMs } from '../clock.ts';
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

/** After the post was first seen; most edits and deletions come soon. A case that is open is looked at every 30 days from then on. */
const stepsMs = [hourMs, 6 * hourMs, dayMs, 3 * dayMs, 7 * dayMs, 30 * dayMs] as const;
const lastStepMs = 30 * dayMs;
/** A step that was missed for longer, by a program that was off, is let go of. */
const missedMs = 7 * dayMs;

export interface PostToRecheck {
  readonly postId: number;
  readonly source: string;
  readonly brandId: string;
}

/** Those whose time has come, the newest first. What is gone, set aside or about somebody else is left alone. */
export async function postsToRecheck(
  tx: Tx,
  { sources, now, limit }: { readonly sources: readonly string[]; readonly now: number; readonly limit: number },
): Promise<PostToRecheck[]> {
  const last = sql`coalesce(posts.rechecked_at, posts.first_seen_at)`;
  const due = stepsMs.map(
    (step) => sql`(posts.first_seen_at <= ${now - step} and ${last} < posts.first_seen_at + ${step})`,
  );
  const recent = sql`posts.first_seen_at > ${now - lastStepMs - missedMs} and mentions.relevance <> 'other'`;
  const open = sql`mentions.id in (
    select mention_id from case_mentions join cases on cases.id = case_id where closed_at is null)`;
  const found = (where: RawBuilder<unknown>) =>
    sql<PostToRecheck>`
    select posts.id as "postId", posts.source, min(mention_posts.brand_id) as "brandId"
    from posts
    join mention_posts on mention_posts.post_id = posts.id
    join mentions on mentions.id = mention_posts.mention_id
    where posts.source in ${among(sources)} and posts.gone_at is null and mentions.set_aside is null and ${where}
    group by posts.id order by posts.first_seen_at desc limit ${limit}`.execute(tx);
  const { rows: news } = await found(sql`${recent} and (${sql.join(due, sql` or `)})`);
  const { rows: worked } = await found(
    sql`${open} and (${sql.join([...due, sql`${last} <= ${now - lastStepMs}`], sql` or `)})`,
  );
  return [...new Map([...worked, ...news].map((row) => [row.postId, row])).values()].slice(0, limit);
}

export async function markRechecked(tx: Tx, postIds: readonly number[], at: number): Promise<void> {
  await tx.updateTable('posts').set({ rechecked_at: at }).where('id', 'in', among(postIds)).execute();
}
