/** When a stored post was looked at again, and what posts said before they were edited. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function lookedAgain(db: Kysely<Tables>): Promise<void> {
  // Null until the first time.
  await sql`alter table posts add column rechecked_at integer`.execute(db);
  await sql`create table post_edits (
    id integer primary key,
    post_id integer not null references posts (id) on delete cascade,
    until integer not null,
    title text,
    text text not null,
    rating_value real,
    rating_scale real) strict`.execute(db);
  await sql`create index post_edits_by_post_id on post_edits (post_id)`.execute(db);
}
