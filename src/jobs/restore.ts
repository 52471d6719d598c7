/** Puts a back-up in the database's place: checked first, the present one kept, and whoever was erased since stays erased. */
import { copyFileSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { type CopyFacts, foldUp, lookAtCopy, settle } from '../store/back-up-file.ts';
import { erasureWishes, inheritWishes, type Wishes } from '../store/erased.ts';
import { giveUpOthers } from '../store/outbox.ts';
import { openStore } from '../store/store.ts';
import { StoreTrouble } from '../store/trouble.ts';
import { stillHere } from '../store/wishes.ts';
import { minuteOf } from './back-up.ts';
import { eraseAll } from './erase.ts';

export interface Restoring {
  readonly config: Config;
  readonly clock: Clock;
}

export interface Restored extends CopyFacts {
  /** Where the one from before lies now; null where there was none. */
  readonly kept: string | null;
  /** Posts of the back-up that were left out, since their authors asked to be erased after it was made. */
  readonly erased: number;
  /** False: the database from before could not be read, so nobody knows who was erased since the back-up. */
  readonly wishesKnown: boolean;
}

/**
 * The caller holds the daemon's lock. The given file is only read.
 * @returns or why nothing was done, as a sentence's end
 */
export async function restore({ config, clock }: Restoring, file: string): Promise<Restored | string> {
  const path = config.store;
  if (!existsSync(file)) return 'there is no such file.';
  if (!statSync(file).isFile()) return 'it is no file.';
  if (existsSync(path) && realpathSync(path) === realpathSync(file)) return 'it is the database itself.';
  const before = foldUp(path);
  if (before === 'in-use')
    return 'the database is open in another window (the inbox, perhaps). Close that first, then run the same again.';
  const draft = `${path}.restoring`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    drop(draft);
    copyWhole(file, draft);
    const facts = lookAtCopy(draft);
    if (typeof facts === 'string') return refusals[facts];
    const wishes = before === 'absent' ? noWishes : await wishesIn(path, clock);
    const erased = await applyWishes({ config, clock }, draft, wishes ?? noWishes);
    if (foldUp(draft) !== 'alone') return 'the copy of it is held by another program. Run the same again.';
    settle(draft);
    if (foldUp(path) === 'in-use') return 'the database was opened meanwhile. Run the same again.';
    const kept = before === 'absent' ? null : freeName(`${path}.before-${minuteOf(clock.now(), config.timezone)}`);
    if (kept !== null) moveAside(path, kept);
    renameSync(draft, path);
    return { ...facts, kept, erased, wishesKnown: wishes !== null };
  } finally {
    drop(draft);
  }
}

const refusals = {
  'not-a-database': 'it is no back-up of Earshot’s.',
  newer: 'it was made by a newer Earshot than this one. Update Earshot, then try again.',
  damaged: 'it is damaged. Try an older one.',
} as const;

const noWishes: Wishes = { keys: [], rows: [] };
/** What SQLite may have left beside a database. */
const beside = ['', '-wal', '-shm', '-journal'] as const;

/** With what was not yet folded into it, where it was copied by hand from a running database. */
function copyWhole(file: string, draft: string): void {
  for (const more of ['', '-wal']) if (existsSync(file + more)) copyFileSync(file + more, draft + more);
}

function drop(path: string): void {
  for (const more of beside) rmSync(path + more, { force: true });
}

function moveAside(path: string, kept: string): void {
  for (const more of beside) if (existsSync(path + more)) renameSync(path + more, kept + more);
}

function freeName(wanted: string): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    if (!existsSync(name)) return name;
  }
}

/** Null where that database cannot be read any more. @throws StoreTrouble where it is a newer Earshot's */
async function wishesIn(path: string, clock: Clock): Promise<Wishes | null> {
  try {
    const store = await openStore({ path, now: clock.now });
    try {
      return await store.read('who was erased', (tx) => erasureWishes(tx));
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreTrouble && unreadable.includes(error.kind)) return null;
    throw error;
  }
}

const unreadable: readonly StoreTrouble['kind'][] = ['corrupt', 'not-a-database', 'disk'];

/** @returns how many posts of the back-up that took out, from every byte of the file. */
async function applyWishes({ config, clock }: Restoring, draft: string, wishes: Wishes): Promise<number> {
  const store = await openStore({ path: draft, now: clock.now });
  try {
    const gone = await store.write('who was erased', async (tx) => {
      await inheritWishes(tx, wishes);
      // What waited to be sent then is no news any more.
      await giveUpOthers(tx, clock.now(), 'a back-up was restored', {
        kinds: ['digest', 'alert', 'escalation'],
        recipients: [],
      });
      const { authors, postIds } = await stillHere(tx);
      if (authors.length + postIds.length === 0) return 0;
      return (await eraseAll(tx, { authors, postIds, brands: config.brands, now: clock.now() })).posts;
    });
    await store.sweep('now');
    return gone;
  } finally {
    await store.close();
  }
}
