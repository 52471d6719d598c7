/** What is particular to VK: who speaks stands apart from what is said, and errors come with a 200. */
import { expect, test } from 'vitest';
import { vk } from '../../src/sources/vk.ts';
import { fixture } from '../fixtures/vk/fixture.ts';
import { readSource } from '../support/read-source.ts';

test('a post on a group’s wall is its writer’s; the token stands in no address', async () => {
  const { posts, requests } = await readSource(vk, fixture);
  expect(posts).toMatchObject([
    {
      externalId: '-501_90071992547409931234',
      url: 'https://vk.com/wall-501_90071992547409931234',
      author: { handle: 'annap', name: 'Anna P.' },
      editedAt: 1_795_001_000_000,
      engagement: { likes: 4, reposts: 1, replies: 2, views: 310 },
    },
    { externalId: '78_9', author: { handle: 'id78', name: 'Tom K.' }, engagement: { likes: 0, replies: null } },
  ]);
  expect(requests.every(({ target, body }) => !target.includes('invented') && body.includes('invented'))).toBe(true);
});

test('a cursor that comes again does not lead on', async () => {
  const item = { id: 1, owner_id: 2, date: 1_795_000_000, text: 'Blue Door Coffee' };
  const { requests } = await readSource(vk, {
    ...fixture,
    terms: { names: ['Blue Door Coffee'], handles: [], domains: [] },
    routes: () => ({ '/method/newsfeed.search': { json: { response: { items: [item], next_from: 'a/1' } } } }),
  });
  expect(requests).toHaveLength(2);
});

test.each([
  [5, 'not-allowed', null],
  [6, 'slow-down', null],
  [15, 'not-allowed', null],
  [29, 'slow-down', Date.parse('2026-11-21T00:00:00Z')],
  [10, 'unreachable', null],
])('the error %i is told as %s', async (error_code, kind, retryAt) => {
  const json = { error: { error_code, error_msg: 'No.' } };
  const { faults } = await readSource(vk, { ...fixture, routes: () => ({ '/method/newsfeed.search': { json } }) });
  expect(faults[0]).toMatchObject({ kind });
  if (retryAt !== null) expect(faults[0]?.retryAt).toBe(retryAt);
});
