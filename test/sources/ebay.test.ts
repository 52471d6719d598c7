/** What is particular to eBay: whose feedback counts, the buyer's later words, the order of purchases, its ways to say no, and its name for the way back. */
import { expect, test } from 'vitest';
import { barePost } from '../../src/mention.ts';
import { createNet } from '../../src/net/net.ts';
import { ebay } from '../../src/sources/ebay.ts';
import { feedback, fixture, path, session, summaryPath } from '../fixtures/ebay/fixture.ts';
import { fakeClock } from '../support/clock.ts';
import { loopback, type Reply, type Route, type Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import { recheckSource } from '../support/recheck-source.ts';

const read = (route: Route, more: Routes = {}) =>
  readSource(ebay, { ...fixture, routes: () => ({ [path]: route, [summaryPath]: '{}', ...more }) });
const page = (entries: readonly object[], total = entries.length): Reply => ({
  json: { feedbackEntries: entries, pagination: { total } },
});
const full = (from: number, more: object = {}) =>
  Array.from({ length: 200 }, (_, at) => feedback(`${from + at}`, more));
const error = (status: number, errorId: number): Reply => ({
  status,
  json: { errors: [{ errorId, domain: 'API_FEEDBACK', category: 'REQUEST', message: 'said by eBay' }] },
});

test('a piece of feedback keeps its kind, what the buyer wrote later, and the answer; the seller has a figure', async () => {
  const { posts, ratings, pages, requests } = await readSource(ebay, fixture);
  expect(posts[0]).toEqual({
    source: 'ebay',
    externalId: '90071992547409931234',
    url: 'https://www.ebay.com/fdbk/feedback_profile/blue-door-shop',
    author: { handle: 'ana_f', name: null, url: null, followers: null },
    title: null,
    text: 'Mug came broken & nobody answers.\n\nTwo weeks later: still no refund.',
    language: null,
    publishedAt: Date.parse('2026-11-18T17:47:14Z'),
    editedAt: null,
    rating: { value: 1, scale: 3 },
    answer: { text: 'A new one is on its way.', at: null },
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: 'Blue mug, 300 ml',
  });
  // Words that eBay removed are not there; a masked name is that of many people; a removed answer is none.
  expect(posts[1]).toMatchObject({ text: '', author: { handle: null, name: 'm***o' }, rating: { value: 2 } });
  expect(posts[2]).toMatchObject({ rating: { value: 3 }, author: { handle: 'jonas.k' } });
  expect(posts[2]).not.toHaveProperty('answer');
  expect(pages.flatMap(({ gone }) => gone ?? []).map(({ externalId }) => externalId)).toEqual(['2923223469024']);
  expect(ratings).toEqual([{ place: 'good feedback', rating: { value: 97, scale: 100 }, count: 400 }]);
  expect(requests.map(({ headers }) => headers.authorization)).toEqual(Array(2).fill('Bearer v^1.1#invented'));
  expect(Object.fromEntries(requests[0]?.query ?? [])).toEqual({
    user_id: 'blue-door-shop',
    feedback_type: 'FEEDBACK_RECEIVED',
    sort: 'TIME',
    limit: '200',
    offset: '0',
  });
});

test('the list follows the purchases: it is read on until all was left ninety days before what is asked for', async () => {
  const late = page([...full(0, { feedbackEnteredDate: '2026-09-01T00:00:00.000Z' })], 1000);
  const older = page([...full(200, { feedbackEnteredDate: '2026-07-01T00:00:00.000Z' })], 1000);
  const { posts, requests } = await read([late, older]);
  expect([posts.length, requests.filter((one) => one.path === path).map(({ query }) => query.get('offset'))]).toEqual([
    400,
    ['0', '200'],
  ]);
});

test('a page that comes again and a cap end it; the cap is told', async () => {
  const again = await read(page(full(0), 1000));
  expect([again.posts.length, again.requests.filter((one) => one.path === path).length]).toEqual([200, 2]);
  let from = -200;
  const endless = await read(() => {
    from += 200;
    return page(full(from), 1_000_000);
  });
  expect(endless.pages.map(({ capped }) => capped ?? false).filter(Boolean)).toHaveLength(1);
  expect(endless.pages).toHaveLength(20);
});

test.each<[string, Reply]>([
  ['is refused', error(403, 1100)],
  ['is not there', { status: 500, body: 'oops' }],
  ['has another form', { json: { feedbackRatingSummary: [{ what: 'else' }] } }],
])('where the figure of all feedback %s, the words come in without it', async (_, reply) => {
  const { posts, ratings, faults } = await read(page([feedback('1')]), { [summaryPath]: reply });
  expect([posts.length, ratings, faults]).toEqual([1, [], []]);
});

test.each<[string, Reply, string, RegExp]>([
  [
    'that it is not connected any more',
    error(401, 1001),
    'not-allowed',
    /no longer takes this connection.*connect ebay/,
  ],
  ['that the right is missing', error(403, 1100), 'not-allowed', /agree to everything/],
  ['that there is no such member', error(400, 501000), 'gone', /ebay\.seller/],
  ['that the day is used up', error(429, 2001), 'slow-down', /goes on by itself/],
  ['something new', { json: { surprise: true } }, 'garbled', /changed/],
  ['feedback without its kind', page([{ ...feedback('1'), commentType: null }]), 'garbled', /commentType/],
])('where eBay says %s', async (_, reply, kind, words) => {
  const { faults } = await read(reply);
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  expect(faults[0]?.message).toMatch(words);
});

test('stored feedback is looked at one by one: as it is now, and gone where it was taken back or is not found', async () => {
  const now: Readonly<Record<string, Reply>> = {
    '1': page([feedback('1', { replyComment: { commentText: 'Sorry!', state: 'ENTERED' } })]),
    '2': page([feedback('2', { feedbackState: 'WITHDRAWN' })]),
    '3': error(400, 501039),
    '4': page([]),
  };
  const { posts, gone } = await recheckSource(
    ebay,
    fixture.options,
    Object.keys(now).map((externalId) => barePost('ebay', '', { externalId })),
    { [path]: ({ query }) => now[query.get('feedback_id') ?? ''] ?? null },
    { session },
  );
  expect(posts).toMatchObject([{ externalId: '1', answer: { text: 'Sorry!' } }]);
  expect(gone).toEqual(['2', '3', '4']);
});

test('it is connected under the name that eBay has for the way back', async () => {
  const server = await loopback({
    '/identity/v1/oauth2/token': { json: { access_token: 'a', refresh_token: 'r', expires_in: 7200 } },
  });
  const clock = fakeClock();
  const net = createNet({ clock, userAgent: 'Earshot/0', allowed: [server.host] });
  const { signal } = new AbortController();
  const { http } = net.visit({ pace: [], account: null, validators: {}, signal });
  const secrets = { clientId: 'BlueDoor-id', clientSecret: 'PRD-invented', ruName: 'Blue_Door-xyz' };
  const options = ebay.options.parse(fixture.options(server.url));
  const asked = { options, secrets, returnsTo: 'https://localhost:8749/', verifier: 'v' };
  const address = new URL(ebay.connect?.address({ ...asked, state: 'ours' }) ?? '');
  expect(Object.fromEntries(address.searchParams)).toEqual({
    response_type: 'code',
    client_id: 'BlueDoor-id',
    redirect_uri: 'Blue_Door-xyz',
    scope:
      'https://api.ebay.com/oauth/api_scope/commerce.feedback https://api.ebay.com/oauth/api_scope/commerce.feedback.readonly',
    state: 'ours',
  });
  const made = await ebay.connect?.complete({ ...asked, code: 'v^1.1#i^1', now: clock.now(), http, signal });
  expect(made).toEqual({ token: 'a', refresh: 'r', until: clock.now() + 7_200_000 });
  const [request] = server.requests;
  expect(new URLSearchParams(request?.body).get('redirect_uri')).toBe('Blue_Door-xyz');
  expect(request?.headers.authorization).toBe(`Basic ${Buffer.from('BlueDoor-id:PRD-invented').toString('base64')}`);
  await net.close();
});
