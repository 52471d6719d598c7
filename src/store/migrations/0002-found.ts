/** Marks remember what Earshot had found when somebody marked: findings change later, and learn from the very mark. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function rememberFound(db: Kysely<Tables>): Promise<void> {
  // Null in marks that are older than this.
  await sql`alter table marks add column found text check (found in ('flagged', 'unsure', 'none'))`.execute(db);
}
