/** Brings a database to the program's own shape, or refuses it. */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Connection } from './connect.ts';
import { ownKey } from './meta.ts';
import { migrations } from './migrations/index.ts';
import { trouble } from './trouble.ts';

/** "Ears" in ASCII: stands in the file's header and tells our databases from others (SQLite's `application_id`). */
export const applicationId = 0x45617273;

/**
 * Looks before anything is written, for even the journal's mode would change a file that is somebody else's.
 * @throws StoreTrouble where it is another program's, or a newer Earshot's.
 */
export function refuseOthers({ raw }: Connection, path: string): void {
  const tables = raw.prepare('select count(*) from sqlite_master').pluck().get();
  if (tables === 0) return;
  if (raw.pragma('application_id', { simple: true }) !== applicationId) throw trouble('not-a-database', path);
  const done = raw.prepare('select max(number) from migrations').pluck().get();
  if (Number(done) > migrations.length) throw trouble('newer', path);
}

/**
 * Runs inside the caller's transaction. Gives back the database's own key, made on its first day.
 * @throws StoreTrouble as `refuseOthers`: another process may have been quicker.
 */
export async function migrate(
  connection: Connection,
  path: string,
  now: () => number,
  random: (size: number) => Buffer = randomBytes,
): Promise<string> {
  const { db, raw } = connection;
  refuseOthers(connection, path);
  if (raw.prepare('select count(*) from sqlite_master').pluck().get() === 0) {
    raw.pragma(`application_id = ${applicationId}`);
    await sql`create table migrations (number integer primary key not null, name text not null, at integer not null) strict`.execute(
      db,
    );
    await sql`create table meta (key text primary key not null, value text not null) strict`.execute(db);
    await db
      .insertInto('meta')
      .values({ key: ownKey, value: random(32).toString('hex') })
      .execute();
  }
  const newest = await db
    .selectFrom('migrations')
    .select(({ fn }) => fn.max('number').as('number'))
    .executeTakeFirst();
  const done = Number(newest?.number ?? 0);
  for (const [place, { name, load }] of migrations.entries()) {
    const number = place + 1;
    if (number <= done) continue;
    const change = await load();
    await change(db);
    await db.insertInto('migrations').values({ number, name, at: now() }).execute();
  }
  const key = await db.selectFrom('meta').select('value').where('key', '=', ownKey).executeTakeFirstOrThrow();
  return key.value;
}
