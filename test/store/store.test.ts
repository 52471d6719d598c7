/** The way to the database: transactions, other processes, and every kind of trouble with the file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { holdDaemonLock } from '../../src/store/daemon-lock.ts';
import { readMeta, saveMeta } from '../../src/store/meta.ts';
import { openStore } from '../../src/store/store.ts';
import type { Tx } from '../../src/store/tables.ts';
import { StoreTrouble, type StoreTroubleKind } from '../../src/store/trouble.ts';
import { aFolder, aPost, aStore, hear, noon } from './a-store.ts';

const now = () => noon;

async function troubleOf(act: Promise<unknown>): Promise<StoreTrouble> {
  const error = await act.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreTrouble)) throw new Error(`expected trouble, got ${String(error)}`);
  return error;
}

/** A process of its own that works on the same database; its lines of stdout are what it has done. */
function another(script: string, path: string, user?: number) {
  const child = spawn(process.execPath, [join(import.meta.dirname, script), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), ended: once(child, 'exit') };
}

describe('a transaction', () => {
  test('is all or nothing', async () => {
    const store = await aStore();
    const failed = store.write('two', async (tx) => {
      await saveMeta(tx, 'first', '1');
      throw new Error('no second');
    });
    await expect(failed).rejects.toThrow('no second');
    expect(await store.read('look', (tx) => readMeta(tx, 'first'))).toBeNull();
    await store.write('again', (tx) => saveMeta(tx, 'first', '2'));
    expect(await store.read('look', (tx) => readMeta(tx, 'first'))).toBe('2');
  });

  test('comes after the one before it, also when many are asked for at once', async () => {
    const store = await aStore();
    const add = async (tx: Tx) => saveMeta(tx, 'count', String(Number(await readMeta(tx, 'count')) + 1));
    await Promise.all(Array.from({ length: 20 }, () => store.write('add', add)));
    expect(await store.read('look', (tx) => readMeta(tx, 'count'))).toBe('20');
  });

  test('that begins inside another fails at once instead of waiting for ever', async () => {
    const store = await aStore();
    const nested = store.write('outer', () => store.read('inner', (tx) => readMeta(tx, 'x')));
    await expect(nested).rejects.toThrow("store.read('inner') was begun inside 'outer'");
  });

  test('that only reads sees one moment, and cannot write', async () => {
    const store = await aStore();
    await store.read('look', async (tx) => {
      expect(await readMeta(tx, 'late')).toBeNull();
    });
    await expect(store.read('sneak', (tx) => saveMeta(tx, 'late', '1'))).rejects.toMatchObject({ kind: 'read-only' });
  });

  test('is refused after closing, which waits for what runs', async () => {
    const store = await aStore();
    const running = store.write('last', (tx) => saveMeta(tx, 'last', 'kept'));
    await store.close();
    await running;
    await expect(store.read('late', (tx) => readMeta(tx, 'last'))).rejects.toThrow('after the store was closed');
    const again = await openStore({ path: store.path, now });
    expect(await again.read('look', (tx) => readMeta(tx, 'last'))).toBe('kept');
    await again.close();
  });
});

test('the own key is made once, and differs from database to database', async () => {
  const store = await aStore();
  const again = await openStore({ path: store.path, now });
  const other = await aStore();
  expect(again.keyedHash('ana')).toBe(store.keyedHash('ana'));
  expect(other.keyedHash('ana')).not.toBe(store.keyedHash('ana'));
  await again.close();
});

describe('beside another process', () => {
  test('nothing is lost when both write', async () => {
    const store = await aStore();
    const { lines, ended } = another('writing-process.ts', store.path);
    expect((await lines.next()).value).toBe('begun');
    for (let page = 0; page < 30; page += 1)
      await store.write('page', (tx) =>
        hear(
          tx,
          Array.from({ length: 20 }, () => ({ post: aPost() })),
        ),
      );
    expect(await ended).toEqual([0, null]);
    const count = await store.read('count', (tx) =>
      tx
        .selectFrom('posts')
        .select('source')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .groupBy('source')
        .execute(),
    );
    expect(count).toEqual([
      { source: 'bluesky', count: 600 },
      { source: 'other-process', count: 600 },
    ]);
  });

  test('several that make a new database at once make one', async () => {
    const path = join(aFolder(), 'earshot.db');
    const others = Array.from({ length: 3 }, () => another('writing-process.ts', path));
    for (const { ended } of others) expect(await ended).toEqual([0, null]);
    for (const { lines } of others) expect((await lines.next()).value).toBe('begun');
    const store = await openStore({ path, now });
    expect(await store.read('count', (tx) => tx.selectFrom('posts').select('id').execute())).toHaveLength(600);
    await store.close();
  });

  test('kill -9 in the middle keeps what was saved and nothing of what was not', async () => {
    const store = await aStore();
    const { child, lines, ended } = another('dying-process.ts', store.path);
    expect((await lines.next()).value).toBe('saved 100, and 50 more in an open transaction');
    child.kill('SIGKILL');
    await ended;
    const rows = await store.read('count', (tx) => tx.selectFrom('mentions').select('id').execute());
    expect(rows).toHaveLength(100);
    const again = await store.write('again', (tx) => hear(tx, [{ post: aPost() }]));
    expect(again.mentions[0]?.fresh).toBe(true);
  });

  test('waits for its turn, and says so when that takes too long', async () => {
    const path = join(aFolder(), 'earshot.db');
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    const store = await openStore({ path, now, random: () => 0.5, sleep });
    const greedy = new Database(path);
    greedy.exec('begin immediate');
    const trouble = await troubleOf(store.write('wait', (tx) => saveMeta(tx, 'a', 'b')));
    greedy.close();
    expect(trouble.kind).toBe('busy');
    expect(trouble.message).toContain('Another program');
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(8_000);
    await store.write('now', (tx) => saveMeta(tx, 'a', 'b'));
    await store.close();
  });

  test('one daemon holds the lock, until it lets go or is killed', async () => {
    const path = join(aFolder(), 'earshot.db');
    const lock = holdDaemonLock(path);
    expect(lock).not.toBeNull();
    expect(holdDaemonLock(path)).toBeNull();
    lock?.release();
    const { child, lines, ended } = another('locking-process.ts', path);
    expect((await lines.next()).value).toBe('held');
    expect(holdDaemonLock(path)).toBeNull();
    child.kill('SIGKILL');
    await ended;
    const next = holdDaemonLock(path);
    expect(next).not.toBeNull();
    next?.release();
  });
});

describe('trouble with the file', () => {
  const cases: [StoreTroubleKind, string, (path: string) => void][] = [
    ['not-a-database', 'another file', (path) => writeFileSync(path, 'brand,text\nblue,hello\n'.repeat(400))],
    [
      'not-a-database',
      "another program's database",
      (path) => new Database(path).exec('create table recipes (name text)').close(),
    ],
  ];
  test.each(cases)('%s: %s is left as it was', async (kind, _, make) => {
    const path = join(aFolder(), 'earshot.db');
    make(path);
    const before = readFileSync(path);
    const trouble = await troubleOf(openStore({ path, now }));
    expect(trouble.kind).toBe(kind);
    expect(trouble.message).toContain(path);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test.skipIf(process.platform === 'win32')('not-a-database: a device is none, and no disk is blamed', async () => {
    const trouble = await troubleOf(openStore({ path: '/dev/null', now }));
    expect([trouble.kind, trouble.message]).toEqual(['not-a-database', expect.stringContaining('/dev/null is not a')]);
  });

  test('newer: a database made by a newer program is refused', async () => {
    const store = await aStore();
    await store.close();
    const raw = new Database(store.path);
    raw.exec("insert into migrations values (9999, 'from the future', 0)");
    raw.close();
    const trouble = await troubleOf(openStore({ path: store.path, now }));
    expect(trouble.kind).toBe('newer');
    expect(trouble.message).toContain('Update Earshot');
  });

  test('corrupt: a damaged database is told as such', async () => {
    const store = await aStore();
    await store.write('fill', (tx) =>
      hear(
        tx,
        Array.from({ length: 200 }, () => ({ post: aPost() })),
      ),
    );
    await store.close();
    const bytes = readFileSync(store.path);
    bytes.fill(0x5a, 4096, bytes.length - 4096);
    writeFileSync(store.path, bytes);
    const act = openStore({ path: store.path, now }).then((again) => {
      onTestFinished(() => again.close());
      return again.read('look', (tx) => tx.selectFrom('posts').selectAll().execute());
    });
    expect((await troubleOf(act)).kind).toBe('corrupt');
  });

  test('corrupt: so is one that was cut short', async () => {
    const store = await aStore();
    await store.write('fill', (tx) =>
      hear(
        tx,
        Array.from({ length: 200 }, () => ({ post: aPost() })),
      ),
    );
    await store.close();
    truncateSync(store.path, 100_000);
    const act = openStore({ path: store.path, now }).then((again) => {
      onTestFinished(() => again.close());
      return again.write('more', (tx) => hear(tx, [{ post: aPost() }]));
    });
    expect((await troubleOf(act)).kind).toBe('corrupt');
  });

  test('full: what does not fit is not saved at all, what came before is kept', async () => {
    const store = await aStore({ maxPages: 200 });
    await store.write('first', (tx) => hear(tx, [{ post: aPost() }]));
    const big = Array.from({ length: 50 }, () => ({ post: aPost({ text: 'cold coffee '.repeat(3_000) }) }));
    const trouble = await troubleOf(store.write('big', (tx) => hear(tx, big)));
    expect(trouble.kind).toBe('full');
    expect(trouble.message).toContain('Make room');
    expect(await store.read('look', (tx) => tx.selectFrom('posts').select('id').execute())).toHaveLength(1);
    await store.write('small', (tx) => hear(tx, [{ post: aPost() }]));
  });

  test('read-only: a file that we may not write', async () => {
    const store = await aStore();
    await store.close();
    const path = join(aFolder(), 'read-only.db');
    copyFileSync(store.path, path);
    // Nobody may write there but the owner, and root may write everywhere: so somebody else tries.
    chmodSync(join(path, '..'), 0o555);
    chmodSync(path, 0o444);
    const asRoot = process.getuid?.() === 0;
    const { lines, ended } = another('writing-process.ts', path, asRoot ? 65_534 : undefined);
    const said: string[] = [];
    for await (const line of { [Symbol.asyncIterator]: () => lines }) said.push(line);
    await ended;
    chmodSync(join(path, '..'), 0o755);
    expect(said.join('\n')).toMatch(/^trouble (read-only|no-folder): .*(write|folder)/);
  });

  test('no-folder: a path that cannot be', async () => {
    const folder = aFolder();
    writeFileSync(join(folder, 'file'), '');
    expect((await troubleOf(openStore({ path: join(folder, 'file', 'earshot.db'), now }))).kind).toBe('no-folder');
    expect((await troubleOf(openStore({ path: folder, now }))).kind).toBe('no-folder');
    // Where the system makes no folders, Node's own way of making several asks for ever.
    if (process.platform === 'linux')
      expect((await troubleOf(openStore({ path: '/proc/none/deep/earshot.db', now }))).kind).toBe('no-folder');
  });

  test('a folder that is missing is made', async () => {
    const path = join(aFolder(), 'a', 'b', 'earshot.db');
    const store = await openStore({ path, now });
    await store.close();
    expect(existsSync(path)).toBe(true);
  });
});

test.skipIf(process.platform === 'win32')(
  'what is made is for its owner alone: folder, database and what lies beside it',
  async () => {
    const folder = join(aFolder(), 'data');
    const store = await aStore({ path: join(folder, 'earshot.db') });
    const lock = holdDaemonLock(store.path);
    onTestFinished(() => lock?.release());
    expect(statSync(folder).mode & 0o077).toBe(0);
    for (const path of [store.path, `${store.path}-wal`, `${store.path}-shm`])
      expect(statSync(path).mode & 0o077).toBe(0);
  },
);
