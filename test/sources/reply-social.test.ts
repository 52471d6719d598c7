/**
 * How Bluesky, Mastodon, Discourse and GitHub are answered, at servers that speak as these do. What is written there is not
 * in the documents that we tested against: paths, fields and refusals are those of the platforms' own references.
 */
import { describe, expect, test } from 'vitest';
import { barePost, type Post } from '../../src/mention.ts';
import { bluesky } from '../../src/sources/bluesky.ts';
import { nameOf } from '../../src/sources/bluesky-reply.ts';
import { discourse } from '../../src/sources/discourse.ts';
import { github } from '../../src/sources/github.ts';
import { mastodon } from '../../src/sources/mastodon.ts';
import { isSameText } from '../../src/sources/same-words.ts';
import type { Secrets, Source } from '../../src/sources/source.ts';
import type { Answering, Route, Routes } from '../support/loopback.ts';
import { agreedAt, aKey, repliedWith, replyWith } from '../support/reply-source.ts';

const text = 'Thank you, Ana. Your money went back today: https://bluedoor.example/refunds. Tom';
const stored = (source: string, externalId: string, more: Partial<Post> = {}) =>
  barePost(source, 'Still waiting', { externalId, ...more });

interface Platform {
  readonly source: Source<never, Secrets>;
  readonly options: (url: string) => unknown;
  readonly post: (url: string) => Post;
  readonly secrets: Readonly<Record<string, string>>;
  /** What is asked before it writes. */
  readonly before: Routes;
  /** `POST /…`, and the answer of one that took it. */
  readonly writes: readonly [path: string, took: Route];
  /** What stands there already, ours among others, for `replied`. */
  readonly stands: (url: string) => Routes;
  readonly nothing: Routes;
}

const uri = 'at://did:plc:ana/app.bsky.feed.post/3kana';
const did = 'did:plc:bluedoor';
const session = { token: 'jwt', until: Number.MAX_SAFE_INTEGER, extra: { did, identifier: 'bluedoor.example' } };
const rkey = nameOf({ key: aKey, agreedAt });
const entry = (url: string, more: object = {}) => ({
  node_id: 'IC_1',
  html_url: `${url}/blue-door/bookings/issues/7#issuecomment-5`,
  user: { login: 'bluedoor' },
  body: text,
  created_at: '2026-11-20T08:00:30Z',
  ...more,
});
const status = { uri: 'https://m.example/users/bluedoor/statuses/9', url: 'https://m.example/@bluedoor/9' };
const forumPost = { id: 88, topic_id: 12, topic_slug: 'late', post_number: 4, username: 'BlueDoor' };

const platforms: Readonly<Record<string, Platform>> = {
  bluesky: {
    source: bluesky as unknown as Platform['source'],
    options: (baseUrl) => ({ baseUrl }),
    post: () => stored('bluesky', uri, { author: { handle: 'ana.example', name: null, url: null, followers: null } }),
    secrets: {},
    before: { '/xrpc/app.bsky.feed.getPosts': { json: { posts: [{ uri, cid: 'bafyana', record: {} }] } } },
    writes: [
      'POST /xrpc/com.atproto.repo.putRecord',
      { json: { uri: `at://${did}/app.bsky.feed.post/${rkey}`, cid: 'bafyours' } },
    ],
    stands: () => ({
      '/xrpc/com.atproto.repo.getRecord': { json: { uri: `at://${did}/app.bsky.feed.post/${rkey}`, value: {} } },
    }),
    nothing: {
      '/xrpc/com.atproto.repo.getRecord': { status: 400, json: { error: 'RecordNotFound', message: 'no record' } },
    },
  },
  mastodon: {
    source: mastodon as unknown as Platform['source'],
    options: (url) => ({ instances: [url] }),
    post: () => stored('mastodon', 'https://other.example/users/ana/statuses/1'),
    secrets: { token: 'tok' },
    before: {
      '/api/v2/search': { json: { statuses: [{ id: '501', uri: 'https://other.example/users/ana/statuses/1' }] } },
      '/api/v1/accounts/verify_credentials': { json: { id: '7', acct: 'bluedoor' } },
    },
    writes: ['POST /api/v1/statuses', { json: status }],
    stands: () => ({
      '/api/v1/accounts/7/statuses': {
        json: [
          { ...status, uri: 'x', content: '<p>Another one</p>', in_reply_to_id: '501' },
          { ...status, uri: 'y', content: `<p>${text}</p>`, in_reply_to_id: '400' },
          {
            ...status,
            content:
              '<p><span class="h-card">@<span>ana</span></span> Thank you, Ana. Your money went back today: <a href="https://bluedoor.example/refunds"><span class="invisible">https://</span><span>bluedoor.example/refunds</span></a>. Tom</p>',
            in_reply_to_id: '501',
            created_at: '2026-11-20T08:00:30Z',
          },
        ],
      },
    }),
    nothing: { '/api/v1/accounts/7/statuses': { json: [] } },
  },
  discourse: {
    source: discourse as unknown as Platform['source'],
    options: (url) => ({ forums: [url] }),
    post: (url) => stored('discourse', `${url}/p/70`, { url: `${url}/t/late/12/3` }),
    secrets: { key: 'k', username: 'bluedoor' },
    before: {},
    writes: ['POST /posts.json', { json: forumPost }],
    stands: () => ({
      'GET /posts.json': {
        json: {
          latest_posts: [
            { ...forumPost, id: 90, username: 'ana', cooked: `<p>${text}</p>`, created_at: '2026-11-20T08:01:00Z' },
            { ...forumPost, cooked: `<p>${text}</p>`, created_at: '2026-11-20T08:00:30Z' },
          ],
        },
      },
    }),
    nothing: {
      'GET /posts.json': {
        json: { latest_posts: [{ ...forumPost, id: 60, cooked: '<p>old</p>', created_at: '2026-11-19T08:00:00Z' }] },
      },
    },
  },
  github: {
    source: github as unknown as Platform['source'],
    options: (baseUrl) => ({ baseUrl }),
    post: (url) => stored('github', 'I_7', { url: `${url}/blue-door/bookings/issues/7` }),
    secrets: { token: 'ghp' },
    before: { '/user': { json: { login: 'bluedoor' } } },
    writes: [
      'POST /repos/blue-door/bookings/issues/7/comments',
      (request) => ({ status: 201, json: entry(`http://${request.headers.host}`) }),
    ],
    stands: (url) => ({
      'GET /repos/blue-door/bookings/issues/7/comments': {
        json: [entry(url, { user: { login: 'ana' }, node_id: 'IC_0' }), entry(url)],
      },
    }),
    nothing: { 'GET /repos/blue-door/bookings/issues/7/comments': { json: [] } },
  },
};

const takenThenSilent: Answering = (_, response) => {
  response.destroy();
  return null;
};

describe.each(Object.entries(platforms))('%s', (id, platform) => {
  const { source, options, post, secrets, before, writes } = platform;
  const [path, took] = writes;
  const more = { secrets, text, ...(id === 'bluesky' && { session }) };
  const sent = (route: Route) => replyWith(source, options, post, { ...before, [path]: route }, more);
  const written = (requests: readonly { readonly method: string; readonly path: string }[]) =>
    requests.filter((one) => `${one.method} ${one.path}` === path).length;

  test('answers below the post, once, as the owner', async () => {
    const { end, answered, requests } = await sent(took);
    expect(end).toBe('sent');
    expect(answered?.externalId).toBeTruthy();
    expect(answered?.url).toMatch(/^https?:\/\//);
    expect(written(requests)).toBe(1);
  });

  test.each([401, 403, 404, 422, 429])(
    'a %i is a refusal, told in a sentence, and nothing is sent again',
    async (code) => {
      const json = { error: 'no', errors: ['no'], error_type: 'invalid_access', message: 'no' };
      const { end, fault, requests } = await sent({ status: code, json });
      expect(end).toBe('refused');
      expect(fault?.message).toMatch(/^[A-Z0-9].*[.]$/su);
      expect(fault?.message).not.toMatch(/\b4\d\d\b|config\b.*update/);
      expect(written(requests)).toBe(1);
    },
  );

  test('words that it does not take are no question of who we are', async () => {
    const json = { error: 'InvalidRequest', errors: ['Too short'], message: 'Validation Failed' };
    const { fault } = await sent({ status: 422, json });
    expect([fault?.kind, fault?.message]).toEqual(['garbled', expect.stringContaining('does not take this answer')]);
  });

  test.each<[string, Route]>([
    ['in trouble', { status: 500, json: {} }],
    ['takes it and breaks off', takenThenSilent],
    ['takes it and says nothing we can read', { body: '<html>' }],
  ])('one that is %s: nobody knows, and nothing is sent again', async (_, route) => {
    const { end, requests } = await sent(route);
    expect(end).toBe('unknown');
    expect(written(requests)).toBe(1);
  });

  test('finds its own answer there, not somebody else’s', async () => {
    const there = await repliedWith(source, options, post, (url) => ({ ...before, ...platform.stands(url) }), more);
    expect(there.answered).toEqual((await sent(took)).answered && expect.objectContaining({ url: expect.any(String) }));
    expect(there.requests.every(({ method }) => method === 'GET')).toBe(true);
    const none = await repliedWith(source, options, post, { ...before, ...platform.nothing }, more);
    expect(none).toMatchObject({ end: 'refused', fault: null });
  });

  test('a look that fails is no answer that is not there', async () => {
    const broken = Object.fromEntries(Object.keys(platform.nothing).map((key) => [key, { status: 500, json: {} }]));
    expect((await repliedWith(source, options, post, { ...before, ...broken }, more)).fault).not.toBeNull();
  });
});

test('Bluesky: the same record each time, below the thread’s root, with its links', async () => {
  const root = { uri: 'at://did:plc:tom/app.bsky.feed.post/3ktom', cid: 'bafytom' };
  const { options, post, writes, source } = platforms.bluesky as Platform;
  const parents = { json: { posts: [{ uri, cid: 'bafyana', record: { reply: { root, parent: root } } }] } };
  const { requests } = await replyWith(
    source,
    options,
    post,
    { '/xrpc/app.bsky.feed.getPosts': parents, [writes[0]]: writes[1] },
    { session, text: 'Café news for @ana.example: https://bluedoor.example.' },
  );
  expect(JSON.parse(requests.at(-1)?.body ?? '')).toEqual({
    repo: did,
    collection: 'app.bsky.feed.post',
    rkey,
    record: {
      $type: 'app.bsky.feed.post',
      text: 'Café news for @ana.example: https://bluedoor.example.',
      createdAt: '2026-11-20T08:00:00.000Z',
      reply: { root, parent: { uri, cid: 'bafyana' } },
      facets: [
        {
          index: { byteStart: 29, byteEnd: 53 },
          features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://bluedoor.example' }],
        },
        {
          index: { byteStart: 15, byteEnd: 27 },
          features: [{ $type: 'app.bsky.richtext.facet#mention', did: 'did:plc:ana' }],
        },
      ],
    },
  });
  expect(rkey).toMatch(/^[2-7a-j][2-7a-z]{12}$/);
  expect(nameOf({ key: aKey, agreedAt })).toBe(rkey);
  expect(nameOf({ key: 'f'.repeat(32), agreedAt })).not.toBe(rkey);
});

test('Bluesky: whose author lets not everybody answer is told before anything is sent', async () => {
  const { options, post, source } = platforms.bluesky as Platform;
  const view = { uri, cid: 'bafyana', record: {}, viewer: { replyDisabled: true } };
  const { fault, requests } = await replyWith(
    source,
    options,
    post,
    { '/xrpc/app.bsky.feed.getPosts': { json: { posts: [view] } } },
    { session },
  );
  expect(fault?.message).toMatch(/lets only some people answer/);
  // No `not-allowed`: its session would be renewed, and the same asked once more.
  expect(fault?.kind).toBe('garbled');
  expect(requests).toHaveLength(1);
});

test('Mastodon: with the key, as visible as the post, and naming whom it answers', async () => {
  const { options, post, secrets, writes, source } = platforms.mastodon as Platform;
  const search = { json: { statuses: [{ id: '501', uri: 'u', visibility: 'unlisted' }] } };
  const { requests } = await replyWith(
    source,
    options,
    post,
    { '/api/v2/search': search, [writes[0]]: writes[1] },
    { secrets, text },
  );
  const last = requests.at(-1);
  expect(last?.headers).toMatchObject({ 'idempotency-key': aKey, authorization: 'Bearer tok' });
  expect(JSON.parse(last?.body ?? '')).toEqual({ status: text, in_reply_to_id: '501', visibility: 'unlisted' });
  const ana = stored('mastodon', 'x', {
    author: { handle: 'ana@other.example', name: null, url: null, followers: null },
  });
  expect(mastodon.worded?.('Thank you', ana)).toBe('@ana@other.example Thank you');
  expect(mastodon.worded?.('Thank you, @Ana!', ana)).toBe('Thank you, @Ana!');
});

test('Discourse: the key goes only to its own forum', async () => {
  const { options, secrets, source } = platforms.discourse as Platform;
  const elsewhere = stored('discourse', 'https://other.example/p/1', { url: 'https://other.example/t/x/1/2' });
  const { fault, requests } = await replyWith(source, options, elsewhere, {}, { secrets });
  expect(fault?.kind).toBe('not-allowed');
  expect(requests).toEqual([]);
});

test('Discourse: what waits to be looked over was sent, and has no address yet', async () => {
  const { options, post, secrets, writes, source } = platforms.discourse as Platform;
  const { answered } = await replyWith(
    source,
    options,
    post,
    { [writes[0]]: { json: { action: 'enqueued' } } },
    { secrets },
  );
  expect(answered).toEqual({ externalId: null, url: null });
});

test('who speaks is told before anybody says yes', async () => {
  const base = { signal: new AbortController().signal };
  expect(await bluesky.speaksAs?.({ ...base, session } as never)).toBe('@bluedoor.example');
});

test('the same words are the same however a platform sets them', () => {
  expect(isSameText('@ana@m.example Thank you: https://x.example/a', '@ana Thank  YOU: x')).toBe(false);
  expect(isSameText('@ana@m.example Thank you! https://x.example/a', '@ana Thank  YOU!')).toBe(true);
  expect(isSameText('👍', '👎')).toBe(false);
});
