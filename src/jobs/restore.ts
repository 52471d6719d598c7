/** Puts a back-up in the database's place: checked first, the present one kept, and whoever was erased since stays erased. */
import { copyFileSync, existsSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/config.ts';
import { type CopyFacts, foldUp, lookAtCopy, settle } from '../store/back-up-file.ts';
import { erasureWishes, inheritWishes, type Wishes } from '../store/erased.ts';
import { giveUpOthers } from '../store/outbox.ts';
import { type Deeds, deedsOf, sinceThen, takeOver } from '../store/since-back-up.ts';
import { openStore } from '../store/store.ts';
import { StoreTrouble } from '../store/trouble.ts';
import { stillHere } from '../store/wishes.ts';
import { makeFolder } from '../text/make-folder.ts';
import { minuteOf } from './back-up.ts';
import { eraseAll } from './erase.ts';
import { spentBegins } from './purse.ts';

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
  readonly since: Since;
}

/** What was done and went out after the back-up was made, as far as the present database tells. */
export interface Since {
  /** Answers that went out, or may have. */
  readonly answers: number;
  /** Of these: to posts that the back-up holds, so that they stand in it as sent. */
  readonly answersKept: number;
  readonly mails: number;
  readonly marks: number;
  /** What people did with cases and praise. */
  readonly steps: number;
}

/**
 * The caller holds the daemon's lock. The given file is only read.
 * @param agree is told what will be forgotten before anything is changed; false: then nothing is
 * @returns or why nothing was done, as a sentence's end
 */
export async function restore(
  { config, clock }: Restoring,
  file: string,
  agree: (since: Since) => Promise<boolean>,
): Promise<Restored | string> {
  const path = config.store;
  if (!existsSync(file)) return 'there is no such file.';
  if (!statSync(file).isFile()) return 'it is no file.';
  if (existsSync(path) && realpathSync(path) === realpathSync(file)) return 'it is the database itself.';
  const before = foldUp(path);
  if (before === 'in-use')
    return 'the database is open in another window (the inbox, perhaps). Close that first, then run the same again.';
  const draft = `${path}.restoring`;
  try {
    makeFolder(dirname(path), 0o700);
    drop(draft);
    copyWhole(file, draft);
    const facts = lookAtCopy(draft);
    if (typeof facts === 'string') return refusals[facts];
    const present = before === 'absent' ? nothing : await readPresent(path, clock);
    const { erased, since } = await carryOver({ config, clock }, draft, present ?? nothing);
    if (!(await agree(since))) return 'nobody said yes to that.';
    if (foldUp(draft) !== 'alone') return 'the copy of it is held by another program. Run the same again.';
    settle(draft);
    // While a person thinks, other windows go on; what they did is in neither the draft nor what was agreed to.
    const still = existsSync(path) ? await readPresent(path, clock) : nothing;
    if (existsSync(path) !== (before !== 'absent') || !isDeepStrictEqual(still, present))
      return 'something was done in another window meanwhile. Run the same again.';
    if (foldUp(path) === 'in-use') return 'the database was opened meanwhile. Run the same again.';
    const kept = before === 'absent' ? null : freeName(`${path}.before-${minuteOf(clock.now(), config.timezone)}`);
    if (kept !== null) moveAside(path, kept);
    renameSync(draft, path);
    return { ...facts, kept, erased, wishesKnown: present !== null, since };
  } finally {
    drop(draft);
  }
}

const refusals = {
  'not-a-database': 'it is no back-up of Earshot’s.',
  newer: 'it was made by a newer Earshot than this one. Update Earshot, then try again.',
  damaged: 'it is damaged. Try an older one.',
} as const;

interface Present {
  readonly wishes: Wishes;
  readonly deeds: Deeds;
}

const nothing: Present = {
  wishes: { keys: [], rows: [] },
  deeds: { answers: [], mails: [], alerts: [], marks: [], steps: [], sessions: [], facts: [] },
};
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
async function readPresent(path: string, clock: Clock): Promise<Present | null> {
  try {
    const store = await openStore({ path, now: clock.now });
    try {
      return await store.read('what must not be forgotten', async (tx) => ({
        wishes: await erasureWishes(tx),
        deeds: await deedsOf(tx, spentBegins),
      }));
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreTrouble && unreadable.includes(error.kind)) return null;
    throw error;
  }
}

const unreadable: readonly StoreTrouble['kind'][] = ['corrupt', 'not-a-database', 'disk'];

/** @returns how many posts of the back-up people's wishes took out, from every byte of the file, and what happened since. */
async function carryOver({ config, clock }: Restoring, draft: string, { wishes, deeds }: Present) {
  const store = await openStore({ path: draft, now: clock.now });
  try {
    const carried = await store.write('what must not be forgotten', async (tx) => {
      await inheritWishes(tx, wishes);
      // What waited to be sent then is no news any more.
      await giveUpOthers(tx, clock.now(), 'a back-up was restored', {
        kinds: ['digest', 'alert', 'escalation'],
        recipients: [],
      });
      const later = sinceThen(deeds, await deedsOf(tx, spentBegins));
      const since = { ...countsOf(later), answersKept: await takeOver(tx, later) };
      const { authors, postIds } = await stillHere(tx);
      if (authors.length + postIds.length === 0) return { since, erased: 0 };
      const { posts } = await eraseAll(tx, { authors, postIds, brands: config.brands, now: clock.now() });
      return { since, erased: posts };
    });
    await store.sweep('now');
    return carried;
  } finally {
    await store.close();
  }
}

function countsOf({ answers, mails, alerts, marks, steps }: Deeds): Omit<Since, 'answersKept'> {
  return {
    answers: answers.length,
    mails: mails.length + alerts.length,
    marks: marks.length,
    steps: steps.length,
  };
}
