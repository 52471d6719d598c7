/** Feeds are asked as their publishers wish: when their rest is over, where they have moved to, and no more once they are gone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Incoming } from '../../src/net/request.ts';
import { statedRestMs, unhurriedRestMs } from '../../src/net/rest.ts';
import type { Validators } from '../../src/watch.ts';
import { fakeClock } from '../support/clock.ts';
import { loopback } from '../support/loopback.ts';
import { visitOf } from './visit-of.ts';

const minute = 60_000;
const hour = 60 * minute;
const sy = 'http://purl.org/rss/1.0/modules/syndication/';
const feed = (said = '') =>
  `<rss version="2.0" xmlns:sy="${sy}"><channel><title>Town talk</title>${said}<item><title>One</title></item></channel></rss>`;

/** Looks at a feed of a far site each minute until it is asked a second time. */
async function restOf(body: string, headers: Record<string, string> = {}, status = 200): Promise<number> {
  const clock = fakeClock();
  let asked = 0;
  const send = async ({ url }: { url: URL }): Promise<Incoming> => {
    asked += 1;
    return { status: asked === 1 ? 200 : status, url, headers, body: Buffer.from(body) };
  };
  let validators: Validators = {};
  const begun = clock.now();
  const look = async () => {
    const visit = visitOf({ clock, send }, { validators });
    const answer = await visit.http.feed('https://blog.example/feed', { unhurried: true });
    if (asked > 0 && visit.waited()) expect(answer).toBeNull();
    validators = visit.validators();
  };
  await look();
  while (asked < 2 && clock.now() < begun + 48 * hour) {
    clock.advance(minute);
    await look();
  }
  return Math.round((clock.now() - begun) / minute);
}

test('a publisher’s rest is kept, by whatever it is told; a quarter of an hour at least, a day at most', async () => {
  // A minute early is in time: ticks come to the minute.
  expect(await restOf(feed())).toBe(14);
  expect(await restOf(feed(), { 'cache-control': 'no-cache, max-age=9999' })).toBe(14);
  expect(await restOf(feed(), { 'cache-control': 'public, s-maxage=99999, max-age=7200' })).toBe(119);
  expect(await restOf(feed(), { 'cache-control': 'max-age=7200', age: '3600' })).toBe(59);
  expect(await restOf(feed('<ttl>60</ttl>'))).toBe(59);
  expect(
    await restOf(feed('<sy:updatePeriod> hourly </sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>')),
  ).toBe(29);
  expect(await restOf(feed('<sy:updatePeriod>weekly</sy:updatePeriod>'))).toBe(24 * 60 - 1);
  expect(await restOf(feed('<ttl>20</ttl>'), { 'cache-control': 'max-age=3600' }), 'the longest counts').toBe(59);
});

test('whatever is said, nobody rests for less than a quarter of an hour or for more than a day', () => {
  const anyNumber = fc.oneof(fc.double(), fc.integer(), fc.constant(undefined));
  const period = fc.option(fc.constantFrom('hourly', 'DAILY', 'weekly', 'monthly', 'yearly', 'never'), {
    nil: undefined,
  });
  fc.assert(
    fc.property(
      anyNumber,
      period,
      anyNumber,
      fc.string(),
      fc.string(),
      (ttl, updatePeriod, updateFrequency, control, age) => {
        const sy = { ...(updatePeriod && { updatePeriod }), ...(updateFrequency !== undefined && { updateFrequency }) };
        const restMs = statedRestMs({ ttl, sy });
        const rest = unhurriedRestMs({ headers: { 'cache-control': control, age }, restMs, ours: false });
        expect(rest).toBeGreaterThanOrEqual(15 * minute);
        expect(rest).toBeLessThanOrEqual(24 * hour);
      },
    ),
  );
});

test('what the feed itself said still holds behind a "nothing has changed"', async () => {
  const server = await loopback({
    '/feed': ({ headers }) =>
      headers['if-none-match'] === '"1"' ? { status: 304 } : { body: feed('<ttl>60</ttl>'), headers: { etag: '"1"' } },
  });
  const clock = fakeClock();
  let validators: Validators = {};
  for (const _ of Array(9)) {
    const visit = visitOf({ clock }, { validators });
    await visit.http.feed(`${server.url}/feed`, { unhurried: true });
    validators = visit.validators();
    clock.advance(30 * minute);
  }
  expect(server.requests).toHaveLength(5);
});

/** Looks one after the other, each with what the last one left; the addresses that each asked. */
async function looks(
  server: { url: string; requests: readonly { path: string }[] },
  count: number,
  from: Validators = {},
) {
  const paths: string[][] = [];
  const outcomes: (number | string)[] = [];
  let validators = from;
  for (const _ of Array(count)) {
    const before = server.requests.length;
    const visit = visitOf({}, { validators });
    try {
      const answer = await visit.http.feedOrPage(`${server.url}/old`, { unhurried: true });
      outcomes.push(answer && 'items' in answer.body ? answer.body.items.length : 0);
    } catch (error) {
      outcomes.push(String(error));
    }
    validators = visit.validators();
    paths.push(server.requests.slice(before).map(({ path }) => path));
  }
  return { paths, outcomes, validators };
}

test('a feed that has moved for good is asked at its new address once two answers in a row said so', async () => {
  const moved = { status: 301, headers: { location: '/new' } };
  const server = await loopback({ '/old': moved, '/new': feed() });
  const { paths, outcomes, validators } = await looks(server, 4);
  expect(paths).toEqual([['/old', '/new'], ['/old', '/new'], ['/new'], ['/new']]);
  expect(outcomes).toEqual([1, 1, 1, 1]);

  // The new address is no good any more, and the old one has it again.
  server.route({ '/old': feed(), '/new': { status: 404 } });
  expect((await looks(server, 2, validators)).paths).toEqual([['/new', '/old'], ['/old']]);
});

test('one answer alone, or a redirect for the time being, moves nothing; a password stays where it is', async () => {
  const server = await loopback({
    '/old': [
      { status: 308, headers: { location: '/new' } },
      { status: 302, headers: { location: '/new' } },
      { status: 308, headers: { location: '/new' } },
      feed(),
    ],
    '/new': feed(),
  });
  expect((await looks(server, 5)).paths.map(([first]) => first)).toEqual(Array(5).fill('/old'));

  const [old, there] = [await loopback(), await loopback({ '/feed': feed() })];
  old.route({ '/feed': { status: 301, headers: { location: `${there.url}/feed` } } });
  let validators: Validators = {};
  for (const _ of Array(3)) {
    const visit = visitOf({}, { validators });
    await visit.http.feed(`http://ana:s3cret@${old.host}/feed`, { unhurried: true });
    validators = visit.validators();
  }
  expect(old.requests).toHaveLength(3);
  expect(there.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined, undefined]);
});

test('addresses that moved to each other are no endless way', async () => {
  const server = await loopback({ '/old': { status: 301, headers: { location: '/new' } }, '/new': feed() });
  const there = await looks(server, 3);
  server.route({ '/old': feed(), '/new': { status: 301, headers: { location: '/old' } } });
  const back = await looks(server, 4, there.validators);
  expect(back.outcomes).toEqual([1, 1, 1, 1]);
  expect(back.paths.at(-1)).toEqual(['/old']);
});

test('what is gone for good is told, and never asked for again', async () => {
  const server = await loopback({ '/old': { status: 410 } });
  const { paths, outcomes } = await looks(server, 3);
  expect(paths).toEqual([['/old'], [], []]);
  for (const outcome of outcomes) expect(outcome).toMatch(/gone for good.*no longer asks.*Take it out of your config/);
});
