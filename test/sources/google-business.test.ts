/** What is particular to Google Business Profile: places before reviews, Google's translations, rejected answers, and its refusals. */
import { expect, test } from 'vitest';
import { googleBusiness } from '../../src/sources/google-business.ts';
import { fixture, places, reviewsOf, session } from '../fixtures/google-business/fixture.ts';
import type { Reply, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const read = (routes: Routes, more: { since?: string; locations?: readonly string[] } = {}) =>
  readSource(googleBusiness, {
    options: (url) => ({ baseUrl: url, locations: more.locations ?? [] }),
    session,
    routes: () => ({ ...places, [reviewsOf(21)]: '{}', [reviewsOf(22)]: '{}', ...routes }),
    ...(more.since && { since: more.since }),
  });
const review = (reviewId: string, updateTime = '2026-11-19T08:00:00Z') => ({
  reviewId,
  starRating: 'TWO',
  comment: 'Slow.',
  createTime: '2026-11-01T08:00:00Z',
  updateTime,
});
const page = (reviews: readonly object[], nextPageToken?: string): Reply => ({
  json: { reviews, totalReviewCount: 9, ...(nextPageToken && { nextPageToken }) },
});
const refusal = (status: number, message: string, details: object = {}): Reply => ({
  status,
  json: { error: { code: status, message, status: 'NO', details: [details] } },
});

test('a review keeps its stars, its place, its edit and what its author wrote, not what Google made of it', async () => {
  const { posts, ratings, notes } = await readSource(googleBusiness, fixture);
  expect(posts[0]).toEqual({
    source: 'google-business',
    externalId: 'AbFvOqk90071992547409931234',
    url: 'https://business.example/reply/1',
    author: { handle: null, name: 'Mira T.', url: null, followers: null },
    title: null,
    text: 'Vierzig Minuten gewartet, dann kalte Suppe.',
    language: null,
    publishedAt: Date.parse('2026-11-18T12:01:02.123Z'),
    editedAt: Date.parse('2026-11-19T08:00:00Z'),
    rating: { value: 1, scale: 5 },
    engagement: { likes: null, reposts: null, replies: 1, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: 'Blue Door Coffee',
  });
  expect(
    posts.map(({ text, author, rating, url }) => [text, author.name, rating?.value ?? null, url]).slice(1),
  ).toEqual([
    ['', null, 5, 'https://maps.example/?cid=21'],
    ['Goed gebak.', 'Jonas', 3, 'https://maps.example/?cid=21'],
    // The words alone are no sign of a translation.
    [
      '(Translated by Google) is what my phone says of your menu & it is funny.',
      'Lena',
      null,
      'https://maps.example/?cid=21',
    ],
  ]);
  expect(ratings).toEqual([{ place: 'Blue Door Coffee', rating: { value: 4.3, scale: 5 }, count: 87 }]);
  expect(notes).toEqual(['Google has turned down 1 of your answers at Blue Door Coffee.']);
});

test('what was edited comes first; behind what is older it is not asked further, nor along a token that comes again', async () => {
  const turns = [
    page([review('a'), review('b', '2026-11-02T08:00:00Z')], 'p2'),
    page([review('c', '2026-10-02T08:00:00Z')], 'p3'),
  ];
  const { posts, requests } = await read({ [reviewsOf(21)]: turns }, { since: '2026-11-10T00:00:00Z' });
  expect(posts.map(({ externalId }) => externalId)).toEqual(['a', 'b', 'c']);
  const asked = requests.filter(({ path }) => path === reviewsOf(21));
  expect(asked.map(({ query }) => [query.get('orderBy'), query.get('pageToken')])).toEqual([
    ['updateTime desc', null],
    ['updateTime desc', 'p2'],
  ]);
  const again = await read({ [reviewsOf(21)]: [page([review('a')], 'x'), page([], 'x'), page([review('b')], 'x')] });
  expect(again.requests.filter(({ path }) => path === reviewsOf(21))).toHaveLength(2);
});

test('named places alone are read; one that the account does not manage is told', async () => {
  const one = await read({ [reviewsOf(22)]: page([review('k')]) }, { locations: ['22'] });
  expect(one.posts.map(({ place }) => place)).toEqual(['Blue Door Kiosk']);
  expect(one.requests.some(({ path }) => path === reviewsOf(21))).toBe(false);
  const { faults } = await read({}, { locations: ['99'] });
  expect(faults).toMatchObject([{ kind: 'gone', message: expect.stringContaining('does not manage location 99') }]);
  const { notes } = await read({ '/v1/accounts': '{}' });
  expect(notes).toEqual(['The account you connected manages no place on Google.']);
});

test('a name that leads elsewhere becomes no address', async () => {
  const { faults, requests } = await read({ '/v1/accounts': { json: { accounts: [{ name: '../../steal' }] } } });
  expect(faults.map(({ kind }) => kind)).toEqual(['garbled']);
  expect(requests).toHaveLength(1);
});

test.each<[string, Reply, string, RegExp]>([
  [
    'that nobody approved the project',
    refusal(429, 'Quota exceeded', { metadata: { quota_limit_value: '0' } }),
    'not-allowed',
    /not approved/,
  ],
  [
    'that there were too many questions',
    refusal(429, 'Quota exceeded', { metadata: { quota_limit_value: '300' } }),
    'slow-down',
    /slow down/,
  ],
  [
    'that the sign-in is over',
    refusal(401, 'Request had invalid authentication credentials.'),
    'not-allowed',
    /connect google-business/,
  ],
  [
    'that the API is off',
    refusal(403, 'My Business API has not been used in project 1'),
    'not-allowed',
    /not switched on/,
  ],
  [
    'that this account may not',
    refusal(403, 'The caller does not have permission'),
    'not-allowed',
    /manages the place/,
  ],
  ['that the place is not verified', refusal(404, 'Requested entity was not found.'), 'gone', /verified/],
  ['something new', { json: { surprise: true } }, 'garbled', /changed/],
  ['reviews without stars', page([{ reviewId: 'a', comment: 'x' }]), 'garbled', /starRating/],
])('where Google says %s', async (_, reply, kind, words) => {
  const { faults } = await read({ [reviewsOf(21)]: reply });
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  expect(faults[0]?.message).toMatch(words);
});
