/** What is particular to GitHub: comments are found with their issue and read below it; its limits, and own repositories. */
import { expect, test } from 'vitest';
import { github } from '../../src/sources/github.ts';
import { fixture } from '../fixtures/github/fixture.ts';
import type { Reply, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const terms = { names: ['Blue Door Coffee'], handles: [], domains: [] };
const issue = (number: number, more: object = {}) => ({
  node_id: `I_${number}`,
  html_url: `https://github.com/octo-cafe/till/issues/${number}`,
  title: 'Blue Door Coffee is slow',
  user: { login: 'jonas' },
  comments: 0,
  created_at: '2026-11-18T14:15:21Z',
  body: 'Very.',
  ...more,
});
const comment = (issueNumber: number, id: number) => ({
  node_id: `IC_${id}`,
  html_url: `https://github.com/octo-cafe/till/issues/${issueNumber}#issuecomment-${id}`,
  user: { login: 'lena-k' },
  created_at: '2026-11-19T09:00:00Z',
  body: 'Same here.',
});
const found = (items: readonly object[], more: object = {}): Reply => ({
  json: { total_count: items.length, incomplete_results: false, items, ...more },
});
const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);
const read = (routes: Routes, more: { repositories?: string[]; secrets?: Record<string, string> } = {}) =>
  readSource(github, {
    options: (url) => ({ baseUrl: url, repositories: more.repositories ?? [] }),
    terms,
    routes: () => ({ '/search/issues': found([]), ...routes }),
    ...(more.secrets && { secrets: more.secrets }),
  });

test('an issue keeps its words, its repository and its links; a comment comes below it, with its last edit', async () => {
  const { posts } = await readSource(github, { ...fixture, terms });
  expect(posts[0]).toEqual({
    source: 'github',
    externalId: 'I_90071992547409931234',
    url: 'https://github.com/octo-cafe/till/issues/42',
    author: { handle: 'mirat', name: null, url: 'https://github.com/mirat', followers: null },
    title: 'Blue Door Coffee: payments are taken twice',
    text: 'Since yesterday **every** order is paid twice & nobody answers.\n\nSee [our thread](https://forum.example/t/42).',
    language: null,
    publishedAt: Date.parse('2026-11-18T14:15:21Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: 7, reposts: null, replies: 2, views: null },
    links: ['https://forum.example/t/42'],
    origin: null,
    parentId: null,
    threadId: 'https://github.com/octo-cafe/till/issues/42',
    place: 'octo-cafe/till',
  });
  expect(posts[1]).toMatchObject({ externalId: 'PR_0007', author: { handle: null, url: null }, text: '' });
  expect(posts[2]).toMatchObject({
    externalId: 'IC_3100001',
    title: 'Blue Door Coffee: payments are taken twice',
    editedAt: Date.parse('2026-11-19T14:21:43Z'),
    parentId: 'https://github.com/octo-cafe/till/issues/42',
  });
});

test('it asks for what was written to since the last look, in titles, words and comments', async () => {
  const { requests } = await readSource(github, { ...fixture, terms });
  expect(requests[0]?.query.get('q')).toBe(
    '"Blue Door Coffee" in:title,body,comments is:issue updated:>=2026-10-21T00:00:00Z',
  );
  expect(requests.map(({ path }) => path)).toEqual(['/search/issues', '/repos/octo-cafe/till/issues/42/comments']);
  expect(requests[1]?.query.get('since')).toBe('2026-10-21T00:00:00.000Z');
  expect(requests[0]?.headers).toMatchObject({ 'x-github-api-version': '2022-11-28' });
  expect(requests[0]?.headers.authorization).toBeUndefined();
});

test('a guest reads the comments of eight issues and is told of the others; a token reads more', async () => {
  const busy = {
    '/search/issues': found(range(1, 12).map((number) => issue(number, { comments: 1 }))),
    '/repos/*': ({ path }: { path: string }) => ({ json: [comment(Number(/(\d+)\/comments/.exec(path)?.[1]), 1)] }),
  };
  const guest = await read(busy);
  expect(guest.requests).toHaveLength(9);
  expect(guest.notes.join()).toMatch(/comments of 4 more issues/);
  const known = await read(busy, { secrets: { token: 'invented' } });
  expect(known.requests).toHaveLength(13);
  expect(known.notes).toEqual([]);
  expect(known.requests.every(({ headers }) => headers.authorization === 'Bearer invented')).toBe(true);
});

test('it goes on page by page to the thousandth issue, but not where the same come again', async () => {
  const pageOf = (numbers: readonly number[]) => found(numbers.map((number) => issue(number)));
  const endless = await read({ '/search/issues': ({ query }) => pageOf(range(Number(query.get('page')) * 100, 100)) });
  expect([endless.posts.length, endless.pages.at(-1)?.capped]).toEqual([1000, true]);
  const same = await read({ '/search/issues': () => pageOf(range(1, 100)) });
  expect([same.posts.length, same.requests.length]).toEqual([100, 2]);
});

test('in own repositories every issue and comment counts', async () => {
  const { looks, posts, requests } = await read(
    {
      '/repos/blue-door/bookings/issues': { json: [issue(3, { title: 'It crashes' })] },
      '/repos/blue-door/bookings/issues/comments': { json: [comment(3, 8), comment(2, 9)] },
    },
    { repositories: ['blue-door/bookings'] },
  );
  expect(looks.map(({ key, certain }) => [key, certain ?? false])).toEqual([
    ['search', false],
    ['blue-door/bookings', true],
  ]);
  expect(posts.map(({ externalId, title }) => [externalId, title])).toEqual([
    ['I_3', 'It crashes'],
    ['IC_8', 'It crashes'],
    ['IC_9', null],
  ]);
  expect(`${requests[1]?.query}`).toMatch(/^since=2026-10-21T00%3A00%3A00.000Z&sort=updated&direction=desc&state=all/);
  expect(github.options.safeParse({ repositories: ['../x/y'] }).success).toBe(false);
});

test('a search that was cut off keeps what came, and is asked again', async () => {
  const { posts, faults } = await read({ '/search/issues': found([issue(1)], { incomplete_results: true }) });
  expect(posts).toHaveLength(1);
  expect(faults.map(({ kind }) => kind)).toEqual(['unreachable']);
});

const said = (status: number, message: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  json: { message, documentation_url: 'https://docs.example/rest' },
});
test.each<[string, Reply, string]>([
  ['its limit for guests', said(403, 'API rate limit exceeded for 192.0.2.1.'), 'slow-down'],
  ['its second limit', said(403, 'You have exceeded a secondary rate limit. Please wait.'), 'slow-down'],
  ['its second limit of old', said(403, 'You have triggered an abuse detection mechanism.'), 'slow-down'],
  ['that the token is wrong', said(401, 'Bad credentials'), 'not-allowed'],
  ['that it did not understand', said(422, 'Validation Failed'), 'garbled'],
  ['something without an address', found([issue(1, { html_url: undefined })]), 'garbled'],
])('where GitHub says %s', async (_, reply, kind) => {
  const { faults } = await read({ '/search/issues': reply }, { secrets: { token: 'invented' } });
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
});

test('a repository that is not there is a mistake in the config, and does not silence the search', async () => {
  const { posts, faults } = await read({ '/search/issues': found([issue(1)]) }, { repositories: ['blue-door/none'] });
  expect(posts).toHaveLength(1);
  expect(faults.map(({ kind }) => kind)).toEqual(['gone']);
  expect(faults[0]?.message).toContain('blue-door/none');
});
