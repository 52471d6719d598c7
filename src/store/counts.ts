/** How many mentions of what kind: for the digest, status and trends. */
import { sql } from 'kysely';
import type { ComplaintVerdict, RelevanceVerdict, SentimentLabel } from '../mention.ts';
import { isPraise } from './judged.ts';
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

export interface CountFilter {
  /** Absent: all brands that the config lists. */
  readonly brandIds?: readonly string[];
  /** `[from, to)`, milliseconds UTC. */
  readonly from: number;
  readonly to: number;
  /** `seen`: when we heard of it; `said`: when it was published. */
  readonly by: 'seen' | 'said';
}

export interface MentionCount {
  readonly brandId: string;
  readonly source: string;
  readonly relevance: RelevanceVerdict;
  readonly complaint: ComplaintVerdict;
  readonly sentiment: SentimentLabel;
  readonly praise: boolean;
  readonly history: boolean;
  readonly count: number;
}

/** Mentions that are not set aside, in groups; what a person marked counts before what we found. */
export async function countMentions(tx: Tx, filter: CountFilter): Promise<MentionCount[]> {
  const at = filter.by === 'seen' ? ('mentions.first_seen_at' as const) : ('mentions.said_at' as const);
  const brands = filter.brandIds ? among(filter.brandIds) : sql<string>`(select id from brands where listed = 1)`;
  const relevance = sql<string>`case marked_us when 1 then 'about' when 0 then 'other' else relevance end`;
  const complaint = sql<string>`case marked_complaint when 1 then 'complaint' when 0 then 'none' else complaint end`;
  const rows = await tx
    .selectFrom('mentions')
    .innerJoin('posts', 'posts.id', 'mentions.lead_post_id')
    .select(['mentions.brand_id', 'posts.source', 'mentions.sentiment', 'mentions.history'])
    .select([relevance.as('relevance'), complaint.as('complaint'), isPraise.as('praise')])
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(at, '>=', filter.from)
    .where(at, '<', filter.to)
    .where('mentions.set_aside', 'is', null)
    .where('mentions.brand_id', 'in', brands)
    .groupBy(['mentions.brand_id', 'posts.source', 'mentions.sentiment', 'mentions.history'])
    .groupBy([relevance, complaint, isPraise])
    .orderBy('mentions.brand_id')
    .orderBy('posts.source')
    .execute();
  return rows.map((row) => ({
    brandId: row.brand_id,
    source: row.source,
    relevance: row.relevance as RelevanceVerdict,
    complaint: row.complaint as ComplaintVerdict,
    sentiment: row.sentiment as SentimentLabel,
    praise: row.praise === 1,
    history: row.history === 1,
    count: row.count,
  }));
}
