/** Looks that go well, break off, are stopped or are wronged by ourselves: nothing is lost, and nothing is told of a place that is not so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { dueWatches } from '../../src/daemon/plan.ts';
import { readWatched } from '../../src/daemon/watched.ts';
import { healthSentence, watchState } from '../../src/insight/health.ts';
import { collect } from '../../src/jobs/collect.ts';
import { watchReports } from '../../src/jobs/status.ts';
import type { Post } from '../../src/mention.ts';
import { Fault, Unasked } from '../../src/net/fault.ts';
import type { Page } from '../../src/sources/source.ts';
import type { Store } from '../../src/store/store.ts';
import { trouble } from '../../src/store/trouble.ts';
import { readProgress, watchRow } from '../../src/store/watches.ts';
import type { Watch } from '../../src/watch.ts';
import { aShop, opened, type Shop, said } from '../support/shop.ts';
import { listeningTo, stubSource, stubWatch } from '../support/stub-source.ts';

const hour = 3_600_000;
const day = 24 * hour;
const config = 'timezone: UTC\nbrands:\n  - { name: Blue Door, sources: {} }\n';

const complaint = (id: string) => about(`${id}: I am still waiting for my refund from Blue Door, nobody answers.`, id);
const about = (text: string, externalId: string, more: Partial<Post> = {}) =>
  said(text, { source: 'stub', externalId, ...more });
const heard = async (shop: Shop) => (await shop.list({ pile: 'all' })).map((row) => row.post.externalId).sort();
const progressOf = async ({ store }: App, watch = stubWatch()) =>
  (await store.read('test', (tx) => readProgress(tx, [watchRow(watch)])))[0];

/** A store whose writes of that label fail so many times. */
function failing(store: Store, label: string, error: () => unknown, times = 1): Store {
  let left = times;
  return {
    ...store,
    write: (name, change) => {
      if (name !== label || left === 0) return store.write(name, change);
      left -= 1;
      return Promise.reject(error());
    },
  };
}

describe('where the next look goes on from', () => {
  test('a look with --since that leaves days out is no reason to skip them later', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    const publishedAt = shop.clock.now() + 5 * day;
    const source = stubSource('newest-first', ({ since }) => {
      const there = publishedAt >= since && publishedAt <= shop.clock.now();
      return [{ posts: there ? [{ ...complaint('after five days'), publishedAt }] : [] }];
    });
    const tools = listeningTo(app, source);
    await collect(tools, { watches: tools.watches });
    const { markAt } = (await progressOf(tools)) ?? {};
    shop.clock.advance(10 * day);
    await collect(tools, { watches: tools.watches, since: shop.clock.now() - day });
    expect(await heard(shop)).toEqual([]);
    await collect(tools, { watches: tools.watches });
    expect(source.asked.at(-1)?.since).toBe(markAt);
    expect(await heard(shop)).toEqual(['after five days']);
  });

  test('a first look with --since leaves the real first look to come', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    const source = stubSource('newest-first', () => [{ posts: [] }]);
    const tools = listeningTo(app, source);
    await collect(tools, { watches: tools.watches, since: shop.clock.now() - day });
    await collect(tools, { watches: tools.watches });
    await collect(tools, { watches: tools.watches });
    const since = shop.clock.now() - 30 * day;
    expect(source.asked.map((one) => one.since)).toEqual([shop.clock.now() - day, since, shop.clock.now()]);
  });
});

describe('a place that is read the oldest first', () => {
  /** Pages numbered from 1, each with one complaint. */
  const mailbox = (pages: number, until = pages) =>
    stubSource('oldest-first', async function* ({ position }): AsyncIterable<Page> {
      for (let number = Number(position ?? 0) + 1; number <= pages; number += 1) {
        if (number > until) throw new Fault('unreachable', 'It went away.');
        yield { posts: [complaint(`page ${number}`)], position: String(number) };
      }
    });

  test('goes on behind the last page that was kept, also when the first look broke off', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    const first = mailbox(4, 2);
    await collect(listeningTo(app, first), { watches: [stubWatch()] });
    const second = mailbox(4);
    const [run] = await collect(listeningTo(app, second), { watches: [stubWatch()] });
    expect(second.asked[0]).toMatchObject({ position: '2', since: shop.clock.now() - 30 * day });
    expect(run).toMatchObject({ outcome: 'complete', seen: 2, fresh: 2 });
    expect(await heard(shop)).toEqual(['page 1', 'page 2', 'page 3', 'page 4']);
  });

  test.each([
    ['the database could not take', () => trouble('busy', 'earshot.db')],
    ['we stumbled over', () => new TypeError('x is not iterable')],
  ])('never steps over a page that %s', async (_, error) => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    const tools = listeningTo(app, mailbox(3));
    const broken = { ...tools, store: failing(app.store, 'a page', error) };
    await collect(broken, { watches: [stubWatch()] }).catch(() => null);
    expect((await progressOf(app))?.position).toBeNull();
    await collect(broken, { watches: [stubWatch()] });
    expect((await progressOf(app))?.position).toBe('3');
    expect(await heard(shop)).toEqual(['page 1', 'page 2', 'page 3']);
  });

  test('does not lose what lies before a --since', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    await collect(listeningTo(app, mailbox(1)), { watches: [stubWatch()] });
    shop.clock.advance(10 * day);
    const latest = stubSource('oldest-first', () => [{ posts: [], position: '9' }]);
    await collect(listeningTo(app, latest), { watches: [stubWatch()], since: shop.clock.now() - day });
    expect((await progressOf(app))?.position).toBe('1');
  });
});

test('posts without a date count as said when they were first seen, also beside an old one that has one', async () => {
  const shop = aShop();
  const { app } = await opened(shop, config);
  const publishedAt = Date.parse('2020-03-01T12:00:00Z');
  const posts = [complaint('one'), { ...complaint('two'), publishedAt }, complaint('three')];
  const undated = posts.map((post, index) => (index === 1 ? post : { ...post, publishedAt: null }));
  const tools = listeningTo(
    app,
    stubSource('unordered', () => [{ posts: undated }]),
  );
  const first = shop.clock.now();
  await collect(tools, { watches: tools.watches });
  expect((await progressOf(app))?.lastNewAt).toBe(first);
  shop.clock.advance(2 * day);
  await collect(tools, { watches: tools.watches });
  expect((await progressOf(app))?.lastNewAt).toBe(first);
});

describe('a place in trouble', () => {
  test('is still in trouble, and since then, after we stopped a look at it', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    let mood: 'well' | 'blind' = 'well';
    const source = stubSource('newest-first', async function* ({ signal }): AsyncIterable<Page> {
      if (mood === 'blind') throw new Fault('not-allowed', 'It wants a password.');
      yield { posts: [] };
      signal.throwIfAborted();
    });
    const tools = listeningTo(app, source);
    await collect(tools, { watches: tools.watches });
    shop.clock.advance(hour);
    mood = 'blind';
    await collect(tools, { watches: tools.watches });
    const before = await progressOf(app);
    shop.clock.advance(3 * day);
    mood = 'well';
    const stopped = { ...tools, signal: AbortSignal.abort(new Error('asked to stop')) };
    const [run] = await collect(stopped, { watches: tools.watches });
    expect(run).toMatchObject({ outcome: 'cut-short', fault: null });
    expect(await progressOf(app)).toEqual(before);
    const [report] = await watchReports(tools);
    expect(report && watchState(report, shop.clock.now())).toBe('blind');
    await collect(tools, { watches: tools.watches });
    expect((await progressOf(app))?.fault).toBeNull();
  });

  test('is not told of what nobody asked because of it; that comes first the next time, and is heard', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    const hangs = stubWatch({ key: 'stub.example/hangs', at: 'hangs' });
    const well = stubWatch({ key: 'stub.example/well', at: 'well' });
    let silent = false;
    const source = stubSource('newest-first', ({ at }) => {
      if (silent && at === 'well') throw new Unasked('unreachable', 'Not asked.');
      silent ||= at === 'hangs';
      if (at === 'hangs') throw new Fault('unreachable', 'stub.example did not finish its answer within 20 seconds.');
      return [{ posts: [] }];
    });
    const tools = listeningTo(app, source, [hangs, well]);
    const outcomes = async () => {
      silent = false;
      return (await collect(tools, { watches: tools.watches })).map(({ watch, outcome }) => [watch, outcome]);
    };
    expect(await outcomes()).toEqual([
      ['stub stub.example/hangs', 'failed'],
      ['stub stub.example/well', 'failed'],
    ]);
    const [, report] = await watchReports(tools);
    expect(report && watchState(report, shop.clock.now())).toBe('never-worked');
    expect(report && healthSentence(report, shop.clock.now(), 'UTC')).toBe(
      'could not look yet: another address of its site does not answer; Earshot tries again by itself',
    );
    expect(dueWatches(await readWatched(tools), shop.clock.now() + hour, 'UTC')).toEqual([well, hangs]);
    expect(await outcomes()).toEqual([
      ['stub stub.example/hangs', 'failed'],
      ['stub stub.example/well', 'complete'],
    ]);
  });

  test('a mistake of ours is told as ours, by where it happened and not by what was thrown', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    const told: unknown[] = [];
    const log = { ...app.log, error: (...words: unknown[]) => void told.push(words) };
    const secret = 'I am Ana Diaz\n    at ana (/home/src/diary.ts:7:1)\nand waited an hour at Blue Door';
    const source = stubSource('newest-first', ({ at }) => {
      if (at === 'fine') return [{ posts: [complaint('1')] }];
      throw new SyntaxError(secret);
    });
    const watches = [stubWatch(), stubWatch({ key: 'fine', at: 'fine' })];
    const tools = { ...listeningTo(app, source, watches), log };
    const runs = await collect(tools, { watches });
    expect(runs).toMatchObject([
      {
        outcome: 'failed',
        fault: { kind: 'mistake', message: expect.stringMatching(/a mistake of its own.*SyntaxError/) },
      },
      { outcome: 'complete', fault: null },
    ]);
    const [report] = await watchReports(tools);
    const sentence = report ? healthSentence(report, shop.clock.now(), 'UTC') : '';
    expect(sentence).toMatch(/Earshot made a mistake of its own/);
    const everywhere =
      JSON.stringify([runs, told, report]) + readFileSync(join(shop.folder, 'earshot.db-wal'), 'latin1');
    expect(everywhere).not.toMatch(/Diaz|diary/);
    expect(everywhere).toMatch(/SyntaxError/);
  });

  test('a page that we stumble over costs that page, and the look is recorded', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    const store = failing(app.store, 'the end of a look', () => new TypeError('x is not iterable'));
    const source = stubSource('newest-first', () => [{ posts: [complaint('1')] }, { posts: [complaint('2')] }]);
    const [run] = await collect({ ...listeningTo(app, source), store }, { watches: [stubWatch()] });
    expect(run).toMatchObject({ outcome: 'cut-short', seen: 1, fresh: 1, fault: { kind: 'mistake' } });
    expect((await progressOf(app))?.markAt).toBeNull();
  });
});

describe('trouble with the database', () => {
  test('is thrown as what it is; no place is blamed, and what the other looks kept stays', async () => {
    const shop = aShop();
    const { app } = await opened(shop, config);
    const places = (count: number): Watch[] =>
      Array.from({ length: count }, (_, index) => stubWatch({ key: `place ${index}`, at: index }));
    const source = stubSource('newest-first', ({ at }) => [{ posts: [complaint(`at ${at}`)] }]);
    const full = trouble('full', 'earshot.db');
    const store = failing(app.store, 'the end of a look', () => full);
    const watches = places(20);
    await expect(collect({ ...listeningTo(app, source, watches), store }, { watches })).rejects.toBe(full);
    const [first, second, last] = await app.store.read('test', (tx) =>
      readProgress(
        tx,
        [watches[0], watches[1], watches[19]].flatMap((one) => (one ? watchRow(one) : [])),
      ),
    );
    expect(first).toMatchObject({ fault: null, lastTriedAt: null });
    expect(second).toMatchObject({ fault: null, lastGoodAt: shop.clock.now() });
    // Not begun any more: what it would have brought could not be kept either.
    expect(last?.lastTriedAt).toBeNull();
    expect(await heard(shop)).toContain('at 1');
  });
});

test('a dry run reads and judges, and leaves nothing', async () => {
  const shop = aShop();
  const { app } = await opened(shop, config);
  const source = stubSource('oldest-first', () =>
    [1, 2].map((n) => ({ posts: [complaint(`${n}`)], position: `${n}` })),
  );
  const [run] = await collect(listeningTo(app, source), { watches: [stubWatch()], dryRun: true });
  expect(run).toMatchObject({ outcome: 'complete', seen: 2, fresh: 2, flagged: 2 });
  expect(await heard(shop)).toEqual([]);
  expect((await progressOf(app))?.lastTriedAt).toBeNull();
});

test('what stands there again with other words is counted as read', async () => {
  const shop = aShop();
  const { app } = await opened(shop, config);
  const tools = listeningTo(
    app,
    stubSource('unordered', () => [{ posts: [complaint('1')], repeated: 2 }]),
  );
  expect(await collect(tools, { watches: tools.watches })).toMatchObject([{ seen: 3, fresh: 1 }]);
});

test('an author’s edit that takes our name out is followed', async () => {
  const shop = aShop();
  const { app } = await opened(shop, config);
  let text = 'Still waiting for my refund from Blue Door, nobody answers.';
  const source = stubSource('newest-first', () => [{ posts: [about(text, '1')] }]);
  const tools = listeningTo(app, source);
  await collect(tools, { watches: tools.watches });
  expect(await shop.list()).toHaveLength(1);
  text = 'All sorted now, thank you.';
  await collect(tools, { watches: tools.watches });
  expect(await shop.list()).toHaveLength(0);
});
