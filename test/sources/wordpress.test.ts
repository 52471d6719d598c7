/** What is particular to WordPress: one's own blog and those of others, three doors to find, lists that are shut, and wordpress.com. */
import { expect, test } from 'vitest';
import { wordpress } from '../../src/sources/wordpress.ts';
import { fixture } from '../fixtures/wordpress/fixture.ts';
import type { Reply, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import { blueDoor } from '../support/source-fixture.ts';

const json = { 'content-type': 'application/json; charset=UTF-8' };
const comment = (id: number) => ({
  id,
  post: 1,
  parent: 0,
  author_name: 'Ana',
  date_gmt: '2026-11-18T09:00:00',
  content: { rendered: `<p>${id}</p>` },
});
const reading = (routes: Routes) => readSource(wordpress, { ...fixture, routes: () => routes });
const refusal = (status: number, code: string): Reply => ({ status, json: { code, message: 'No.', data: { status } } });
const own = { names: ['Blue Door Coffee'], handles: [], domains: ['127.0.0.1'] };

test('posts and comments keep their words, authors, dates and what they answer', async () => {
  const { posts } = await readSource(wordpress, fixture);
  expect(posts[0]).toMatchObject({
    externalId: expect.stringMatching(/^127\.0\.0\.1:\d+#post-812$/),
    url: 'https://eats.example/2026/11/blue-door/',
    author: { name: 'Nadia Brook', url: 'https://eats.example/author/nadia/' },
    title: 'An hour at Blue Door Coffee – and no receipt',
    text: 'We waited an hour & left.\n\nThe menu looks lovely.',
    publishedAt: Date.parse('2026-11-18T07:00:00Z'),
    editedAt: Date.parse('2026-11-19T09:15:00Z'),
    links: ['https://bluedoor.example/menu'],
  });
  expect(posts[1]).toMatchObject({ author: { name: null }, editedAt: null });
  expect(posts[2]).toMatchObject({
    externalId: expect.stringMatching(/#comment-9007199254740993123$/),
    author: { name: 'Tim & Jo', url: 'https://tim.example' },
    text: 'Blue Door Coffee never answered my mail either.\nStill waiting.',
    publishedAt: Date.parse('2026-11-19T08:00:00Z'),
    parentId: expect.stringMatching(/#comment-40$/),
    threadId: posts[0]?.externalId,
  });
  expect(posts[3]).toMatchObject({ author: { name: null, url: null }, parentId: posts[0]?.externalId });
});

test('under one’s own blog only comments are read, and every one is about the brand; others are read once for all', async () => {
  const sites = ['https://blog.bluedoor.example/', 'https://bluedoor.example', 'https://notbluedoor.example'];
  const looks = wordpress.looks({ sites }, blueDoor);
  expect(looks.map(({ scope, certain }) => [scope, certain])).toEqual([
    ['brand', true],
    ['brand', true],
    ['place', undefined],
  ]);
  const { requests } = await readSource(wordpress, { ...fixture, terms: own });
  expect(requests.map(({ path }) => path)).toEqual(['/wp-json/wp/v2/comments']);
});

test('it asks for what is new, newest first, and for no more fields than it reads', async () => {
  const { requests } = await readSource(wordpress, fixture);
  expect(Object.fromEntries(requests[1]?.query ?? [])).toEqual({
    orderby: 'date_gmt',
    order: 'desc',
    after: '2026-10-21T00:00:00Z',
    per_page: '100',
    page: '1',
    _fields: 'id,post,parent,author_name,author_url,date_gmt,content,link',
  });
});

test('it goes on for as many pages as there are, and a page that is gone in between is the end', async () => {
  const paged = (pages: string): Reply => ({ json: [comment(pages.length)], headers: { 'x-wp-totalpages': '3' } });
  const three = await readSource(wordpress, {
    ...fixture,
    terms: own,
    routes: () => ({ '/wp-json/wp/v2/comments': [paged('1'), paged('12'), paged('123')] }),
  });
  expect(three.posts).toHaveLength(3);
  const shrunk = await readSource(wordpress, {
    ...fixture,
    terms: own,
    routes: () => ({ '/wp-json/wp/v2/comments': [paged('1'), refusal(400, 'rest_comment_invalid_page_number')] }),
  });
  expect(shrunk.posts).toHaveLength(1);
  expect(shrunk.faults).toEqual([]);
  const repeating = await readSource(wordpress, {
    ...fixture,
    terms: own,
    routes: () => ({ '/wp-json/wp/v2/comments': paged('1') }),
  });
  expect(repeating.requests).toHaveLength(2);
});

test('a site without permalinks is found through what its front page announces, or through its parameter', async () => {
  const byParameter = ({ query }: { query: URLSearchParams }) =>
    query.get('rest_route') === '/wp/v2/comments' ? { json: [comment(1)] } : { json: [] };
  const announced = await readSource(wordpress, {
    ...fixture,
    routes: (url) => ({
      '/': { body: '<html><title>Eats</title></html>', headers: { link: `<${url}/api/>; rel="https://api.w.org/"` } },
      '/api/wp/v2/comments': { json: [comment(1)] },
      '/api/wp/v2/posts': { json: [] },
    }),
  });
  expect(announced.posts).toHaveLength(1);
  const hidden = await reading({ '/': byParameter });
  expect(hidden.posts).toHaveLength(1);
});

test('a list that is shut costs only itself; a site that opens nothing says what to do instead', async () => {
  const half = await reading({
    '/wp-json/wp/v2/posts': { json: [] },
    '/wp-json/wp/v2/comments': { ...refusal(401, 'rest_forbidden'), headers: json },
  });
  expect(half.faults).toEqual([]);
  expect(half.notes).toEqual([expect.stringMatching(/shows only part/)]);
  const shut = await reading({ '/*': refusal(403, 'rest_forbidden') });
  expect(shut.faults).toMatchObject([
    { kind: 'not-allowed', message: expect.stringMatching(/comments\/feed\/.*feed\.urls/) },
  ]);
  const none = await reading({ '/*': refusal(404, 'rest_no_route') });
  expect(none.faults).toMatchObject([{ kind: 'gone', message: expect.stringMatching(/feed\.urls/) }]);
});

test('comments of a site at wordpress.com come from its own door', async () => {
  const one = {
    ID: 77,
    post: { ID: 5, title: 'Cold tea &amp; cold staff', type: 'post', link: 'x' },
    author: { ID: 1, name: 'Ana', URL: 'not an address' },
    date: '2026-11-18T09:00:00+01:00',
    URL: 'https://door.wordpress.com/2026/11/18/tea/#comment-77',
    content: '<p>Blue Door Coffee again.</p>',
    parent: false,
    like_count: 2,
  };
  const read = await readSource(wordpress, {
    options: (url) => ({ sites: ['https://door.wordpress.com'], baseUrl: url }),
    routes: () => ({ '/rest/v1.1/sites/door.wordpress.com/comments': { json: { found: 1, comments: [one] } } }),
  });
  expect(read.faults).toEqual([]);
  expect(read.posts).toMatchObject([
    {
      externalId: 'door.wordpress.com#comment-77',
      url: 'https://door.wordpress.com/2026/11/18/tea/#comment-77',
      author: { name: 'Ana', url: null },
      title: 'Cold tea & cold staff',
      text: 'Blue Door Coffee again.',
      publishedAt: Date.parse('2026-11-18T08:00:00Z'),
      engagement: { likes: 2 },
      parentId: 'door.wordpress.com#post-5',
    },
  ]);
});
