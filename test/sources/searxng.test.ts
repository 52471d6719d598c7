/** What is particular to SearXNG: places on the first page, engines that gave no answer, and an instance that lets nobody in. */

import { expect, test } from 'vitest';
import { barePost } from '../../src/mention.ts';
import { searxng } from '../../src/sources/searxng.ts';
import { fixture } from '../fixtures/searxng/fixture.ts';
import type { Route } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const one = { names: ['Blue Door Coffee'], handles: [], domains: [] };
const reading = (route: Route) => readSource(searxng, { ...fixture, terms: one, routes: () => ({ '/search': route }) });
const results = (unresponsive: unknown[], ...list: object[]) => ({
  json: { results: list, unresponsive_engines: unresponsive },
});
const result = { url: 'https://a.example/1', title: 'a', content: 'b' };

test('a result tells its words, its site and its best place for the name', async () => {
  const { posts } = await readSource(searxng, fixture);
  const said = 'I have been waiting for my refund for three weeks ...';
  expect(posts[1]).toEqual(
    barePost('searxng', said, {
      externalId: 'https://grumbles.example/threads/90071992547409931',
      url: 'https://grumbles.example/threads/90071992547409931',
      title: 'Blue Door Coffee: still no refund & no answer',
      place: 'grumbles.example',
      searchRank: { rank: 4, words: 'Blue Door Coffee' },
    }),
  );
  expect(posts.map(({ searchRank }) => searchRank?.rank)).toEqual([1, 4, undefined]);
  expect(posts[2]?.publishedAt).toBe(Date.parse('2026-11-19T13:10:00Z'));
});

test('the bare name is asked for once as a guest would; then what is new, word by word', async () => {
  const { requests } = await readSource(searxng, fixture);
  const asked = requests.map(({ query }) => [query.get('q'), query.get('categories'), query.get('time_range')]);
  expect(asked).toEqual([
    ['Blue Door Coffee', 'general', null],
    ['"Blue Door Coffee"', 'general', 'month'],
    ['"Blue Door Café"', 'general', 'month'],
    ['"bluedoor.example"', 'general', 'month'],
    ['"Blue Door Coffee"', 'news', 'month'],
    ['"Blue Door Café"', 'news', 'month'],
    ['"bluedoor.example"', 'news', 'month'],
  ]);
});

test('without places of its engines, a result stands where it is listed', async () => {
  const { posts } = await reading(results([], result, { ...result, url: 'https://a.example/2', positions: [] }));
  expect(posts.map(({ searchRank }) => searchRank?.rank)).toEqual([1, 2]);
});

test('nothing found while engines gave no answer is no silence', async () => {
  const { faults, posts } = await reading(
    results([
      ['google', 'CAPTCHA'],
      ['brave', 'timeout'],
    ]),
  );
  expect(posts).toEqual([]);
  expect(faults).toMatchObject([{ kind: 'unreachable', message: expect.stringContaining('(google, brave)') }]);
});

test('where some engines answered, the others are told', async () => {
  const { faults, notes } = await reading(results([['google', 'CAPTCHA'], 17], result));
  expect(faults).toEqual([]);
  expect(notes[0]).toMatch(/^127\.0\.0\.1:\d+ got no answer from google, an engine\.$/);
});

test('an instance that gives no JSON says what to change in its settings', async () => {
  const { faults } = await reading({
    status: 403,
    headers: { 'content-type': 'text/html' },
    body: '<h1>Forbidden</h1>',
  });
  expect(faults).toMatchObject([{ kind: 'blocked', message: expect.stringMatching(/search\.formats.*settings\.yml/) }]);
});
