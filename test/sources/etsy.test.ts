/** What is particular to Etsy: two halves of a key, the purchase's number in place of the review's, and its refusals. */
import { expect, test } from 'vitest';
import { etsy } from '../../src/sources/etsy.ts';
import { fixture, path, review } from '../fixtures/etsy/fixture.ts';
import type { Reply, Route } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const read = (route: Route, since?: string) =>
  readSource(etsy, { ...fixture, ...(since && { since }), routes: () => ({ [path]: route }) });
const page = (results: readonly object[], count = 1000): Reply => ({ json: { count, results } });
const full = (from: number) => page(Array.from({ length: 100 }, (_, index) => review(from + index)));

test('a review keeps its stars, its words, its edit and the purchase it belongs to; its key goes in two halves', async () => {
  const { posts, requests } = await readSource(etsy, fixture);
  expect(posts[1]).toEqual({
    source: 'etsy',
    externalId: '4242 90071992547409931',
    url: 'https://www.etsy.com/listing/1234567890#reviews',
    author: { handle: null, name: null, url: null, followers: null },
    title: null,
    text: 'The cup came broken & nobody answers.\nStill waiting.',
    language: 'en',
    publishedAt: 1_795_075_200_000,
    editedAt: 1_795_078_800_000,
    rating: { value: 2, scale: 5 },
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  });
  expect(requests[0]?.headers['x-api-key']).toBe('invented:hidden');
});

test('it goes on page by page to the end, not behind what is old, nor along a page that comes again', async () => {
  const whole = await read([full(0), page([review(200)])]);
  expect([whole.posts.length, whole.requests.map(({ query }) => query.get('offset'))]).toEqual([101, [null, '100']]);
  const old = await read(full(0), '2026-11-20T00:00:00Z');
  expect(old.requests).toHaveLength(1);
  const again = await read(full(0));
  expect([again.posts.length, again.requests.length]).toEqual([100, 2]);
  let from = -100;
  const endless = await read(() => {
    from += 100;
    return page((full(from).json as { results: object[] }).results, 100_000);
  });
  expect([endless.requests.length, endless.pages.at(-1)?.capped]).toEqual([20, true]);
});

const refusal = (status: number, error: string): Reply => ({ status, json: { error } });
test.each<[string, Reply, string, RegExp]>([
  [
    'that half of the key is missing',
    refusal(403, 'Shared secret is required in x-api-key header.'),
    'not-allowed',
    /ETSY_SHARED_SECRET/,
  ],
  ['that the key is unknown', refusal(401, 'Invalid API key'), 'not-allowed', /ETSY_KEYSTRING/],
  ['that there is no such shop', refusal(404, 'Could not find a shop for shop_id = 4242'), 'gone', /4242/],
  ['reviews without a purchase', page([{ ...review(1), transaction_id: null }]), 'garbled', /transaction_id/],
])('where Etsy says %s', async (_, reply, kind, words) => {
  const { faults } = await read(reply);
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  expect(faults[0]?.message).toMatch(words);
});
