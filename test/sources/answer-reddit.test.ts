/** How an owner's answer gets below a post on Reddit: as the connected account, past noes that come as good answers. */
import { expect, test } from 'vitest';
import { barePost } from '../../src/mention.ts';
import { createNet } from '../../src/net/net.ts';
import { redditApi } from '../../src/sources/reddit-api.ts';
import type { Session } from '../../src/sources/source.ts';
import { fixture, listing, signedIn } from '../fixtures/reddit-api/fixture.ts';
import { fakeClock } from '../support/clock.ts';
import { type Answering, loopback, type Reply, type Routes } from '../support/loopback.ts';
import { agreedAt, repliedWith, replyWith, speaksWith } from '../support/reply-source.ts';

const words = 'Thank you, Ana. I am on it.';
const session: Session = { token: 'mine', refresh: 'r1', until: Date.parse('2026-11-20T09:00:00Z') };
const post = barePost('reddit-api', 'Slow.', { externalId: 't1_c1', url: 'https://www.reddit.com/r/Leeds/1' });
const options = (baseUrl: string) => ({ baseUrl });
const secrets = fixture.secrets ?? {};
const answering = (reply: Routes[string], as: Session = session) =>
  replyWith(redditApi, options, post, { 'POST /api/comment': reply }, { secrets, session: as });
const no = (code: string, sentence = 'said by Reddit', more: object = {}): Reply => ({
  json: { json: { errors: [[code, sentence, 'text']], ...more } },
});

test('the answer is a comment below what it answers', async () => {
  const thing = { kind: 't1', data: { name: 't1_c9', permalink: '/r/Leeds/comments/q1/_/c9/' } };
  const { answered, requests } = await answering({ json: { json: { errors: [], data: { things: [thing] } } } });
  expect(answered).toEqual({ externalId: 't1_c9', url: 'https://www.reddit.com/r/Leeds/comments/q1/_/c9/' });
  const [sent] = requests;
  expect(Object.fromEntries(new URLSearchParams(sent?.body))).toEqual({
    api_type: 'json',
    thing_id: 't1_c1',
    text: words,
  });
  expect(sent?.headers.authorization).toBe('Bearer mine');
});

test.each<[string, Session]>([
  ['the app alone was let in', { token: 'app', until: session.until }],
  ['the connection has ended', { ...session, endedAt: agreedAt }],
])('where %s, nothing is sent, and it says how to connect', async (_, as) => {
  const { fault, requests } = await answering('', as);
  expect([fault?.kind, fault?.message, requests]).toEqual([
    'not-allowed',
    expect.stringContaining('npx earshot connect reddit-api'),
    [],
  ]);
});

const hangsUp: Answering = (_, response) => {
  response.destroy();
  return null;
};
const refusal = (status: number, message: string): Reply => ({ status, json: { message, error: status } });
test.each<[string, Reply | Answering, 'refused' | 'unknown', RegExp]>([
  [
    'wants a pause',
    no('RATELIMIT', 'you are doing that too much.', { ratelimit: 540 }),
    'refused',
    /some time between/,
  ],
  ['has closed the thread', no('THREAD_LOCKED'), 'refused', /closed/],
  ['finds the thread too old', no('TOO_OLD'), 'refused', /closed/],
  ['has the comment no more', no('DELETED_COMMENT'), 'refused', /taken away/],
  ['finds it too long', no('TOO_LONG'), 'refused', /too long/],
  ['has banned the account there', no('BANNED_FROM_SUBREDDIT'), 'refused', /does not let your account write/],
  ['has a no that nobody knows', no('SOMETHING_NEW'), 'refused', /does not allow/],
  ['lets it read alone', refusal(403, 'Forbidden'), 'refused', /for reading alone, connect again/],
  ['does not know the token', refusal(401, 'Unauthorized'), 'refused', /REDDIT_CLIENT_ID/],
  ['has no such thing', refusal(404, 'Not Found'), 'refused', /taken away/],
  ['was asked too often', refusal(429, 'Too Many Requests'), 'refused', /fewer questions/],
  ['gives a receipt without a comment', { json: { json: { errors: [], data: {} } } }, 'unknown', /changed/],
  ['breaks down', { status: 500, body: 'oops' }, 'unknown', /having trouble/],
  ['hangs up', hangsUp, 'unknown', /./],
])('where Reddit %s, that is told', async (_, reply, end, sentence) => {
  const ended = await answering(reply);
  expect([ended.end, ended.fault?.message]).toEqual([end, expect.stringMatching(sentence)]);
});

test.each<[Reply, number]>([
  [no('RATELIMIT', 'you are doing that too much.', { ratelimit: 539.5 }), 539_500],
  [no('RATELIMIT', 'you are doing that too much. try again in 9 minutes.'), 540_000],
  [no('RATELIMIT', 'Take a break for 30 seconds before trying again.'), 30_000],
])('a pause is as long as Reddit says', async (reply, ms) => {
  expect((await answering(reply)).fault?.retryAt).toBe(agreedAt + ms);
});

const own = (name: string, more: object = {}) => ({
  kind: 't1',
  data: { name, parent_id: 't1_c1', body: words, created_utc: agreedAt / 1000, permalink: `/r/Leeds/${name}`, ...more },
});
const asked = (pages: Routes[string]) =>
  repliedWith(
    redditApi,
    options,
    post,
    { '/api/v1/me': { json: { name: 'bluedoor' } }, '/user/bluedoor/comments': pages },
    { secrets, session },
  );

test('whether it stands there, the account’s own comments tell, back to when it was agreed to', async () => {
  const there = await asked(listing([own('t1_x', { parent_id: 't1_other' }), own('t1_c9', { body: `${words}\n` })]));
  expect(there.answered).toEqual({ externalId: 't1_c9', url: 'https://www.reddit.com/r/Leeds/t1_c9' });
  const others = own('t1_x', { body: 'Thanks!' });
  const second = await asked([listing([others], 't1_x'), listing([own('t1_c9')])]);
  expect([second.end, second.requests.at(-1)?.query.get('after')]).toEqual(['sent', 't1_x']);
  const before = { created_utc: agreedAt / 1000 - 3600 };
  const not = await asked(listing([others, own('t1_o', { ...before, body: '' })], 't1_o'));
  expect([not.end, not.fault, not.requests.length]).toEqual(['refused', null, 2]);
});

test('where the account wrote too much since, nobody can say', async () => {
  let page = 0;
  const { fault } = await asked(() => {
    page += 1;
    return listing([own(`t1_x${page}`, { body: 'Thanks!' })], `t1_x${page}`);
  });
  expect(fault?.kind).toBe('gone');
});

test('it says in whose name it answers', async () => {
  const me = { '/api/v1/me': { json: { name: 'bluedoor' } } };
  expect(await speaksWith(redditApi, options, post, me, { secrets, session })).toBe('u/bluedoor');
});

test('a connected account is renewed; where that has ended, the app reads on by itself', async () => {
  const server = await loopback({ 'POST /api/v1/access_token': { json: { access_token: 'new', expires_in: 86_400 } } });
  const clock = fakeClock();
  const net = createNet({ clock, userAgent: 'Earshot/0', allowed: [server.host] });
  const { signal } = new AbortController();
  const { http } = net.visit({ pace: [], account: null, validators: {}, signal });
  const given = { clientId: 'app', clientSecret: 'invented' };
  const ask = {
    options: redditApi.options.parse({ baseUrl: server.url }),
    secrets: given,
    now: clock.now(),
    http,
    signal,
  };
  expect(await redditApi.signIn?.({ ...ask, session })).toMatchObject({ token: 'new', refresh: 'r1' });
  expect(new URLSearchParams(server.requests[0]?.body).get('grant_type')).toBe('refresh_token');
  server.route({
    'POST /api/v1/access_token': ({ body }) =>
      body.includes('refresh_token') ? { status: 400, json: { error: 'invalid_grant' } } : signedIn,
  });
  const alone = await redditApi.signIn?.({ ...ask, session });
  expect(alone).toEqual({ token: 'invented', until: clock.now() + 86_400_000 });
  const address = new URL(
    redditApi.connect?.address({ ...ask, returnsTo: 'http://127.0.0.1:8749/', state: 's', verifier: 'v' }) ?? '',
  );
  expect(Object.fromEntries(address.searchParams)).toMatchObject({
    duration: 'permanent',
    scope: 'identity read history submit',
  });
  await net.close();
});
