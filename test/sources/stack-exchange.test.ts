/** What is particular to Stack Exchange: two searches, a wait that binds one of them, a day's budget, and errors inside 400s. */
import { expect, test } from 'vitest';
import { stackExchange } from '../../src/sources/stack-exchange.ts';
import { fixture } from '../fixtures/stack-exchange/fixture.ts';
import type { Received, Reply } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const terms = { names: ['Blue Door Coffee'], handles: [], domains: [] };
const question = (id: number) => ({
  question_id: id,
  title: 'Beans',
  body: '<p>Stale.</p>',
  creation_date: 1_795_100_000,
});
const wrapped = (ids: readonly number[], more: object = {}): Reply => ({
  json: { items: ids.map(question), has_more: false, quota_max: 300, quota_remaining: 200, ...more },
});
const nothing = wrapped([]);
const asked = (requests: readonly Received[]) =>
  requests.map(({ path, query }) => `${path.slice(12)} ${query.get('page')}`);

test('questions and answers: whole text, decoded once, with their site in the id', async () => {
  const read = await readSource(stackExchange, { ...fixture, terms });
  expect(read.posts[0]).toEqual({
    source: 'stack-exchange',
    externalId: 'cooking:q9007199254740993',
    url: 'https://cooking.stackexchange.com/questions/9007199254740993/beans',
    author: {
      handle: 'Ana & Co',
      name: 'Ana & Co',
      url: 'https://cooking.stackexchange.com/users/41/x',
      followers: null,
    },
    title: 'Why does Blue Door Coffee\'s "House" blend taste of List<String>?',
    text: expect.stringMatching(/^I bought it from their shop\.\n\na < b\n+Never again\.$/),
    language: null,
    publishedAt: 1_794_990_000_000,
    editedAt: 1_794_991_000_000,
    rating: null,
    engagement: { likes: -1, reposts: null, replies: 2, views: 87 },
    links: ['https://bluedoor.example/beans'],
    origin: null,
    parentId: null,
    threadId: 'cooking:q9007199254740993',
    place: 'cooking',
  });
  expect(read.posts[1]?.author, 'a deleted account').toEqual({
    handle: 'user301',
    name: 'user301',
    url: null,
    followers: null,
  });
  expect(read.posts[2]).toMatchObject({
    externalId: 'cooking:a7001',
    url: 'https://cooking.stackexchange.com/a/7001',
    title: 'Oat milk at Blue Door Coffee',
    text: 'I asked Blue Door Coffee & they never replied.',
    parentId: 'cooking:q502',
    threadId: 'cooking:q502',
    author: { handle: null, name: null },
  });
});

test('it asks as the documents say, with the key where there is one', async () => {
  const read = await readSource(stackExchange, {
    ...fixture,
    terms,
    secrets: { key: 'k1' },
    since: '2026-11-19T00:00:00Z',
  });
  expect(read.requests.map(({ path, query }) => `${path}?${query}`)).toEqual([
    '/2.3/search/advanced?site=cooking&q=%22Blue+Door+Coffee%22&order=desc&sort=creation&fromdate=1795046400&pagesize=100&page=1&filter=withbody&key=k1',
    '/2.3/search/excerpts?site=cooking&q=%22Blue+Door+Coffee%22&order=desc&sort=creation&fromdate=1795046400&pagesize=100&page=1&key=k1',
  ]);
});

test.each([
  ['stackoverflow', 'stackoverflow.com'],
  ['meta.superuser', 'meta.superuser.com'],
  ['es.stackoverflow', 'es.stackoverflow.com'],
  ['mathoverflow', 'mathoverflow.net'],
  ['diy', 'diy.stackexchange.com'],
])('an answer on %s stands on %s', async (site, host) => {
  const item = {
    item_type: 'answer',
    answer_id: 3,
    question_id: 2,
    creation_date: 1_795_100_000,
    title: 'A',
    excerpt: 'B',
  };
  const read = await readSource(stackExchange, {
    options: (url) => ({ sites: [site], baseUrl: url }),
    terms,
    routes: () => ({ '/2.3/search/advanced': nothing, '/2.3/search/excerpts': { json: { items: [item] } } }),
  });
  expect(read.posts.map(({ url }) => url)).toEqual([`https://${host}/a/3`]);
});

test('it reads on while there is more, and marks a gap at its own cap', async () => {
  const read = await readSource(stackExchange, {
    options: fixture.options,
    terms,
    routes: () => ({
      '/2.3/search/advanced': ({ query }) => wrapped([Number(query.get('page'))], { has_more: true }),
      '/2.3/search/excerpts': nothing,
    }),
  });
  expect(read.posts).toHaveLength(10);
  expect(read.pages.map(({ capped }) => capped)).toEqual([...Array(9).fill(false), true, false]);
});

test('a wait binds its method: what came is kept, the other search still runs, and the fault says until when', async () => {
  const read = await readSource(stackExchange, {
    options: fixture.options,
    terms,
    routes: () => ({
      '/2.3/search/advanced': wrapped([1, 2], { has_more: true, backoff: 40.2, quota_remaining: -1 }),
      '/2.3/search/excerpts': nothing,
    }),
  });
  expect(asked(read.requests)).toEqual(['advanced 1', 'excerpts 1']);
  expect(read.posts).toHaveLength(2);
  expect(read.faults).toMatchObject([{ kind: 'slow-down', retryAt: now + 40_200 }]);
});

test('a wait after the last page, and a budget of -1, are no fault', async () => {
  const last = wrapped([1], { backoff: 10, quota_remaining: -1 });
  const read = await readSource(stackExchange, {
    options: fixture.options,
    terms,
    routes: () => ({ '/2.3/search/advanced': last, '/2.3/search/excerpts': nothing }),
  });
  expect(read.faults).toEqual([]);
});

test('a spent budget ends the run until midnight UTC', async () => {
  const spent = wrapped([1], { has_more: true, quota_remaining: 0 });
  const read = await readSource(stackExchange, {
    options: fixture.options,
    terms,
    routes: () => ({ '/2.3/search/*': spent }),
  });
  expect(asked(read.requests)).toEqual(['advanced 1']);
  expect(read.faults).toMatchObject([{ kind: 'slow-down', retryAt: Date.parse('2026-11-21T00:00:00Z') }]);
});

test.each<[string, object, object]>([
  [
    'too many requests',
    {
      error_id: 502,
      error_name: 'throttle_violation',
      error_message: 'too many requests from this IP, more requests available in 46472 seconds',
    },
    { kind: 'slow-down', retryAt: now + 46_472_000 },
  ],
  [
    'a site that does not exist',
    { error_id: 400, error_name: 'bad_parameter', error_message: 'No site found for name `cokking`' },
    { kind: 'gone', message: expect.stringContaining('cooking') },
  ],
  [
    'a key it does not know',
    { error_id: 400, error_name: 'bad_parameter', error_message: '`key` doesn’t match a known application' },
    { kind: 'not-allowed', message: expect.stringContaining('STACK_EXCHANGE_KEY') },
  ],
  ['no entry', { error_id: 403, error_name: 'access_denied', error_message: 'no' }, { kind: 'not-allowed' }],
  [
    'that it is out of order',
    { error_id: 503, error_name: 'temporarily_unavailable', error_message: 'try later' },
    { kind: 'unreachable' },
  ],
  ['something new', { error_id: 499, error_name: 'never_heard_of', error_message: '?' }, { kind: 'garbled' }],
])('inside a 400: %s', async (_, json, fault) => {
  const read = await readSource(stackExchange, {
    options: fixture.options,
    terms,
    routes: () => ({ '/2.3/search/*': { status: 400, json } }),
  });
  expect(read.faults).toMatchObject([fault]);
});

test('a question that does not parse costs only itself', async () => {
  const items = [question(1), { ...question(2), creation_date: 'yesterday' }];
  const read = await readSource(stackExchange, {
    options: fixture.options,
    terms,
    routes: () => ({ '/2.3/search/advanced': { json: { items } }, '/2.3/search/excerpts': nothing }),
  });
  expect(read.posts).toHaveLength(1);
  expect(read.unreadable).toEqual(['items.1: creation_date is not as expected']);
});
