/** How far a look has come: nothing is lost when it is cut short, nothing is asked for twice when it was not. */
import { describe, expect, test } from 'vitest';
import { loopback, type Reply } from '../support/loopback.ts';
import { house } from './house.ts';
import { hashtag, reading, statuses } from './statuses.ts';

const name = 'Blue Door Coffee';
const minuteMs = 60_000;
const dayMs = 86_400_000;

describe('a look that is cut short', () => {
  test('at page 3 by a 429 keeps its posts and leaves the mark; the next one gets all', async () => {
    let slow = true;
    const all = statuses(200, { newest: '2026-11-20T05:00:00Z' });
    const server = await loopback(
      hashtag(
        () => all,
        (page) => (slow && page === 3 ? { status: 429, headers: { 'retry-after': '120' } } : undefined),
      ),
    );
    const here = house();
    here.settle([{ name, sources: reading(server.url) }]);

    const [cut] = await here.collect();
    expect([cut?.outcome, cut?.seen, cut?.fresh, cut?.fault?.kind]).toEqual(['cut-short', 80, 80, 'slow-down']);
    expect(await here.mentions()).toHaveLength(80);
    const [slowed] = await here.places();
    expect(slowed?.sentence).toBe('not heard yet: slowed down until 08:02, then goes on by itself');

    slow = false;
    here.clock.advance(2 * minuteMs);
    const [whole] = await here.collect();
    expect([whole?.outcome, whole?.seen, whole?.fresh, whole?.fault]).toEqual(['complete', 200, 120, null]);
    expect(await here.mentions()).toHaveLength(200);

    const before = server.requests.length;
    here.clock.advance(3 * 60 * minuteMs);
    const [later] = await here.collect();
    expect([later?.outcome, later?.fresh]).toEqual(['complete', 0]);
    expect(
      server.requests.slice(before).filter(({ path }) => path.includes('tag')),
      'one page tells that nothing is new',
    ).toHaveLength(1);
  });

  test('after a complete one goes on from the old mark, however long ago that was', async () => {
    let broken = false;
    let all = statuses(30, { first: 1000, newest: '2026-11-20T07:59:00Z' });
    const server = await loopback(
      hashtag(
        () => all,
        (page) => (broken && page === 2 ? '[{ "id": "9' : undefined),
      ),
    );
    const here = house();
    here.settle([{ name, sources: reading(server.url) }]);
    await here.collect();

    all = [...statuses(90, { first: 2000, newest: '2026-11-25T08:00:00Z' }), ...all];
    broken = true;
    here.clock.advance(5 * dayMs);
    const [cut] = await here.collect();
    expect([cut?.outcome, cut?.fresh, cut?.fault?.kind]).toEqual(['cut-short', 40, 'garbled']);
    broken = false;
    here.clock.advance(minuteMs);
    const [whole] = await here.collect();
    expect([whole?.outcome, whole?.fresh]).toEqual(['complete', 50]);
    expect(await here.mentions()).toHaveLength(120);
  });

  test('at the most that a platform gives is complete with a gap, and status tells it', async () => {
    const server = await loopback(hashtag(() => statuses(1100)));
    const here = house();
    here.settle([{ name, sources: reading(server.url) }]);
    const [run] = await here.collect();
    expect([run?.outcome, run?.seen]).toEqual(['complete', 1000]);
    const [place] = await here.places();
    expect(place?.sentence).toBe(
      'heard at 08:00; there was more than it gives at once: posts from before 08:00 may be missing',
    );
  });
});

describe('what a look asks for', () => {
  const feed = (items: string) => `<rss version="2.0"><channel><title>Leeds Eats</title>${items}</channel></rss>`;
  const item = (id: string, text: string) =>
    `<item><guid>urn:x:${id}</guid><title>News</title><description>${text}</description></item>`;

  test('a feed that has not changed says so, and the words of that answer are not asked for again', async () => {
    const body = feed(item('1', 'Blue Door Coffee: cold soup') + item('2', 'Red Lion: warm beer'));
    const server = await loopback({
      '/feed.xml': ({ headers }): Reply =>
        headers['if-none-match'] === '"v1"'
          ? { status: 304, headers: { etag: '"v1"' } }
          : { body, headers: { etag: '"v1"', 'content-type': 'application/rss+xml' } },
    });
    const here = house();
    here.settle([{ name, sources: { feed: { urls: [`${server.url}/feed.xml`] } } }]);
    const validators = () => server.requests.map(({ headers }) => headers['if-none-match'] ?? null);
    expect((await here.collect()).map((run) => [run.outcome, run.seen, run.fresh])).toEqual([['complete', 2, 1]]);
    expect((await here.collect()).map((run) => [run.outcome, run.seen, run.fresh])).toEqual([['complete', 0, 0]]);
    expect(validators()).toEqual([null, '"v1"']);
    expect((await here.places())[0]?.state).toBe('fresh');

    here.settle([{ name, aliases: ['Red Lion'], sources: { feed: { urls: [`${server.url}/feed.xml`] } } }]);
    expect(
      (await here.collect()).map((run) => [run.seen, run.fresh]),
      'other words: read anew',
    ).toEqual([[2, 1]]);
    expect((await here.collect()).map((run) => run.seen)).toEqual([0]);
    expect(
      (await here.collect('--since', '2026-11-01')).map((run) => run.seen),
      '--since: read anew',
    ).toEqual([2]);
    expect(validators()).toEqual([null, '"v1"', null, '"v1"', null]);
  });

  test('a feed that wants rest gets it, and loses nothing by it; one that is gone for good is asked no more', async () => {
    const dated = (id: string, text: string, at: string) =>
      item(id, text).replace('</item>', `<pubDate>${new Date(at).toUTCString()}</pubDate></item>`);
    let body = feed(dated('1', 'Blue Door Coffee: cold soup', '2026-11-20T07:00:00Z'));
    let gone = false;
    const server = await loopback({
      '/feed.xml': (): Reply =>
        gone ? { status: 410 } : { body, headers: { 'cache-control': 'public, max-age=86400' } },
    });
    const here = house();
    here.settle([{ name, sources: { feed: { urls: [`${server.url}/feed.xml`] } } }]);
    const look = async (...more: string[]) => {
      const before = server.requests.length;
      const [run] = await here.collect(...more);
      return [run?.outcome, run?.fresh, server.requests.length - before];
    };
    expect(await look()).toEqual(['complete', 1, 1]);
    // It is shown a day late, and dated as it was written.
    body = feed(dated('2', 'Blue Door Coffee: burnt toast', '2026-11-19T09:00:00Z'));
    for (const _ of Array(3)) {
      here.clock.advance(7 * 3_600_000);
      expect(await look(), 'not yet').toEqual(['complete', 0, 0]);
    }
    here.clock.advance(3 * 3_600_000);
    expect(await look()).toEqual(['complete', 1, 1]);

    gone = true;
    here.clock.advance(25 * 3_600_000);
    expect(await look()).toEqual(['failed', 0, 1]);
    here.clock.advance(25 * 3_600_000);
    expect(await look(), 'asked no more').toEqual(['failed', 0, 0]);
    expect((await here.places())[0]?.fault?.message).toContain('gone for good');
    gone = false;
    expect(await look('--since', '7d'), 'asked once more').toEqual(['complete', 0, 1]);
    here.clock.advance(25 * 3_600_000);
    expect(await look()).toEqual(['complete', 0, 1]);
  });

  test('a search goes on from the last one, less an overlap; --since and other words look back again', async () => {
    const server = await loopback({ '/api/v1/search_by_date': { json: { hits: [], nbPages: 0 } } });
    const here = house();
    const sources = { 'hacker-news': { baseUrl: server.url } };
    here.settle([{ name, sources }]);
    const from = () =>
      new Date(
        1000 * Number(/created_at_i>(\d+)/.exec(server.requests.at(-1)?.query.get('numericFilters') ?? '')?.[1]),
      ).toISOString();
    await here.collect();
    expect(from()).toBe('2026-10-21T08:00:00.000Z');
    here.clock.advance(dayMs);
    await here.collect();
    expect(from()).toBe('2026-11-20T06:00:00.000Z');
    await here.collect('--since', '2026-11-05');
    expect(from()).toBe('2026-11-05T00:00:00.000Z');
    here.settle([{ name, aliases: ['Blue Door'], sources }]);
    await here.collect();
    expect(from()).toBe('2026-10-22T08:00:00.000Z');
  });

  test('--since sets aside what is older, and counts it', async () => {
    const server = await loopback(hashtag(() => statuses(30, { newest: '2026-11-20T07:59:00Z' })));
    const here = house();
    here.settle([{ name, sources: reading(server.url) }]);
    const [run] = await here.collect('--since', '2026-11-20T07:50:00Z');
    expect([run?.seen, run?.fresh, run?.setAside]).toEqual([30, 10, { 'too-old': 20 }]);
  });

  test('--dry-run keeps nothing, not even how far it came', async () => {
    const server = await loopback(hashtag(() => statuses(3)));
    const here = house();
    here.settle([{ name, sources: reading(server.url) }]);
    expect((await here.collect('--dry-run')).map((run) => run.fresh)).toEqual([3]);
    expect(await here.mentions()).toEqual([]);
    expect((await here.places())[0]?.sentence).toBe('not looked yet');
    expect((await here.collect()).map((run) => run.fresh)).toEqual([3]);
  });
});

test('a first look takes what is older than thirty days as history, and starts the clocks of the others now', async () => {
  const fresh = statuses(2, {
    first: 3000,
    newest: '2026-11-12T08:00:00Z',
    text: 'Blue Door Coffee charged me twice. Still waiting for my refund',
  });
  const old = statuses(2, {
    first: 2000,
    newest: '2026-10-11T08:00:00Z',
    text: 'Blue Door Coffee charged me twice. Still waiting for my refund',
  });
  const server = await loopback(hashtag(() => [...fresh, ...old]));
  const here = house();
  here.settle([{ name, sources: reading(server.url) }]);
  const [run] = await here.collect();
  expect([run?.fresh, run?.flagged]).toEqual([4, 2]);
  const mentions = await here.mentions();
  expect(mentions.map((one) => [one.complaint.verdict, one.publishedAt?.slice(0, 10), one.case !== null])).toEqual([
    ['complaint', '2026-11-12', true],
    ['complaint', '2026-11-12', true],
    ['complaint', '2026-10-11', false],
    ['complaint', '2026-10-11', false],
  ]);
  for (const { case: opened } of mentions)
    if (opened)
      expect(Date.parse(opened.dueAt ?? '') - here.clock.now(), 'not late on the first day').toBeGreaterThan(0);
  expect((await here.mentions('--search', 'refund')).length, 'history is there to be searched').toBe(4);
});
