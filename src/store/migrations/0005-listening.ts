/** Since when a stream is listened to without a break, and the last stretch of time of which it could not be heard. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function listening(db: Kysely<Tables>): Promise<void> {
  for (const column of ['listening_since', 'gap_from', 'gap_to'])
    await sql`alter table watches add column ${sql.ref(column)} integer`.execute(db);
}
