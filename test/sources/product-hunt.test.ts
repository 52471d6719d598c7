/** What is particular to Product Hunt: hidden names, addresses with who asked in them, and errors that come with a 200. */
import { expect, test } from 'vitest';
import { productHunt } from '../../src/sources/product-hunt.ts';
import { fixture } from '../fixtures/product-hunt/fixture.ts';
import { readSource } from '../support/read-source.ts';

test('products and the comments below one’s own; hidden names are unknown', async () => {
  const { posts, looks, requests } = await readSource(productHunt, fixture);
  expect(looks.map(({ scope, certain }) => [scope, certain])).toEqual([
    ['place', undefined],
    ['brand', true],
  ]);
  expect(posts).toMatchObject([
    { url: 'https://www.producthunt.com/posts/blue-door-bookings', author: { handle: null, name: null } },
    {
      externalId: 'comment 7001',
      title: 'Blue Door Bookings',
      text: 'It booked us twice & nobody answers.',
      parentId: 'product 90071992547409931234',
      author: { handle: 'anap' },
    },
  ]);
  expect(requests[0]?.headers.authorization).toBe('Bearer invented');
});

test.each([
  ['invalid_oauth_token', 'not-allowed'],
  ['rate_limit_reached', 'slow-down'],
  ['internal', 'unreachable'],
])('the error %s is told as %s', async (error, kind) => {
  const json = { data: null, errors: [{ error, message: 'No.' }] };
  const { faults } = await readSource(productHunt, { ...fixture, routes: () => ({ '/v2/api/graphql': { json } }) });
  expect(faults[0]?.kind).toBe(kind);
});

test('a launch that there is not is named', async () => {
  const json = { data: { posts: { edges: [], pageInfo: { hasNextPage: false } }, post: null } };
  const { faults } = await readSource(productHunt, { ...fixture, routes: () => ({ '/v2/api/graphql': { json } }) });
  expect(faults).toMatchObject([{ kind: 'gone', message: expect.stringContaining('blue-door-bookings') }]);
});
