/** What the business itself wrote under a post on its platform, and when. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function ownAnswers(db: Kysely<Tables>): Promise<void> {
  // Goes with the post's words.
  await sql`alter table posts add column answer text`.execute(db);
  await sql`alter table posts add column answered_at integer`.execute(db);
}
