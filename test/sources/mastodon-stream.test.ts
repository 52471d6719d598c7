/** What is particular to Mastodon's stream: the token, what was missed, edits and deletions. */
import { expect, test } from 'vitest';
import type { Fault } from '../../src/net/fault.ts';
import { createNet } from '../../src/net/net.ts';
import { mastodonStream } from '../../src/sources/mastodon-stream.ts';
import type { Page } from '../../src/sources/source.ts';
import { fixture, instance, stream, streaming } from '../fixtures/mastodon-stream/fixture.ts';
import { fakeClock } from '../support/clock.ts';
import { loopback, type Routes } from '../support/loopback.ts';
import { answer } from '../support/source-fixture.ts';

const beside = { ...import.meta, url: new URL('../fixtures/mastodon-stream/fixture.ts', import.meta.url).href };
const said = answer(beside, 'stream.txt');
const edited = answer(beside, 'edited.txt');
const timeline = '/api/v1/timelines/tag/bluedoorcoffee';
const status = (id: number, more: object = {}) => ({
  id: String(id),
  uri: `https://social.example/users/ana/statuses/${id}`,
  created_at: '2026-11-20T07:00:00Z',
  content: `<p>#BlueDoorCoffee ${id}</p>`,
  account: { acct: 'ana@social.example' },
  ...more,
});

async function heard(routes: (url: string) => Routes, position?: string) {
  const server = await loopback();
  server.route({ ...fixture.routes(server.url), ...routes(server.url) });
  const net = createNet({ clock: fakeClock(), userAgent: 'Earshot/0', allowed: [server.host] });
  const { signal } = new AbortController();
  const visit = net.visit({ pace: [], account: null, validators: {}, signal });
  const options = mastodonStream.options.parse(fixture.options(server.url));
  const [look] = mastodonStream.looks(options, { names: [], handles: [], domains: [] });
  const pages: Page[] = [];
  let fault: Fault | null = null;
  const asked = { options, secrets: { token: 'a-token' }, wanted: () => true, signal, ...(position && { position }) };
  try {
    if (look)
      for await (const page of mastodonStream.listen?.({ at: look.at, ...asked, ...visit }) ?? []) pages.push(page);
  } catch (cause) {
    fault = cause as Fault;
  }
  await net.close();
  return { pages, posts: pages.flatMap(({ posts }) => posts), requests: server.requests, fault };
}

test('the posts are its twin’s, and so is what takes them away', async () => {
  const { posts, pages, requests } = await heard(() => ({ [streaming]: stream(said + edited) }));
  expect(posts.map(({ source, externalId, text, editedAt }) => [source, externalId, text, editedAt !== null])).toEqual([
    [
      'mastodon',
      'https://social.example/users/dana/statuses/115570361973436800',
      'Still no refund from #BlueDoorCoffee',
      false,
    ],
    [
      'mastodon',
      'https://mastodon.example/users/eve/statuses/90071992547409931234',
      'Lovely cake at #BlueDoorCoffee & friends',
      false,
    ],
    [
      'mastodon',
      'https://social.example/users/dana/statuses/115570361973436800',
      'Still no refund from #BlueDoorCoffee, after three weeks',
      true,
    ],
  ]);
  expect(posts[1]?.author.handle).toBe('eve@mastodon.example');
  expect(pages.flatMap(({ gone }) => gone ?? [])).toEqual([
    { source: 'mastodon', externalId: 'https://social.example/users/dana/statuses/115570361973436800' },
  ]);
  expect(pages.at(-1)?.position).toBe('115570361973436900');
  const open = requests.find(({ path }) => path === streaming);
  expect(open?.headers).toMatchObject({
    authorization: 'Bearer a-token',
    accept: 'text/event-stream',
    'user-agent': 'Earshot/0',
  });
  expect(open?.query.get('tag')).toBe('bluedoorcoffee');
});

test('what was said during a break is fetched once the line is open again, the oldest first', async () => {
  const all = Array.from({ length: 45 }, (_, index) => status(1_001 + index));
  const { posts, pages, requests } = await heard(
    () => ({
      [timeline]: ({ query }) => ({
        json: all
          .filter(({ id }) => id > (query.get('min_id') ?? ''))
          .slice(0, 40)
          .reverse(),
      }),
      [streaming]: stream(''),
    }),
    '1000',
  );
  const opened = requests.findIndex(({ path }) => path === streaming);
  expect(requests.findIndex(({ path }) => path === timeline)).toBeGreaterThan(opened);
  expect(posts).toHaveLength(45);
  expect(pages.at(-1)?.position).toBe('1045');
  expect(pages.some(({ capped }) => capped)).toBe(false);
});

test('a break with more than it gives ends at a page that says so; a page that repeats ends it, too', async () => {
  let next = 2_000;
  const endless: Routes = {
    [timeline]: () => {
      next += 40;
      return { json: Array.from({ length: 40 }, (_, index) => status(next - index)) };
    },
    [streaming]: stream(''),
  };
  const { pages, requests } = await heard(() => endless, '1000');
  expect(requests.filter(({ path }) => path === timeline)).toHaveLength(25);
  expect(pages.filter(({ capped }) => capped)).toHaveLength(1);
  const same = Array.from({ length: 40 }, (_, index) => status(900 - index));
  const repeating = await heard(() => ({ [timeline]: { json: same }, [streaming]: stream('') }), '1000');
  expect(repeating.requests.filter(({ path }) => path === timeline)).toHaveLength(1);
});

test('one post that cannot be read costs no other; what was not meant for everybody is left out', async () => {
  const event = (data: unknown) => `event: update\ndata: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
  const body = [
    event('{ broken'),
    event({ id: 7 }),
    event(status(1)),
    event(status(2, { visibility: 'private' })),
    event(status(3, { reblog: {} })),
  ];
  const { posts, pages, fault } = await heard(() => ({ [streaming]: stream(body.join('')) }));
  expect(fault).toBeNull();
  expect(posts.map(({ text }) => text)).toEqual(['#BlueDoorCoffee 1']);
  expect(pages.flatMap(({ unreadable }) => unreadable ?? []).sort()).toEqual([
    'a post in its stream is not as expected',
    'a post in its stream is not as expected',
    'is not public',
  ]);
});

test('a refused token says what to do', async () => {
  const { fault } = await heard((url) => ({
    '/api/v2/instance': instance(url),
    [streaming]: { status: 401, json: { error: 'The access token is invalid' } },
  }));
  expect(fault).toMatchObject({ kind: 'not-allowed' });
  expect(fault?.message).toMatch(/did not accept MASTODON_TOKEN/);
});
