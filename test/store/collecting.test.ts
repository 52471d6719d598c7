/** What collecting keeps between two processes: progress, runs, budgets, sessions, brands, ratings, opinions. */
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBrands, saveBrands } from '../../src/store/brands.ts';
import { heldUntil, holdCalls, reserveCall } from '../../src/store/budgets.ts';
import { opinionsOn, saveOpinions } from '../../src/store/opinions.ts';
import { ratingsSince, saveRatings } from '../../src/store/ratings.ts';
import { addRun, type Run, runsBetween } from '../../src/store/runs.ts';
import { secretKey } from '../../src/store/secret-key.ts';
import { dropSession, readSession, saveSession } from '../../src/store/sessions.ts';
import { noProgress, type Progress, readProgress, saveProgress } from '../../src/store/watches.ts';
import { aFolder, aStore, day, noon } from './a-store.ts';

const hour = 3_600_000;

describe('watches and runs', () => {
  const place = { source: 'feed', brand: '', key: 'https://x.example/feed' };
  const search = { source: 'bluesky', brand: 'blue', key: 'search' };
  const progress: Progress = {
    markAt: noon,
    position: 'cursor',
    validators: { 'https://x.example/feed': { etag: '"a"' } },
    termsFingerprint: 'f',
    firstRunAt: noon - day,
    lastGoodAt: noon,
    lastNewAt: noon - hour,
    lastTriedAt: noon,
    fault: { kind: 'slow-down', message: 'Too many requests', retryAt: noon + hour, since: noon },
    gapSince: noon - day,
    note: 'This server finds members only',
    listeningSince: noon - 3 * day,
    gap: { from: noon - 2 * day, to: noon - day },
  };

  test('progress comes out as it went in; two brands that search alike are two watches', async () => {
    const store = await aStore();
    const other = { ...search, brand: 'red' };
    await store.write('save', async (tx) => {
      const id = await saveProgress(tx, place, noProgress);
      expect(await saveProgress(tx, place, progress)).toBe(id);
      await saveProgress(tx, other, { ...progress, fault: null });
    });
    expect(await store.read('read', (tx) => readProgress(tx, [search, place, other]))).toEqual([
      noProgress,
      progress,
      { ...progress, fault: null },
    ]);
  });

  test('runs are kept, and the last of each watch is found', async () => {
    const store = await aStore();
    const run = (startedAt: number, more: Partial<Run> = {}): Run => ({
      startedAt,
      endedAt: startedAt + 1,
      outcome: 'complete',
      seen: 9,
      fresh: 2,
      flagged: 1,
      setAside: { 'no-match': 6, 'own-post': 1 },
      fault: null,
      ...more,
    });
    await store.write('runs', async (tx) => {
      const one = await saveProgress(tx, place, noProgress);
      const other = await saveProgress(tx, search, noProgress);
      await addRun(tx, one, run(noon - day));
      await addRun(tx, other, run(noon - hour));
      await addRun(tx, one, run(noon, { outcome: 'failed', fault: { kind: 'gone', message: 'No such feed' } }));
    });
    const all = await store.read('all', (tx) => runsBetween(tx, noon - day, noon + hour));
    expect(all.map(({ watch, startedAt }) => [watch.key, startedAt])).toEqual([
      [place.key, noon - day],
      ['search', noon - hour],
      [place.key, noon],
    ]);
    expect(all[2]).toMatchObject(run(noon, { outcome: 'failed', fault: { kind: 'gone', message: 'No such feed' } }));
    expect(await store.read('between', (tx) => runsBetween(tx, noon - hour, noon))).toMatchObject([run(noon - hour)]);
  });
});

describe('budgets', () => {
  const of = { host: 'api.example', account: null };

  test('no limit is ever passed, in any window, whenever calls are made', async () => {
    const store = await aStore();
    const limits = [
      { requests: 3, perSeconds: 3_600 },
      { requests: 5, perSeconds: 86_400 },
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 * hour }), { maxLength: 30 }),
        fc.string(),
        async (steps, account) => {
          const made: number[] = [];
          let at = noon;
          for (const step of steps) {
            at += step;
            const free = await store.write('reserve', (tx) =>
              reserveCall(tx, { host: 'x.example', account: `run ${account} ${noon}` }, limits, at),
            );
            if (free === null) made.push(at);
            else expect(free).toBeGreaterThan(at);
          }
          for (const { requests, perSeconds } of limits)
            for (const [place, call] of made.entries()) {
              const reached = made[place - requests];
              if (reached !== undefined) expect(call - reached).toBeGreaterThanOrEqual(perSeconds * 1000);
            }
          await store.write('forget', (tx) => tx.deleteFrom('budgets').execute());
        },
      ),
      { numRuns: 40 },
    );
  });

  test('say when the next call may go out, and count by host and account', async () => {
    const store = await aStore();
    const limits = [{ requests: 1, perSeconds: 3_600 }];
    const reserve = (account: string | null, at: number) =>
      store.write('reserve', (tx) => reserveCall(tx, { ...of, account }, limits, at));
    expect(await reserve(null, noon)).toBeNull();
    expect(await reserve(null, noon + 1)).toBe(noon + hour);
    expect(await reserve('second', noon + 1)).toBeNull();
    expect(await reserve(null, noon + hour)).toBeNull();
  });

  test('a host that asks us to wait is left alone for the longest time it named', async () => {
    const store = await aStore();
    const held = (at: number) => store.read('held', (tx) => heldUntil(tx, of, at));
    expect(await held(noon)).toBeNull();
    await store.write('hold', (tx) => holdCalls(tx, of, noon + hour));
    await store.write('hold', (tx) => holdCalls(tx, of, noon + 1));
    expect(await held(noon)).toBe(noon + hour);
    expect(await held(noon + hour)).toBeNull();
  });
});

describe('sessions', () => {
  const of = { source: 'bluesky', account: null };
  const session = { token: 'token-4711', refresh: 'again', until: noon + hour, extra: { did: 'did:plc:1' } };

  test('are read with their key only, and lie encrypted in the file', async () => {
    const store = await aStore();
    const key = store.secretKey();
    await store.write('save', (tx) => saveSession(tx, of, session, key));
    expect(await store.read('read', (tx) => readSession(tx, of, key))).toEqual(session);
    expect(await store.read('read', (tx) => readSession(tx, of, secretKey(store.path, 'another')))).toBeNull();
    expect(await store.read('read', (tx) => readSession(tx, { ...of, account: 'second' }, key))).toBeNull();
    await store.write('move', (tx) => tx.updateTable('sessions').set({ account: 'second' }).execute());
    expect(await store.read('read', (tx) => readSession(tx, { ...of, account: 'second' }, key))).toBeNull();
    await store.write('drop', (tx) => dropSession(tx, { ...of, account: 'second' }));
    const { length } = await store.read('rows', (tx) => tx.selectFrom('sessions').selectAll().execute());
    expect(length).toBe(0);
    await store.write('save', (tx) => saveSession(tx, of, session, key));
    await store.close();
    expect(readFileSync(store.path, 'latin1')).not.toContain('token-4711');
  });

  test('the key is made once, readable by nobody else, and a damaged one is told', () => {
    const path = join(aFolder(), 'earshot.db');
    const key = secretKey(path, null);
    expect(key).toHaveLength(32);
    expect(secretKey(path, null).equals(key)).toBe(true);
    expect(statSync(`${path}.key`).mode & 0o777).toBe(0o600);
    expect(secretKey(path, 'my own').equals(key)).toBe(false);
    chmodSync(`${path}.key`, 0o600);
    writeFileSync(`${path}.key`, 'half a ke');
    expect(() => secretKey(path, null)).toThrow('delete it, and Earshot signs in anew');
  });
});

test('brands: new, renamed, changed, gone and back are told apart', async () => {
  const store = await aStore();
  const blue = { id: 'blue', name: 'Blue Door Coffee', fingerprint: 'b1' };
  const save = (...brands: (typeof blue)[]) => store.write('brands', (tx) => saveBrands(tx, brands, noon));
  const green = { id: 'green', name: 'Green Door', fingerprint: 'g1' };
  expect(await save(blue, green)).toEqual({ fresh: ['green'], renamed: [], changed: [], gone: ['red'] });
  expect(await save(blue, green)).toEqual({ fresh: [], renamed: [], changed: [], gone: [] });
  expect(await save({ ...blue, name: 'Blue Door' }, { ...green, fingerprint: 'g2' })).toEqual({
    fresh: [],
    renamed: [{ id: 'blue', from: 'Blue Door Coffee', to: 'Blue Door' }],
    changed: ['green'],
    gone: [],
  });
  expect(await save(blue, { id: 'red', name: 'Red Door Coffee', fingerprint: 'r2' })).toMatchObject({
    changed: ['red'],
    gone: ['green'],
  });
  expect((await store.read('brands', readBrands)).map(({ id, listed }) => [id, listed])).toEqual([
    ['blue', true],
    ['green', false],
    ['red', true],
  ]);
});

test('ratings: one row for as long as the figure stays', async () => {
  const store = await aStore();
  const rating = (value: number, count: number) => [
    { source: 'app-store', place: 'jp', of: 'blue', rating: { value, scale: 5 }, count },
  ];
  await store.write('a', (tx) => saveRatings(tx, rating(4.5, 10), noon));
  await store.write('b', (tx) => saveRatings(tx, rating(4.5, 10), noon + day));
  await store.write('c', (tx) => saveRatings(tx, rating(4.4, 11), noon + 2 * day));
  const all = await store.read('all', (tx) => ratingsSince(tx, noon));
  expect(all.map(({ rating: { value }, firstSeenAt, lastSeenAt }) => [value, firstSeenAt, lastSeenAt])).toEqual([
    [4.5, noon, noon + day],
    [4.4, noon + 2 * day, noon + 2 * day],
  ]);
});

test('opinions: kept by text, brand, judge and version; the first answer stays', async () => {
  const store = await aStore();
  const opinion = {
    text: 't1',
    brand: 'b1',
    judge: 'precise',
    version: '1',
    numbers: { complaint: 0.9, relevance: null },
  };
  await store.write('save', (tx) =>
    saveOpinions(tx, [opinion, { ...opinion, version: '2' }, { ...opinion, text: 't2' }], noon),
  );
  await store.write('again', (tx) => saveOpinions(tx, [{ ...opinion, numbers: { complaint: 0.1 } }], noon));
  expect(await store.read('on', (tx) => opinionsOn(tx, ['t1', 't3']))).toEqual([opinion, { ...opinion, version: '2' }]);
});
