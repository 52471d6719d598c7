/** What several accounts say in the same words: of which mention one is the double, and an index that finds the one said before. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function doubles(db: Kysely<Tables>): Promise<void> {
  await sql`alter table mentions add column double_of integer`.execute(db);
  await sql`create index mentions_by_double_of on mentions (double_of, said_at) where double_of is not null`.execute(
    db,
  );
  await sql`drop index mentions_by_alike`.execute(db);
  await sql`create index mentions_by_alike on mentions (brand_id, alike, said_at) where alike is not null`.execute(db);
}
