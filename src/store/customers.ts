/** What accounts have said of a brand: who comes back, who was a fan, who complains again, who helps others. */
import { sql } from 'kysely';
import { isComplaint, isOurs, isPraise } from './judged.ts';
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

export interface SaidBefore {
  readonly brandId: string;
  readonly authorId: number;
  readonly mentions: number;
  readonly praise: number;
  /** Since the given moment. */
  readonly complaints: number;
  /** Of the first of them, milliseconds UTC. */
  readonly firstAt: number;
}

/** Whoever writes of us is no customer. */
const ours = sql<number>`(posts.kind <> 'articles' and ${isOurs})`;

/** Of each of these authors and each brand that they have spoken of; without what was set aside or is about others. */
export async function saidBefore(
  tx: Tx,
  authorIds: readonly number[],
  { complaintsSince }: { readonly complaintsSince: number },
): Promise<SaidBefore[]> {
  if (authorIds.length === 0) return [];
  // `cross`: from the few posts of these to their mentions, never through all mentions.
  const { rows } = await sql<SaidBefore>`
    select mentions.brand_id as "brandId", posts.author_id as "authorId", count(*) as mentions,
      sum(${isPraise}) as praise,
      sum(${isComplaint} = 1 and mentions.said_at >= ${complaintsSince}) as complaints,
      min(mentions.said_at) as "firstAt"
    from posts cross join mentions on mentions.lead_post_id = posts.id
    where posts.author_id in ${among(authorIds)} and ${ours}
    group by 1, 2`.execute(tx);
  return rows;
}

/** One thing that somebody who spoke more than once said. */
export interface SaidOf {
  readonly brandId: string;
  readonly authorId: number;
  readonly mentionId: number;
  readonly source: string;
  readonly saidAt: number;
  readonly praise: 0 | 1;
  readonly complaint: 0 | 1;
}

/** Of everybody who has spoken of anything more than once, and of these authors; oldest first. */
export async function saidAgain(
  tx: Tx,
  { brandIds, also }: { readonly brandIds: readonly string[]; readonly also: readonly number[] },
): Promise<SaidOf[]> {
  const { rows } = await sql<SaidOf>`
    select mentions.brand_id as "brandId", posts.author_id as "authorId", mentions.id as "mentionId",
      posts.source, mentions.said_at as "saidAt", ${isPraise} as praise, ${isComplaint} as complaint
    from posts join mentions on mentions.lead_post_id = posts.id
    where (posts.author_id in (select author_id from posts where author_id is not null group by 1 having count(*) > 1)
        or posts.author_id in ${among(also)})
      and mentions.brand_id in ${among(brandIds)} and ${ours}
    order by mentions.said_at, mentions.id`.execute(tx);
  return rows;
}

/** An answer to what somebody else had said of the brand. */
export interface AnswerOf {
  readonly brandId: string;
  readonly authorId: number;
  readonly mentionId: number;
  readonly saidAt: number;
  /** Whom it answers. */
  readonly to: number;
}

/** What is no complaint, and not angry, under another's post; only where the platform tells what answers what. Oldest first. */
export async function answersToOthers(tx: Tx, brandIds: readonly string[]): Promise<AnswerOf[]> {
  const { rows } = await sql<AnswerOf>`
    select mentions.brand_id as "brandId", posts.author_id as "authorId", mentions.id as "mentionId",
      mentions.said_at as "saidAt", asked.author_id as "to"
    from posts
      join mentions on mentions.lead_post_id = posts.id
      join posts asked on asked.source = posts.source and asked.external_id = posts.parent_id
      join mention_posts on mention_posts.post_id = asked.id and mention_posts.brand_id = mentions.brand_id
    where posts.parent_id is not null and posts.author_id is not null and asked.author_id <> posts.author_id
      and mentions.brand_id in ${among(brandIds)} and ${ours}
      and ${isComplaint} = 0 and sentiment <> 'negative'
    order by mentions.said_at, mentions.id`.execute(tx);
  return rows;
}
