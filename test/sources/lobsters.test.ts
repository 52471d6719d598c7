/** What is particular to Lobsters: stories in JSON, comments in a feed, and a place that wants to be read slowly. */
import { expect, test } from 'vitest';
import { lobsters } from '../../src/sources/lobsters.ts';
import { fixture } from '../fixtures/lobsters/fixture.ts';
import type { Reply, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const story = (id: string, created_at = '2026-11-19T12:00:00-06:00') => ({
  short_id: id,
  created_at,
  title: 'A story',
});
const storiesOf = (...stories: readonly object[]): Reply => ({ json: stories });
const noComments = { '/comments.rss': '<rss version="2.0"><channel><title>None</title></channel></rss>' };
const read = (routes: Routes, since = '2026-10-21') =>
  readSource(lobsters, { options: fixture.options, since, routes: () => ({ ...noComments, ...routes }) });

test('a story keeps its link, its submitter in both forms, and its time in UTC', async () => {
  const { posts } = await readSource(lobsters, fixture);
  expect(posts[0]).toEqual({
    source: 'lobsters',
    externalId: 's/90071992547409931234',
    url: 'https://lobste.rs/s/90071992547409931234',
    author: { handle: 'mirat', name: null, url: 'https://lobste.rs/~mirat', followers: null },
    title: "Blue Door Coffee's new API forgets orders",
    text: 'Three orders of ours are gone, see the thread & the log.',
    language: null,
    publishedAt: Date.parse('2026-11-19T19:30:54Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: 14, reposts: null, replies: 9, views: null },
    links: ['https://mira.example/blog/blue-door', 'https://forum.example/t/42'],
    origin: null,
    parentId: null,
    threadId: 's/90071992547409931234',
    place: null,
  });
  expect(posts[1]).toMatchObject({ author: { handle: 'jonas' }, text: '', links: [] });
});

test('a comment comes under its story’s title, with its own words and links', async () => {
  const { posts } = await readSource(lobsters, fixture);
  expect(posts[2]).toMatchObject({
    externalId: 'c/x1y2z3',
    url: 'https://lobste.rs/c/x1y2z3',
    author: { handle: 'lena_k', url: 'https://lobste.rs/~lena_k' },
    title: "Blue Door Coffee's new API forgets orders",
    text: 'Ours too. Their support closed the ticket, unsolved.',
    links: ['https://status.bluedoor.example/7'],
    publishedAt: Date.parse('2026-11-20T07:10:00Z'),
  });
});

test('it is off until the owner switches it on, and its two looks are shared by all brands', () => {
  expect(lobsters.offByDefault).toMatch(/volunteers/);
  const looks = lobsters.looks({}, { names: ['A'], handles: [], domains: [] });
  expect(looks.map(({ key, scope }) => [key, scope])).toEqual([
    ['newest stories', 'place'],
    ['newest comments', 'place'],
  ]);
});

test('it goes on page by page until all is old, nothing is new, or five pages are read', async () => {
  const old = await read(
    {
      '/newest.json': storiesOf(story('a'), story('b', '2026-10-01T00:00:00Z')),
      '/newest/page/2.json': storiesOf(story('c', '2026-10-01T00:00:00Z')),
    },
    '2026-11-01',
  );
  expect(old.posts.map(({ externalId }) => externalId)).toEqual(['s/a', 's/b', 's/c']);
  const same = await read({ '/newest.json': storiesOf(story('a')), '/newest/*': storiesOf(story('a')) });
  expect(same.requests.map(({ path }) => path)).toEqual(['/newest.json', '/newest/page/2.json', '/comments.rss']);
  const endless = await read({
    '/newest.json': storiesOf(story('p1')),
    '/newest/*': ({ path }) => storiesOf(story(`p${path.replace(/\D/g, '')}`)),
  });
  expect(endless.pages.map(({ capped }) => capped)).toEqual([false, false, false, false, true, false]);
});

test('comments that are all newer than the last look may not have been all of them', async () => {
  const all = await readSource(lobsters, fixture);
  expect(all.pages.at(-1)?.capped).toBe(true);
  const known = await readSource(lobsters, { ...fixture, since: '2026-11-20T07:30:00Z' });
  expect(known.pages.at(-1)?.capped).toBe(false);
});

test('a lost id, in stories or in comments, is a changed platform; one look’s trouble is not the other’s', async () => {
  const item = '<item><title>T</title><link>https://lobste.rs/</link><description>words</description></item>';
  const { faults } = await read({
    '/newest.json': storiesOf({ title: 'A story', created_at: '2026-11-19T12:00:00Z' }),
    '/comments.rss': `<rss version="2.0"><channel><title>C</title>${item}</channel></rss>`,
  });
  expect(faults.map(({ kind }) => kind)).toEqual(['garbled', 'garbled']);
  const one = await read({ '/newest.json': { status: 502 } });
  expect(one.faults.map(({ kind }) => kind)).toEqual(['unreachable']);
  expect(one.pages).toHaveLength(1);
});
