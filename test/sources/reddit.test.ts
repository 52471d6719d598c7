/** What is particular to Reddit: what is asked, the tail under each post, its pages, and its many ways to say no. */
import { expect, test } from 'vitest';
import { nextFreeAt } from '../../src/net/pace.ts';
import { reddit } from '../../src/sources/reddit.ts';
import { fixture } from '../fixtures/reddit/fixture.ts';
import type { Reply, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import { blueDoor } from '../support/source-fixture.ts';

const minuteMs = 60_000;
const testsNow = Date.parse('2026-11-20T08:00:00Z');
const searching = (routes: Routes, more = {}) =>
  readSource(reddit, { options: (url) => ({ baseUrl: url }), routes: () => routes, ...more });

const entry = (id: string, date = '2026-11-19T10:00:00+00:00') =>
  `<entry><author><name>/u/ana</name></author><id>${id}</id><link href="https://www.reddit.com/r/x/comments/${id.slice(3)}/t/"/>` +
  `<title>Blue Door Coffee</title><published>${date}</published><content type="html">words</content></entry>`;
const feedOf = (...entries: string[]) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><title>r</title>${entries.join('')}</feed>`;
const page = (from: number, count: number, date?: string) =>
  feedOf(...Array.from({ length: count }, (_, index) => entry(`t3_${from + index}`, date)));

test('without options it searches all of Reddit for every name, and with subreddits it reads those', () => {
  const looks = (options: object) =>
    reddit.looks(reddit.options.parse(options), blueDoor).map(({ key, scope }) => `${scope} ${key}`);
  expect(looks({})).toEqual(['brand search']);
  expect(looks({ subreddits: ['/r/Leeds', 'coffee', 'r/coffee/'] })).toEqual([
    'place r/coffee+leeds',
    'place r/coffee+leeds comments',
  ]);
  expect(looks({ subreddits: ['coffee'], search: true })).toHaveLength(3);
});

test('a minute and a half lies between two questions, whichever brand or subreddit they are for', () => {
  expect(nextFreeAt([0], reddit.pace, 0)).toBe(1.5 * minuteMs);
});

test('the search asks for each name in quotation marks, newest first', async () => {
  const { requests } = await searching({ '/search.rss': feedOf() });
  expect(requests).toHaveLength(1);
  const query = Object.fromEntries(requests[0]?.query ?? []);
  expect(query).toEqual({
    q: '"Blue Door Coffee" OR "Blue Door Café" OR "bluedoor.example"',
    sort: 'new',
    t: 'all',
    limit: '100',
  });
});

test('more names than fit into one question become several', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `House of Coffee Number ${index + 1}, Leeds`);
  const { requests } = await searching({ '/search.rss': feedOf() }, { terms: { names, handles: [], domains: [] } });
  const asked = requests.map(({ query }) => query.get('q') ?? '');
  expect(asked.length).toBeGreaterThan(1);
  for (const q of asked) expect(q.length).toBeLessThanOrEqual(512);
  for (const name of names) expect(asked.join(' OR ')).toContain(`"${name}"`);
});

test('the tail that Reddit writes under a post is cut; what a link post points to is kept', async () => {
  const { posts, pages } = await readSource(reddit, fixture);
  expect(
    posts.slice(0, 3).map(({ title, text, author, links }) => ({ title, text, by: author.handle, links })),
  ).toEqual([
    {
      title: 'Blue Door Coffee charged me twice & nobody answers',
      text: "I've written three mails.\nStill waiting for my refund, see their terms.\n\nAnyone else?",
      by: 'mira_writes',
      links: ['https://bluedoor.example/terms?a=1&b=2'],
    },
    {
      title: 'Blue Door Café has a new brunch menu',
      text: '',
      by: 'brunch_fan',
      links: ['https://blog.example/brunch?ref=a&b=c'],
    },
    {
      title: 'Which coffee chain?',
      text: 'Is Blue Door Coffee any good? They said "we don\'t do refunds" <sigh>',
      by: null,
      links: [],
    },
  ]);
  expect(posts[2]?.author).toEqual({ handle: null, name: null, url: null, followers: null });
  expect(pages.flatMap(({ gone }) => gone ?? [])).toEqual([{ source: 'reddit', externalId: 't3_zzzzzzzzzzzzz1' }]);
});

test('words that Reddit itself uses may stand in a post', async () => {
  const said = 'It says submitted by me, and then: blocked by network security.';
  const { posts, faults } = await searching({ '/search.rss': page(100, 1).replace('words', said) });
  expect(faults).toEqual([]);
  expect(posts.map(({ text }) => text)).toEqual([said]);
});

test('a comment knows its thread and the thread’s title', async () => {
  const { posts } = await readSource(reddit, fixture);
  expect(posts.find(({ externalId }) => externalId === 't1_pk00001')).toMatchObject({
    title: 'Blue Door Coffee charged me twice & nobody answers',
    text: 'Same here, third time now.\n\nnobody answers',
    threadId: 't3_1zq0aa',
    place: 'r/Leeds',
    publishedAt: Date.parse('2026-11-19T19:00:00Z'),
  });
});

test('full pages are followed by the last id until they are old, and five are the most', async () => {
  const pages: Record<string, string> = { '': page(100, 25), t3_124: page(125, 30), t3_154: page(155, 3) };
  const short = await searching({ '/search.rss': ({ query }) => pages[query.get('after') ?? ''] ?? feedOf() });
  expect(short.posts).toHaveLength(58);
  expect(short.pages.some(({ capped }) => capped)).toBe(false);

  const old = await searching({ '/search.rss': page(100, 100, '2026-01-01T00:00:00Z') });
  expect(old.requests).toHaveLength(1);

  let next = 1000;
  const endless = await searching({
    '/search.rss': () => {
      next += 100;
      return page(next, 100);
    },
  });
  expect(endless.posts).toHaveLength(500);
  expect(endless.pages.map(({ capped }) => capped ?? false)).toEqual([false, false, false, false, true]);
});

test('a server that gives the same page again is not asked for ever', async () => {
  const { posts, requests } = await searching({ '/search.rss': page(100, 100) });
  expect(posts).toHaveLength(100);
  expect(requests).toHaveLength(2);
});

test('a full page of removed posts is not taken for the end', async () => {
  const removed = page(100, 25).replaceAll('words', '[removed]');
  const { posts, pages } = await searching({ '/search.rss': [removed, page(200, 3)] });
  expect(posts).toHaveLength(3);
  expect(pages[0]?.gone).toHaveLength(25);
});

test('what Reddit says no with is told apart', async () => {
  const outcome = async (reply: Reply) => {
    const { faults } = await searching({ '/search.rss': reply });
    return [faults[0]?.kind, (faults[0]?.retryAt ?? testsNow) - testsNow];
  };
  const json = (body: object, status = 200): Reply => ({ status, json: body });
  const html = (text: string, status: number): Reply => ({
    status,
    body: `<!doctype html><html><body>${text}</body></html>`,
    headers: { 'content-type': 'text/html' },
  });
  expect(await outcome({ status: 429 })).toEqual(['slow-down', 15 * minuteMs]);
  expect(await outcome({ status: 429, headers: { 'retry-after': '7200' } })).toEqual(['slow-down', 120 * minuteMs]);
  expect(await outcome({ status: 429, headers: { 'x-ratelimit-reset': '46.0' } })).toEqual([
    'slow-down',
    15 * minuteMs,
  ]);
  expect(await outcome(json({ message: 'Too Many Requests', error: 429 }))).toEqual(['slow-down', 15 * minuteMs]);
  expect(await outcome(html("You've been blocked by network security.", 403))).toEqual(['blocked', 15 * minuteMs]);
  expect((await outcome(json({ reason: 'private', message: 'Forbidden', error: 403 }, 403)))[0]).toBe('gone');
  expect((await outcome(html('whoa there', 200)))[0]).toBe('garbled');
});

test('a feed token is sent along where its name is given too, and stays out of keys and faults', async () => {
  const secrets = { feedToken: 'abc123', user: 'bluedoor' };
  const { requests, looks, faults } = await searching({ '/search.rss': { status: 429 } }, { secrets });
  expect([requests[0]?.query.get('feed'), requests[0]?.query.get('user')]).toEqual(['abc123', 'bluedoor']);
  expect(JSON.stringify([looks, faults.map(({ message }) => message)])).not.toContain('abc123');
  const half = await searching({ '/search.rss': feedOf() }, { secrets: { feedToken: 'abc123' } });
  expect(half.requests[0]?.query.has('feed')).toBe(false);
});
