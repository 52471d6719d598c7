/** One daemon a database: a lock that the system itself frees, also after `kill -9`. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { makeFolder } from '../text/make-folder.ts';
import { kindOf, trouble } from './trouble.ts';

export interface DaemonLock {
  release(): void;
}

/** Nobody else may refer to a lock for hours, and a connection that is collected as garbage lets it go. */
const held = new Set<Database.Database>();

/**
 * Holds an exclusive SQLite transaction on `<store>.lock`; null where another process (or this one) holds it already.
 * The file stays: deleting it while another opens it would let two in.
 * @throws StoreTrouble where the file cannot be made.
 */
export function holdDaemonLock(storePath: string): DaemonLock | null {
  const path = `${storePath}.lock`;
  try {
    makeFolder(dirname(path), 0o700);
  } catch (error) {
    throw trouble('no-folder', storePath, error);
  }
  let lock: Database.Database | null = null;
  try {
    lock = new Database(path, { timeout: 0 });
    // Nothing is written into it, so it wants no journal beside it: a full disk has no room for one.
    lock.pragma('journal_mode = memory');
    lock.exec('begin exclusive');
  } catch (error) {
    lock?.close();
    const kind = kindOf(error);
    if (kind === 'busy') return null;
    throw kind === null ? error : trouble(kind, storePath, error);
  }
  const kept = lock;
  held.add(kept);
  return {
    release: () => {
      held.delete(kept);
      kept.close();
    },
  };
}

/** Whether another process holds it at this moment; it is let go again at once. */
export function daemonIsAtWork(storePath: string): boolean {
  if (!existsSync(`${storePath}.lock`)) return false;
  const lock = holdDaemonLock(storePath);
  lock?.release();
  return lock === null;
}
