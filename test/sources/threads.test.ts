/** What is particular to Threads: one phrase a question, cursors without an address, and a connection that is pasted and renewed half-way. */
import { expect, test } from 'vitest';
import { createNet } from '../../src/net/net.ts';
import { threads } from '../../src/sources/threads.ts';
import { fixture, page, post, session } from '../fixtures/threads/fixture.ts';
import { fakeClock } from '../support/clock.ts';
import { loopback, type Reply, type Route, type Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const day = 86_400_000;
const read = (search: Route, since?: string) =>
  readSource(threads, {
    options: (url) => ({ baseUrl: url }),
    session,
    terms: { names: ['Blue Door'], handles: [], domains: [] },
    ...(since && { since }),
    routes: () => ({ '/v1.0/keyword_search': search }),
  });

test('a post keeps its words, its author and its address; found by several words, it is one', async () => {
  const { posts, requests } = await readSource(threads, fixture);
  expect(posts.find(({ externalId }) => externalId === '90071992547409931')).toEqual({
    source: 'threads',
    externalId: '90071992547409931',
    url: 'https://www.threads.net/@mira_t/post/90071992547409931',
    author: { handle: '@mira_t', name: null, url: 'https://www.threads.net/@mira_t', followers: null },
    title: null,
    text: 'Blue Door Coffee charged me twice & nobody answers: https://photos.example/receipt',
    language: null,
    publishedAt: Date.parse('2026-11-19T05:42:03Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: ['https://photos.example/receipt'],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  });
  const first = Object.fromEntries(requests[0]?.query ?? []);
  expect(first).toMatchObject({
    q: 'Blue Door Coffee',
    search_type: 'RECENT',
    limit: '100',
    since: String(Date.parse('2026-10-21T00:00:00Z') / 1000),
    access_token: 'THAA.invented',
  });
  expect(posts.at(-1)?.author).toEqual({ handle: null, name: null, url: null, followers: null });
});

test('it goes on behind an empty page, not along a cursor that comes again, nor behind what is old; never before July 2023', async () => {
  const holes = await read([page([], 'a'), page([post('1')], 'b'), page([post('2')], 'b')]);
  expect([holes.posts.length, holes.requests.length]).toEqual([2, 3]);
  const old = await read(page([post('1')], 'a'), '2026-11-19T12:00:00Z');
  expect(old.requests).toHaveLength(1);
  const ancient = await read(page([]), '2020-01-01T00:00:00Z');
  expect(ancient.requests[0]?.query.get('since')).toBe('1688540400');
});

const refusal = (code: number, message: string): Reply => ({
  status: 400,
  json: { error: { message, type: 'OAuthException', code, fbtrace_id: 'A' } },
});
test.each<[string, Reply, string, RegExp]>([
  ['that the connection is over', refusal(190, 'Session has expired'), 'not-allowed', /has ended.+connect threads/],
  ['that the app is not approved', refusal(10, 'Application does not have permission'), 'not-allowed', /approved/],
  [
    'that there were too many questions',
    refusal(613, 'Calls to this api have exceeded the rate limit'),
    'slow-down',
    /fewer/,
  ],
  ['what was not expected', { json: { surprise: true } }, 'garbled', /changed/],
])('where Threads says %s', async (_, reply, kind, words) => {
  const { faults } = await read(reply);
  expect(faults.map((fault) => fault.kind)).toEqual([kind]);
  expect(faults[0]?.message).toMatch(words);
});

/** The platform's doors at loopback, and what a connection asks of it. */
async function door(routes: Routes) {
  const server = await loopback(routes);
  const clock = fakeClock();
  const net = createNet({ clock, userAgent: 'Earshot/0', allowed: [server.host] });
  const { signal } = new AbortController();
  const { http } = net.visit({ pace: [], account: null, validators: {}, signal });
  const secrets = { clientId: '42', clientSecret: 'hidden' };
  const options = threads.options.parse({ baseUrl: server.url });
  const asked = { options, secrets, now: clock.now(), http, signal };
  const complete = () =>
    threads.connect?.complete({ ...asked, code: 'abc#_', verifier: 'v', returnsTo: 'https://localhost:8749/' });
  return { server, clock, asked, complete, close: () => net.close() };
}

test('the code becomes a token of an hour, that one of sixty days; half-way it is renewed', async () => {
  const { server, clock, asked, complete, close } = await door({
    'POST /oauth/access_token': { json: { access_token: 'short', user_id: 17841400000000000 } },
    '/access_token': { json: { access_token: 'long', token_type: 'bearer', expires_in: 5_184_000 } },
    '/refresh_access_token': { json: { access_token: 'longer', token_type: 'bearer', expires_in: 5_184_000 } },
  });
  const made = await complete();
  expect(made).toEqual({ token: 'long', refresh: 'long', until: clock.now() + 30 * day });
  expect(Object.fromEntries(new URLSearchParams(server.requests[0]?.body))).toEqual({
    client_id: '42',
    client_secret: 'hidden',
    grant_type: 'authorization_code',
    redirect_uri: 'https://localhost:8749/',
    code: 'abc',
  });
  expect(Object.fromEntries(server.requests[1]?.query ?? [])).toMatchObject({
    grant_type: 'th_exchange_token',
    access_token: 'short',
  });
  expect(await threads.signIn?.({ ...asked, session: made ?? null })).toMatchObject({ token: 'longer' });
  expect(server.requests[2]?.query.get('access_token')).toBe('long');
  const gone = { ...asked, session: { token: 'x', until: 0, endedAt: 5 } };
  await expect(threads.signIn?.(gone)).rejects.toMatchObject({ message: expect.stringContaining('has ended') });
  expect(server.requests).toHaveLength(3);
  await close();
});

test.each<[string, Reply, RegExp]>([
  [
    'a code that was used',
    {
      status: 400,
      json: { error_type: 'OAuthException', code: 400, error_message: 'This authorization code has been used' },
    },
    /takes it once/,
  ],
  [
    'a secret that is another',
    {
      status: 400,
      json: { error_type: 'OAuthException', code: 101, error_message: 'Error validating client secret.' },
    },
    /does not know the app/,
  ],
])('%s is told at the door', async (_, reply, words) => {
  const { complete, close } = await door({ 'POST /oauth/access_token': reply });
  await expect(complete()).rejects.toMatchObject({ kind: 'not-allowed', message: expect.stringMatching(words) });
  await close();
});

test('the owner agrees at an address that names the app and where the browser ends, and no secret', () => {
  const addressFor = (options: object) =>
    threads.connect?.address({
      options: threads.options.parse(options),
      secrets: { clientId: '42', clientSecret: 'hidden' },
      returnsTo: 'https://localhost:8749/',
      state: 'ours',
      verifier: 'v',
    });
  expect(addressFor({ mentions: true })).toContain('threads_keyword_search%2Cthreads_manage_mentions&');
  expect(addressFor({})).toBe(
    'https://threads.net/oauth/authorize?client_id=42&redirect_uri=https%3A%2F%2Flocalhost%3A8749%2F&scope=threads_basic%2Cthreads_keyword_search&response_type=code&state=ours',
  );
});
