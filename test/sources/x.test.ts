/** What is particular to X: both namings, edits with numbers of their own, where to go on from, what it costs, and its refusals. */
import { expect, test } from 'vitest';
import { barePost } from '../../src/mention.ts';
import { x } from '../../src/sources/x.ts';
import { fixture, nothing } from '../fixtures/x/fixture.ts';
import type { Reply, Route } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import { recheckSource } from '../support/recheck-source.ts';

const search = '/2/tweets/search/recent';
const post = (id: string) => ({ id, text: 'Blue Door Coffee', created_at: '2026-11-19T10:00:00.000Z' });
const page = (ids: readonly string[], meta: object = {}): Reply => ({
  json: { data: ids.map(post), meta: { newest_id: ids[0], ...meta } },
});
const read = (route: Route, more: { position?: string; authors?: boolean } = {}) =>
  readSource(x, {
    options: (url) => ({ moneyPerMonth: 10, authors: more.authors ?? true, baseUrl: url }),
    secrets: { bearer: 'invented' },
    ...(more.position && { position: more.position }),
    routes: () => ({ [search]: route }),
  });

test('a post keeps its whole text, its author and its counts, whatever X calls them', async () => {
  const { posts, requests } = await readSource(x, fixture);
  expect(posts[0]).toEqual({
    source: 'x',
    externalId: '1990000000000000001',
    url: 'https://x.com/mira_t/status/1990000000000000001',
    author: { handle: '@mira_t', name: 'Mira T.', url: 'https://x.com/mira_t', followers: 310 },
    title: null,
    text: 'Third time @bluedoorcoffee charged me twice & nobody answers. https://photos.example/receipt I am <done>.',
    language: 'en',
    publishedAt: Date.parse('2026-11-19T10:00:00Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: 7, reposts: 3, replies: 1, views: 900 },
    links: ['https://photos.example/receipt'],
    origin: null,
    parentId: '1989999999999999999',
    threadId: '1989999999999999999',
    place: null,
  });
  // Edited: known by its first number, shown at its last one; who wrote it is gone.
  expect(posts[1]).toMatchObject({
    externalId: '1990000000000000002',
    url: 'https://x.com/i/status/1990000000000000003',
    author: { handle: null },
    language: null,
  });
  expect(posts[2]).toMatchObject({
    text: 'Blue Door Coffee, the long story of my refund.',
    engagement: { reposts: 3 },
    parentId: '6',
  });
  expect(posts[3]?.text).toBe('@bluedoorcoffee are you open today?');
  expect(requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    [search, 'Bearer invented'],
    [search, 'Bearer invented'],
    ['/2/users/4242/mentions', 'Bearer invented'],
  ]);
  expect(requests[0]?.query.get('query')).toBe(
    '("Blue Door Coffee" OR "Blue Door Café" OR @bluedoorcoffee OR url:"bluedoor.example") -is:retweet -from:bluedoorcoffee',
  );
});

test('it goes on from the newest of the first page, and asks so through all pages', async () => {
  const { pages, requests } = await read([page(['9', '8'], { next_token: 'b' }), page(['7'])], { position: '5' });
  expect(pages.map(({ position }) => position)).toEqual(['9', undefined]);
  expect(requests.map(({ query }) => [query.get('since_id'), query.get('next_token')])).toEqual([
    ['5', null],
    ['5', 'b'],
  ]);
  const none = await read(nothing, { position: '5' });
  expect([none.posts, none.pages.map(({ position }) => position)]).toEqual([[], [undefined]]);
});

test('a mark that is older than X looks back is left out; a token that comes again is the end', async () => {
  const tooOld: Reply = {
    status: 400,
    json: {
      errors: [{ parameters: { since_id: ['5'] }, message: "'since_id' must be a tweet id created after 2026-11-13" }],
      title: 'Invalid Request',
      type: 'https://api.x.com/2/problems/invalid-request',
    },
  };
  const old = await read(({ query }) => (query.has('since_id') ? tooOld : page(['9'])), { position: '5' });
  expect([old.posts.length, old.faults]).toEqual([1, []]);
  const again = await read(page(['9'], { next_token: 'x' }));
  expect(again.requests).toHaveLength(2);
});

test('each post and each person is paid for, and near the limit fewer are asked for', async () => {
  const paid: [number, number][] = [];
  const spend = async <Given>(most: number, ask: () => Promise<{ readonly answer: Given; readonly cost: number }>) => {
    const { answer, cost } = await ask();
    paid.push([most, cost]);
    return answer;
  };
  const withPurse = (left: number, authors: boolean) =>
    readSource(x, {
      ...fixture,
      options: (url) => ({ moneyPerMonth: 10, authors, baseUrl: url }),
      purse: { left: async () => left, spend },
    });
  const { requests } = await withPurse(10, true);
  expect(requests.map(({ query }) => query.get('max_results'))).toEqual(['100', '100']);
  expect(paid.map((one) => one.map((sum) => Math.round(sum * 1000)))).toEqual([
    [1500, 20],
    [1500, 5],
  ]);
  const short = await withPurse(0.301, true);
  expect(short.requests[0]?.query.get('max_results')).toBe('20');
  const little = await withPurse(0.001, false);
  // The purse says no to that; X takes no smaller number.
  expect(little.requests[0]?.query.get('max_results')).toBe('10');
  expect(little.requests[0]?.query.has('expansions')).toBe(false);
});

test('stored posts are asked for by their numbers; what X shows no more is gone', async () => {
  const author = { handle: '@mira_t', name: 'Mira', url: null, followers: 3 };
  const stored = ['1', '2', '3', '4'].map((externalId) => barePost('x', 'as it was', { externalId, author }));
  const trouble = (id: string, type: string) => ({
    resource_id: id,
    value: id,
    type: `https://api.x.com/2/problems/${type}`,
  });
  const { posts, gone, requests } = await recheckSource(
    x,
    (url) => ({ moneyPerMonth: 1, baseUrl: url }),
    stored,
    {
      '/2/tweets': {
        json: {
          data: [post('1'), { ...post('2'), edit_history_tweet_ids: ['2', '22'] }],
          errors: [trouble('3', 'resource-not-found'), trouble('4', 'not-authorized-for-resource')],
        },
      },
    },
    { secrets: { bearer: 'invented' } },
  );
  expect(requests[0]?.query.get('ids')).toBe('1,2,3,4');
  expect(posts).toMatchObject([{ externalId: '1', text: 'Blue Door Coffee', author }]);
  expect(gone).toEqual(['3', '4']);
});

const problem = (status: number, type: string, more: object = {}): Reply => ({
  status,
  json: { title: 'No', type: `https://api.x.com/2/problems/${type}`, status, ...more },
});
test.each<[string, Reply, string, RegExp]>([
  ['that it does not know the token', problem(401, 'x', { type: 'about:blank' }), 'not-allowed', /X_BEARER_TOKEN/],
  [
    'that the app may not',
    problem(403, 'client-forbidden', { reason: 'client-not-enrolled' }),
    'not-allowed',
    /project/,
  ],
  ['that the credits are used up', problem(402, 'credits-depleted'), 'slow-down', /credits/],
  ['something new', { json: { surprise: true } }, 'garbled', /changed/],
  ['posts without a text', { json: { data: [{ id: '1' }] } }, 'garbled', /text/],
])('where X says %s', async (_, reply, kind, words) => {
  const { faults } = await read(reply);
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  expect(faults[0]?.message).toMatch(words);
});

test('without a token, it wants to be connected', async () => {
  const { faults, requests } = await readSource(x, { options: fixture.options, routes: () => ({}) });
  expect(faults).toMatchObject([{ kind: 'not-allowed', message: expect.stringContaining('npx earshot connect x') }]);
  expect(requests).toEqual([]);
});
