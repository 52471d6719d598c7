/** Whether an account says of itself that a program writes there: said with each post, and needed when it is judged again. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function automaticAuthors(db: Kysely<Tables>): Promise<void> {
  await sql`alter table authors add column automatic integer not null default 0 check (automatic in (0, 1))`.execute(
    db,
  );
}
