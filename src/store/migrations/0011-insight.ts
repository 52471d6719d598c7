/** What insight noticed, so that it is told once, and what was done about a cause. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function insight(db: Kysely<Tables>): Promise<void> {
  await sql`create table news (
    id integer primary key,
    brand_id text not null references brands (id),
    kind text not null,
    subject text not null,
    at integer not null,
    details text not null) strict`.execute(db);
  await sql`create index news_by_subject on news (brand_id, kind, subject, at)`.execute(db);
  await sql`create table mended (
    id integer primary key,
    brand_id text not null references brands (id),
    cause text not null,
    what text not null,
    "by" text not null,
    at integer not null,
    taken_back_at integer) strict`.execute(db);
}
