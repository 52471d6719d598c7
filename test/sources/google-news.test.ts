/** What is particular to Google News: headlines only, the paper's name taken off, and a licence that keeps it switched off. */
import { expect, test } from 'vitest';
import { googleNews } from '../../src/sources/google-news.ts';
import { headlineOrigin } from '../../src/sources/headline.ts';
import { fixture } from '../fixtures/google-news/fixture.ts';
import { readSource } from '../support/read-source.ts';
import { blueDoor } from '../support/source-fixture.ts';

test('a headline stands without its paper, which is named beside it', async () => {
  const { posts } = await readSource(googleNews, fixture);
  expect(posts[0]).toEqual({
    source: 'google-news',
    externalId: 'CBMi90071992547409931VV95cUxP',
    url: 'https://news.google.com/rss/articles/CBMi90071992547409931VV95cUxP?oc=5',
    author: { handle: null, name: null, url: null, followers: null },
    title: 'Blue Door Coffee shuts its kiosk without a word',
    text: '',
    language: 'en',
    publishedAt: Date.parse('2026-11-19T13:53:48Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: [],
    origin: expect.stringMatching(/^news:[\da-f]{24}$/),
    parentId: null,
    threadId: null,
    place: 'Leeds - Daily',
  });
  expect(posts[1]).toMatchObject({ title: 'Five cafés & one queue', place: 'northernpost.example' });
});

test('all names are asked for in one question, with language and country', async () => {
  const { requests, looks } = await readSource(googleNews, {
    ...fixture,
    options: (url) => ({ editions: ['ko-KR', 'en-GB', 'ko-KR'], baseUrl: url }),
  });
  expect(looks.map(({ key }) => key)).toEqual(['ko-KR', 'en-GB']);
  expect(requests.map(({ query }) => Object.fromEntries(query))).toEqual([
    { q: '"Blue Door Coffee" OR "Blue Door Café" OR "bluedoor.example"', hl: 'ko-KR', gl: 'KR', ceid: 'KR:ko' },
    { q: '"Blue Door Coffee" OR "Blue Door Café" OR "bluedoor.example"', hl: 'en-GB', gl: 'GB', ceid: 'GB:en' },
  ]);
});

test('an item without its paper keeps its title, and a full answer may have left some out', async () => {
  const item = (n: number) =>
    `<item><title>Blue Door - late ${n}</title><guid isPermaLink="false">CBMi${n}</guid></item>`;
  const body = `<rss version="2.0"><channel>${Array.from({ length: 100 }, (_, n) => item(n)).join('')}</channel></rss>`;
  const { posts, pages } = await readSource(googleNews, { ...fixture, routes: () => ({ '/rss/search': body }) });
  expect(posts[0]).toMatchObject({
    title: 'Blue Door - late 0',
    place: null,
    publishedAt: null,
    origin: null,
  });
  expect(pages.map(({ capped }) => capped)).toEqual([true]);
});

test('it is off until the owner has read what Google says of its feed', () => {
  expect(googleNews.offByDefault).toContain('personal, non-commercial use');
  expect(googleNews.looks(googleNews.options.parse({}), blueDoor)).toHaveLength(1);
});

test('one headline of one paper and day is one article, however it is spaced; a short one is anybody’s', () => {
  const at = Date.parse('2026-11-19T13:53:48Z');
  const one = headlineOrigin('www.leedsdaily.example', 'Blue Door’s kiosk is shut, again', at);
  expect(one).toBe(headlineOrigin('leedsdaily.example', 'Blue Door ’ s kiosk is shut , again', at + 3_600_000));
  expect(one).not.toBe(headlineOrigin('other.example', 'Blue Door’s kiosk is shut, again', at));
  expect(one).not.toBe(headlineOrigin('leedsdaily.example', 'Blue Door’s kiosk is shut, again', at + 86_400_000));
  expect(headlineOrigin('leedsdaily.example', 'News in brief', at)).toBeNull();
});
