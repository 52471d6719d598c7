/** A back-up as a file: whether it is one of ours, whole, and not newer than we are; and whether a database is open elsewhere. */
import { closeSync, existsSync, fsyncSync, openSync } from 'node:fs';
import Database from 'better-sqlite3';
import { applicationId } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { kindOf } from './trouble.ts';

export interface CopyFacts {
  readonly posts: number;
  readonly cases: number;
  /** When the last post came in, milliseconds UTC; null where there is none. */
  readonly newestAt: number | null;
}

export type CopyTrouble = 'not-a-database' | 'newer' | 'damaged';

/** Reads all of it once. The file must be a database alone, not one that somebody has open. */
export function lookAtCopy(path: string): CopyFacts | CopyTrouble {
  let raw: Database.Database | null = null;
  try {
    raw = new Database(path, { fileMustExist: true });
    if (raw.pragma('application_id', { simple: true }) !== applicationId) return 'not-a-database';
    const done = Number(raw.prepare('select max(number) from migrations').pluck().get());
    if (done > migrations.length) return 'newer';
    if (raw.pragma('integrity_check', { simple: true }) !== 'ok') return 'damaged';
    const [posts, cases] = ['posts', 'cases'].map((name) =>
      Number(raw?.prepare(`select count(*) from ${name}`).pluck().get()),
    );
    const newestAt = raw.prepare('select max(first_seen_at) from posts').pluck().get();
    return { posts: posts ?? 0, cases: cases ?? 0, newestAt: newestAt === null ? null : Number(newestAt) };
  } catch (error) {
    const kind = kindOf(error);
    if (kind === 'not-a-database') return 'not-a-database';
    if (kind === 'corrupt') return 'damaged';
    throw error;
  } finally {
    raw?.close();
  }
}

/** Not before the disk has it. */
export function settle(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Puts all of a database into its one file, so that it can be moved; `in-use` where another process has it open, `damaged`
 * where SQLite cannot read it.
 */
export function foldUp(path: string): 'absent' | 'alone' | 'in-use' | 'damaged' {
  if (!existsSync(path)) return 'absent';
  let raw: Database.Database | null = null;
  try {
    raw = new Database(path, { timeout: 0 });
    return raw.pragma('journal_mode = delete', { simple: true }) === 'delete' ? 'alone' : 'in-use';
  } catch (error) {
    const kind = kindOf(error);
    if (kind === 'busy') return 'in-use';
    if (kind === 'corrupt' || kind === 'not-a-database') return 'damaged';
    throw error;
  } finally {
    raw?.close();
  }
}
