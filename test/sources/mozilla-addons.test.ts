/** What is particular to Mozilla's add-ons: pages by number, stars in groups, answers of the developers. */
import { expect, test } from 'vitest';
import { mozillaAddons } from '../../src/sources/mozilla-addons.ts';
import { fixture, path } from '../fixtures/mozilla-addons/fixture.ts';
import type { Reply } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const rating = (id: number, more: object = {}) => ({
  id,
  body: 'It eats my battery.',
  created: '2026-11-19T21:10:05Z',
  score: 2,
  user: { name: 'Jonas' },
  ...more,
});
const pageOf = (next: string | null, ...results: readonly object[]): Reply => ({ json: { next, results } });
const read = (byPage: (page: number) => Reply, since = '2026-10-21') =>
  readSource(mozillaAddons, {
    options: fixture.options,
    since,
    routes: () => ({ [path]: ({ query }) => byPage(Number(query.get('page'))) }),
  });

test('a review keeps its stars, its author and its links; the answer to it is not another one', async () => {
  const { posts, ratings } = await readSource(mozillaAddons, fixture);
  expect(posts[0]).toEqual({
    source: 'mozilla-addons',
    externalId: '90071992547409931234',
    url: 'https://addons.mozilla.org/firefox/addon/blue-door-coupons/reviews/90071992547409931234/',
    author: {
      handle: 'anonymous-mira',
      name: 'Mira T.',
      url: 'https://addons.mozilla.org/en-US/firefox/user/17000001/',
      followers: null,
    },
    title: null,
    text: 'Since 4.2 it opens a tab for every coupon & eats my battery.\nSee https://forum.example/t/42.',
    language: null,
    publishedAt: Date.parse('2026-11-19T21:10:05Z'),
    editedAt: null,
    rating: { value: 1, scale: 5 },
    answer: { text: 'Fixed in 4.3, sorry!', at: Date.parse('2026-11-20T06:00:00Z') },
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: ['https://forum.example/t/42'],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  });
  expect(posts.map(({ externalId }) => externalId).slice(1)).toEqual(['2100002', '2100003']);
  expect(ratings).toEqual([{ place: 'blue-door-coupons', rating: { value: 4.2, scale: 5 }, count: 20 }]);
});

test('it asks for reviews with words, page by page, and follows no address', async () => {
  const { requests } = await readSource(mozillaAddons, fixture);
  const common = 'addon=blue-door-coupons&filter=without_empty_body';
  expect(requests.map(({ query }) => `${query}`)).toEqual([
    `${common}&show_grouped_ratings=1&page_size=50&page=1`,
    `${common}&page_size=50&page=2`,
  ]);
});

test('what the developers answered and what was deleted are left out; a review without stars is kept', async () => {
  const { posts } = await read(() =>
    pageOf(null, rating(1, { is_developer_reply: true }), rating(2, { is_deleted: true }), rating(3, { score: null })),
  );
  expect(posts.map((post) => [post.externalId, post.rating])).toEqual([['3', null]]);
});

test('it stops behind the last look, at an empty page, and says so where twenty pages were not enough', async () => {
  const old = await read((page) => pageOf('more', rating(page, { created: '2026-10-01T00:00:00Z' })), '2026-11-01');
  expect(old.requests).toHaveLength(1);
  const empty = await read((page) => (page === 1 ? pageOf('more', rating(1)) : pageOf('more')));
  expect(empty.requests).toHaveLength(2);
  const endless = await read((page) => pageOf('more', rating(page)));
  expect(endless.pages.map(({ capped }) => capped)).toEqual([...Array(19).fill(false), true]);
});

test('a name that no add-on has is a mistake in the config; a lost id or date is a changed platform', async () => {
  const unknown = await read(() => ({ status: 404, json: { detail: 'Not found.' } }));
  expect(unknown.faults.map(({ kind }) => kind)).toEqual(['gone']);
  expect(unknown.faults[0]?.message).toContain('blue-door-coupons');
  for (const lost of ['id', 'created']) {
    const { faults } = await read(() => pageOf(null, rating(1, { [lost]: undefined })));
    expect(faults.map(({ kind, message }) => [kind, message.includes(lost)])).toEqual([['garbled', true]]);
  }
});
