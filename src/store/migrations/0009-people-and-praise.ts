/** Accounts that a person called one customer's, what customers allowed to be done with their praise, and who asked to be erased. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function peopleAndPraise(db: Kysely<Tables>): Promise<void> {
  await sql`create table author_joins (
    id integer primary key not null,
    author_id integer not null references authors (id) on delete cascade,
    other_id integer not null references authors (id) on delete cascade,
    "by" text not null,
    at integer not null,
    why text not null,
    withdrawn integer not null check (withdrawn in (0, 1))) strict`.execute(db);
  await sql`create index author_joins_by_author_id on author_joins (author_id)`.execute(db);
  await sql`create index author_joins_by_other_id on author_joins (other_id)`.execute(db);
  await sql`create table praise_events (
    id integer primary key not null,
    mention_id integer not null references mentions (id) on delete cascade,
    kind text not null check (kind in ('ask', 'yes', 'no', 'used', 'thank', 'undo')),
    at integer not null,
    "by" text not null,
    details text not null) strict`.execute(db);
  await sql`create index praise_events_by_mention_id on praise_events (mention_id)`.execute(db);
  for (const name of ['author_joins', 'praise_events'])
    await sql`create trigger ${sql.raw(`${name}_are_kept`)} before update on ${sql.table(name)}
      begin select raise(abort, ${sql.lit(`${name} are only ever added to`)}); end`.execute(db);
  // A person's wish outlives a restored back-up; what was only pruned may come back with it.
  await sql`alter table erased add column asked integer not null default 0 check (asked in (0, 1))`.execute(db);
}
