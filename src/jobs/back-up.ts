/** Backs the database up into one file, whole or not at all, while everything else goes on. */
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { BackUpFace } from '../face/back-up.ts';
import { lookAtCopy, settle } from '../store/back-up-file.ts';
import { StoreTrouble } from '../store/trouble.ts';
import { fileTrouble } from '../text/file-trouble.ts';
import { makeFolder } from '../text/make-folder.ts';
import type { Tools } from './tools.ts';

/** `backups/earshot-2026-11-22-0810.db` beside the database, in local time. */
export function usualBackUp({ config, clock }: Pick<Tools, 'config' | 'clock'>): string {
  return join(dirname(config.store), 'backups', `earshot-${minuteOf(clock.now(), config.timezone)}.db`);
}

/** `2026-11-22-0810`. */
export function minuteOf(at: number, timezone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDateTime();
  return local.toString({ smallestUnit: 'minute' }).replace('T', '-').replace(':', '');
}

/** @returns or why it was not done. @throws StoreTrouble with the database itself */
export async function backUp(tools: Tools, path: string): Promise<BackUpFace | string> {
  const unfinished = `${path}.unfinished`;
  try {
    const there = whatIsAt(path);
    if (there !== null) return there;
    makeFolder(dirname(path), 0o700);
    rmSync(unfinished, { force: true });
    // Where no file can be made, the system's own reason says more than SQLite's.
    closeSync(openSync(unfinished, 'wx', 0o600));
    await tools.store.copyTo(unfinished);
    const facts = lookAtCopy(unfinished);
    if (typeof facts === 'string')
      return `the copy could not be read back (${facts}), so it was thrown away. Check the disk.`;
    settle(unfinished);
    renameSync(unfinished, path);
    return { path, bytes: statSync(path).size, posts: facts.posts, cases: facts.cases };
  } catch (error) {
    const why = error instanceof StoreTrouble ? copyTrouble(error, unfinished) : fileTrouble(error);
    if (why === null) throw error;
    return `${path} cannot be written: ${why}. Name another file.`;
  } finally {
    if (existsSync(unfinished)) rmSync(unfinished);
  }
}

/** Nothing that is there is written over. */
function whatIsAt(path: string): string | null {
  const there = statSync(path, { throwIfNoEntry: false });
  if (there === undefined) return null;
  if (there.isDirectory()) return `${path} is a folder; name a file in it, such as ${join(path, 'earshot.db')}.`;
  if (!there.isFile()) return `${path} is no file but a device or a pipe; name a file.`;
  return `${path} is there already; name another file.`;
}

/** Null where the trouble is not the copy's. */
function copyTrouble({ kind, path }: StoreTrouble, copy: string): string | null {
  if (path !== copy) return null;
  return kind === 'full' ? 'the disk is full' : 'the disk does not take it';
}
