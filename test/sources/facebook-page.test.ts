/** What is particular to Facebook pages: tokens of pages, own posts, recommendations that come and go, and codes in place of statuses. */
import { expect, test } from 'vitest';
import { facebookPage } from '../../src/sources/facebook-page.ts';
import { at, fixture, nobody, pages, session } from '../fixtures/facebook-page/fixture.ts';
import type { Reply, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const read = (routes: Routes, more: { pages?: readonly string[]; since?: string } = {}) =>
  readSource(facebookPage, {
    options: (url) => ({ baseUrl: url, pages: more.pages ?? [] }),
    session,
    ...(more.since && { since: more.since }),
    routes: () => ({ ...pages, '/*': nobody, ...routes }),
  });
const refusal = (status: number, code: number, message = 'No'): Reply => ({
  status,
  json: { error: { message: `(#${code}) ${message}`, type: 'OAuthException', code, fbtrace_id: 'A' } },
});
const comment = (id: string, created_time = '2026-11-19T08:00:00+0000') => ({ id, message: 'cold', created_time });

test('posts that tag the page, comments of others and recommendations; not what the page wrote, nor what has no words', async () => {
  const { posts, requests } = await readSource(facebookPage, fixture);
  expect(posts[0]).toEqual({
    source: 'facebook-page',
    externalId: '55_90071992547409931',
    url: 'https://www.facebook.com/55/posts/90071992547409931',
    author: { handle: null, name: 'Mira T.', url: null, followers: null },
    title: null,
    text: 'Charged twice at Blue Door Coffee and nobody answers. https://photos.example/receipt',
    language: null,
    publishedAt: Date.parse('2026-11-18T17:46:08Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: ['https://photos.example/receipt'],
    origin: null,
    parentId: null,
    threadId: null,
    place: 'Blue Door Coffee',
  });
  expect(posts.map(({ externalId, text, rating }) => [externalId, text, rating]).slice(1)).toEqual([
    ['7001_2', 'A visitor: is there oat milk?', null],
    ['1_11', 'You never do, I waited.', null],
    ['12', 'Same here & cold coffee', null],
    ['900', 'Slow.', { value: 0, scale: 1 }],
    ['7001  2026-10-30T10:00:00+0000', '', { value: 5, scale: 5 }],
  ]);
  const asked = requests.map(({ path, headers }) => [path.replace('/v25.0/', ''), headers.authorization]);
  expect(asked).toEqual([
    ['me/accounts', 'Bearer user.invented'],
    ['7001/tagged', 'Bearer page.invented'],
    ['7001/feed', 'Bearer page.invented'],
    ['7001_1/comments', 'Bearer page.invented'],
    ['7001_1/comments', 'Bearer page.invented'],
    ['7001/ratings', 'Bearer page.invented'],
  ]);
});

test('comments are read behind an empty page, not along a cursor that comes again, nor behind what is old', async () => {
  const after = (data: readonly object[], cursor: string) => ({
    json: { data, paging: { cursors: { after: cursor } } },
  });
  const turns = [after([], 'a'), after([comment('1')], 'b'), after([comment('2')], 'b')];
  const { posts, requests } = await read({ [at('7001/tagged')]: turns });
  expect(posts.map(({ externalId }) => externalId)).toEqual(['1', '2']);
  expect(requests.filter(({ path }) => path.endsWith('tagged'))).toHaveLength(3);
  const old = await read({ [at('7001/tagged')]: after([comment('1', '2026-01-01T08:00:00+0000')], 'a') });
  expect(old.requests.filter(({ path }) => path.endsWith('tagged'))).toHaveLength(1);
});

test('recommendations that Facebook took away are none, and no trouble', async () => {
  const { faults, posts } = await read({
    [at('7001/tagged')]: { json: { data: [comment('1')] } },
    [at('7001/ratings')]: refusal(400, 12, 'ratings is deprecated for versions v22.0 and higher'),
  });
  expect([faults, posts.length]).toEqual([[], 1]);
});

test('a post that was deleted a moment ago has no comments, and costs none of the others', async () => {
  const feed = { json: { data: [comment('7001_1'), comment('7001_2')] } };
  const { posts, faults } = await read({
    [at('7001/feed')]: feed,
    [at('7001_1/comments')]: refusal(400, 100, 'Object does not exist'),
    [at('7001_2/comments')]: { json: { data: [comment('2_3')] } },
  });
  expect([posts.map(({ externalId }) => externalId), faults]).toEqual([['7001_1', '7001_2', '2_3'], []]);
});

test('a page that the owner did not tick is told', async () => {
  const { faults } = await read({}, { pages: ['99'] });
  expect(faults).toMatchObject([{ kind: 'gone', message: expect.stringContaining('page 99') }]);
  const { notes } = await read({ [at('me/accounts')]: nobody });
  expect(notes).toEqual(['The account you connected lets Earshot see no page.']);
});

test.each<[string, Reply, string, RegExp]>([
  [
    'that the connection is over',
    refusal(400, 190, 'Error validating access token'),
    'not-allowed',
    /has ended.+connect facebook-page/,
  ],
  ['that rights are missing', refusal(403, 10, 'requires pages_read_user_content'), 'not-allowed', /approved/],
  [
    'that an app token is wanted',
    refusal(400, 100, 'Pages Public Content Access requires a permission'),
    'not-allowed',
    /approved/,
  ],
  ['that there is no such page', refusal(404, 803, 'does not exist'), 'gone', /config/],
  [
    'that it has trouble of its own',
    refusal(500, 2, 'Service temporarily unavailable'),
    'unreachable',
    /again by itself/,
  ],
  ['what was not expected', { json: { surprise: true } }, 'garbled', /changed/],
])('where Facebook says %s', async (_, reply, kind, words) => {
  const { faults } = await read({ [at('7001/tagged')]: reply });
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  expect(faults[0]?.message).toMatch(words);
});

test('“too much” comes as a code, and its header says for how many minutes', async () => {
  const usage = JSON.stringify({ 7001: [{ type: 'pages', call_count: 100, estimated_time_to_regain_access: 19 }] });
  const limited = {
    ...refusal(400, 32, 'Page request limit reached'),
    headers: { 'x-business-use-case-usage': usage },
  };
  const { faults } = await read({ [at('7001/tagged')]: limited });
  expect(faults).toMatchObject([{ kind: 'slow-down', retryAt: now + 19 * 60_000 }]);
});
