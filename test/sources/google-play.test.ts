/** What is particular to Google Play: a signed key in place of a password, titles behind a tab, and pages that get lost. */
import { verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { createNet } from '../../src/net/net.ts';
import { googlePlay } from '../../src/sources/google-play.ts';
import { fixture, keyFile, keys, path, signedIn } from '../fixtures/google-play/fixture.ts';
import { fakeClock } from '../support/clock.ts';
import { loopback, type Reply, type Route, type Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const review = (id: number) => ({
  reviewId: `gp:${id}`,
  authorName: 'Lena',
  comments: [{ userComment: { text: 'Slow.', lastModified: { seconds: '1795000000' }, starRating: 2 } }],
});
const pageOf = (reviews: readonly object[], nextPageToken?: string): Reply => ({
  json: { reviews, ...(nextPageToken && { tokenPagination: { nextPageToken } }) },
});
const read = (reviews: Route, more: { routes?: Routes; key?: string } = {}) =>
  readSource(googlePlay, {
    options: fixture.options,
    secrets: { key: more.key ?? keyFile },
    routes: () => ({ 'POST /token': signedIn, [path]: reviews, ...more.routes }),
  });
const refusal = (status: number, message: string, reason = ''): Reply => ({
  status,
  json: { error: { code: status, message, status: 'NO', errors: [{ message, reason }] } },
});

test('a review keeps its title, its stars, its language and its last edit; the answer to it is not another one', async () => {
  const { posts } = await readSource(googlePlay, fixture);
  expect(posts[0]).toEqual({
    source: 'google-play',
    externalId: 'gp:AOqpTOE90071992547409931234',
    url: 'https://play.google.com/store/apps/details?id=com.example.bluedoor&reviewId=gp%3AAOqpTOE90071992547409931234',
    author: { handle: null, name: 'Mira T.', url: null, followers: null },
    title: 'Charged twice',
    text: 'The app took my money twice for one flat white & nobody answers.',
    language: 'en',
    publishedAt: 1_795_150_000_000,
    editedAt: null,
    rating: { value: 1, scale: 5 },
    answer: { text: 'Sorry! Please write to help@bluedoor.example.', at: 1_795_160_000_000 },
    engagement: { likes: 4, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  });
  expect(posts.map(({ title, text, author }) => [title, text, author.name]).slice(1)).toEqual([
    [null, 'Excelente', null],
    [null, 'Could be quicker.', 'Jonas'],
  ]);
});

test('the key signs who asks, for what and for how long, and never leaves this computer', async () => {
  const { requests } = await readSource(googlePlay, fixture);
  const form = new URLSearchParams(requests[0]?.body);
  expect(form.get('grant_type')).toBe('urn:ietf:params:oauth:grant-type:jwt-bearer');
  const [head = '', claims = '', signature = ''] = form.get('assertion')?.split('.') ?? [];
  const content = Buffer.from(`${head}.${claims}`);
  expect(verify('sha256', content, keys.publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'RS256', kid: 'abc123', typ: 'JWT' });
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
    iss: 'earshot@blue-door.iam.example',
    scope: 'https://www.googleapis.com/auth/androidpublisher',
    // Not where the key file says: what it holds is no address to trust.
    aud: 'https://oauth2.googleapis.com/token',
    iat: now / 1000 - 60,
    exp: now / 1000 - 60 + 3600,
  });
  expect(requests.slice(1).map(({ headers }) => headers.authorization)).toEqual(Array(2).fill('Bearer ya29.invented'));
  expect(JSON.stringify(requests)).not.toContain('PRIVATE KEY');
});

test('a session lasts as long as Google says', async () => {
  const server = await loopback({ 'POST /token': { json: { access_token: 'a', expires_in: 100 } } });
  const clock = fakeClock();
  const net = createNet({ clock, userAgent: 'Earshot/0', allowed: [server.host] });
  const { signal } = new AbortController();
  const { http } = net.visit({ pace: [], account: null, validators: {}, signal });
  const options = googlePlay.options.parse(fixture.options(server.url));
  const asked = { options, secrets: { key: keyFile }, session: null, now: clock.now(), http, signal };
  expect(await googlePlay.signIn?.(asked)).toEqual({ token: 'a', until: clock.now() + 100_000 });
  await net.close();
});

test('it goes on along the tokens, not along one that comes again; a way on that got lost is a gap', async () => {
  const full = (from: number) => Array.from({ length: 100 }, (_, index) => review(from + index));
  const repeated = await read(({ query }) => pageOf([review(query.has('token') ? 2 : 1)], 'again'));
  expect(repeated.requests).toHaveLength(3);
  expect(repeated.pages.map(({ capped }) => capped)).toEqual([false, true]);
  const lost = await read([pageOf(full(0), 'b'), pageOf(full(100))]);
  expect([lost.posts.length, lost.pages.map(({ capped }) => capped)]).toEqual([200, [false, true]]);
  const holes = await read([pageOf([], 'b'), pageOf([review(1)])]);
  expect([holes.posts.length, holes.pages.map(({ capped }) => capped)]).toEqual([1, [false, false]]);
});

test.each([
  ['no file', 'abc'],
  ['a file without a key', '{ "client_email": "a@b.example" }'],
  [
    'a key that is cut off',
    JSON.stringify({ ...JSON.parse(keyFile), private_key: '-----BEGIN PRIVATE KEY-----\nMII' }),
  ],
])('%s in place of the key is told, and nobody is asked', async (_, key) => {
  const { faults, requests } = await read(pageOf([]), { key });
  expect(faults.map(({ kind }) => kind)).toEqual(['not-allowed']);
  expect(faults[0]?.message).toContain('GOOGLE_PLAY_KEY');
  expect(requests).toEqual([]);
});

test.each<[string, Reply, string, RegExp]>([
  ['that the sign-in is over', refusal(401, 'Request had invalid authentication credentials.'), 'not-allowed', /clock/],
  ['that rights are missing', refusal(403, 'The caller does not have permission'), 'not-allowed', /right to reply/],
  ['that the API is off', refusal(403, 'API has not been used in project 1'), 'not-allowed', /not switched on/],
  ['that the hour is used up', refusal(403, 'Quota exceeded', 'quotaExceeded'), 'slow-down', /this hour/],
  ['that there is no such app', refusal(404, 'Package not found'), 'gone', /com\.example\.bluedoor/],
  ['reviews without what the user wrote', pageOf([{ ...review(1), comments: [{}] }]), 'garbled', /comments/],
])('where Google says %s', async (_, reply, kind, words) => {
  const { faults } = await read(reply);
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  expect(faults[0]?.message).toMatch(words);
  if (kind === 'slow-down') expect(faults[0]?.retryAt).toBe(now + 3_600_000);
});

test('a key that was taken back is told with what to do', async () => {
  const { faults } = await read(pageOf([]), {
    routes: { 'POST /token': { status: 400, json: { error: 'invalid_grant', error_description: 'Invalid JWT' } } },
  });
  expect(faults.map(({ kind }) => kind)).toEqual(['not-allowed']);
  expect(faults[0]?.message).toMatch(/make a new key/);
});
