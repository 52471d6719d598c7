/** What is particular to DEV: hits without their text, settings before an article, comments inside comments. */
import { expect, test } from 'vitest';
import { dev } from '../../src/sources/dev.ts';
import { fixture } from '../fixtures/dev/fixture.ts';
import type { Reply, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const terms = { names: ['Blue Door Coffee'], handles: [], domains: [] };
const article = (id: number, more: object = {}) => ({
  id,
  title: 'Coffee APIs',
  description: 'The beginning...',
  url: `https://dev.to/jonas/coffee-${id}`,
  published_at: '2026-11-18T09:30:00Z',
  comments_count: 0,
  user: { username: 'jonas' },
  ...more,
});
const whole: Routes = { '/api/articles/*': { json: { body_markdown: 'Words.' } } };
const read = (search: Reply | ((page: number) => object[]), routes: Routes = whole, since = '2026-10-21') =>
  readSource(dev, {
    options: fixture.options,
    terms,
    since,
    routes: () => ({
      ...routes,
      '/api/articles/search':
        typeof search === 'function' ? ({ query }) => ({ json: search(Number(query.get('page'))) }) : search,
    }),
  });

test('an article is read whole, without its settings, and knows where it was first published', async () => {
  const { posts } = await readSource(dev, { ...fixture, terms });
  expect(posts[0]).toEqual({
    source: 'dev',
    externalId: '90071992547409931234',
    url: 'https://dev.to/mirat/why-i-left-blue-door-coffees-api-1a2b',
    author: { handle: 'mirat', name: 'Mira T.', url: 'https://dev.to/mirat', followers: null },
    title: "Why I left Blue Door Coffee's API",
    text: 'Three weeks of **silence** from [their support](https://bluedoor.example/help), and a key that stopped working.',
    language: 'en',
    publishedAt: Date.parse('2026-11-18T09:30:00Z'),
    editedAt: Date.parse('2026-11-18T12:00:00Z'),
    rating: null,
    engagement: { likes: 21, reposts: null, replies: 3, views: null },
    links: ['https://bluedoor.example/help'],
    origin: 'https://mira.example/blog/why-i-left',
    parentId: null,
    threadId: '90071992547409931234',
    place: null,
  });
  expect(posts.at(-1)).toMatchObject({ externalId: '4100002', origin: null, editedAt: null });
});

test('comments know what they answer; a deleted one is gone', async () => {
  const { posts, pages } = await readSource(dev, { ...fixture, terms });
  expect(posts.slice(1, 3)).toMatchObject([
    {
      externalId: 'comment 2ab3c',
      url: 'https://dev.to/lena_k/comment/2ab3c',
      text: 'Same here & still waiting, see this.',
      links: ['https://forum.example/t/42'],
      parentId: '90071992547409931234',
      threadId: '90071992547409931234',
    },
    { externalId: 'comment 2ab4d', parentId: 'comment 2ab3c' },
  ]);
  expect(pages.flatMap(({ gone }) => gone ?? [])).toEqual([{ source: 'dev', externalId: 'comment 2ab5e' }]);
});

test('it asks for the last thirty days in the API’s new form, and for what has news only', async () => {
  const { requests } = await readSource(dev, { ...fixture, terms, since: '2026-11-19T00:00:00Z' });
  expect(requests.map(({ target }) => target)).toEqual([
    '/api/articles/search?q=Blue+Door+Coffee&page=1&per_page=100&top=30',
    '/api/comments?a_id=90071992547409931234',
  ]);
  expect(requests[0]?.headers.accept).toBe('application/vnd.forem.api-v1+json');
});

test('a full page has another one behind it, unless that is the same again', async () => {
  const full = (from: number) =>
    Array.from({ length: 100 }, (_, index) => article(from + index, { published_at: null }));
  const old = { published_at: '2026-09-01T00:00:00Z' };
  const two = await read((page) => (page === 1 ? full(1).map((one) => ({ ...one, ...old })) : [article(500)]));
  expect(two.posts.map(({ externalId }) => externalId)).toEqual(['500']);
  const same = await read(() => full(1));
  expect(same.posts).toHaveLength(100);
  expect(same.requests.filter(({ path }) => path.endsWith('/search'))).toHaveLength(2);
  const endless = await read((page) => full(page * 100));
  expect([endless.posts.length, endless.pages.some(({ capped }) => capped)]).toEqual([100, true]);
});

test('an article that is taken away meanwhile costs only itself; one without its whole text keeps the beginning', async () => {
  const { posts, faults } = await read(() => [article(1), article(2)], {
    '/api/articles/2': { json: { id: 2 } },
  });
  expect(posts.map(({ externalId, text }) => [externalId, text])).toEqual([['2', 'The beginning...']]);
  expect(faults).toEqual([]);
});

test.each<[string, Reply, string, number | null]>([
  ['its limit', { status: 429, json: { error: 'Rate limit reached, try again in 300 seconds' } }, 'slow-down', 300],
  ['its limit without a time', { status: 429, json: { error: 'Rate limit reached' } }, 'slow-down', 60],
  ['nothing, at its edge', { status: 403, body: '' }, 'blocked', 900],
  ['that there is no search', { status: 404, json: { error: 'not found', status: 404 } }, 'garbled', null],
  ['that something is lost', { json: [article(1, { url: undefined })] }, 'garbled', null],
])('where DEV says %s', async (_, reply, kind, seconds) => {
  const { faults } = await read(reply);
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  const now = Date.parse('2026-11-20T08:00:00Z');
  expect(faults[0]?.retryAt ?? null).toBe(seconds === null ? null : now + seconds * 1000);
});
