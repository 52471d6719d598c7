/** What is particular to Bing News: wrapped links, no ids, and pages that may repeat themselves. */
import { expect, test } from 'vitest';
import { bingNews } from '../../src/sources/bing-news.ts';
import { fixture } from '../fixtures/bing-news/fixture.ts';
import { readSource } from '../support/read-source.ts';

const one = { names: ['Blue Door Coffee'], handles: [], domains: [] };
const feedOf = (...items: string[]) =>
  `<rss version="2.0"><channel><title>BingNews</title>${items.join('')}</channel></rss>`;
const item = (n: number, link = `https://paper.example/${n}`) =>
  `<item><title>Story ${n}</title><link>${link}</link><pubDate>Thu, 19 Nov 2026 13:10:00 GMT</pubDate></item>`;

test('an article is where it really stands, with its first words', async () => {
  const { posts } = await readSource(bingNews, fixture);
  expect(posts[0]).toMatchObject({
    externalId: 'https://www.leedsdaily.example/news/90071992547409931?id=7&p=2',
    url: 'https://www.leedsdaily.example/news/90071992547409931?id=7&p=2',
    title: 'Blue Door Coffee shuts its kiosk without a word',
    text: 'Regulars of Blue Door Coffee & commuters found the shutters down on Thursday; nobody answers the phone.',
    language: 'en',
    publishedAt: Date.parse('2026-11-19T13:10:00Z'),
    place: 'leedsdaily.example',
  });
});

test('each name is a question of its own, and goes on behind what it was given', async () => {
  const { requests } = await readSource(bingNews, fixture);
  expect(requests.map(({ query }) => [query.get('q'), query.get('first'), query.get('setmkt')])).toEqual([
    ['"Blue Door Coffee"', null, 'en-GB'],
    ['"Blue Door Coffee"', '3', 'en-GB'],
    ['"Blue Door Café"', null, 'en-GB'],
    ['"bluedoor.example"', null, 'en-GB'],
  ]);
});

test('a page that comes again ends the search, and so does what is too old', async () => {
  const same = await readSource(bingNews, {
    ...fixture,
    terms: one,
    routes: () => ({ '/news/search': feedOf(item(1), item(2)) }),
  });
  expect(same.requests).toHaveLength(2);
  expect(same.posts).toHaveLength(2);
  const old = await readSource(bingNews, {
    ...fixture,
    terms: one,
    since: '2026-11-20T00:00:00Z',
    routes: () => ({ '/news/search': feedOf(item(1)) }),
  });
  expect(old.requests).toHaveLength(1);
});

test('where there is always more, it stops and says so', async () => {
  const { requests, pages } = await readSource(bingNews, {
    ...fixture,
    terms: one,
    routes: () => ({ '/news/search': ({ query }) => feedOf(item(Number(query.get('first') ?? 1))) }),
  });
  expect(requests).toHaveLength(5);
  expect(pages.at(-1)?.capped).toBe(true);
});

test('a link that cannot be unwrapped names no paper', async () => {
  const { posts } = await readSource(bingNews, {
    ...fixture,
    terms: one,
    routes: () => ({ '/news/search': feedOf(item(1, 'http://www.bing.com/news/apiclick.aspx?tid=1')) }),
  });
  expect(posts).toMatchObject([{ place: null, origin: null }]);
});
