/** What is particular to Mastodon: servers that say who may look, ids that are local, tokens of one server, late posts. */
import { expect, test } from 'vitest';
import { mastodon } from '../../src/sources/mastodon.ts';
import { fixture } from '../fixtures/mastodon/fixture.ts';
import type { Answering, Reply, Route, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const timeline = '/api/v1/timelines/tag/bluedoor';
const now = Date.parse('2026-11-20T08:00:00Z');
const options = (url: string) => ({ instances: [url], hashtags: ['bluedoor'] });
const status = (id: number | string, more: Record<string, unknown> = {}) => ({
  id: `${id}`,
  uri: `https://social.example/users/ana/statuses/${id}`,
  url: `https://social.example/@ana/${id}`,
  created_at: '2026-11-20T07:00:00.000Z',
  content: '<p>#BlueDoor again</p>',
  visibility: 'public',
  reblog: null,
  ...more,
  account: { acct: 'ana@social.example', ...(more.account as object) },
});
const access = (local: string, remote: string): Reply => ({
  json: { domain: 'mastodon.example', configuration: { timelines_access: { hashtag_feeds: { local, remote } } } },
});
const read = (list: Route, more: Routes = {}, given: { readonly token?: string; readonly since?: string } = {}) =>
  readSource(mastodon, {
    options,
    routes: () => ({ [timeline]: list, ...more }),
    ...(given.token && { secrets: { token: given.token } }),
    ...(given.since && { since: given.since }),
  });

test('a post keeps its home’s id, its warning, its words, whole links, its author’s full name and its counts', async () => {
  const { posts, notes } = await readSource(mastodon, fixture);
  expect(posts[0]).toEqual({
    source: 'mastodon',
    externalId: 'https://social.example/users/ana/statuses/90071992547409931234',
    url: 'https://social.example/@ana/115570361973436726',
    author: { handle: 'ana@social.example', name: 'Ana', url: 'https://social.example/@ana', followers: 265 },
    title: null,
    text: 'Coffee rant\n\nThird time #BlueDoorCoffee lost my order & my money.\n\nProof:\nhttps://www.pictures.example/receipts/2026/11/blue-door-8841',
    language: 'en',
    publishedAt: Date.parse('2026-11-20T07:03:39Z'),
    editedAt: Date.parse('2026-11-20T07:10:00Z'),
    rating: null,
    engagement: { likes: 14, reposts: 4, replies: 2, views: null },
    links: ['https://www.pictures.example/receipts/2026/11/blue-door-8841'],
    origin: 'https://social.example/users/ana/statuses/90071992547409931234',
    parentId: null,
    threadId: null,
    place: '#bluedoorcoffee',
  });
  expect(posts[1]).toMatchObject({
    url: 'https://mastodon.example/users/ben/statuses/115570361864193678',
    author: { handle: 'ben@mastodon.example' },
    language: 'de',
    parentId: '115570361800000000',
  });
  expect(posts[2]).toMatchObject({ author: { name: null, followers: 0 }, language: null });
  expect(notes).toEqual([]);
});

test('an account that says that a program writes there is told as one', async () => {
  const { posts } = await read({
    json: [status(2, { account: { bot: true } }), status(1, { account: { bot: false } })],
  });
  expect(posts.map(({ author }) => author.automatic ?? null)).toEqual([true, null]);
});

test('each server and hashtag is a place; hashtags come from the names where none is given', () => {
  const terms = { names: ['Blue Door Coffee', "Joe's Café & Bar", '2024'], handles: [], domains: [] };
  const keys = (given: object) =>
    mastodon.looks(mastodon.options.parse(given), terms).map(({ key, scope }) => `${scope} ${key}`);
  expect(keys({ instances: ['https://a.example/', 'https://b.example/m'] })).toEqual([
    'place https://a.example #bluedoorcoffee',
    'place https://a.example #joescafébar',
    'place https://b.example/m #bluedoorcoffee',
    'place https://b.example/m #joescafébar',
  ]);
  expect(keys({ instances: ['https://a.example'], hashtags: ['#BlueDoor', 'bluedoor '], search: true })).toEqual([
    'place https://a.example #bluedoor',
    'brand https://a.example search',
  ]);
  expect(mastodon.options.safeParse({ hashtags: ['blue door'] }).success).toBe(false);
});

test('it goes back by the id in the Link header, never to its address, until a page is wholly older', async () => {
  const list: Answering = ({ query }) => {
    const from = Number(query.get('max_id') ?? 100);
    const ids = [from - 1, from - 2];
    const link = `<https://elsewhere.example/steal?max_id=${from - 2}>; rel="next", <https://elsewhere.example/?min_id=1>; rel="prev"`;
    const at = (id: number) => new Date(now - (100 - id) * 3_600_000).toISOString();
    return { json: ids.map((id) => status(id, { created_at: at(id) })), headers: { link } };
  };
  const { posts, requests, asked, url } = await read(list, {}, { since: '2026-11-20T03:30:00Z' });
  expect(posts.map(({ externalId }) => externalId.split('/').at(-1))).toEqual(['99', '98', '97', '96', '95', '94']);
  expect(requests.slice(1).map(({ query }) => query.get('max_id'))).toEqual([null, '98', '96']);
  expect(asked.every((address) => address.startsWith(url))).toBe(true);
});

test('without the header a full page has another behind it; the same page again, or an odd header, is the end', async () => {
  const full = Array.from({ length: 40 }, (_, index) => status(100 - index));
  const list: Answering = ({ query }) => ({ json: query.get('max_id') ? [status(7)] : full });
  expect((await read(list)).posts).toHaveLength(41);
  const same = await read({ json: full });
  expect(same.posts).toHaveLength(40);
  expect(same.requests).toHaveLength(3);
  for (const link of ['<nonsense>; rel="next"', 'rel=next', '<https://a.example/?max_id=>;;,<', ''])
    expect((await read({ json: full, headers: { link } })).requests.length).toBeLessThanOrEqual(3);
  let id = 1e6;
  const endless = await read(() => ({ json: Array.from({ length: 40 }, () => status(--id)) }));
  expect(endless.posts).toHaveLength(1000);
  expect(endless.pages.map(({ capped }) => capped).indexOf(true)).toBe(24);
});

test('shared posts are not repeated; who wants no programs, and what is not public, is left out and counted', async () => {
  const { posts, unreadable } = await read({
    json: [
      status(1, { reblog: { id: '9' } }),
      status(2, { account: { noindex: true } }),
      status(3, { account: { note: '<p>hello <a href="https://a.example/tags/nobot">#<span>NoBot</span></a></p>' } }),
      status(4, { visibility: 'direct' }),
      status(5, { account: { indexable: false, noindex: false, note: 'I build nobots' } }),
      status(6, { visibility: 'unlisted' }),
    ],
  });
  expect(posts.map(({ externalId }) => externalId.at(-1))).toEqual(['5', '6']);
  expect(unreadable).toEqual(['asked not to be read by programs', 'asked not to be read by programs', 'is not public']);
});

test('odd posts cost only themselves; odd addresses and dates only their field', async () => {
  const odd = await read({
    json: [
      null,
      status(1, { uri: undefined }),
      status(2, { content: 4 }),
      status(3, { url: 'javascript:alert(1)', created_at: 'now', account: { url: 'data:text/html,x' } }),
      status(4, { uri: 'tag:social.example,2026:4', url: null, language: 'nan' }),
    ],
  });
  expect(odd.faults).toEqual([]);
  expect(odd.unreadable).toHaveLength(3);
  expect(odd.posts).toMatchObject([
    { url: 'https://social.example/users/ana/statuses/3', publishedAt: null, author: { url: null } },
    { url: null, externalId: 'tag:social.example,2026:4', language: null },
  ]);
  expect((await read({ json: [{ id: 1 }, { id: 2 }] })).faults[0]?.kind).toBe('garbled');
});

test('a closed server says so with the next step, a half closed one gives what it has with a note, an old one is simply read', async () => {
  const list: Route = { json: [status(1)] };
  const instance = (reply: Route) => ({ '/api/v2/instance': reply });
  const closed = await read(list, instance(access('disabled', 'disabled')));
  expect(closed.faults[0]).toMatchObject({ kind: 'not-allowed' });
  expect(closed.faults[0]?.message).toMatch(/closed its hashtags to everybody\. Take another server/);
  const members = await read(list, instance(access('authenticated', 'authenticated')));
  expect(members.faults[0]?.message).toMatch(/members only\. .*Preferences → Development/);
  expect(members.posts).toEqual([]);
  const opened = await read(list, instance(access('authenticated', 'authenticated')), { token: 'tok' });
  expect(opened.posts).toHaveLength(1);
  expect(opened.requests.at(-1)?.headers.authorization).toBe('Bearer tok');
  const half = await read(list, instance(access('public', 'authenticated')));
  expect(half.posts).toHaveLength(1);
  expect(half.notes[0]).toMatch(/only posts of its own members\.$/);
  for (const old of [{ status: 404 }, '<html>', { json: { configuration: 7 } }] satisfies Route[])
    expect((await read(list, instance(old))).posts).toHaveLength(1);
});

test('each refusal says what to do', async () => {
  const refusal = (status: number, error: string): Reply => ({ status, json: { error } });
  const fault = async (reply: Reply, token?: string) =>
    (await read(reply, {}, token ? { token } : {})).faults.map(({ kind, retryAt }) => [kind, retryAt])[0];
  expect(await fault(refusal(401, 'This method requires an authenticated user'))).toEqual(['not-allowed', null]);
  expect(await fault(refusal(422, 'This method requires an authenticated user'))).toEqual(['not-allowed', null]);
  expect(await fault(refusal(401, 'The access token is invalid'), 'tok')).toEqual(['not-allowed', null]);
  expect(await fault(refusal(403, 'This action is not allowed'))).toEqual(['not-allowed', null]);
  expect(await fault({ status: 403, body: '<html>no</html>' })).toEqual(['blocked', now + 900_000]);
  expect(await fault({ status: 403 })).toEqual(['blocked', now + 900_000]);
  expect(await fault(refusal(404, 'Not Found'))).toEqual(['gone', null]);
  const reset = { 'x-ratelimit-reset': '2026-11-20T08:05:00.923550Z' };
  expect(await fault({ ...refusal(429, 'Too many requests'), headers: reset })).toEqual([
    'slow-down',
    Math.floor(Date.parse('2026-11-20T08:05:00.923550Z')),
  ]);
});

test('word search needs a token and shows it to the first server only; it reads on until nothing new comes', async () => {
  const searching = (token?: string) =>
    readSource(mastodon, {
      options: (url) => ({ instances: [url, `${url}/other`], hashtags: ['bluedoor'], search: true }),
      routes: () => ({
        '/api/v2/search': ({ query }) => ({
          json: {
            accounts: [],
            hashtags: [],
            statuses: query.get('offset') === '2' ? [status(3)] : [status(1), status(2)],
          },
        }),
        [timeline]: '[]',
        [`/other${timeline}`]: '[]',
      }),
      terms: { names: ['Blue Door'], handles: [], domains: [] },
      since: '2026-11-19T10:00:00Z',
      ...(token && { secrets: { token } }),
    });
  const { posts, requests, faults } = await searching('tok');
  expect(faults).toEqual([]);
  expect(posts.map(({ externalId }) => externalId.at(-1))).toEqual(['1', '2', '3']);
  const asked = requests.filter(({ path }) => path.endsWith('/search'));
  expect(asked.map(({ query }) => Object.fromEntries(query))).toEqual([
    { q: '"Blue Door" after:2026-11-18', type: 'statuses', limit: '40' },
    { q: '"Blue Door" after:2026-11-18', type: 'statuses', limit: '40', offset: '2' },
    { q: '"Blue Door" after:2026-11-18', type: 'statuses', limit: '40', offset: '3' },
  ]);
  for (const { path, headers } of requests)
    expect(headers.authorization, path).toBe(path.startsWith('/other') ? undefined : 'Bearer tok');
  const without = await searching();
  expect(without.faults.map(({ kind }) => kind)).toEqual(['not-allowed']);
  expect(without.faults[0]?.message).toContain('MASTODON_TOKEN');
});

const told = (id: number | string, more: Record<string, unknown> = {}) => ({
  id: `${id}`,
  type: 'mention',
  created_at: '2026-11-20T07:00:00.000Z',
  account: { acct: 'ana@social.example' },
  status: status(`9${id}`, { content: '<p>@bluedoor never again</p>' }),
  ...more,
});
const calls = '/api/v1/notifications';
const readCalls = (list: Route, given: { readonly token?: string; readonly since?: string } = {}) => {
  const { token = 'tok', since } = given;
  return readSource(mastodon, {
    options: (url) => ({ instances: [url, `${url}/other`], hashtags: ['bluedoor'], mentions: true }),
    routes: () => ({ [calls]: list, [timeline]: '[]', [`/other${timeline}`]: '[]' }),
    ...(token && { secrets: { token } }),
    ...(since && { since }),
  });
};

test('what calls the own account is asked on its server alone, page by page, and needs no name in it', async () => {
  const list: Answering = ({ query }) => {
    const from = Number(query.get('max_id') ?? 100);
    const ids = [from - 1, from - 2];
    const link = `<https://elsewhere.example/steal?max_id=${from - 2}>; rel="next", <https://elsewhere.example/?min_id=1>; rel="prev"`;
    const at = (id: number) => new Date(now - (100 - id) * 3_600_000).toISOString();
    // A post of another server may be older than the hour at which ours heard of it.
    return {
      json: ids.map((id) =>
        told(id, { created_at: at(id), status: status(id, { created_at: '2026-10-01T07:00:00Z' }) }),
      ),
      headers: { link },
    };
  };
  const { looks, posts, requests, asked, url, faults } = await readCalls(list, { since: '2026-11-20T04:30:00Z' });
  expect(faults).toEqual([]);
  expect(looks.map(({ key, scope, certain }) => [key.replace(/^\S+?(?=\/other| )/, ''), scope, certain])).toEqual([
    [' #bluedoor', 'place', undefined],
    [' mentions', 'brand', true],
    ['/other #bluedoor', 'place', undefined],
  ]);
  expect(posts.map(({ externalId }) => externalId.split('/').at(-1))).toEqual(['99', '98', '97', '96', '95', '94']);
  expect(posts[0]).toMatchObject({
    author: { handle: 'ana@social.example' },
    publishedAt: Date.parse('2026-10-01T07:00:00Z'),
  });
  const questions = requests.filter(({ path }) => path === calls);
  expect(questions.map(({ query }) => Object.fromEntries(query))).toEqual([
    { 'types[]': 'mention', limit: '40' },
    { 'types[]': 'mention', limit: '40', max_id: '98' },
    { 'types[]': 'mention', limit: '40', max_id: '96' },
  ]);
  expect(asked.every((address) => address.startsWith(url))).toBe(true);
  for (const { path, headers } of requests)
    expect(headers.authorization, path).toBe(path.startsWith('/other') ? undefined : 'Bearer tok');
});

test('of what a server tells its member only public posts that call it count; odd ones cost only themselves', async () => {
  const { posts, unreadable, faults } = await readCalls({
    json: [
      told(1),
      told(2, { type: 'favourite' }),
      told(3, { type: 'admin.sign_up', status: undefined }),
      told(4, { status: status(94, { visibility: 'direct' }) }),
      told(5, { status: status(95, { account: { noindex: true } }) }),
      told(6, { status: null }),
      null,
      told(7, { created_at: null }),
    ],
  });
  expect(faults).toEqual([]);
  expect(posts.map(({ externalId }) => externalId.split('/').at(-1))).toEqual(['91', '97']);
  expect(unreadable).toEqual([
    'notifications.3: status is not as expected',
    'notifications.4: the item is not as expected',
    'is not public',
    'asked not to be read by programs',
  ]);
});

test('each refusal to tell who calls the account says what to do, and costs no hashtag', async () => {
  const refusal = (status: number, error: string): Reply => ({ status, json: { error } });
  const fault = async (reply: Reply, token = 'tok') => {
    const { faults, requests } = await readCalls(reply, { token });
    expect(requests.filter(({ path }) => path.endsWith(timeline))).toHaveLength(2);
    expect(faults).toHaveLength(1);
    return faults[0];
  };
  const withoutScope = await fault(refusal(403, 'This action is outside the authorized scopes'));
  expect(withoutScope).toMatchObject({ kind: 'not-allowed' });
  expect(withoutScope?.message).toMatch(/did not accept MASTODON_TOKEN .* read:notifications/);
  expect(await fault(refusal(401, 'The access token is invalid'))).toMatchObject({ kind: 'not-allowed' });
  expect(await fault(refusal(422, 'This method requires an authenticated user'))).toMatchObject({
    kind: 'not-allowed',
  });
  expect(await fault({ status: 403, body: '<html>no</html>' })).toMatchObject({
    kind: 'blocked',
    retryAt: now + 900_000,
  });
  const none = await fault({ json: [] }, '');
  expect(none).toMatchObject({ kind: 'not-allowed' });
  expect(none?.message).toMatch(/tells who calls your account only to you\. .*MASTODON_TOKEN/);
  const reset = { 'x-ratelimit-reset': '2026-11-20T08:05:00.923550Z' };
  const slowed = await readCalls({ ...refusal(429, 'Too many requests'), headers: reset });
  expect(slowed.faults[0]).toMatchObject({ kind: 'slow-down', retryAt: Date.parse('2026-11-20T08:05:00.923Z') });
});
