/** What is particular to GDELT: refusals in prose, damaged JSON, headlines with blanks in them, and three months of memory. */
import { expect, test } from 'vitest';
import { gdelt } from '../../src/sources/gdelt.ts';
import { fixture, path } from '../fixtures/gdelt/fixture.ts';
import type { Route } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const one = { names: ['Blue Door Coffee'], handles: [], domains: [] };
const reading = (route: Route, more: object = {}) =>
  readSource(gdelt, { ...fixture, terms: one, routes: () => ({ [path]: route }), ...more });
const article = (n: number, seendate = '20261119T141500Z') => ({
  url: `https://paper.example/${n}`,
  title: 't',
  seendate,
});

test('a headline reads as it was written, with paper, language and when it was seen', async () => {
  const { posts } = await readSource(gdelt, fixture);
  expect(posts[0]).toMatchObject({
    externalId: 'https://www.leedsdaily.example/news/90071992547409931-kiosk',
    place: 'leedsdaily.example',
    title: "Blue Door Coffee's kiosk shut, customers left waiting (again)",
    text: '',
    language: 'en',
    publishedAt: Date.parse('2026-11-19T14:15:00Z'),
  });
  expect(posts[1]).toMatchObject({ title: 'Blue Door Café fecha & abre', language: 'pt' });
});

test('all names are one question, since every further one may be refused', async () => {
  const { requests } = await readSource(gdelt, fixture);
  expect(requests.map(({ query }) => Object.fromEntries(query))).toEqual([
    {
      query: '("Blue Door Coffee" OR "Blue Door Café" OR "bluedoor.example")',
      mode: 'artlist',
      format: 'json',
      maxrecords: '250',
      sort: 'datedesc',
      startdatetime: '20261021000000',
    },
  ]);
});

test.each([
  [200, 'Please limit requests to one every 5 seconds or contact us for larger queries.'],
  [429, 'Please limit requests to one every 5 seconds or contact us for larger queries.'],
  [429, ''],
])('a refusal (%i, %j) is no silence: it waits ten minutes', async (status, body) => {
  const { faults, posts } = await reading({ status, body, headers: { 'content-type': 'text/html' } });
  expect(posts).toEqual([]);
  expect(faults).toMatchObject([{ kind: 'slow-down' }]);
  expect(faults[0]?.retryAt).toBeGreaterThanOrEqual(now + 600_000);
});

test('nothing found is said in two ways, and prose that nobody knows is not one of them', async () => {
  for (const empty of ['{}', '{"articles": []}', ' { }\n']) expect((await reading(empty)).faults).toEqual([]);
  const { faults } = await reading('Something else happened.');
  expect(faults.map(({ kind }) => kind)).toEqual(['garbled']);
});

test('a name that is too short does not silence the others', async () => {
  const short = 'Your query was too short or too long.';
  const terms = { names: ['Blue Door Coffee', 'BD'], handles: [], domains: [] };
  const answers = ({ query }: { query: URLSearchParams }) =>
    query.get('query') === '"Blue Door Coffee"' ? { json: { articles: [article(1)] } } : short;
  const read = await reading(answers, { terms });
  expect(read.posts).toHaveLength(1);
  expect(read.faults).toEqual([]);
  expect(read.notes).toEqual(['GDELT does not search for “BD”.']);
  const none = await reading(short, { terms });
  expect(none.faults).toMatchObject([{ kind: 'gone', message: expect.stringMatching(/too short/) }]);
});

test('damaged JSON is mended: bare control characters, and backslashes that escape nothing', async () => {
  const { posts } = await reading(
    '{"articles":[{"url":"https://paper.example/1","title":"Blue Door\tsays \\"no\\" \\& \\\'sorry\\\' C:\\x","seendate":"20261119T141500Z"}]}',
  );
  expect(posts.map(({ title }) => title)).toEqual(['Blue Door says "no" \\& \\\'sorry\\\' C:\\x']);
});

test('a full answer is followed by the next, which ends where it ended; one that repeats itself ends the search', async () => {
  const full = (from: number, seendate: string) => ({
    json: { articles: Array.from({ length: 250 }, (_, n) => article(from + n, seendate)) },
  });
  const read = await reading([
    full(0, '20261119T141500Z'),
    full(250, '20261118T080000Z'),
    full(250, '20261118T080000Z'),
  ]);
  expect(read.posts).toHaveLength(500);
  expect(read.requests.map(({ query }) => query.get('enddatetime'))).toEqual([
    null,
    '20261119141500',
    '20261118080000',
  ]);
  expect(read.pages.at(-1)?.capped).toBe(false);
});

test('further back than GDELT remembers, it is asked for all that it has', async () => {
  const answers: Route = ({ query }) =>
    query.has('startdatetime') ? 'The start date must be within three months.' : { json: { articles: [article(1)] } };
  const { posts, faults } = await reading(answers, { since: '2026-01-01T00:00:00Z' });
  expect(faults).toEqual([]);
  expect(posts).toHaveLength(1);
});

test('an address that no browser opens is no article, and a language without a code stays unknown', async () => {
  const { posts } = await reading({
    json: {
      articles: [
        { url: 'javascript:alert(1)', title: 'x' },
        { ...article(2), language: 'Klingon', grown: true },
      ],
    },
  });
  expect(posts).toMatchObject([{ url: 'https://paper.example/2', language: null }]);
});
