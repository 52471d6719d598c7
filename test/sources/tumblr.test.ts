/** What is particular to Tumblr: ids larger than numbers, posts that were only passed on, and the way back in time. */
import { expect, test } from 'vitest';
import { tumblr } from '../../src/sources/tumblr.ts';
import { fixture } from '../fixtures/tumblr/fixture.ts';
import { readSource } from '../support/read-source.ts';
import { answer } from '../support/source-fixture.ts';

const firstPage = JSON.parse(
  answer({ url: new URL('../fixtures/tumblr/', import.meta.url).href } as ImportMeta, 'page.json'),
);

test('a post keeps its words and its whole number; what was only passed on is nobody’s word', async () => {
  const { posts, requests } = await readSource(tumblr, fixture);
  expect(posts.map(({ externalId }) => externalId)).toEqual(['90071992547409931234', '181']);
  expect(posts[0]).toMatchObject({
    title: 'Forty minutes',
    text: expect.stringContaining('waiting & said nothing.'),
    links: ['https://bluedoor.example/menu'],
    engagement: { likes: 12 },
    place: '#blue door coffee',
  });
  expect(requests.map(({ query }) => query.get('before'))).toEqual([null, '1794980000']);
  expect(requests[0]?.query.get('tag')).toBe('blue door coffee');
});

test('a page that comes again and again is asked for twice at most', async () => {
  const { requests } = await readSource(tumblr, { ...fixture, routes: () => ({ '/v2/tagged': { json: firstPage } }) });
  expect(requests.length).toBe(2);
});

test('a wrong key says what to do', async () => {
  const refusal = { meta: { status: 401, msg: 'Unauthorized' }, response: [], errors: [] };
  const { faults } = await readSource(tumblr, {
    ...fixture,
    routes: () => ({ '/v2/tagged': { status: 401, json: refusal } }),
  });
  expect(faults[0]).toMatchObject({ kind: 'not-allowed', message: expect.stringContaining('TUMBLR_API_KEY') });
});
