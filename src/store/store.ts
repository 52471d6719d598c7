/** Opens the database and gives transactions, the only way to it: `store.read` and `store.write`. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac } from 'node:crypto';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeFolder } from '../text/make-folder.ts';
import { busyTimeoutMs, type Connection, connect, makePrivate } from './connect.ts';
import { forgetLetGo, letGoSince } from './let-go.ts';
import { migrate, refuseOthers } from './migrate.ts';
import { dropDueWords, duePosts } from './post-words.ts';
import { secretKey } from './secret-key.ts';
import type { Tx } from './tables.ts';
import { kindOf, StoreTrouble, trouble } from './trouble.ts';

export interface StoreOptions {
  /** The database file; its folder is made where it is missing. */
  readonly path: string;
  readonly now: () => number;
  /** From 0 to 1; spreads the tries of two processes that wait for each other. */
  readonly random?: () => number;
  readonly sleep?: (ms: number) => Promise<unknown>;
  /** Told of what took unusually long, without anything that people wrote. */
  readonly log?: { warn(facts: object, message: string): void };
  /** What sessions are encrypted with (EARSHOT_KEY); null or absent: a key file beside the database. */
  readonly secret?: string | null;
  /** The database never grows beyond this many pages of 8 KiB; then it says that the disk is full. */
  readonly maxPages?: number;
  /** Also on a full disk, where nobody else can open it meanwhile: for what soon ends. */
  readonly fullToo?: boolean;
}

export interface Store {
  readonly path: string;
  /** A consistent view of the database. Inside, nothing is awaited but store functions, and no other read or write begins. */
  read<Result>(label: string, look: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** All or nothing. `change` may be run again from its start, so it changes nothing but the database. */
  write<Result>(label: string, change: (tx: Tx) => Promise<Result>): Promise<Result>;
  /** A hash that only this database can make (HMAC-SHA-256, hexadecimal). */
  keyedHash(text: string): string;
  /** 32 bytes for `saveSession` and `readSession`; made when first asked for. */
  secretKey(): Buffer;
  /**
   * Takes what was let go of out of the files' unused parts as well, as far as other processes are not just reading them.
   * `in-time`: the file itself, which takes a second for 50 MB, only where some of it was let go of most of a day ago.
   * @returns false where something is left to be wiped, which a later transaction tries again
   */
  sweep(how?: 'now' | 'in-time'): Promise<boolean>;
  /**
   * Writes the database as it stands at this moment to a file of its own, whoever writes meanwhile; its unused parts are
   * left behind. The file must not be there. @throws StoreTrouble with the file's path
   */
  copyTo(path: string): Promise<void>;
  /** From now on it keeps a few megabytes of the database in memory, in place of many: slower, for what waits most of the time. */
  staySmall(): void;
  /** Waits for what runs, then closes. */
  close(): Promise<void>;
}

/** How long a write waits for other processes, in all. */
const patienceMs = 10_000;
const slowWriteMs = 1_000;
/** What a platform or a person took away is wiped from the file's unused parts within a day, by tidying up. */
const wipeWithinMs = 20 * 3_600_000;
const wipeAgainMs = 60_000;
/** The full-text index keeps words that no post has any more as signposts; it is only written anew where it lies in several parts. */
const writeIndexAnew = `
  insert into posts_index (rowid, title) values (-1, 'a');
  insert into posts_index (posts_index) values ('optimize');
  insert into posts_index (posts_index, rowid, title) values ('delete', -1, 'a')`;

/** Words whose platform lets us keep them only so long are taken out first, also from beside the file. @throws StoreTrouble */
export async function openStore(options: StoreOptions): Promise<Store> {
  try {
    return await open(options, 'beside others');
  } catch (error) {
    // Connections share memory that lies beside the file; one alone does without, and reads what is there.
    if (options.fullToo && error instanceof StoreTrouble && error.kind === 'full') return open(options, 'alone');
    throw error;
  }
}

async function open(options: StoreOptions, how: 'beside others' | 'alone'): Promise<Store> {
  const { path, random = Math.random, sleep = wait } = options;
  const patient = <Result>(act: () => Result) => patiently(act, path, (ms) => sleep(ms * (0.5 + random())));
  try {
    makeFolder(dirname(path), 0o700);
  } catch (error) {
    throw trouble('no-folder', path, error);
  }
  if (isDevice(path)) throw trouble('not-a-database', path);
  const opened: Connection[] = [];
  try {
    const writer = await patient(() => connect(path, { ...options, alone: how === 'alone' }));
    opened.push(writer);
    await patient(() => refuseOthers(writer, path));
    await patient(() => void writer.raw.pragma('journal_mode = wal'));
    writer.raw.pragma('synchronous = normal');
    const key = await inTransaction(writer, patient, () => migrate(writer, path, options.now));
    const reader = how === 'alone' ? writer : await patient(() => connect(path, options));
    opened.push(reader);
    if (reader !== writer) reader.raw.pragma('query_only = on');
    const store = storeOver({ writer, reader, key, options, patient });
    await store.read('words that are due', async () => undefined);
    return store;
  } catch (error) {
    // Closing gives back room on a full disk, and it would look as if there had been some.
    const said = named(error, path);
    for (const connection of opened) connection.close();
    throw said;
  }
}

/** SQLite would wait for it, or blame the disk. */
function isDevice(path: string): boolean {
  try {
    const there = statSync(path);
    return !there.isFile() && !there.isDirectory();
  } catch {
    // It is not there, or may not be looked at: SQLite says so better.
    return false;
  }
}

interface Parts {
  readonly writer: Connection;
  readonly reader: Connection;
  readonly key: string;
  readonly options: StoreOptions;
  readonly patient: <Result>(act: () => Result) => Promise<Result>;
}

function storeOver({ writer, reader, key, options, patient }: Parts): Store {
  const { path } = options;
  const inside = new AsyncLocalStorage<string>();
  const lines = { read: Promise.resolve(), write: Promise.resolve() };
  let closed = false;
  const due = reader.raw.prepare(duePosts).pluck();
  /** When to try again what could not be wiped, since another process was just reading, or the disk is full. */
  let wipeAgainAt = Number.POSITIVE_INFINITY;

  /** One after the other: SQLite has one transaction a connection. */
  function next<Result>(wanted: 'read' | 'write', label: string, act: () => Promise<Result>): Promise<Result> {
    const line = reader === writer ? 'write' : wanted;
    const outer = inside.getStore();
    if (outer !== undefined)
      throw new Error(`store.${wanted}('${label}') was begun inside '${outer}': it would wait for ever`);
    if (closed) throw new Error(`store.${wanted}('${label}') came after the store was closed`);
    const result = lines[line].then(() => inside.run(label, act));
    lines[line] = result.then(
      () => undefined,
      () => undefined,
    );
    return result.catch((error) => Promise.reject(named(error, path)));
  }

  /** Nothing is read or written while there are words whose time is over: no door has to think of it. */
  async function inTime<Result>(act: () => Promise<Result>): Promise<Result> {
    const now = options.now();
    const over = !closed && inside.getStore() === undefined && (now >= wipeAgainAt || due.get(now) !== undefined);
    if (!over) return act();
    await next('write', 'words whose time is over', async () => {
      await inTransaction(writer, patient, () => dropDueWords(writer.db, now));
      await wipe('now');
    });
    return act();
  }

  /** What it cannot wipe, it tries again with a later transaction: those who wait for their words have them. */
  async function wipe(how: 'now' | 'in-time'): Promise<boolean> {
    const now = options.now();
    try {
      const since = await letGoSince(writer.db);
      if (since !== null && (how === 'now' || now >= since + wipeWithinMs)) await rewriteFile(writer.raw);
      const [done] = writer.raw.pragma('wal_checkpoint(truncate)') as readonly { readonly busy: number }[];
      wipeAgainAt = done?.busy === 0 ? Number.POSITIVE_INFINITY : now + wipeAgainMs;
      return done?.busy === 0;
    } catch (error) {
      if (kindOf(error) === null) throw error;
      wipeAgainAt = now + wipeAgainMs;
      options.log?.warn({ kind: kindOf(error) }, 'words that were let go of could not be wiped from the file yet');
      return false;
    }
  }

  /** Deleted rows are overwritten, but a page that was split keeps a copy of what moved to another: only a new file has none. */
  async function rewriteFile(raw: Connection['raw']): Promise<void> {
    // In memory it would want as much as the file is big.
    raw.pragma('temp_store = file');
    try {
      await inTransaction(writer, patient, async () => void raw.exec(writeIndexAnew));
      await patient(() => void raw.exec('vacuum'));
    } finally {
      raw.pragma('temp_store = memory');
    }
    await inTransaction(writer, patient, () => forgetLetGo(writer.db));
  }

  return {
    path,
    secretKey: () => secretKey(path, options.secret ?? null),
    read: async (label, look) =>
      inTime(() => next('read', label, () => inTransaction(reader, patient, () => look(reader.db), 'begin'))),
    write: async (label, change) =>
      inTime(() =>
        next('write', label, async () => {
          const began = options.now();
          const result = await inTransaction(writer, patient, () => change(writer.db));
          const tookMs = options.now() - began;
          if (tookMs > slowWriteMs) options.log?.warn({ label, tookMs }, 'a write took long');
          return result;
        }),
      ),
    keyedHash: (text) => createHmac('sha256', key).update(text).digest('hex'),
    sweep: (how = 'in-time') => next('write', 'sweep', () => wipe(how)),
    copyTo: (path) =>
      inTime(() =>
        next('write', 'a copy', async () => {
          // Words that were let go of still stand in the index.
          await wipe('now');
          await patient(() => writeCopy(writer.raw, path));
        }),
      ),
    staySmall: () => {
      for (const { raw } of [reader, writer]) raw.pragma('cache_size = -4000');
    },
    close: async () => {
      closed = true;
      await Promise.all([lines.read, lines.write]);
      reader.close();
      writer.close();
    },
  };
}

/** SQLite's own `vacuum into`: one read transaction, and nothing but what is in use. */
function writeCopy(raw: Connection['raw'], path: string): void {
  makePrivate(path);
  try {
    raw.prepare('vacuum into ?').run(path);
  } catch (error) {
    const kind = kindOf(error);
    throw kind === null || kind === 'busy' ? error : trouble(kind, path, error);
  }
}

/** A deferred transaction that turns to writing fails at once beside another process, so writing ones begin immediate. */
async function inTransaction<Result>(
  connection: Connection,
  patient: Parts['patient'],
  act: () => Promise<Result>,
  begin = 'begin immediate',
): Promise<Result> {
  await patient(() => connection.raw.exec(begin));
  try {
    const result = await act();
    connection.raw.exec('commit');
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after a full disk.
    if (connection.raw.inTransaction) connection.raw.exec('rollback');
    throw error;
  }
}

/** Tries again while another process holds the file, without blocking this one. */
async function patiently<Result>(
  act: () => Result,
  path: string,
  pause: (aboutMs: number) => Promise<unknown>,
): Promise<Result> {
  for (let waitedMs = 0, turn = 0; ; turn += 1) {
    try {
      return act();
    } catch (error) {
      if (kindOf(error) !== 'busy') throw error;
      if (waitedMs >= patienceMs) throw trouble('busy', path, error);
      const aboutMs = Math.min(10 * 2 ** turn, 250);
      await pause(aboutMs);
      waitedMs += aboutMs + busyTimeoutMs;
    }
  }
}

function named(error: unknown, path: string): unknown {
  if (error instanceof StoreTrouble) return error;
  const kind = kindOf(error);
  return kind === null ? error : trouble(kind, path, error);
}
