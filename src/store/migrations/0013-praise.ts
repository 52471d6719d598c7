/** Whether a mention is praise: said when it is judged, by one rule, so that everybody counts the same. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function praise(db: Kysely<Tables>): Promise<void> {
  await sql`alter table mentions add column praise integer not null default 0 check (praise in (0, 1))`.execute(db);
  // Until they are judged again.
  await sql`update mentions set praise = 1
    where sentiment = 'positive' and complaint = 'none' and complaint_probability < 0.1`.execute(db);
}
