/** Table `praise_events`: what was asked of who praised us, what they allowed, and where it was used. Rows are only added. */
import { sql } from 'kysely';
import { isPraise } from './judged.ts';
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

/** Never rewritten. `by` is a person's name. */
export interface StoredPraiseEvent {
  readonly mentionId: number;
  readonly kind: string;
  readonly at: number;
  readonly by: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export async function addPraiseEvent(tx: Tx, { mentionId, kind, at, by, details }: StoredPraiseEvent): Promise<void> {
  await tx
    .insertInto('praise_events')
    .values({ mention_id: mentionId, kind, at, by, details: JSON.stringify(details) })
    .execute();
}

/** By mention, in the order in which they were written down. */
export async function praiseEvents(
  tx: Tx,
  mentionIds: readonly number[],
): Promise<Map<number, readonly StoredPraiseEvent[]>> {
  const rows = await tx
    .selectFrom('praise_events')
    .selectAll()
    .where('mention_id', 'in', among(mentionIds))
    .orderBy('id')
    .execute();
  const events = rows.map(({ mention_id, kind, at, by, details }) => ({
    mentionId: mention_id,
    kind,
    at,
    by,
    details: JSON.parse(details) as Record<string, unknown>,
  }));
  return Map.groupBy(events, ({ mentionId }) => mentionId);
}

/** Mentions of these brands that something was written down about. */
export async function mentionsWithPraiseEvents(tx: Tx, brandIds: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ readonly id: number }>`
    select distinct mention_id as id from praise_events join mentions on mentions.id = mention_id
    where brand_id in ${among(brandIds)} order by 1`.execute(tx);
  return rows.map(({ id }) => id);
}

/** What is surely about us and kind, the kindest first; also what feeds and the press say, which often are reviews. */
export async function kindMentions(
  tx: Tx,
  { brandIds, limit }: { readonly brandIds: readonly string[]; readonly limit: number },
): Promise<number[]> {
  const { rows } = await sql<{ readonly id: number }>`
    select mentions.id from mentions join posts on posts.id = lead_post_id
    where brand_id in ${among(brandIds)} and set_aside is null and gone_at is null
      and ${isPraise} and coalesce(marked_us, relevance = 'about') = 1
    order by sentiment_score desc, mentions.id desc limit ${limit}`.execute(tx);
  return rows.map(({ id }) => id);
}
