/** What a brand has answered so far: told to a case, or seen on the platform itself. */
import { sql } from 'kysely';
import type { Tx } from './tables.ts';

/** The newest first. */
export async function earlierAnswers(tx: Tx, brandId: string, most = 500): Promise<string[]> {
  const { rows } = await sql<{ readonly words: string }>`
    select words from (
      select case_events.at as at, case_events.details ->> '$.words' as words
      from case_events join cases on cases.id = case_events.case_id
      where cases.brand_id = ${brandId} and case_events.kind = 'answered'
      union all
      select coalesce(posts.answered_at, posts.first_seen_at), posts.answer
      from posts join mention_posts on mention_posts.post_id = posts.id
      where mention_posts.brand_id = ${brandId})
    where words is not null
    order by at desc
    limit ${most}`.execute(tx);
  return rows.map(({ words }) => words);
}
