/** A case that a person joined to another one stays stored, and says into which. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function joinedCases(db: Kysely<Tables>): Promise<void> {
  // Null: it stands on its own.
  await sql`alter table cases add column joined_into integer references cases (id) on delete cascade`.execute(db);
  await sql`create index cases_by_joined_into on cases (joined_into) where joined_into is not null`.execute(db);
}
