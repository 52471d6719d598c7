/** Whether a mention says that what went wrong was put right: said when it is judged, so that the case it belongs to can tell. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function resolved(db: Kysely<Tables>): Promise<void> {
  await sql`alter table mentions add column resolved integer not null default 0 check (resolved in (0, 1))`.execute(db);
}
