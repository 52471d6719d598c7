/** What is unsure is sorted by how likely it complains; before, by when it was seen. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function likeliestFirst(db: Kysely<Tables>): Promise<void> {
  await sql`update mentions set pile_at = round(1000 * (1 - complaint_probability))
    where pile = 'unsure' and id not in (select mention_id from case_mentions)`.execute(db);
}
