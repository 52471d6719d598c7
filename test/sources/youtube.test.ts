/** What is particular to YouTube: two budgets, what a search leaves out, comments with their replies, and its ways to say no. */
import { describe, expect, test } from 'vitest';
import { youtube } from '../../src/sources/youtube.ts';
import { fixture, other, own } from '../fixtures/youtube/fixture.ts';
import type { Answering, Reply, Routes } from '../support/loopback.ts';
import { type Reading, readSource } from '../support/read-source.ts';

const api = '/youtube/v3';
const list = (items: readonly object[], nextPageToken?: string): Reply => ({ json: { items, nextPageToken } });
const found = (videoId: string) => ({
  id: { videoId },
  snippet: { title: videoId, publishedAt: '2026-11-19T10:00:00Z' },
});
const thread = (id: string, publishedAt = '2026-11-18T20:00:00Z') => ({
  id,
  snippet: { totalReplyCount: 0, topLevelComment: { id, snippet: { textOriginal: `Comment ${id}`, publishedAt } } },
});
const only = (options: object, routes: Routes, more: Partial<Reading> = {}) =>
  readSource(youtube, {
    options: (url) => ({ ...options, baseUrl: url }),
    routes: () => ({ [`${api}/*`]: list([]), ...routes }),
    secrets: { key: 'invented' },
    ...more,
  });

test('a video found is asked for in full: its whole words, its counts, and who follows its channel', async () => {
  const read = await readSource(youtube, fixture);
  expect(read.posts[0]).toEqual({
    source: 'youtube',
    externalId: 'bdReview001',
    url: 'https://www.youtube.com/watch?v=bdReview001',
    author: {
      handle: '@leedseats',
      name: 'Leeds Eats',
      url: 'https://www.youtube.com/channel/UCleeds00000000000000000',
      followers: 15400,
    },
    title: "Blue Door Coffee & its queue 'live'",
    text: 'We waited forty minutes for two flat whites, and one of them was cold.\n\nTheir menu: https://bluedoor.example/menu.',
    language: 'en',
    publishedAt: Date.parse('2026-11-19T10:00:00Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: 812, reposts: null, replies: 64, views: 120345 },
    links: ['https://bluedoor.example/menu'],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  });
  // Not given in full: what the search said stands, with its entities decoded.
  expect(read.posts[1]).toMatchObject({
    title: 'Is Blue Door Coffee a 1 < 2 place?',
    text: 'Cakes first.',
    author: { name: "Nobody's Kitchen", handle: null, followers: null },
  });
});

test('all names make one question of the hundred, from the last look on', async () => {
  const read = await readSource(youtube, fixture);
  const searches = read.requests.filter(({ path }) => path.endsWith('/search'));
  expect(searches).toHaveLength(1);
  expect(Object.fromEntries(searches[0]?.query ?? [])).toMatchObject({
    q: '"Blue Door Coffee"|"Blue Door Café"|"bluedoor.example"',
    order: 'date',
    type: 'video',
    publishedAfter: '2026-10-21T00:00:00.000Z',
    key: 'invented',
  });
});

test('comments of the own channel come with all their replies, each once, and are about the brand by where they stand', async () => {
  const read = await readSource(youtube, fixture);
  const comments = read.posts.filter(({ place }) => place === 'comments');
  expect(
    comments.map(({ externalId, parentId, threadId }) => [externalId.slice(-3), parentId, threadId?.slice(-4)]),
  ).toEqual([
    ['234', 'bdOwnVideo1', '1234'],
    ['nly', null, 'Only'],
    ['.r1', 'Ugx90071992547409931234', '1234'],
    ['.r2', 'Ugx90071992547409931234', '1234'],
  ]);
  expect(comments[0]).toMatchObject({
    url: 'https://www.youtube.com/watch?v=bdOwnVideo1&lc=Ugx90071992547409931234',
    text: 'Still no refund *after* three weeks. a < b',
    author: { handle: '@ana.f', name: '@ana.f' },
    editedAt: Date.parse('2026-11-18T21:00:00Z'),
    engagement: { likes: 9, replies: 2 },
  });
  expect(comments[1]).toMatchObject({ url: null, editedAt: null });
  expect(read.looks.map(({ scope, certain }) => [scope, certain])).toEqual([
    ['brand', undefined],
    ['brand', true],
    ['place', undefined],
  ]);
});

test('new videos of a channel are heard without a key, under the same id as in a search', async () => {
  const read = await only({ channels: [other] }, fixture.routes(''), { secrets: {} });
  expect(read.posts).toMatchObject([
    { externalId: 'yorkVideo01', title: 'Blue Door Coffee comes to York', links: ['https://bluedoor.example/york'] },
  ]);
  expect(read.requests.map(({ path, query }) => [path, query.get('channel_id')])).toEqual([
    ['/feeds/videos.xml', other],
  ]);
});

test('what wants a key says so, and asks nothing without it', async () => {
  const read = await only({ search: true, ownChannels: [own] }, {}, { secrets: {} });
  expect(read.faults.map(({ kind, message }) => [kind, /YOUTUBE_API_KEY/.test(message)])).toEqual([
    ['not-allowed', true],
    ['not-allowed', true],
  ]);
  expect(read.requests).toEqual([]);
  expect(youtube.options.safeParse({}).success, 'nobody can say what to hear but the owner').toBe(false);
});

test('an empty page in the middle is passed, a token that comes again is the end, and three searches are the most', async () => {
  const pages: Answering = ({ query }) =>
    ({ a: list([], 'b'), b: list([found('two')], 'a') })[query.get('pageToken') ?? ''] ?? list([found('one')], 'a');
  const read = await only({ search: true }, { [`${api}/search`]: pages });
  expect(read.posts.map(({ externalId }) => externalId)).toEqual(['one', 'two']);
  let next = 0;
  const endless: Answering = () => {
    next += 1;
    return list([found(`v${next}`)], `t${next}`);
  };
  const capped = await only({ search: true }, { [`${api}/search`]: endless });
  expect(capped.pages.map((page) => page.capped)).toEqual([false, false, true]);
});

test('comments are read back to the last look', async () => {
  const pages: Answering = ({ query }) =>
    query.has('pageToken') ? list([thread('old', '2026-09-01T00:00:00Z')], 'more') : list([thread('new')], 'next');
  const read = await only({ ownChannels: [own] }, { [`${api}/commentThreads`]: pages });
  expect(read.requests).toHaveLength(2);
});

describe('its ways to say no', () => {
  const refusal = (status: number, reason: string, message = 'No.'): Routes => ({
    [`${api}/*`]: {
      status,
      json: { error: { code: status, message, errors: [{ message, domain: 'youtube', reason }] } },
    },
    [`${api}/search`]: {
      status,
      json: { error: { code: status, message, errors: [{ message, domain: 'youtube', reason }] } },
    },
  });
  const faultOf = async (routes: Routes) => (await only({ search: true }, routes)).faults[0];

  test('a day that is used up begins anew at midnight in California', async () => {
    const fault = await faultOf(refusal(403, 'quotaExceeded', 'You have exceeded your <a href="/">quota</a>.'));
    expect(fault).toMatchObject({ kind: 'slow-down', retryAt: Date.parse('2026-11-21T08:00:00Z') });
    expect(fault?.message).not.toContain('<');
  });

  test.each([
    [429, 'rateLimitExceeded', 'slow-down'],
    [400, 'keyInvalid', 'not-allowed'],
    [403, 'accessNotConfigured', 'not-allowed'],
    [403, 'ipRefererBlocked', 'not-allowed'],
    [403, 'commentsDisabled', 'gone'],
    [404, 'channelNotFound', 'gone'],
  ])('%i %s', async (status, reason, kind) => {
    const fault = await faultOf(refusal(status, reason));
    expect(fault?.kind).toBe(kind);
    expect(fault?.message).not.toContain('invented');
  });

  test('a wrong key that only its message tells', async () => {
    const fault = await faultOf(refusal(400, 'badRequest', 'API key not valid. Please pass a valid API key.'));
    expect(fault).toMatchObject({ kind: 'not-allowed', message: /YOUTUBE_API_KEY/ });
  });
});
