/** What is particular to Discourse: one reading for all brands, paging by number, members' forums and their keys, search as a choice. */
import { expect, test } from 'vitest';
import { discourse } from '../../src/sources/discourse.ts';
import { fixture } from '../fixtures/discourse/fixture.ts';
import type { Received, Reply } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import { answer } from '../support/source-fixture.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const file = (name: string) =>
  answer({ ...import.meta, url: new URL('../fixtures/discourse/', import.meta.url).href }, name);
const terms = { names: ['Blue Door Coffee'], handles: [], domains: [] };

const post = (id: number, created = '2026-11-19T08:00:00.000Z') => ({
  id,
  username: 'ana',
  created_at: created,
  cooked: '<p>Blue Door Coffee</p>',
  post_number: 1,
  topic_id: 7,
});
const latest = (...ids: number[]): Reply => ({ json: { latest_posts: ids.map((id) => post(id)) } });

test('a post of a forum: plain text, topic, thread, likes, and links that lead out of the forum', async () => {
  const read = await readSource(discourse, { ...fixture, prefix: '/community' });
  expect(read.posts[0]).toEqual({
    source: 'discourse',
    externalId: `${read.url}/p/9007199254740993`,
    url: `${read.url}/t/coffee---cake-in-leeds/11/3`,
    author: { handle: 'ana.p', name: 'Ana P.', url: `${read.url}/u/ana.p`, followers: null },
    title: 'Coffee & cake in Leeds',
    text: expect.stringMatching(/Blue Door Coffee & I are done: their page is no help\.\nAsk @tomk\.$/),
    language: null,
    publishedAt: Date.parse('2026-11-19T20:10:07.971Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: 6, reposts: null, replies: 1, views: 41 },
    links: ['https://bluedoor.example/help'],
    origin: null,
    parentId: `${read.url}/t/11/2`,
    threadId: `${read.url}/t/11`,
    place: read.url.replace('http://', ''),
  });
  expect(read.posts[1]).toMatchObject({
    author: { name: null },
    editedAt: Date.parse('2026-11-19T19:30:00Z'),
    engagement: { likes: 0 },
    parentId: `${read.url}/t/11/1`,
  });
  expect(read.pages[0]?.gone).toEqual([{ source: 'discourse', externalId: `${read.url}/p/213` }]);
});

test('a forum is a place, read once for all brands, page by page until the end', async () => {
  const read = await readSource(discourse, fixture);
  expect(read.looks).toMatchObject([{ key: read.url, scope: 'place' }]);
  expect(read.requests.map(({ target }) => target)).toEqual([
    '/posts.json',
    '/posts.json?before=211',
    '/posts.json?before=210',
  ]);
});

test.each([
  ['counts the number itself in', (before: number) => [3, 2, 1].filter((id) => id <= before)],
  ['leaves it out', (before: number) => [3, 2, 1].filter((id) => id < before)],
])('a forum that %s is read to its end', async (_, older) => {
  const read = await readSource(discourse, {
    options: fixture.options,
    routes: () => ({
      '/posts.json': ({ query }) => {
        const before = query.get('before');
        return before === null ? latest(5, 4, 3) : latest(...older(Number(before)));
      },
    }),
  });
  expect(new Set(read.posts.map(({ externalId }) => externalId.split('/').at(-1)))).toEqual(
    new Set(['5', '4', '3', '2', '1']),
  );
  expect(read.requests.length).toBeLessThanOrEqual(4);
});

test('it stops at a page that is wholly too old; where a busy forum goes on for ever, it says that it stopped', async () => {
  const busy = (created: (page: number) => string) => {
    let page = 0;
    return () => {
      page += 1;
      const from = 10_000 - page * 2;
      return { json: { latest_posts: [post(from + 1, created(page)), post(from, created(page))] } };
    };
  };
  const reading = async (created: (page: number) => string) => {
    const read = await readSource(discourse, {
      options: fixture.options,
      routes: () => ({ '/posts.json': busy(created) }),
    });
    return read.pages.map(({ capped }) => capped);
  };
  expect(await reading((page) => (page === 1 ? '2026-11-19T00:00:00Z' : '2026-10-01T00:00:00Z'))).toEqual([
    false,
    false,
  ]);
  expect(await reading(() => '2026-11-19T00:00:00Z')).toEqual([...Array(19).fill(false), true]);
});

test('where the forum is to be searched, each brand has its look and each result is fetched whole', async () => {
  const read = await readSource(discourse, {
    options: (url) => ({ forums: [url], search: true }),
    terms,
    since: '2026-11-01T00:00:00Z',
    routes: () => ({
      '/search.json': file('search.json'),
      '/posts/214.json': file('post-214.json'),
      '/posts/210.json': file('post-210.json'),
    }),
  });
  expect(read.looks).toMatchObject([{ scope: 'brand' }]);
  expect(read.requests[0]?.query.get('q')).toBe('"Blue Door Coffee" order:latest after:2026-10-31');
  expect(read.posts).toMatchObject([
    { title: 'Coffee & cake in Leeds', text: 'I got my refund from Blue Door Coffee.' },
    { title: 'Coffee & cake in Leeds', text: 'Is Blue Door Coffee open on Mondays?' },
  ]);
});

test('a result that is too old is not fetched, one that is gone meanwhile is left out', async () => {
  const read = await readSource(discourse, {
    options: (url) => ({ forums: [url], search: true }),
    terms,
    since: '2026-11-10T00:00:00Z',
    routes: () => ({ '/search.json': file('search.json') }),
  });
  expect(read.requests.map(({ path }) => path)).toEqual(['/search.json', '/posts/214.json']);
  expect(read.posts).toEqual([]);
  expect(read.faults).toEqual([]);
});

test.each<[string, Reply, object]>([
  [
    'is for members',
    { status: 403, json: { errors: ['You need to be logged in.'], error_type: 'not_logged_in' } },
    { kind: 'not-allowed', message: expect.stringContaining('DISCOURSE_API_KEY') },
  ],
  ['leads to its login', { status: 302, headers: { location: '/login' } }, { kind: 'not-allowed' }],
  [
    'wants a wait',
    {
      status: 429,
      json: { errors: ['Too many'], error_type: 'rate_limit', extras: { wait_seconds: 55, time_left: '55 seconds' } },
    },
    { kind: 'slow-down', retryAt: now + 55_000 },
  ],
  [
    'wants a wait in its header',
    { status: 429, headers: { 'retry-after': '90' }, body: 'Slow down, too many requests from this IP' },
    { kind: 'slow-down', retryAt: now + 90_000 },
  ],
  ['is not there', { status: 404, body: 'nothing' }, { kind: 'gone' }],
])('a forum that %s', async (_, reply, fault) => {
  const read = await readSource(discourse, {
    options: fixture.options,
    routes: () => ({ '/posts.json': reply, '/login': { body: '<!doctype html><title>Log in</title>' } }),
  });
  expect(read.faults).toMatchObject([fault]);
});

test('an overloaded search is no empty answer', async () => {
  const read = await readSource(discourse, {
    options: (url) => ({ forums: [url], search: true }),
    terms,
    routes: () => ({
      '/search.json': { json: { posts: [], grouped_search_result: { error: 'The site is under extreme load.' } } },
    }),
  });
  expect(read.faults).toMatchObject([{ kind: 'slow-down' }]);
});

test('the key goes to the forum that it opens, and to no other', async () => {
  const keyed = (requests: readonly Received[]) =>
    requests.map(({ path, headers }) => [path, headers['api-key'] ?? null, headers['api-username'] ?? null]);
  const secrets = { key: 'k1', username: 'ana' };
  const routes = () => ({ '/*': latest() });
  const one = await readSource(discourse, { options: fixture.options, secrets, routes });
  expect(keyed(one.requests)).toEqual([['/posts.json', 'k1', 'ana']]);
  const options = (url: string) => ({ forums: [`${url}/a`, `${url}/b`], keyFor: `${url}/b/` });
  const two = await readSource(discourse, { options, secrets, routes });
  expect(keyed(two.requests)).toEqual([
    ['/a/posts.json', null, null],
    ['/b/posts.json', 'k1', 'ana'],
  ]);
  const none = await readSource(discourse, {
    options: (url) => ({ forums: [`${url}/a`, `${url}/b`] }),
    secrets,
    routes,
  });
  expect(keyed(none.requests).flatMap(([, key]) => key)).toEqual([null, null]);
});
