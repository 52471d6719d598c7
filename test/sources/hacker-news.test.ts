/** What is particular to Hacker News' search: how it is asked, its limit of 1,000 hits, its HTML and its absent fields. */
import { expect, test } from 'vitest';
import { hackerNews } from '../../src/sources/hacker-news.ts';
import { fixture } from '../fixtures/hacker-news/fixture.ts';
import type { Answering, Reply } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const path = '/api/v1/search_by_date';
const now = Date.parse('2026-11-20T08:00:00Z') / 1000;
const one = { names: ['Blue Door Coffee'], handles: [], domains: [] };
const hit = (id: number | string, at = now, more: object = {}) => ({ objectID: `${id}`, created_at_i: at, ...more });
const hits = (list: readonly object[], nbPages = 1): Reply => ({ json: { hits: list, nbPages, page: 0 } });
const read = (answering: Answering | Reply, more: { readonly since?: string } = {}) =>
  readSource(hackerNews, { options: fixture.options, routes: () => ({ [path]: answering }), terms: one, ...more });

test('a comment keeps its words, its links in full, its story and its thread; a story its points', async () => {
  const { posts } = await readSource(hackerNews, fixture);
  expect(posts[0]).toEqual({
    source: 'hacker-news',
    externalId: '90071992547409931234',
    url: 'https://news.ycombinator.com/item?id=90071992547409931234',
    author: { handle: 'mira_t', name: null, url: 'https://news.ycombinator.com/user?id=mira_t', followers: null },
    title: 'Ask HN: Who roasts & ships well?',
    text: expect.stringMatching(
      /^Ordered beans from Blue Door Coffee three weeks ago & still nothing\.\n\nThey don't answer mail\. The thread: https:\S+-are-\.\.\.\n+ {2}status: label printed$/,
    ),
    language: null,
    publishedAt: Date.parse('2026-11-19T21:14:03Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: ['https://forum.example/t/blue-door-coffee-where-are-my-beans/42'],
    origin: null,
    parentId: '45100001',
    threadId: '45100000',
    place: null,
  });
  expect(posts[1]).toMatchObject({
    title: 'Ask HN: Who roasts & ships well?',
    engagement: { likes: 31, replies: 12 },
    parentId: null,
    threadId: '45100000',
  });
  expect(posts[2]).toMatchObject({ text: '', links: ['https://bluedoor.example/status'] });
});

test('it asks for whole phrases without typing errors and beginnings, in texts and addresses but not in authors’ names', async () => {
  const { requests } = await readSource(hackerNews, { ...fixture, since: '2026-11-20T06:00:00.500Z' });
  const asked = requests.map(({ query }) => Object.fromEntries(query));
  expect(asked.map(({ query }) => query)).toEqual(['"Blue Door Coffee"', '"Blue Door Café"', '"bluedoor.example"']);
  expect(asked[0]).toEqual({
    query: '"Blue Door Coffee"',
    tags: '(story,comment)',
    numericFilters: `created_at_i>${now - 7200}`,
    typoTolerance: 'false',
    queryType: 'prefixNone',
    restrictSearchableAttributes: 'title,story_text,comment_text,url',
    hitsPerPage: '100',
    page: '0',
  });
  const quoted = await readSource(hackerNews, { ...fixture, terms: { ...one, names: ['The "Blue" Door'] } });
  expect(quoted.requests[0]?.query.get('query')).toBe('"The  Blue  Door"');
});

test('2,500 hits come in whole: behind the thousandth a new question ends where the last one stopped', async () => {
  const all = Array.from({ length: 2500 }, (_, index) => hit(index, now - Math.floor(index / 3)));
  const server: Answering = ({ query }) => {
    const until = Number(/created_at_i<=(\d+)/.exec(query.get('numericFilters') ?? '')?.[1] ?? now);
    const given = all.filter((one) => one.created_at_i <= until).slice(0, 1000);
    const page = Number(query.get('page'));
    return hits(given.slice(page * 100, page * 100 + 100), Math.ceil(given.length / 100));
  };
  const { posts, pages, faults } = await read(server);
  expect(faults).toEqual([]);
  expect(posts).toHaveLength(2500);
  expect(new Set(posts.map(({ externalId }) => externalId)).size).toBe(2500);
  expect(pages.some(({ capped }) => capped)).toBe(false);
});

test('past thirty requests it stops and says that there was more', async () => {
  let id = 0;
  const endless = await read(() =>
    hits(
      Array.from({ length: 100 }, () => hit(++id, now - id)),
      10,
    ),
  );
  expect(endless.posts).toHaveLength(3000);
  expect(endless.pages.map(({ capped }) => capped).indexOf(true)).toBe(29);
});

test('it stops behind the last look, and where every page is the same one', async () => {
  const old = await read(hits([hit(1, now - 9000), hit(2, now - 9001)], 5), { since: '2026-11-20T07:00:00Z' });
  expect(old.posts).toHaveLength(2);
  expect(old.requests).toHaveLength(1);
  const same = await read(hits([hit(1), hit(2)], 5));
  expect(same.posts).toHaveLength(2);
  expect(same.requests).toHaveLength(2);
});

test('odd hits cost only themselves, odd dates and addresses only their field', async () => {
  const odd = await read(
    hits([
      { objectID: null, title: 'no id' },
      hit('1', now, { title: 7 }),
      hit('2', 9e15, { author: '\ud800', title: '<b> is a tag &amp; Blue Door Coffee', url: 'javascript:alert(1)' }),
      hit('3', -5, { created_at: 'yesterday', comment_text: '<p>', title: '' }),
      { objectID: 4, created_at: '2014-06-01T10:00:00.000Z', comment_text: 'old form', points: null, story_id: 5 },
    ]),
  );
  expect(odd.faults).toEqual([]);
  expect(odd.unreadable).toEqual(['hits.0: objectID is not as expected', 'hits.1: title is not as expected']);
  expect(odd.posts.map(({ externalId, publishedAt }) => [externalId, publishedAt])).toEqual([
    ['2', null],
    ['3', null],
    ['4', Date.parse('2014-06-01T10:00:00Z')],
  ]);
  expect(odd.posts[0]).toMatchObject({ title: '<b> is a tag & Blue Door Coffee', links: [] });
});

test('an error inside a 200 is what it says; a page on which nothing parses is a changed platform', async () => {
  const kinds = async (reply: Reply) => (await read(reply)).faults.map(({ kind }) => kind);
  expect(await kinds({ json: { message: 'Too many requests', status: 429 } })).toEqual(['slow-down']);
  expect(await kinds({ json: { status: 503, message: 'Unreachable hosts' } })).toEqual(['unreachable']);
  expect(await kinds({ json: { message: 'invalid numericFilters', status: 400 } })).toEqual(['garbled']);
  expect(await kinds(hits([{ id: 1 }, { id: 2 }]))).toEqual(['garbled']);
});
