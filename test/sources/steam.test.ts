/** What is particular to Steam: its question in numbers, BBCode, thumbs, cursors that repeat and pages with nothing in them. */
import { expect, test } from 'vitest';
import { steam } from '../../src/sources/steam.ts';
import { asked, fixture, path } from '../fixtures/steam/fixture.ts';
import type { Reply } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const newest = 1_795_160_000;
const review = (id: number, more: object = {}) => ({
  recommendationid: String(id),
  author: { steamid: '76561190000000009' },
  language: 'english',
  review: 'It crashes at the second cup.',
  timestamp_created: newest,
  timestamp_updated: newest,
  voted_up: false,
  ...more,
});
const pageOf = (reviews: readonly object[], cursor: string | undefined, total = 1000): Reply => ({
  json: { response: { query_summary: { total_reviews: total }, reviews, cursor, total_matching: total } },
});
/** Answers by cursor. */
const read = (byCursor: (cursor: unknown) => Reply, since = '2026-10-21') =>
  readSource(steam, {
    options: fixture.options,
    since,
    routes: () => ({ [path]: (request) => byCursor(asked(request).cursor) }),
  });

test('a review keeps its thumb, its language, its edit and the number of its author; BBCode becomes plain text', async () => {
  const { posts, ratings } = await readSource(steam, fixture);
  expect(posts[0]).toEqual({
    source: 'steam',
    externalId: '18446744073709551614',
    url: 'https://steamcommunity.com/profiles/76561190000000001/recommended/1234560/',
    author: {
      handle: '76561190000000001',
      name: null,
      url: 'https://steamcommunity.com/profiles/76561190000000001',
      followers: null,
    },
    title: null,
    text: 'Charged twice\nI paid for the Blue Door pack twice & support is silent [sic].\n\n• no refund\n• no answer\n\nSee the thread.',
    language: 'en',
    publishedAt: 1_795_000_000_000,
    editedAt: 1_795_150_000_000,
    rating: { value: 0, scale: 1 },
    answer: { text: 'We are looking into it.', at: 1_795_140_000_000 },
    engagement: { likes: 12, reposts: null, replies: 3, views: null },
    links: ['https://forum.example/t/42'],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  });
  expect(posts.map(({ language, rating }) => [language, rating?.value])).toEqual([
    ['en', 0],
    ['pt', 1],
    ['zh', 1],
  ]);
  expect(ratings).toEqual([{ place: 'app 1234560', rating: { value: 67, scale: 100 }, count: 3 }]);
});

test('it asks in numbers, for all languages and purchases, and goes on along the cursor as it came', async () => {
  const { requests, looks } = await readSource(steam, fixture);
  expect(looks.map(({ key, certain }) => [key, certain])).toEqual([['app 1234560', true]]);
  expect(requests.map(asked)).toMatchObject([
    { appid: 1234560, filter: 2, languages: ['all'], review_type: 0, purchase_type: 1, cursor: '*' },
    { num_per_page: 100, filter_offtopic_activity: false, cursor: 'AoJwop++/5YDdOvi6QU=' },
  ]);
});

test('it stops at the first page on which all was last edited before the last look', async () => {
  const old = { timestamp_created: newest - 9_000_000, timestamp_updated: newest - 8_000_000 };
  const pages = await read(
    (cursor) => (cursor === '*' ? pageOf([review(1), review(2, old)], 'b') : pageOf([review(3, old)], 'c')),
    '2026-11-01',
  );
  expect(pages.posts.map(({ externalId }) => externalId)).toEqual(['1', '2', '3']);
  expect(pages.pages.map(({ capped }) => capped)).toEqual([false, false]);
});

test('an empty page is asked for again, until three have brought nothing; then it says what is missing', async () => {
  const first = await read((cursor) => (cursor === '*' ? pageOf([review(1)], 'b', 2) : pageOf([], 'b', 2)));
  expect(first.requests.map((request) => asked(request).cursor)).toEqual(['*', 'b', 'b', 'b']);
  expect(first.notes).toEqual(['Steam gave only 1 of 2 reviews this time.']);
  const answers = [pageOf([], '*', 2), pageOf([review(1)], 'b', 2), pageOf([], 'c', 2), pageOf([review(2)], 'd', 2)];
  const holes = await readSource(steam, { options: fixture.options, routes: () => ({ [path]: answers }) });
  expect(holes.posts.map(({ externalId }) => externalId)).toEqual(['1', '2']);
  expect(holes.notes).toEqual([]);
});

test('a cursor that comes again is not followed, and what lies behind it is a gap', async () => {
  const { pages, requests } = await read((cursor) => pageOf([review(cursor === '*' ? 1 : 2)], 'b'));
  expect(requests).toHaveLength(2);
  expect(pages.map(({ capped }) => capped)).toEqual([false, true]);
  const without = await read(() => pageOf([review(1)], undefined));
  expect(without.pages.map(({ capped }) => capped)).toEqual([true]);
});

test('it says so when thirty pages were not enough', async () => {
  const { pages, posts } = await read((cursor) =>
    pageOf([review(Number(cursor) || 0)], `${(Number(cursor) || 0) + 1}`),
  );
  expect(posts).toHaveLength(30);
  expect(pages.map(({ capped }) => capped)).toEqual([...Array(29).fill(false), true]);
});

test('a number that no app has is a mistake in the config; an app without a review is none', async () => {
  const unknown = await read(() => ({ json: { response: {} } }));
  expect(unknown.faults.map(({ kind }) => kind)).toEqual(['gone']);
  expect(unknown.faults[0]?.message).toContain('1234560');
  const unrated = await read(() => pageOf([], '*', 0));
  expect([unrated.faults, unrated.ratings, unrated.requests.length]).toEqual([[], [], 1]);
});

test('the store front in place of data is a fault, and so are reviews without a thumb', async () => {
  const front = await read(() => ({
    headers: { 'content-type': 'text/html' },
    body: '<!doctype html><html><head><title>Welcome</title></head></html>',
  }));
  expect(front.faults.map(({ kind }) => kind)).toEqual(['garbled']);
  const changed = await read(() => pageOf([review(1, { voted_up: undefined })], 'b'));
  expect(changed.faults.map(({ kind }) => kind)).toEqual(['garbled']);
  expect(changed.faults[0]?.message).toContain('voted_up');
});
