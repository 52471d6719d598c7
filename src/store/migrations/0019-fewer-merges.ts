/** The full-text index merges its parts at eight of a level, where FTS5's own four rewrite more words at each page that is stored. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function fewerMerges(db: Kysely<Tables>): Promise<void> {
  await sql`insert into posts_index (posts_index, rank) values ('automerge', 8)`.execute(db);
}
