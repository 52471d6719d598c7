/** The index of when cases were closed holds closed ones alone: of all, SQLite took it for the open ones, too, and read every one. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function closedCases(db: Kysely<Tables>): Promise<void> {
  await sql`drop index cases_by_closed_at`.execute(db);
  await sql`create index cases_by_closed_at on cases (closed_at) where closed_at is not null`.execute(db);
}
