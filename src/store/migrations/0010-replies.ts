/** Answers on their way to where they shall stand, and what was promised in them. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function replies(db: Kysely<Tables>): Promise<void> {
  await sql`create table replies (
    id integer primary key,
    mention_id integer not null references mentions (id) on delete cascade,
    post_id integer not null references posts (id) on delete cascade,
    text text not null,
    key text not null unique,
    state text not null,
    drafted_by text not null,
    drafted_at integer not null,
    agreed_by text,
    agreed_at integer,
    anyway text,
    claimed_until integer,
    tried_at integer,
    place text,
    external_id text,
    url text,
    sent_at integer,
    trouble text) strict`.execute(db);
  await sql`create index replies_by_mention on replies (mention_id)`.execute(db);
  await sql`create index replies_by_post on replies (post_id)`.execute(db);
  // A day counts from its beginning and is over at its end; a moment is both.
  await sql`create table promises (
    id integer primary key,
    mention_id integer not null references mentions (id) on delete cascade,
    words text not null,
    from_at integer not null,
    due_at integer not null,
    "by" text not null,
    at integer not null,
    kept_by text,
    kept_at integer) strict`.execute(db);
  await sql`create index promises_by_mention on promises (mention_id)`.execute(db);
}
