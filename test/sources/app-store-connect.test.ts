/** What is particular to App Store Connect: a token that our own key signs, cursors inside addresses, limits by the hour. */
import { verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { appStoreConnect } from '../../src/sources/app-store-connect.ts';
import { fixture, keys, path, secrets } from '../fixtures/app-store-connect/fixture.ts';
import type { Reply, Route } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const review = (id: number, more: object = {}) => ({
  id: String(id),
  attributes: { rating: 2, title: 'Slow', body: 'Very.', createdDate: '2026-11-19T08:00:00Z', ...more },
});
const pageOf = (data: readonly object[], cursor?: string): Reply => ({
  json: { data, links: cursor === undefined ? {} : { next: `https://elsewhere.example/v1?cursor=${cursor}` } },
});
const read = (reviews: Route, more: { secrets?: Record<string, string>; since?: string } = {}) =>
  readSource(appStoreConnect, {
    options: fixture.options,
    secrets: more.secrets ?? secrets,
    since: more.since ?? '2026-10-21',
    routes: () => ({ [path]: reviews }),
  });
const refusal = (status: number, code: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  json: { errors: [{ id: '1', status: String(status), code, title: 'No', detail: 'No.' }] },
});

test('a review keeps its stars, its title, its country and its author', async () => {
  const { posts, looks } = await readSource(appStoreConnect, fixture);
  expect(posts[0]).toEqual({
    source: 'app-store-connect',
    externalId: '00000090-0719-9254-7409-90071992547409931234',
    url: 'https://apps.apple.com/app/id1234567890?see-all=reviews',
    author: { handle: null, name: 'Mira T.', url: null, followers: null },
    title: 'Charged twice',
    text: 'The app took my money twice for one flat white.\nNobody answers & I am still waiting.',
    language: null,
    publishedAt: Date.parse('2026-11-20T06:15:07Z'),
    editedAt: null,
    rating: { value: 1, scale: 5 },
    answer: { text: 'We have paid it back. Sorry!', at: Date.parse('2026-11-20T07:00:00Z') },
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: 'GBR',
  });
  expect(looks.map(({ key, certain }) => [key, certain])).toEqual([['app 1234567890', true]]);
});

test('the key signs a token of nineteen minutes; of the next address only the cursor is taken', async () => {
  const { requests, asked } = await readSource(appStoreConnect, fixture);
  expect(requests.map(({ query }) => `${query}`)).toEqual([
    'sort=-createdDate&limit=200&include=response',
    'sort=-createdDate&limit=200&include=response&cursor=AuPl%2BPw.AI',
  ]);
  expect(asked.every((address) => address.startsWith('http://127.0.0.1'))).toBe(true);
  const [head = '', claims = '', signature = ''] =
    requests[0]?.headers.authorization?.replace('Bearer ', '').split('.') ?? [];
  const key = { key: keys.publicKey, dsaEncoding: 'ieee-p1363' } as const;
  expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({
    alg: 'ES256',
    kid: '2X9R4HXF34',
    typ: 'JWT',
  });
  const iat = now / 1000 - 60;
  expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
    iss: secrets.issuer,
    aud: 'appstoreconnect-v1',
    iat,
    exp: iat + 19 * 60,
  });
});

test('a key whose line breaks are written out is one; what is missing or of another kind is told, and nobody is asked', async () => {
  const written = await read(pageOf([review(1)]), {
    secrets: { ...secrets, key: secrets.key.replaceAll('\n', '\\n') },
  });
  expect([written.posts.length, written.faults]).toEqual([1, []]);
  for (const wrong of [{ issuer: '' }, { key: 'AuthKey_2X9R4HXF34.p8' }, { key: secrets.key.slice(0, 60) }]) {
    const { faults, requests } = await read(pageOf([]), { secrets: { ...secrets, ...wrong } });
    expect(faults.map(({ kind }) => kind)).toEqual(['not-allowed']);
    expect(faults[0]?.message).toContain('APP_STORE_CONNECT_KEY');
    expect(requests).toEqual([]);
  }
});

test('it stops behind the last look; a cursor that comes again or is missing leaves a gap', async () => {
  const old = await read(pageOf([review(1)], 'b'), { since: '2026-11-20T00:00:00Z' });
  expect([old.requests.length, old.pages.map(({ capped }) => capped)]).toEqual([1, [false]]);
  const repeated = await read(({ query }) => pageOf([review(query.has('cursor') ? 2 : 1)], 'b'));
  expect([repeated.posts.length, repeated.pages.map(({ capped }) => capped)]).toEqual([2, [false, true]]);
  const missing = await read({ json: { data: [review(1)], links: { next: 'https://elsewhere.example/v1' } } });
  expect(missing.pages.map(({ capped }) => capped)).toEqual([true]);
  const hole = await read([pageOf([], 'b'), pageOf([review(1)])]);
  expect([hole.posts.length, hole.faults]).toEqual([1, []]);
});

test.each<[string, Reply, string, RegExp]>([
  ['that it does not know the key', refusal(401, 'NOT_AUTHORIZED'), 'not-allowed', /Issuer|APP_STORE_CONNECT_ISSUER/],
  ['that the key may not', refusal(403, 'FORBIDDEN_ERROR'), 'not-allowed', /Customer Support/],
  ['that there is no such app', refusal(404, 'NOT_FOUND'), 'gone', /1234567890/],
  [
    'that the hour is used up',
    refusal(429, 'RATE_LIMIT_EXCEEDED', { 'x-rate-limit': 'user-hour-lim:3500;user-hour-rem:0;' }),
    'slow-down',
    /this hour/,
  ],
  ['a review without stars', pageOf([review(1, { rating: undefined })]), 'garbled', /rating/],
])('where Apple says %s', async (_, reply, kind, words) => {
  const { faults } = await read(reply);
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  expect(faults[0]?.message).toMatch(words);
  if (kind === 'slow-down') expect(faults[0]?.retryAt).toBe(now + 3_600_000);
});
