/** Listening to a stream: nothing is lost however often the line breaks, nothing comes twice, and what is missing is told. */
import { expect, onTestFinished, test } from 'vitest';
import type { App } from '../../src/app.ts';
import { healthSentence } from '../../src/insight/health.ts';
import { collect } from '../../src/jobs/collect.ts';
import { listen } from '../../src/jobs/listen.ts';
import { watchReports } from '../../src/jobs/status.ts';
import { Fault } from '../../src/net/fault.ts';
import type { Page, Source } from '../../src/sources/source.ts';
import { runsBetween } from '../../src/store/runs.ts';
import { trouble } from '../../src/store/trouble.ts';
import { readProgress, watchRow } from '../../src/store/watches.ts';
import type { Watch } from '../../src/watch.ts';
import {
  accountGone,
  deleted,
  type Jetstream,
  type JetstreamEvent,
  jetstream,
  uriOf,
  written,
} from '../support/jetstream.ts';
import { aShop, opened, type Shop, said } from '../support/shop.ts';
import { listeningTo, stubSource, stubWatch } from '../support/stub-source.ts';

const minute = 60_000;

async function aStream(): Promise<Jetstream> {
  const stream = await jetstream();
  onTestFinished(() => stream.close());
  return stream;
}

/** Two brands that name one stream, and its twin where wanted. */
async function shopOn({ url }: Jetstream): Promise<{ shop: Shop; app: App; watch: Watch }> {
  const shop = aShop(Date.parse('2026-11-20T08:00Z'));
  const sources = `{ bluesky-jetstream: { baseUrl: "${url}" }, bluesky: { baseUrl: "${url}" } }`;
  const brands = ['Blue Door', 'Red Kettle'].map((name) => `  - { name: ${name}, sources: ${sources} }`);
  const { app } = await opened(shop, `timezone: UTC\nbrands:\n${brands.join('\n')}\n`);
  const live = app.watches.filter((one) => one.live);
  expect(live.map(({ brands }) => brands)).toEqual([['blue-door', 'red-kettle']]);
  const [watch] = live;
  if (!watch) throw new Error('no stream');
  return { shop, app, watch };
}

const posts = async (shop: Shop) => (await shop.list({ pile: 'all' })).map(({ post }) => post.externalId).sort();
const progressOf = async ({ store }: App, watch: Watch) =>
  (await store.read('test', (tx) => readProgress(tx, [watchRow(watch)])))[0];
const sentenceOf = async (app: App, watch: Watch) => {
  const report = (await watchReports(app)).find((one) => one.watch.source === watch.source);
  if (!report) throw new Error('no report');
  return healthSentence(report, app.clock.now(), 'UTC');
};

/** Listens until this many connections were had: by then all that came through the ones before is kept. */
async function heardOver(
  app: App,
  watch: Watch,
  stream: Jetstream,
  connections: number,
  act: Parameters<Jetstream['onConnection']>[0],
) {
  const stop = new AbortController();
  const before = stream.cursors.length;
  stream.onConnection((socket, number) => {
    if (number >= before + connections) stop.abort();
    else act(socket, number - before);
  });
  await listen({ ...app, signal: stop.signal }, watch);
}

test('a hundred times cut off, in all ways: it goes on where it was, and not one post is lost or doubled', async () => {
  const stream = await aStream();
  const { shop, app, watch } = await shopOn(stream);
  const told: JetstreamEvent[] = [];
  let second = 0;
  const talk = () => {
    for (let turn = 0; turn < 12; turn += 1) {
      second += 0.7;
      const names = turn % 3 === 0;
      const event = written(
        second,
        names ? `Still waiting for my refund, Blue Door, order ${second}` : 'A sunny day',
        `did:plc:p${turn}`,
      );
      if (names) told.push(event);
      stream.say(event);
    }
  };
  await heardOver(app, watch, stream, 102, (socket, number) => {
    talk();
    if (number >= 100) return socket.close(1000);
    const ways = [
      () => socket.terminate(),
      () => socket.close(1011),
      () => socket.close(1013),
      () => setImmediate(() => socket.terminate()),
    ];
    ways[number % ways.length]?.();
    // Nobody is connected while this is said.
    talk();
  });
  // What was said last still waits for its author's name, and is asked for again.
  const kept = await posts(shop);
  expect(stream.cursors.length).toBe(103);
  expect(new Set(kept).size).toBe(kept.length);
  expect(kept).toEqual(told.map(uriOf).sort());
  expect(await sentenceOf(app, watch)).toMatch(/^listened until \d\d:\d\d, not since: it is heard while/);
}, 60_000);

test('a post that the stream and its twin both hear is one, also when it is taken away', async () => {
  const stream = await aStream();
  const { shop, app, watch } = await shopOn(stream);
  const one = written(1, 'Blue Door lost my order and nobody answers');
  const other = written(2, 'I love Blue Door');
  const third = written(3, 'Blue Door again, from somebody whose account goes', 'did:plc:cem');
  await heardOver(app, watch, stream, 1, (socket) => {
    stream.say(one, other, third);
    socket.close();
  });
  const before = await shop.list({ pile: 'all' });
  expect(before.map(({ post }) => [post.source, post.author.handle, post.text]).sort()).toEqual([
    ['bluesky', 'ana.bsky.example', 'Blue Door lost my order and nobody answers'],
    ['bluesky', 'ana.bsky.example', 'I love Blue Door'],
    ['bluesky', 'cem.bsky.example', 'Blue Door again, from somebody whose account goes'],
  ]);
  const twin = stubSource('newest-first', () => [
    {
      posts: before.map(({ post }) => ({
        ...said(post.text),
        ...post,
        engagement: { likes: 9, reposts: 0, replies: 0, views: null },
      })),
    },
  ]);
  const looking = listeningTo(app, twin, [stubWatch(), watch]);
  const runs = await collect(looking, { watches: looking.watches });
  expect(runs).toMatchObject([{ source: 'stub', seen: 3, fresh: 0 }]);
  const both = await shop.list({ pile: 'all' });
  expect(both.map(({ places }) => places.length)).toEqual([1, 1, 1]);
  await heardOver(app, watch, stream, 1, (socket) => {
    stream.say(deleted(60, one), accountGone(61, 'did:plc:cem'));
    socket.close();
  });
  const left = (await shop.list({ pile: 'all' })).map(({ post }) => post.text).sort();
  expect(left).toEqual(['', '', 'I love Blue Door']);
});

test('status tells since when it listens, and what the stream no longer had', async () => {
  const stream = await aStream();
  const { app, watch } = await shopOn(stream);
  expect(await sentenceOf(app, watch)).toBe('not listened yet: it is heard while `npx earshot start` runs');
  await heardOver(app, watch, stream, 1, (socket) => {
    stream.say(written(1, 'a sunny day'));
    socket.close();
  });
  const { position } = (await progressOf(app, watch)) ?? {};
  expect(position).toBe(String(Date.parse('2026-11-20T07:00:01Z') * 1_000));
  stream.forget(Date.parse('2026-11-20T09:00Z') * 1_000);
  let heard = '';
  const stop = new AbortController();
  stream.onConnection((socket, number) => {
    if (number === 2) stream.say(written(3 * 3_600, 'another day'));
    if (number === 2) socket.close();
    else stop.abort();
  });
  const listening = { ...app, signal: stop.signal };
  const told: string[] = [];
  const log = { ...app.log, warn: (_facts: object, message: string) => void told.push(message) };
  const sleep = async () => {
    heard = await sentenceOf(app, watch);
  };
  await listen({ ...listening, log, clock: { ...app.clock, sleep } }, watch);
  expect(heard).toBe(
    `listening since 08:00, nothing has come in yet; a gap from 07:00 to 10:00: what was said then may be missing`,
  );
  expect(told).toEqual(['Bluesky live was not heard all the time: what was said meanwhile may be missing']);
});

/** A stream in the hand: each connection gives what the test says, and ends. */
const failing = (fault: () => Fault) =>
  // biome-ignore lint/correctness/useYield: the line does not open
  async function* (): AsyncGenerator<Page> {
    throw fault();
  };

function stubStream(
  connections: readonly ((asked: { readonly position?: string }) => AsyncIterable<Page>)[],
  stop: AbortController,
): Source {
  let next = 0;
  return {
    ...stubSource('oldest-first', () => []),
    listen: async function* (asked) {
      const connection = connections[next];
      next += 1;
      if (!connection) return stop.abort();
      yield* connection(asked);
    },
  };
}
const streamWatch = stubWatch({ live: true });

async function stubbed(...connections: readonly ((asked: { readonly position?: string }) => AsyncIterable<Page>)[]) {
  const shop = aShop();
  const { app } = await opened(shop, 'timezone: UTC\nbrands:\n  - { name: Blue Door, sources: {} }\n');
  const stop = new AbortController();
  const warned: string[] = [];
  const log = { ...app.log, warn: (_facts: object, message: string) => void warned.push(message) };
  const tools = { ...listeningTo(app, stubStream(connections, stop), [streamWatch]), signal: stop.signal, log };
  return { shop, app, tools, warned };
}

const about = (id: string) =>
  said(`${id}: I am still waiting for my refund from Blue Door.`, { source: 'stub', externalId: id });

test('the position moves in the transaction that keeps what came, and not without it', async () => {
  const from: (string | undefined)[] = [];
  const { shop, tools } = await stubbed(
    async function* ({ position }) {
      from.push(position);
      yield { posts: [] };
      yield { posts: [about('one')], position: '1' };
      yield { posts: [about('two')], position: '2' };
    },
    async function* ({ position }) {
      from.push(position);
      yield { posts: [about('two'), about('three')], position: '3' };
    },
  );
  let writes = 0;
  const write: typeof tools.store.write = (label, change) =>
    tools.store.write(label, async (tx) => {
      const result = await change(tx);
      if (label === 'what was heard') writes += 1;
      if (writes === 3) throw trouble('full', tools.store.path);
      return result;
    });
  await expect(listen({ ...tools, store: { ...tools.store, write } }, streamWatch)).rejects.toThrow(/full/);
  expect(await posts(shop)).toEqual(['one']);
  await listen(tools, streamWatch);
  expect(from).toEqual([undefined, '1']);
  expect(await posts(shop)).toEqual(['one', 'three', 'two']);
});

test('trouble is waited out, told once, recorded, and over with the first sign of life', async () => {
  const { app, shop, tools, warned } = await stubbed(
    ...[1, 2, 3].map(() => failing(() => new Fault('unreachable', 'stub.example could not be reached.'))),
    async function* () {
      const [report] = await watchReports(tools);
      expect(report && healthSentence(report, tools.clock.now(), 'UTC')).toMatch(
        /^could not listen yet: it cannot be reached/,
      );
      yield { posts: [] };
      const [better] = await watchReports(tools);
      expect(better?.fault).toBeNull();
    },
  );
  await listen(tools, streamWatch);
  expect(warned).toEqual(['could not listen to Stub stub.example: stub.example could not be reached.']);
  expect(shop.clock.slept.slice(0, 3)).toEqual([1_000, 2_000, 4_000]);
  const runs = await app.store.read('test', (tx) => runsBetween(tx, 0, Number.MAX_SAFE_INTEGER));
  expect(runs.map(({ outcome, fault }) => [outcome, fault?.kind ?? null])).toEqual([
    ['failed', 'unreachable'],
    ['failed', 'unreachable'],
    ['failed', 'unreachable'],
    ['complete', null],
  ]);
});

test('a refused key waits long, a platform that names a time is left alone until then', async () => {
  const { shop, tools } = await stubbed(
    failing(() => new Fault('not-allowed', 'It wants another key.')),
    failing(() => new Fault('slow-down', 'It wants quiet.', { retryAt: tools.clock.now() + 20 * minute })),
  );
  await listen(tools, streamWatch);
  expect(shop.clock.slept).toEqual([minute, 20 * minute]);
});

test('an hour of listening is one run, and what was passed over is counted', async () => {
  const { app, tools, shop } = await stubbed(async function* () {
    yield { posts: [], passedOver: 40 };
    shop.clock.advance(31 * minute);
    yield { posts: [about('one')], passedOver: 2, position: '1' };
    shop.clock.advance(31 * minute);
    yield { posts: [], passedOver: 8 };
    yield { posts: [], passedOver: 5, position: '2' };
  });
  await listen(tools, streamWatch);
  const runs = await app.store.read('test', (tx) => runsBetween(tx, 0, Number.MAX_SAFE_INTEGER));
  expect(runs.map(({ seen, fresh, setAside }) => [seen, fresh, setAside])).toEqual([
    [51, 1, { 'no-match': 50 }],
    [5, 0, { 'no-match': 5 }],
  ]);
  expect((await progressOf(app, streamWatch))?.position).toBe('2');
});
