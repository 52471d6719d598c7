/** What is particular to Apple's feed of reviews: its odd pages, its missing dates, and the lookup beside it. */
import { expect, test } from 'vitest';
import { appStore } from '../../src/sources/app-store.ts';
import { fixture } from '../fixtures/app-store/fixture.ts';
import type { Reply } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const label = (text: string) => ({ label: text });
const review = (id: string, more: object = {}) => ({
  id: label(id),
  'im:rating': label('2'),
  title: label('Slow'),
  content: label('It takes for ever to load.'),
  ...more,
});
const feedOf = (...entry: object[]): Reply => ({ json: { feed: { entry } } });
const lookup = { json: { results: [{ averageUserRating: 3.9, userRatingCount: 412 }] } };
const pageOf = (country: string, page: number) =>
  `/${country}/rss/customerreviews/page=${page}/id=1234567890/sortby=mostrecent/json`;
const nothing = { json: { feed: {} } };

test('a review keeps its stars, its country, its last edit and its author; the app’s own entry is left out', async () => {
  const read = await readSource(appStore, fixture);
  expect(read.posts[0]).toEqual({
    source: 'app-store',
    externalId: '90071992547409931234',
    url: 'https://apps.apple.com/us/app/id1234567890?see-all=reviews',
    author: {
      handle: '70010001',
      name: 'Mira T.',
      url: 'https://itunes.apple.com/us/reviews/id70010001',
      followers: null,
    },
    title: 'Charged twice',
    text: 'The app took my money twice for one flat white.\nNobody answers my mails & I am still waiting.',
    language: null,
    publishedAt: Date.parse('2026-11-20T06:15:07Z'),
    editedAt: null,
    rating: { value: 1, scale: 5 },
    engagement: { likes: 4, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: 'us',
  });
  expect(read.posts.at(-1)).toMatchObject({ externalId: '11500000005', text: '', publishedAt: null });
  expect(read.ratings).toEqual([{ place: 'us', rating: { value: 3.9, scale: 5 }, count: 412 }]);
});

test('two empty pages in a row are the end, one is a hole; the feed’s own links are never followed', async () => {
  const read = await readSource(appStore, {
    options: fixture.options,
    routes: () => ({
      [pageOf('us', 1)]: feedOf(review('1')),
      [pageOf('us', 3)]: feedOf(review('2')),
      '/us/rss/*': nothing,
      '/lookup': lookup,
    }),
  });
  expect(read.posts.map(({ externalId }) => externalId)).toEqual(['1', '2']);
  expect(read.requests.map(({ path }) => path)).toEqual([
    ...[1, 2, 3, 4, 5].map((page) => pageOf('us', page)),
    '/lookup',
  ]);
});

test('an entry alone is a list of one, and one that does not parse costs only itself', async () => {
  const read = await readSource(appStore, {
    options: fixture.options,
    routes: () => ({
      [pageOf('us', 1)]: { json: { feed: { entry: review('1') } } },
      [pageOf('us', 2)]: feedOf(review('2', { id: {} }), review('3', { 'im:rating': label('a lot') }), review('4')),
      '/us/rss/*': nothing,
      '/lookup': lookup,
    }),
  });
  expect(read.posts.map(({ externalId }) => externalId)).toEqual(['1', '4']);
  expect(read.unreadable).toEqual([
    'feed.entry.0: id.label is missing',
    'feed.entry.1: im:rating.label is not as expected',
  ]);
});

test('a server that gives the same page for every number is read once; a page that is not there is the end', async () => {
  const options = (url: string) => ({ app: 1234567890, countries: ['us', 'JP'], baseUrl: url });
  const read = await readSource(appStore, {
    options,
    routes: () => ({ '/us/rss/*': feedOf(review('1')), [pageOf('jp', 1)]: feedOf(review('2')), '/lookup': lookup }),
  });
  expect(read.looks.map(({ key, certain }) => [key, certain])).toEqual([
    ['1234567890 us', true],
    ['1234567890 jp', true],
  ]);
  expect(read.posts.map(({ externalId, place }) => [externalId, place])).toEqual([
    ['1', 'us'],
    ['2', 'jp'],
  ]);
  expect(read.faults).toEqual([]);
});

test('it stops behind the last look, and says so when Apple’s ten pages were not enough', async () => {
  const dated = (id: string, date: string) => review(id, { updated: label(date) });
  const old = await readSource(appStore, {
    options: fixture.options,
    since: '2026-11-01',
    routes: () => ({
      [pageOf('us', 1)]: feedOf(dated('1', '2026-10-02T00:00:00-07:00'), dated('2', '2026-10-01T00:00:00-07:00')),
      '/lookup': lookup,
    }),
  });
  expect(old.requests).toHaveLength(2);
  const endless = await readSource(appStore, {
    options: fixture.options,
    routes: () => ({ '/us/rss/*': ({ path }) => feedOf(review(path.replace(/\D+/g, ''))), '/lookup': lookup }),
  });
  expect(endless.posts).toHaveLength(10);
  expect(endless.pages.map(({ capped }) => capped ?? false)).toEqual([...Array(9).fill(false), true, false]);
});

test('a number that no app has is a mistake in the config; a rating that fails does not cost the reviews', async () => {
  const unknown = await readSource(appStore, {
    options: fixture.options,
    routes: () => ({ '/us/rss/*': nothing, '/lookup': { json: { resultCount: 0, results: [] } } }),
  });
  expect(unknown.faults.map(({ kind }) => kind)).toEqual(['gone']);
  expect(unknown.faults[0]?.message).toContain('1234567890');
  const unrated = await readSource(appStore, {
    options: fixture.options,
    routes: () => ({ [pageOf('us', 1)]: feedOf(review('1')), '/us/rss/*': nothing }),
  });
  expect(unrated.posts).toHaveLength(1);
  expect(unrated.faults).toEqual([]);
  expect(unrated.notes).toEqual(['The reviews were read, but the overall rating could not be.']);
});

test('a page of which nothing parses is a changed platform, and says what is missing without a word of the reviews', async () => {
  const read = await readSource(appStore, {
    options: fixture.options,
    routes: () => ({ '/us/rss/*': feedOf(review('1', { id: 1 }), review('2', { id: 2 })), '/lookup': lookup }),
  });
  expect(read.faults.map(({ kind }) => kind)).toEqual(['garbled']);
  expect(read.faults[0]?.message).toContain('feed.entry.0: id');
  expect(read.faults[0]?.message).not.toContain('for ever');
});
