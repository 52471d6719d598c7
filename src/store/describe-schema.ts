/** The schema for people to read, made from a freshly migrated database. */
import { connect, inMemory } from './connect.ts';
import { migrate } from './migrate.ts';

/** All tables, indexes and triggers as SQL, in the order in which the migrations make them; the same each time. */
export async function describeSchema(): Promise<string> {
  const connection = connect(inMemory);
  try {
    await migrate(connection, inMemory, () => 0);
    const rows = connection.raw
      .prepare<[], { sql: string }>(
        `select sql from sqlite_master where sql is not null and name not like 'sqlite\\_%' escape '\\' and name not like 'posts\\_index\\_%' escape '\\' or type = 'trigger'`,
      )
      .all();
    return `${rows.map(({ sql }) => `${sql.replaceAll('"', '').replace(/\s+/g, ' ')};`).join('\n')}\n`;
  } finally {
    connection.close();
  }
}
