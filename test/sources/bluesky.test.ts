/** What is particular to Bluesky: two ways in, sessions, cursors, dates that authors set, and people who stay among members. */
import { expect, test } from 'vitest';
import { Fault } from '../../src/net/fault.ts';
import { createNet } from '../../src/net/net.ts';
import { bluesky } from '../../src/sources/bluesky.ts';
import type { Session } from '../../src/sources/source.ts';
import { fixture } from '../fixtures/bluesky/fixture.ts';
import { fakeClock } from '../support/clock.ts';
import { type Answering, loopback, type Reply, type Route, type Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const searchPath = '/xrpc/app.bsky.feed.searchPosts';
const createPath = 'POST /xrpc/com.atproto.server.createSession';
const refreshPath = 'POST /xrpc/com.atproto.server.refreshSession';
const secrets = { handle: '@bluedoor.example', appPassword: 'abcd-efgh-ijkl-mnop' };
const one = { names: ['Blue Door Coffee'], handles: [], domains: [] };
const now = Date.parse('2026-11-20T08:00:00Z');
const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.sig`;
const tokens = (accessJwt: string, refreshJwt = 'refresh-1'): Reply => ({
  json: { accessJwt, refreshJwt, did: 'did:plc:blue', handle: 'bluedoor.example', active: true },
});
const error = (status: number, name: string): Reply => ({ status, json: { error: name, message: `${name} happened` } });
const view = (rkey: string | number, more: { record?: object; author?: object; indexedAt?: unknown } = {}) => ({
  uri: `at://did:plc:ana/app.bsky.feed.post/${rkey}`,
  author: { did: 'did:plc:ana', handle: 'ana.example', ...more.author },
  record: { text: 'Blue Door Coffee', createdAt: '2026-11-20T07:00:00Z', ...more.record },
  indexedAt: 'indexedAt' in more ? more.indexedAt : '2026-11-20T07:00:01Z',
});
const found = (posts: readonly unknown[], cursor?: string): Reply => ({ json: { posts, cursor } });
const visitor = (search: Route, since?: string) =>
  readSource(bluesky, {
    options: fixture.options,
    routes: () => ({ [searchPath]: search }),
    terms: one,
    ...(since && { since }),
  });
const member = (search: Route, more: Routes = {}, given: Readonly<Record<string, string>> = secrets) =>
  readSource(bluesky, {
    options: fixture.options,
    routes: () => ({ [searchPath]: search, [createPath]: tokens(jwt({ exp: now / 1000 + 7200 })), ...more }),
    terms: one,
    secrets: given,
  });

test('a post keeps its address, its author’s reach, its counts, its place in the thread and the links behind its text', async () => {
  const { posts } = await readSource(bluesky, fixture);
  const did = 'did:plc:anaaaaaaaaaaaaaaaaaaaaaa';
  expect(posts[0]).toEqual({
    source: 'bluesky',
    externalId: `at://${did}/app.bsky.feed.post/90071992547409931234`,
    url: `https://bsky.app/profile/${did}/post/90071992547409931234`,
    author: { handle: 'ana.bsky.example', name: 'Ana P.', url: `https://bsky.app/profile/${did}`, followers: 1204 },
    title: null,
    text: '☕ Blue Door Coffee charged me twice and nobody answers. Receipt: pics.example/r/8841...',
    language: 'en',
    publishedAt: Date.parse('2026-11-20T06:41:09.120Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: 14, reposts: 4, replies: 2, views: null },
    links: ['https://pics.example/r/8841-blue-door-receipt.png'],
    origin: `at://${did}/app.bsky.feed.post/90071992547409931234`,
    parentId: null,
    threadId: `at://${did}/app.bsky.feed.post/90071992547409931234`,
    place: null,
  });
  expect(posts[1]).toMatchObject({
    author: { name: null, followers: 17 },
    language: 'en',
    parentId: expect.stringMatching(/3maaaaaaaaa2a$/),
    threadId: expect.stringMatching(/3maaaaaaaaa2b$/),
  });
  expect(posts[2]).toMatchObject({
    language: 'de',
    author: { followers: null },
    links: ['https://bluedoor.example/menu'],
  });
});

test('it asks for each name, its Bluesky account and its address by themselves, and keeps each post once', async () => {
  const read = await readSource(bluesky, { ...fixture, since: '2026-11-01T00:00:00Z' });
  const searches = read.requests.filter(({ path }) => path === searchPath);
  const shared = { sort: 'latest', since: '2026-11-01T00:00:00.000Z', limit: '100' };
  expect(searches.map(({ query }) => Object.fromEntries(query))).toEqual([
    { q: '"Blue Door Coffee"', ...shared },
    { q: '"Blue Door Café"', ...shared },
    { q: '*', mentions: 'bluedoor.coffee', ...shared },
    { q: '*', domain: 'bluedoor.example', ...shared },
  ]);
  const profiles = read.requests.filter(({ path }) => path.endsWith('getProfiles'));
  expect(profiles.map(({ query }) => query.getAll('actors').length)).toEqual([3]);
});

test('a visitor gets one page and is told so; what lies behind it is a gap', async () => {
  const page = await visitor(found([view(1)], '1'));
  expect(page.requests.filter(({ path }) => path === searchPath)).toHaveLength(1);
  expect(page.requests[0]?.headers.authorization).toBeUndefined();
  expect(page.notes[0]).toMatch(/^First page only.*app password/);
  expect(page.pages.map(({ capped }) => capped)).toEqual([true]);
  const whole = await visitor(found([view(1)], '1'), '2026-11-20T07:30:00Z');
  expect(whole.pages.map(({ capped }) => capped)).toEqual([false]);
});

test('publicUrl is asked in place of baseUrl only while nobody is signed in', async () => {
  const options = (url: string) => ({ baseUrl: `${url}/pds`, publicUrl: `${url}/public/` });
  const routes = () => ({ [`/public${searchPath}`]: found([view(1)]), '/public/*': '' });
  const read = await readSource(bluesky, { options, routes, terms: one, prefix: '/a' });
  expect(read.posts).toHaveLength(1);
});

test('signed in, it follows the cursor, drops what comes twice, and stops where the cursor stands still', async () => {
  const search: Answering = ({ query, headers }) => {
    if (headers.authorization !== `Bearer ${jwt({ exp: now / 1000 + 7200 })}`) return error(401, 'AuthMissing');
    const from = Number(query.get('cursor') ?? 0);
    return found([view(from), view(from + 1), view(from + 2)], String(Math.min(from + 2, 8)));
  };
  const read = await member(search);
  expect(read.faults).toEqual([]);
  expect(read.posts.map(({ externalId }) => Number(externalId.split('/').at(-1)))).toEqual([...Array(11).keys()]);
  expect(read.notes).toEqual([]);
  expect(JSON.parse(read.requests[0]?.body ?? '')).toEqual({
    identifier: 'bluedoor.example',
    password: 'abcd-efgh-ijkl-mnop',
  });
  const endless = await member(({ query }) => {
    const next = Number(query.get('cursor') ?? 0) + 1;
    return found([view(next)], `${next}`);
  });
  expect(endless.posts).toHaveLength(20);
  expect(endless.pages.at(-1)?.capped).toBe(true);
});

test('a date is believed while it is before the arrival and near it; what Bluesky sorts by decides where to stop', async () => {
  const dated = (id: number, createdAt: unknown, indexedAt: unknown) => view(id, { record: { createdAt }, indexedAt });
  const arrival = '2026-11-20T07:00:00Z';
  const { posts } = await visitor(
    found([
      dated(1, '2026-11-19T07:00:00+02:00', arrival),
      dated(2, '2031-01-01T00:00:00Z', arrival),
      dated(3, '1970-01-01T00:00:00Z', arrival),
      dated(4, 'soon', arrival),
      dated(5, '2026-11-19T07:00:00Z', null),
      dated(6, undefined, 'never'),
    ]),
  );
  const arrived = Date.parse(arrival);
  expect(posts.map(({ publishedAt }) => publishedAt)).toEqual([
    Date.parse('2026-11-19T05:00:00Z'),
    arrived,
    arrived,
    arrived,
    Date.parse('2026-11-19T07:00:00Z'),
    null,
  ]);
  const imported = await member(found([dated(1, '2019-01-01T00:00:00Z', arrival)], '1'));
  expect(imported.requests.filter(({ path }) => path === searchPath)).toHaveLength(1);
});

test('who asked not to be shown to visitors is left out and counted; a withdrawn wish and other labels do not count', async () => {
  const labelled = (id: number, ...labels: object[]) => view(id, { author: { labels } });
  const hidden = { src: 'did:plc:ana', val: '!no-unauthenticated' };
  const read = await visitor(
    found([labelled(1, hidden), labelled(2, { ...hidden, neg: true }), labelled(3, { val: 7 })]),
  );
  expect(read.posts.map(({ externalId }) => externalId.at(-1))).toEqual(['2', '3']);
  expect(read.unreadable).toEqual(['asked not to be shown to logged-out viewers']);
  const all = await visitor(found([labelled(1, hidden)]));
  expect(all.faults).toEqual([]);
});

test('odd posts cost only themselves, odd parts only themselves; an account without a name is known by its number', async () => {
  const read = await visitor(
    found([
      null,
      view('1/2'),
      { ...view(2), record: { text: 5 } },
      view(3, {
        author: { handle: 'handle.invalid', displayName: '' },
        record: {
          langs: 'en',
          facets: [null, { features: [{ uri: 9 }, { uri: 'javascript:alert(1)' }, { uri: 'https://pics.example/1' }] }],
          embed: { media: { external: { uri: 'https://bluedoor.example/' } }, external: 4 },
        },
      }),
    ]),
  );
  expect(read.faults).toEqual([]);
  expect(read.unreadable).toHaveLength(3);
  expect(read.posts).toHaveLength(1);
  expect(read.posts[0]).toMatchObject({ author: { handle: 'did:plc:ana', name: null }, language: null });
  expect(read.posts[0]?.links).toEqual(['https://pics.example/1']);
});

test('what cannot be told about the authors never costs their posts, and is asked 25 at a time', async () => {
  const many = Array.from({ length: 60 }, (_, index) => ({
    ...view(index),
    uri: `at://did:plc:p${index}/app.bsky.feed.post/1`,
  }));
  const asked: number[] = [];
  const profiles: Answering = ({ query }) => {
    asked.push(query.getAll('actors').length);
    return { json: { profiles: query.getAll('actors').map((did) => ({ did, followersCount: 3 })) } };
  };
  const read = await member(found(many), { '/xrpc/app.bsky.actor.getProfiles': profiles });
  expect(asked).toEqual([25, 25, 10]);
  expect(read.posts.every(({ author }) => author.followers === 3)).toBe(true);
  const failing = await visitor(found(many));
  expect(failing.posts).toHaveLength(60);
  expect(failing.requests.filter(({ path }) => path.endsWith('getProfiles'))).toHaveLength(1);
});

test('each refusal says what to do: the edge, the limit, the ended token, the unknown account', async () => {
  const html = { 'content-type': 'text/html' };
  const edge: Reply = { status: 403, headers: html, body: '<html>Request forbidden by administrative rules.</html>' };
  const [blocked] = (await visitor(edge)).faults;
  expect(blocked).toMatchObject({ kind: 'blocked', retryAt: now + 900_000 });
  expect(blocked?.message).toContain('free app password');
  expect((await visitor({ status: 403 })).faults[0]?.kind).toBe('blocked');
  const [blockedMember] = (await member(edge)).faults;
  expect(blockedMember?.message).toContain('not the cause');
  const kind = async (reply: Reply) => (await member(reply)).faults[0]?.kind;
  expect(await kind(error(400, 'ExpiredToken'))).toBe('not-allowed');
  expect(await kind(error(401, 'AuthMissing'))).toBe('not-allowed');
  expect(await kind(error(403, 'AccountTakedown'))).toBe('not-allowed');
  expect(await kind(error(400, 'BadQueryString'))).toBe('garbled');
  expect(await kind(error(200, 'RateLimitExceeded'))).toBe('slow-down');
  const reset = String(now / 1000 + 250);
  const limited = await member({ ...error(429, 'RateLimitExceeded'), headers: { 'ratelimit-reset': reset } });
  expect(limited.faults[0]).toMatchObject({ kind: 'slow-down', retryAt: now + 250_000 });

  const unknown = await readSource(bluesky, {
    ...fixture,
    routes: () => ({
      [searchPath]: ({ query }) => (query.get('mentions') ? error(400, 'InvalidRequest') : found([view(1)])),
    }),
  });
  expect(unknown.faults).toEqual([]);
  expect(unknown.notes.join()).toContain('knows no account bluedoor.coffee');
});

test('wrong secrets and half of them say how to make an app password', async () => {
  for (const name of ['AuthenticationRequired', 'AuthFactorTokenRequired']) {
    const wrong = await member(found([]), { [createPath]: error(401, name) });
    expect(wrong.faults[0]).toMatchObject({ kind: 'not-allowed' });
    expect(wrong.faults[0]?.message).toContain('App passwords');
    expect(wrong.faults[0]?.message).not.toContain('abcd');
  }
  const half = await member(found([]), {}, { handle: 'bluedoor.example' });
  expect(half.faults[0]?.message).toContain('BLUESKY_APP_PASSWORD');
  expect(half.requests).toEqual([]);
});

test('a session is renewed with its refresh token and made anew where Bluesky no longer takes that; its end stands in the token', async () => {
  const server = await loopback({ [createPath]: tokens('opaque', 'refresh-9') });
  const net = createNet({ clock: fakeClock(now), userAgent: 'Earshot/0', allowed: [server.host] });
  const { signal } = new AbortController();
  const { http } = net.visit({ pace: bluesky.pace, account: null, validators: {}, signal });
  const signIn = async (session: Session | null, given: typeof secrets = secrets) =>
    bluesky.signIn?.({ options: { baseUrl: server.url }, secrets: given, session, now, http, signal });
  const first = await signIn(null);
  expect(first).toEqual({
    token: 'opaque',
    refresh: 'refresh-9',
    until: now + 3_600_000,
    extra: { did: 'did:plc:blue', identifier: 'bluedoor.example' },
  });

  server.route({ [refreshPath]: tokens(jwt({ exp: now / 1000 + 7200 }), 'refresh-10') });
  const renewed = await signIn(first ?? null);
  expect(renewed).toMatchObject({ refresh: 'refresh-10', until: now + 7_200_000 });
  expect(server.requests.at(-1)).toMatchObject({ headers: { authorization: 'Bearer refresh-9' } });

  server.route({ [refreshPath]: error(400, 'ExpiredToken') });
  expect(await signIn(renewed ?? null)).toMatchObject({ token: 'opaque' });
  server.route({ [refreshPath]: { status: 429, headers: { 'retry-after': '600' } } });
  await expect(signIn(renewed ?? null)).rejects.toThrow(Fault);

  const before = server.requests.length;
  await signIn(renewed ?? null, { ...secrets, handle: 'other.example' }).catch(() => null);
  expect(server.requests.slice(before).map(({ path }) => path)).not.toContain(refreshPath.slice(5));
  await net.close();
});
