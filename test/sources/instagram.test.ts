/** What is particular to Instagram: the account behind a page, own answers below own pictures, hashtags without names, and its refusals. */
import { expect, test } from 'vitest';
import { instagram } from '../../src/sources/instagram.ts';
import { at, fixture, list, own, picture, session } from '../fixtures/instagram/fixture.ts';
import type { Reply, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const read = (routes: Routes, options: object = {}) =>
  readSource(instagram, {
    options: (url) => ({ baseUrl: url, ...options }),
    session,
    routes: () => ({ ...own, '/*': list([]), ...routes }),
  });

test('pictures that tag the account, comments of others, and hashtags; not pictures without words, nor our own answers', async () => {
  const { posts, requests } = await readSource(instagram, fixture);
  expect(posts[0]).toEqual({
    source: 'instagram',
    externalId: '90071992547409931',
    url: 'https://www.instagram.com/p/90071992547409931/',
    author: { handle: '@mira_t', name: null, url: 'https://www.instagram.com/mira_t/', followers: null },
    title: null,
    text: 'Cold soup & nobody answers, @bluedoorcoffee. https://photos.example/soup',
    language: null,
    publishedAt: Date.parse('2026-11-19T08:00:00Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: 4, reposts: null, replies: 1, views: null },
    links: ['https://photos.example/soup'],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  });
  expect(posts.map(({ externalId, author, place }) => [externalId, author.handle, place]).slice(1)).toEqual([
    ['601', '@jonas', null],
    ['700', null, '#bluedoor'],
  ]);
  const hashtag = requests.find(({ path }) => path.endsWith('ig_hashtag_search'));
  expect([hashtag?.query.get('q'), hashtag?.query.get('user_id')]).toEqual(['bluedoor', '4200']);
  expect(requests.some(({ path }) => path.includes('501/comments'))).toBe(false);
});

test('it goes on behind an empty page, not along a cursor that comes again, nor behind what is old', async () => {
  const tags = at('4200/tags');
  const turns = [list([], 'a'), list([picture('1')], 'b'), list([picture('2')], 'b')];
  const { posts, requests } = await read({ [tags]: turns });
  expect(posts.map(({ externalId }) => externalId)).toEqual(['1', '2']);
  expect(requests.filter(({ path }) => path === tags)).toHaveLength(3);
  const old = await read({ [tags]: list([picture('1', { timestamp: '2026-01-01T00:00:00+0000' })], 'a') });
  expect(old.requests.filter(({ path }) => path === tags)).toHaveLength(1);
});

test('an account that is not there, and a hashtag that nobody uses, are told', async () => {
  const { faults } = await read({}, { username: '@Elsewhere' });
  expect(faults).toMatchObject([
    { kind: 'gone', message: expect.stringContaining('no account @elsewhere') },
    { kind: 'gone' },
  ]);
  expect((await read({}, { hashtags: ['nobody'] })).notes).toEqual(['Nobody uses #nobody on Instagram.']);
  const tooMany = instagram.options.safeParse({ hashtags: Array.from({ length: 31 }, (_, index) => `tag${index}`) });
  expect(tooMany.error?.issues[0]?.message).toContain('30');
});

const refusal = (code: number, message: string): Reply => ({
  status: 400,
  json: { error: { message, type: 'OAuthException', code } },
});
test.each<[string, Reply, string, RegExp]>([
  ['that the connection is over', refusal(190, 'Session has expired'), 'not-allowed', /connect instagram/],
  ['that the app is not approved', refusal(10, 'requires Instagram Public Content Access'), 'not-allowed', /approved/],
  ['that there were too many questions', refusal(4, 'Application request limit reached'), 'slow-down', /fewer/],
  ['what was not expected', { json: { surprise: true } }, 'garbled', /changed/],
])('where Instagram says %s', async (_, reply, kind, words) => {
  const { faults } = await read({ [at('4200/tags')]: reply });
  // A host that wants quiet is not asked for the comments either.
  expect(faults[0]?.kind).toBe(kind);
  expect(faults[0]?.message).toMatch(words);
});
