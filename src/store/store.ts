/** Opens the database and gives transactions, the only way to it: `store.read` and `store.write`. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { busyTimeoutMs, type Connection, connect } from './connect.ts';
import { migrate, refuseOthers } from './migrate.ts';
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
   * Empties the log of latest changes that lies beside the file, where words that were taken out still stand; as far as
   * other processes are not just reading it.
   */
  sweep(): Promise<void>;
  /** From now on it keeps a few megabytes of the database in memory, in place of many: slower, for what waits most of the time. */
  staySmall(): void;
  /** Waits for what runs, then closes. */
  close(): Promise<void>;
}

/** How long a write waits for other processes, in all. */
const patienceMs = 10_000;
const slowWriteMs = 1_000;

/** @throws StoreTrouble */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { path, random = Math.random, sleep = wait } = options;
  const patient = <Result>(act: () => Result) => patiently(act, path, (ms) => sleep(ms * (0.5 + random())));
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw trouble('no-folder', path, error);
  }
  if (isDevice(path)) throw trouble('not-a-database', path);
  const opened: Connection[] = [];
  try {
    const writer = await patient(() => connect(path, options));
    opened.push(writer);
    await patient(() => refuseOthers(writer, path));
    await patient(() => void writer.raw.pragma('journal_mode = wal'));
    writer.raw.pragma('synchronous = normal');
    const key = await inTransaction(writer, patient, () => migrate(writer, path, options.now));
    const reader = await patient(() => connect(path, options));
    opened.push(reader);
    reader.raw.pragma('query_only = on');
    return storeOver({ writer, reader, key, options, patient });
  } catch (error) {
    for (const connection of opened) connection.close();
    throw named(error, path);
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

  /** One after the other: SQLite has one transaction a connection. */
  function next<Result>(line: 'read' | 'write', label: string, act: () => Promise<Result>): Promise<Result> {
    const outer = inside.getStore();
    if (outer !== undefined)
      throw new Error(`store.${line}('${label}') was begun inside '${outer}': it would wait for ever`);
    if (closed) throw new Error(`store.${line}('${label}') came after the store was closed`);
    const result = lines[line].then(() => inside.run(label, act));
    lines[line] = result.then(
      () => undefined,
      () => undefined,
    );
    return result.catch((error) => Promise.reject(named(error, path)));
  }

  return {
    path,
    secretKey: () => secretKey(path, options.secret ?? null),
    read: async (label, look) =>
      next('read', label, () => inTransaction(reader, patient, () => look(reader.db), 'begin')),
    write: async (label, change) =>
      next('write', label, async () => {
        const began = options.now();
        const result = await inTransaction(writer, patient, () => change(writer.db));
        const tookMs = options.now() - began;
        if (tookMs > slowWriteMs) options.log?.warn({ label, tookMs }, 'a write took long');
        return result;
      }),
    keyedHash: (text) => createHmac('sha256', key).update(text).digest('hex'),
    sweep: () => next('write', 'sweep', async () => void writer.raw.pragma('wal_checkpoint(truncate)')),
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
