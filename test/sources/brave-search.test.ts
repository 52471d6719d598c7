/** What is particular to Brave Search: the place on the first page, windows in its headers, and keys that it does not take. */
import { expect, test } from 'vitest';
import { braveSearch } from '../../src/sources/brave-search.ts';
import { fixture } from '../fixtures/brave-search/fixture.ts';
import type { Route } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const reading = (route: Route) => readSource(braveSearch, { ...fixture, routes: () => ({ '/*': route }) });

test('a result tells its words, its site and its place on the first page for the name', async () => {
  const { posts } = await readSource(braveSearch, fixture);
  expect(posts[1]).toMatchObject({
    source: 'brave-search',
    externalId: 'https://grumbles.example/threads/90071992547409931',
    title: 'Blue Door Coffee: still no refund & no answer',
    text: 'I have been waiting for my refund for three weeks …\n\nNobody at Blue Door Coffee answers the phone.',
    language: 'en',
    publishedAt: null,
    place: 'grumbles.example',
    searchRank: { rank: 2, words: 'Blue Door Coffee' },
  });
  // A page on the first page is seen today, however old it is.
  expect(posts[2]?.publishedAt).toBe(Date.parse('2026-11-18T07:00:00Z'));
  expect(posts.map(({ url, searchRank }) => [url, searchRank?.rank])).toEqual([
    ['https://bluedoor.example/', 1],
    ['https://grumbles.example/threads/90071992547409931', 2],
    ['https://quiet.example/leeds', undefined],
    ['https://www.leedsdaily.example/news/kiosk', undefined],
  ]);
});

test('the bare name is asked for once as a guest would; then what is new, word by word, with the key', async () => {
  const { requests } = await readSource(braveSearch, fixture);
  const asked = requests.map(({ path, query }) => [path.split('/')[3], query.get('q'), query.get('freshness')]);
  expect(asked).toEqual([
    ['web', 'Blue Door Coffee', null],
    ['web', '"Blue Door Coffee"', 'pm'],
    ['news', '"Blue Door Coffee"', 'pm'],
    ['web', '"Blue Door Café"', 'pm'],
    ['news', '"Blue Door Café"', 'pm'],
    ['web', '"bluedoor.example"', 'pm'],
    ['news', '"bluedoor.example"', 'pm'],
  ]);
  for (const { headers, query } of requests) {
    expect(headers['x-subscription-token']).toBe('invented');
    expect(query.get('text_decorations')).toBe('false');
    expect(query.get('country')).toBe('GB');
  }
});

test('the news can be left out, at half the price', async () => {
  const options = (url: string) => ({ baseUrl: url, news: false });
  const { requests } = await readSource(braveSearch, { ...fixture, options });
  expect(requests.filter(({ path }) => path.includes('news'))).toEqual([]);
});

test('a month’s questions used up: it waits for the window that is, a day at most', async () => {
  const limited = (remaining: string, reset: string) =>
    reading({
      status: 429,
      headers: { 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': reset },
      json: { type: 'ErrorResponse', error: { code: 'RATE_LIMITED', detail: 'Request rate limit exceeded for plan.' } },
    });
  const month = await limited('1, 0', '1, 7200');
  expect(month.faults).toMatchObject([{ kind: 'slow-down', retryAt: now + 7_200_000 }]);
  const long = await limited('0, 0', '1, 1419704');
  expect(long.faults).toMatchObject([{ kind: 'slow-down', retryAt: now + 24 * 3_600_000 }]);
});

test('an unknown key and an unknown country are two things, and each says what to do', async () => {
  const refused = async (status: number, code: string) => {
    const { faults } = await reading({ status, json: { type: 'ErrorResponse', error: { status, code, detail: 'x' } } });
    return faults;
  };
  expect(await refused(422, 'SUBSCRIPTION_TOKEN_INVALID')).toMatchObject([
    { kind: 'not-allowed', message: expect.stringContaining('BRAVE_SEARCH_KEY') },
  ]);
  expect(await refused(422, 'VALIDATION')).toMatchObject([
    { kind: 'gone', message: expect.stringContaining('brave-search.country') },
  ]);
  expect(await refused(401, '')).toMatchObject([{ kind: 'not-allowed' }]);
});

test('what it finds may be shown, but its words are not kept for ever', () => {
  expect(braveSearch.keeps).toEqual({ textForHours: 24 });
});
