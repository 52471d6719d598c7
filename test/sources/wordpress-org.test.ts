/** What is particular to WordPress.org: stars in the title, paragraphs that nobody wrote, thirty reviews and no more. */
import { expect, test } from 'vitest';
import { wordpressOrg } from '../../src/sources/wordpress-org.ts';
import { feedPath, fixture, infoPath } from '../fixtures/wordpress-org/fixture.ts';
import type { Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const item = (id: number, inside = '') =>
  `<item><guid>https://wordpress.org/support/topic/t-${id}/</guid><title>T (3 stars)</title>${inside}` +
  '<pubDate>Thu, 19 Nov 2026 14:22:10 +0000</pubDate><description>words</description></item>';
const feedOf = (...items: readonly string[]) =>
  `<rss version="2.0"><channel><title>Reviews</title>${items.join('')}</channel></rss>`;
const read = (routes: Routes, options: object = {}) =>
  readSource(wordpressOrg, {
    options: (url) => ({ plugins: ['blue-door-bookings'], baseUrl: url, ...options }),
    routes: () => routes,
  });

test('a review keeps its stars, its replies and its words, without the paragraphs that stand before them', async () => {
  const { posts, ratings, requests } = await readSource(wordpressOrg, fixture);
  expect(posts[0]).toEqual({
    source: 'wordpress-org',
    externalId: 'https://wordpress.org/support/topic/broke-my-site-90071992547409931234/',
    url: 'https://wordpress.org/support/topic/broke-my-site-90071992547409931234/',
    author: { handle: null, name: 'mirat', url: null, followers: null },
    title: 'Broke my site & nobody answers',
    text: 'Since the last update every booking is doubled.\n\nSee here – no answer for a week.',
    language: null,
    publishedAt: Date.parse('2026-11-19T14:22:10Z'),
    editedAt: null,
    rating: { value: 1, scale: 5 },
    engagement: { likes: null, reposts: null, replies: 2, views: null },
    links: ['https://forum.example/t/42'],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  });
  expect(posts[1]).toMatchObject({ title: 'Great (really)', rating: { value: 5, scale: 5 } });
  expect(ratings).toEqual([{ place: 'blue-door-bookings', rating: { value: 4.1, scale: 5 }, count: 143 }]);
  expect(requests.map(({ path }) => path)).toEqual([feedPath, infoPath]);
  expect(`${requests[1]?.query}`).toBe('action=plugin_information&request%5Bslug%5D=blue-door-bookings');
});

test('plugins and themes are looked at one by one, and one of them must be named', async () => {
  const options = wordpressOrg.options.parse({ plugins: ['b', 'b'], themes: ['b'] });
  const looks = wordpressOrg.looks(options, { names: [], handles: [], domains: [] });
  expect(looks.map(({ key, certain }) => [key, certain])).toEqual([
    ['plugin b', true],
    ['theme b', true],
  ]);
  expect(wordpressOrg.options.safeParse({}).success).toBe(false);
  const theme = await read({ '/support/theme/door/reviews/feed/': feedOf(item(1)) }, { plugins: [], themes: ['door'] });
  expect(theme.posts).toHaveLength(1);
  expect(theme.requests.at(-1)?.path).toBe('/themes/info/1.2/');
});

test('stars that the title lost stand in the text; words about stars are not a rating', async () => {
  const inText = item(1).replace(' (3 stars)', '').replace('words', '<![CDATA[<p>Rating: 2 stars</p><p>Slow.</p>]]>');
  const neither = item(2).replace('(3 stars)', '(12 stars)').replace('words', 'Rating: 1 stars, I say');
  const { posts } = await read({ [feedPath]: feedOf(inText, neither) });
  expect(posts.map(({ rating, text }) => [rating?.value ?? null, text])).toEqual([
    [2, 'Slow.'],
    [null, 'Rating: 1 stars, I say'],
  ]);
});

test('thirty new reviews may not have been all: that is a gap', async () => {
  const many = (count: number) => feedOf(...Array.from({ length: count }, (_, index) => item(index)));
  const cappedOf = async (count: number) =>
    (await read({ [feedPath]: many(count) })).pages.map(({ capped }) => capped ?? false);
  expect(await cappedOf(30)).toEqual([true, false]);
  expect(await cappedOf(29)).toEqual([false, false]);
});

test('a name that no plugin has is a mistake in the config; a page for people is no feed; lost ids are told', async () => {
  const unknown = await read({ [feedPath]: { status: 404, body: '<!doctype html><title>Not found</title>' } });
  expect(unknown.faults.map(({ kind }) => kind)).toEqual(['gone']);
  expect(unknown.faults[0]?.message).toContain('blue-door-bookings');
  const challenge = await read({ [feedPath]: '<!doctype html><html><head><title>Checking</title></head></html>' });
  expect(challenge.faults.map(({ kind }) => kind)).toEqual(['blocked']);
  const changed = await read({ [feedPath]: feedOf(item(1).replace(/<guid>.*<\/guid>/, '')) });
  expect(changed.faults.map(({ kind }) => kind)).toEqual(['garbled']);
});

test('stars that cannot be read do not cost the reviews, and none are no stars', async () => {
  const without = await read({ [feedPath]: feedOf(item(1)), [infoPath]: { json: { error: 'Plugin not found.' } } });
  expect([without.posts.length, without.faults]).toEqual([1, []]);
  expect(without.notes).toEqual(['The reviews were read, but the overall rating could not be.']);
  const unrated = await read({ [feedPath]: feedOf(item(1)), [infoPath]: { json: { rating: 0, num_ratings: 0 } } });
  expect([unrated.ratings, unrated.notes]).toEqual([[], []]);
});
