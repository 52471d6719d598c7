/** What is particular to Reddit's API: an app that signs in, comments without words to search for, deletions, and its refusals. */
import { expect, test } from 'vitest';
import { barePost } from '../../src/mention.ts';
import { redditApi } from '../../src/sources/reddit-api.ts';
import { fixture, listing, signedIn } from '../fixtures/reddit-api/fixture.ts';
import type { Reply, Route, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import { recheckSource } from '../support/recheck-source.ts';

const second = Date.parse('2026-11-19T08:00:00Z') / 1000;
const thing = (name: string, more: object = {}) => ({
  kind: 't3',
  data: { name, subreddit: 'leeds', author: 'ana', title: 'Blue Door', selftext: 'cold', created_utc: second, ...more },
});
const read = (search: Route, more: { since?: string; routes?: Routes } = {}) =>
  readSource(redditApi, {
    options: (url) => ({ baseUrl: url }),
    ...(fixture.secrets && { secrets: fixture.secrets }),
    ...(more.since && { since: more.since }),
    routes: () => ({ 'POST /api/v1/access_token': signedIn, '/search': search, ...more.routes }),
  });

test('a post keeps its words, its edit and its counts; a comment its thread; what was removed is gone', async () => {
  const { posts, pages } = await readSource(redditApi, fixture);
  expect(posts[0]).toEqual({
    source: 'reddit-api',
    externalId: 't3_9007199254740993',
    url: 'https://www.reddit.com/r/Leeds/comments/9007199254740993/blue_door_coffee_charged_me_twice/',
    author: { handle: 'mira_t', name: null, url: 'https://www.reddit.com/user/mira_t', followers: null },
    title: 'Blue Door Coffee charged me twice',
    text: 'Two flat whites & a cake, **paid twice**. See https://photos.example/receipt.',
    language: null,
    publishedAt: 1_795_075_200_000,
    editedAt: 1_795_078_800_000,
    rating: null,
    engagement: { likes: 12, reposts: 1, replies: 4, views: null },
    links: ['https://photos.example/receipt'],
    origin: null,
    parentId: null,
    threadId: null,
    place: 'r/Leeds',
  });
  expect(posts[1]).toMatchObject({ author: { handle: null, url: null }, links: ['https://blog.example/blue-door'] });
  expect(posts[2]).toMatchObject({ title: 'Where to go in Leeds?', parentId: 't1_c0', threadId: 't3_q1' });
  expect(posts[3]).toMatchObject({
    text: 'Same here & the cake was < average',
    url: 'https://www.reddit.com/r/coffee/comments/q1/_/c2/',
    publishedAt: 1_795_075_200_500,
    editedAt: null,
  });
  expect(pages.flatMap(({ gone }) => gone ?? []).map(({ externalId }) => externalId)).toEqual(['t3_gone']);
});

test('the app signs in with its ID and secret, and asks with what it got', async () => {
  const { requests } = await readSource(redditApi, fixture);
  expect(requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('app:invented').toString('base64')}`);
  expect(new URLSearchParams(requests[0]?.body).get('grant_type')).toBe('client_credentials');
  expect(new Set(requests.slice(1).map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer invented']));
  const search = requests.find(({ path }) => path === '/search');
  expect(search?.query.get('q')).toBe('"Blue Door Coffee" OR "Blue Door Café" OR "bluedoor.example"');
});

test('it goes on behind an empty page, but not along a mark that comes again, nor behind what is old', async () => {
  const holes = await read([listing([], 't3_a'), listing([thing('t3_b')])]);
  expect([holes.posts.length, holes.requests.length]).toEqual([1, 3]);
  const again = await read(listing([thing('t3_b')], 't3_b'));
  expect([again.posts.length, again.requests.length]).toEqual([1, 3]);
  const old = await read(listing([thing('t3_b')], 't3_b'), { since: '2026-11-20T00:00:00Z' });
  expect(old.requests).toHaveLength(2);
  let number = 0;
  const endless = await read(() => listing([thing(`t3_${++number}`)], `t3_${number}`));
  expect([endless.requests.length, endless.pages.at(-1)?.capped]).toEqual([11, true]);
});

test('stored posts are asked for by a hundred: edited ones come anew, those deleted or missing are gone', async () => {
  const stored = Array.from({ length: 101 }, (_, index) => barePost('reddit-api', 'x', { externalId: `t3_${index}` }));
  const there = stored.slice(2).map(({ externalId }) => thing(externalId, { selftext: 'paid back' }));
  const { posts, gone, requests } = await recheckSource(
    redditApi,
    (url) => ({ baseUrl: url }),
    stored,
    {
      '/api/info': ({ query }) =>
        listing(
          [thing('t3_0', { selftext: '[deleted]' }), ...there].filter(({ data }) =>
            query.get('id')?.split(',').includes(data.name),
          ),
        ),
    },
    { session: { token: 'invented', until: 0 } },
  );
  expect(requests.map(({ query }) => query.get('id')?.split(',').length)).toEqual([100, 1]);
  expect([posts.length, posts[0]?.text]).toEqual([99, 'paid back']);
  expect(gone).toEqual(['t3_0', 't3_1']);
});

test.each<[string, Reply, string, RegExp]>([
  [
    'that the app is unknown',
    { status: 401, json: { message: 'Unauthorized', error: 401 } },
    'not-allowed',
    /REDDIT_CLIENT_ID/,
  ],
  ['that the app may not', { status: 403, json: { message: 'Forbidden', error: 403 } }, 'not-allowed', /access/],
  [
    'that a subreddit is private',
    { status: 403, json: { reason: 'private', message: 'Forbidden', error: 403 } },
    'gone',
    /private/,
  ],
  [
    'that there is no such subreddit',
    { status: 404, json: { message: 'Not Found', error: 404 } },
    'gone',
    /subreddits/,
  ],
  ['“too many” with a 200', { json: { message: 'Too Many Requests', error: 429 } }, 'slow-down', /fewer/],
  ['what has no name any more', listing([thing('x')]), 'garbled', /name/],
])('where Reddit says %s', async (_, reply, kind, words) => {
  const { faults } = await read(reply);
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  expect(faults[0]?.message).toMatch(words);
});

test('an ID with the wrong secret, and an app of the wrong kind, are told at the door', async () => {
  const door = (reply: Reply) => read(listing([]), { routes: { 'POST /api/v1/access_token': reply } });
  const wrong = await door({ status: 401, json: { message: 'Unauthorized', error: 401 } });
  expect(wrong.faults).toMatchObject([
    { kind: 'not-allowed', message: expect.stringContaining('REDDIT_CLIENT_SECRET') },
  ]);
  const kind = await door({ json: { error: 'unsupported_grant_type' } });
  expect(kind.faults).toMatchObject([{ kind: 'not-allowed', message: expect.stringContaining('script') }]);
});
