/** What is particular to NodeBB: guests who may not search, and posts that were deleted. */
import { expect, test } from 'vitest';
import { nodebb } from '../../src/sources/nodebb.ts';
import { fixture } from '../fixtures/nodebb/fixture.ts';
import { readSource } from '../support/read-source.ts';

test('a post has the address that it keeps, its topic’s title and its votes; a deleted one is gone', async () => {
  const { posts, pages, url, requests } = await readSource(nodebb, fixture);
  expect(posts[0]).toMatchObject({
    externalId: `${url}/post/90071992547409931234`,
    title: 'Paid twice & angry',
    text: expect.stringContaining('twice & nobody answers.\nSee their page'),
    author: { handle: 'Ana', name: 'Ana P.', url: `${url}/user/ana` },
    engagement: { likes: 3 },
  });
  expect(pages[0]?.gone?.map(({ externalId }) => externalId)).toEqual([`${url}/post/11`]);
  expect(requests[0]?.query.get('sortDirection')).toBe('desc');
});

test.each([
  [401, { status: { code: 'not-authorised' } }],
  [403, { status: { code: 'forbidden' } }],
])('where guests may not search (%i) a feed is named in its place', async (status, json) => {
  const { faults } = await readSource(nodebb, { ...fixture, routes: () => ({ '/api/search': { status, json } }) });
  expect(faults[0]).toMatchObject({ kind: 'not-allowed', message: expect.stringContaining('/recent.rss') });
});
