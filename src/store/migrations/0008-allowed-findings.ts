/** What a person waved through for a brand when its answers were checked. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function allowedFindings(db: Kysely<Tables>): Promise<void> {
  // Without words the rule as a whole.
  await sql`create table allowed_findings (
    brand_id text not null references brands (id),
    rule text not null,
    words text not null,
    "by" text not null,
    at integer not null,
    why text,
    primary key (brand_id, rule, words)) strict, without rowid`.execute(db);
}
