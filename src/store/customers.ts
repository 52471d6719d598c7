/** What an account has said of a brand, in numbers: who comes back, who was a fan, who complains again. */
import { sql } from 'kysely';
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

/** Of each of these authors and each brand that they have spoken of; without what was set aside or is about others. */
export async function saidBefore(
  tx: Tx,
  authorIds: readonly number[],
  { complaintsSince }: { readonly complaintsSince: number },
): Promise<SaidBefore[]> {
  if (authorIds.length === 0) return [];
  const { rows } = await sql<SaidBefore>`
    select mentions.brand_id as "brandId", posts.author_id as "authorId", count(*) as mentions,
      sum(sentiment = 'positive' and complaint = 'none') as praise,
      sum(coalesce(marked_complaint, complaint = 'complaint') = 1 and mentions.said_at >= ${complaintsSince}) as complaints,
      min(mentions.said_at) as "firstAt"
    from posts join mentions on mentions.lead_post_id = posts.id
    where posts.author_id in ${among(authorIds)}
      and coalesce(marked_us, set_aside is null and relevance <> 'other') = 1
    group by 1, 2`.execute(tx);
  return rows;
}
