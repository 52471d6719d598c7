/** Backs the database up into one file, whole or not at all, while everything else goes on. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { BackUpFace } from '../face/back-up.ts';
import { lookAtCopy, settle } from '../store/back-up-file.ts';
import { StoreTrouble } from '../store/trouble.ts';
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

/** @returns or why it was not done. @throws StoreTrouble */
export async function backUp(tools: Tools, path: string): Promise<BackUpFace | string> {
  if (existsSync(path)) return `${path} is there already; name another file.`;
  const unfinished = `${path}.unfinished`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    rmSync(unfinished, { force: true });
    await tools.store.copyTo(unfinished);
    const facts = lookAtCopy(unfinished);
    if (typeof facts === 'string')
      return `the copy could not be read back (${facts}), so it was thrown away. Check the disk.`;
    settle(unfinished);
    renameSync(unfinished, path);
    return { path, bytes: statSync(path).size, posts: facts.posts, cases: facts.cases };
  } catch (error) {
    if (error instanceof StoreTrouble || !(error instanceof Error && 'code' in error)) throw error;
    return `${path} cannot be written (${error.message}).`;
  } finally {
    if (existsSync(unfinished)) rmSync(unfinished);
  }
}
