/** A connection to an SQLite file: its settings, its kept statements, and Kysely over it. */
import { closeSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import type { Tables } from './tables.ts';

export interface Connection {
  readonly db: Kysely<Tables>;
  /** For what Kysely has no words for: begin, commit, pragma. */
  readonly raw: Database.Database;
  close(): void;
}

/** Kept statements a connection; the program has about a hundred different ones. */
const keptStatements = 400;

/** Waiting for another process blocks the whole program, so it is kept short here and repeated by the store. */
export const busyTimeoutMs = 20;

/** SQLite's own word for a database without a file. */
export const inMemory = ':memory:';

/** @param more `alone`: nobody else can open it meanwhile. @throws what SQLite says; `kindOf` in trouble.ts names it. */
export function connect(path: string, more: { readonly maxPages?: number; readonly alone?: boolean } = {}): Connection {
  if (path !== inMemory) makePrivate(path);
  const raw = new Database(path, { timeout: busyTimeoutMs });
  try {
    // Before anything is looked at: only then it wants no file beside it.
    if (more.alone) raw.pragma('locking_mode = exclusive');
    // Read only when the file is made. A post and its reasons fill a kilobyte; bigger pages hold enough of them.
    raw.pragma('page_size = 8192');
    raw.pragma('foreign_keys = on');
    // Erased words shall not linger in free pages of the file.
    raw.pragma('secure_delete = on');
    raw.pragma('temp_store = memory');
    // 16 MiB a connection: a daemon that rests shall stay small.
    raw.pragma('cache_size = -16384');
    raw.pragma('wal_autocheckpoint = 4000');
    if (more.maxPages !== undefined) raw.pragma(`max_page_count = ${more.maxPages}`);
  } catch (error) {
    raw.close();
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: keepingStatements(raw) }) });
  return { db, raw, close: () => void raw.close() };
}

/** A database that is not there yet is made so that only its owner reads it: words of customers stand in it. What SQLite puts beside it takes its rights over. */
export function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch {
    // It is there, or cannot be made: SQLite says so better.
  }
}

/** Preparing a statement costs more than running it, and Kysely prepares anew each time. */
function keepingStatements(raw: Database.Database) {
  const kept = new Map<string, Database.Statement>();
  return {
    prepare(text: string): Database.Statement {
      let statement = kept.get(text);
      if (statement) return statement;
      statement = raw.prepare(text);
      const oldest = kept.keys().next();
      if (kept.size >= keptStatements && !oldest.done) kept.delete(oldest.value);
      kept.set(text, statement);
      return statement;
    },
    close: () => void raw.close(),
  };
}
