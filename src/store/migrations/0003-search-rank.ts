/** Posts that a web search found remember where on its page they stood, and for which words it was asked. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

export async function rememberSearchRank(db: Kysely<Tables>): Promise<void> {
  await sql`alter table posts add column search_rank integer`.execute(db);
  await sql`alter table posts add column searched_for text`.execute(db);
}
