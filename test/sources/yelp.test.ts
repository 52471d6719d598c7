/** What is particular to Yelp: excerpts that may be kept for a day, times without a zone, and its own words for no. */
import { expect, test } from 'vitest';
import { yelp } from '../../src/sources/yelp.ts';
import { fixture } from '../fixtures/yelp/fixture.ts';
import type { Reply } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

test('a review keeps its words for a day, its stars and its address', async () => {
  const read = await readSource(yelp, fixture);
  expect(yelp.keeps).toEqual({ textForHours: 24 });
  expect(read.posts[0]).toMatchObject({
    externalId: 'bd-90071992547409931234',
    url: expect.stringContaining('hrid=bd-90071992547409931234'),
    author: { name: 'Ana F.', url: 'https://www.yelp.com/user_details?userid=u-1' },
    text: 'We waited forty minutes for two flat whites.\n\nOne of them was cold and nobody...',
    publishedAt: Date.parse('2026-11-18T20:55:57Z'),
    rating: { value: 1, scale: 5 },
  });
  const [request] = read.requests;
  expect([request?.headers.authorization, request?.query.get('sort_by')]).toEqual(['Bearer invented', 'newest']);
});

test('where somebody looks, the overall figure is asked for; without it the reviews have come all the same', async () => {
  const business = '/v3/businesses/blue-door-coffee-leeds';
  const watched = (reply: Reply) =>
    readSource(yelp, {
      ...fixture,
      watched: true,
      routes: (url) => ({ ...fixture.routes(url), [business]: reply }),
    });
  const url = 'https://www.yelp.com/biz/blue-door-coffee-leeds';
  const read = await watched({ json: { id: 'bd', name: 'Blue Door Coffee', rating: 4.5, review_count: 318, url } });
  expect(read.ratings).toEqual([{ place: 'Blue Door Coffee', rating: { value: 4.5, scale: 5 }, count: 318, url }]);
  expect((await watched({ json: { name: 'Blue Door Coffee', rating: 0, review_count: 0 } })).ratings).toEqual([]);
  const without = await watched({ status: 403, json: { error: { code: 'NOT_AUTHORIZED' } } });
  expect([without.faults, without.posts.length, without.notes.length]).toEqual([[], 2, 1]);
  expect((await readSource(yelp, fixture)).requests).toHaveLength(1);
});

const now = Date.parse('2026-11-20T08:00:00Z');

test.each([
  [
    429,
    'ACCESS_LIMIT_REACHED',
    'slow-down',
    { 'ratelimit-resettime': '2026-11-21T00:00:00+00:00' },
    now + 16 * 3_600_000,
  ],
  [429, 'ACCESS_LIMIT_REACHED', 'slow-down', {}, now + 16 * 3_600_000],
  [404, 'BUSINESS_NOT_FOUND', 'gone', {}, null],
  [403, 'BUSINESS_UNAVAILABLE', 'gone', {}, null],
  [401, 'TOKEN_INVALID', 'not-allowed', {}, null],
  [403, 'NOT_AUTHORIZED', 'not-allowed', {}, null],
])('%i %s is %s', async (status, code, kind, headers, retryAt) => {
  const { faults } = await readSource(yelp, {
    ...fixture,
    routes: () => ({ '/*': { status, headers, json: { error: { code, description: 'No.' } } } }),
  });
  expect(faults[0]).toMatchObject({ kind, retryAt });
});

test('asked too quickly, it is asked again and the look goes on', async () => {
  const quick = {
    status: 429,
    headers: { 'retry-after': '1' },
    json: { error: { code: 'TOO_MANY_REQUESTS_PER_SECOND' } },
  };
  const path = '/v3/businesses/blue-door-coffee-leeds/reviews';
  const routes = (url: string) => ({ [path]: [quick, String(fixture.routes(url)[path])] });
  const read = await readSource(yelp, { ...fixture, routes });
  expect([read.posts.length, read.faults]).toEqual([2, []]);
});
