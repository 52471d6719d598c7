/** What is particular to Jetstream: where it goes on from, whom it asks about, what it passes over, what is gone. */
import { describe, expect, test } from 'vitest';
import { createNet } from '../../src/net/net.ts';
import { blueskyJetstream } from '../../src/sources/bluesky-jetstream.ts';
import type { Page } from '../../src/sources/source.ts';
import { events, fixture, getPosts } from '../fixtures/bluesky-jetstream/fixture.ts';
import { fakeClock } from '../support/clock.ts';
import { accountGone, deleted, uriOf, written } from '../support/jetstream.ts';
import { type Loopback, loopback, type Reply, type Routes } from '../support/loopback.ts';

const us = (time: string) => Date.parse(time) * 1_000;
const text = (event: object) => JSON.stringify(event);

async function heard(routes: Routes, more: { position?: string; names?: string } = {}) {
  const server: Loopback = await loopback(routes);
  const { names = 'Blue Door', ...asked } = more;
  const net = createNet({ clock: fakeClock(), userAgent: 'Earshot/0', allowed: [server.host] });
  const { signal } = new AbortController();
  const { http, live } = net.visit({ pace: [], account: null, validators: {}, signal });
  const pages: Page[] = [];
  const wanted = ({ text, links }: { text: string; links: readonly string[] }) => `${text} ${links}`.includes(names);
  const options = blueskyJetstream.options.parse({ baseUrl: server.url });
  for await (const page of blueskyJetstream.listen?.({
    at: {},
    options,
    secrets: {},
    wanted,
    http,
    live,
    signal,
    ...asked,
  }) ?? [])
    pages.push(page);
  await net.close();
  return { pages, posts: pages.flatMap(({ posts }) => posts), requests: server.requests };
}

/** Its connection gives these events; whom `getPosts` shows, it shows. */
const telling = (frames: readonly object[], more: Routes = {}): Routes => ({
  ...fixture.routes(''),
  '/subscribe': { frames: frames.map(text) },
  '/xrpc/app.bsky.feed.getPosts': ({ query }) => ({
    json: {
      posts: query.getAll('uris').map((uri) => ({
        uri,
        author: { did: 'did:plc:ana', handle: 'ana.bsky.example' },
        record: { text: `Blue Door ${uri}`, createdAt: '2026-11-20T07:00:00Z' },
      })),
    },
  }),
  ...more,
});

describe('what it asks for', () => {
  test('posts only, from now on; only those that name somebody are asked about', async () => {
    const { requests, pages, posts } = await heard(fixture.routes(''), { names: 'charged me twice' });
    const [first, ...others] = requests;
    expect(first?.path).toBe('/subscribe');
    expect(first?.query.getAll('wantedCollections')).toEqual(['app.bsky.feed.post']);
    expect(first?.query.get('cursor')).toBeNull();
    expect(Number(first?.query.get('maxMessageSizeBytes'))).toBeGreaterThan(0);
    const asked = others.filter(({ path }) => path.endsWith('getPosts')).flatMap(({ query }) => query.getAll('uris'));
    expect(asked).toEqual(['at://did:plc:anaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/90071992547409931234']);
    expect(posts).toMatchObject([
      { source: 'bluesky', author: { handle: 'ana.bsky.example', name: 'Ana P.', followers: 212 } },
    ]);
    expect(pages.reduce((sum, page) => sum + (page.passedOver ?? 0), 0)).toBe(1);
    expect(pages.at(-1)?.position).toBe(String(us('2026-11-20T07:00:06Z')));
  });

  test('after a break it goes on five seconds before what was heard last', async () => {
    const { requests } = await heard(fixture.routes(''), { position: String(us('2026-11-20T06:59:50Z')) });
    expect(requests[0]?.query.get('cursor')).toBe(String(us('2026-11-20T06:59:45Z')));
  });

  test('a post whose author is not known yet is asked about again, and from there the stream is heard again', async () => {
    const late = written(1, 'Blue Door is late');
    let asked = 0;
    const shown: Routes[string] = (request, response) => {
      asked += 1;
      const answer = telling([])['/xrpc/app.bsky.feed.getPosts'] as (...given: unknown[]) => Reply;
      return asked === 1 ? { json: { posts: [] } } : answer(request, response);
    };
    const days = [written(2, 'a sunny day'), written(7, 'rain'), written(40, 'wind'), written(70, 'snow')];
    const one = await heard(telling([late, ...days], { '/xrpc/app.bsky.feed.getPosts': shown }));
    expect(one.posts.map(({ externalId }) => externalId)).toEqual([uriOf(late)]);
    expect(one.pages.at(-1)?.position).toBe(String(us('2026-11-20T07:01:10Z')));
    const none = await heard(
      telling([late, ...days.slice(0, 2)], { '/xrpc/app.bsky.feed.getPosts': { json: { posts: [] } } }),
    );
    expect(none.posts).toEqual([]);
    expect(none.pages.at(-1)?.position).toBe(String(us('2026-11-20T07:00:01Z') - 1));
  });

  test('what is taken down before anybody could ask is not asked about', async () => {
    const [one, other] = [written(1, 'Blue Door one'), written(2, 'Blue Door two', 'did:plc:cem')];
    const { requests, posts, pages } = await heard(
      telling([one, other, deleted(3, one), accountGone(4, 'did:plc:cem')]),
    );
    expect(requests.filter(({ path }) => path.endsWith('getPosts'))).toEqual([]);
    expect(posts).toEqual([]);
    expect(pages.flatMap(({ gone }) => gone ?? [])).toEqual([
      { source: 'bluesky', externalId: uriOf(one) },
      { source: 'bluesky', externalId: 'at://did:plc:cem/', all: true },
    ]);
  });

  test('an account that is still there, other collections and kinds nobody knows take nothing away', async () => {
    const { pages } = await heard({ ...fixture.routes(''), '/xrpc/app.bsky.feed.getPosts': getPosts });
    expect(events.some((event) => event.includes('"active":true'))).toBe(true);
    expect(pages.flatMap(({ gone }) => gone ?? []).map(({ externalId }) => externalId)).toEqual([
      'at://did:plc:cemaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3m6gone2222x2a',
      'at://did:plc:cemaaaaaaaaaaaaaaaaaaaaa/',
    ]);
    const odd = [
      { did: 'did:plc:x', time_us: us('2026-11-20T07:00:00Z'), kind: 'weather', weather: {} },
      deleted(1, { ...written(1, ''), did: 'x' }),
    ];
    expect((await heard(telling(odd))).pages.flatMap(({ unreadable }) => unreadable ?? [])).toEqual([]);
  });
});

describe('what it can no longer give', () => {
  const position = String(us('2026-11-19T07:00:00Z'));
  const gap = { from: Date.parse('2026-11-19T07:00Z'), to: Date.parse('2026-11-20T07:00Z') };

  test('is a gap, told once: from what was heard last to what comes first', async () => {
    const { pages } = await heard(fixture.routes(''), { position });
    expect(pages.flatMap((page) => page.gap ?? [])).toEqual([gap]);
  });

  test('a server that refuses so old a cursor is asked for what it has', async () => {
    const refusing: Routes = {
      ...fixture.routes(''),
      '/subscribe': ({ query }) =>
        query.get('cursor') === null
          ? { frames: events }
          : { status: 400, json: { error: 'CursorTooOld', message: 'Cursor is too old' } },
    };
    const { pages, posts } = await heard(refusing, { position, names: '' });
    expect(posts).toHaveLength(2);
    expect(pages.flatMap((page) => page.gap ?? [])).toEqual([gap]);
  });

  test('a short break is none', async () => {
    const { pages } = await heard(fixture.routes(''), { position: String(us('2026-11-20T06:59:20Z')) });
    expect(pages.flatMap((page) => page.gap ?? [])).toEqual([]);
  });
});

test('one event that cannot be read costs no other', async () => {
  const frames = [...events.slice(0, 3), '{ broken', '[]', '{ "did": 7 }', ...events.slice(3)];
  const { posts, pages } = await heard({ ...fixture.routes(''), '/subscribe': { frames } }, { names: '' });
  expect(posts).toHaveLength(2);
  expect(pages.flatMap(({ unreadable }) => unreadable ?? [])).toHaveLength(3);
});

test('who asks not to be shown to logged-out viewers is not kept', async () => {
  const shy = written(1, 'Blue Door, quietly');
  const view = {
    uri: uriOf(shy),
    author: { did: shy.did, handle: 'ana.bsky.example', labels: [{ val: '!no-unauthenticated' }] },
    record: shy.commit?.record,
  };
  const { posts } = await heard(telling([shy], { '/xrpc/app.bsky.feed.getPosts': { json: { posts: [view] } } }));
  expect(posts).toEqual([]);
});
