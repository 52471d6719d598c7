/** The doors that stay open keep the house's rules: who asks, where to, how much, how long; and lose nothing on the way. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { eventReader } from '../../src/net/open-events.ts';
import { loopback } from '../support/loopback.ts';
import { userAgent, visitOf } from './visit-of.ts';

async function collected<Item>(flow: AsyncIterable<readonly Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const batch of flow) all.push(...batch);
  return all;
}

/** A WebSocket server that does with each connection what the test says. */
async function serving(act: (socket: WebSocket) => void) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', act);
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(
    () =>
      new Promise<void>((resolve) => {
        for (const socket of server.clients) socket.terminate();
        server.close(() => resolve());
      }),
  );
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}

describe('a WebSocket', () => {
  test('says who asks, opens with an empty list, gives all texts in order and ends with the farewell', async () => {
    const texts = Array.from({ length: 5_000 }, (_, index) => `text ${index}`);
    const server = await loopback({ '/stream': { frames: texts } });
    const { live } = visitOf();
    const lists: (readonly string[])[] = [];
    for await (const list of live.messages(`${server.url}/stream`, { query: { wanted: ['a', 'b'] } })) lists.push(list);
    expect(lists[0]).toEqual([]);
    expect(lists.flat()).toEqual(texts);
    expect(Math.max(...lists.map((list) => list.length))).toBeLessThanOrEqual(500);
    expect(server.requests[0]?.headers['user-agent']).toBe(userAgent);
    expect(server.requests[0]?.query.getAll('wanted')).toEqual(['a', 'b']);
  });

  test('whoever reads slowly is not run over: the server has to wait', async () => {
    let buffered = 0;
    const url = await serving((socket) => {
      for (let index = 0; index < 60_000; index += 1) socket.send('x'.repeat(1_000));
      setImmediate(() => {
        buffered = socket.bufferedAmount;
      });
    });
    const { live } = visitOf();
    let seen = 0;
    for await (const list of live.messages(url)) {
      seen += list.length;
      await new Promise((resolve) => setImmediate(resolve));
      if (seen >= 60_000) break;
    }
    expect(buffered).toBeGreaterThan(1_000_000);
    expect(seen).toBe(60_000);
  });

  test('a private address that the config does not name is not reached', async () => {
    const server = await loopback({ '/stream': { frames: ['secret'] } });
    const { live } = visitOf({ allowed: [] });
    await expect(collected(live.messages(`${server.url}/stream`))).rejects.toMatchObject({ kind: 'not-allowed' });
    const named = visitOf({ allowed: [], lookup: async () => ['127.0.0.1'] });
    const address = `http://stream.example:${server.port}/stream`;
    await expect(collected(named.live.messages(address))).rejects.toMatchObject({ kind: 'not-allowed' });
    await expect(collected(named.live.events(address))).rejects.toMatchObject({ kind: 'not-allowed' });
    expect(server.requests).toEqual([]);
  });

  test('a message beyond all measure ends it', async () => {
    const server = await loopback({ '/stream': { frames: ['small', 'x'.repeat(20_000)] } });
    const { live } = visitOf({ limits: { messageBytes: 10_000 } });
    await expect(collected(live.messages(`${server.url}/stream`))).rejects.toMatchObject({
      kind: 'garbled',
      message: `${server.host} sent more than the 10000 bytes that Earshot reads at most.`,
    });
  });

  test('a server that keeps silent is asked whether it is there, and given up where it does not answer', async () => {
    const answering = await serving((socket) => {
      let pings = 0;
      socket.on('ping', () => {
        pings += 1;
        if (pings === 3) socket.close();
      });
    });
    const signs: number[] = [];
    for await (const list of visitOf({ limits: { silentMs: 60 } }).live.messages(answering)) signs.push(list.length);
    expect(signs.length).toBeGreaterThanOrEqual(3);
    const mute = await serving((socket) => socket.pause());
    await expect(collected(visitOf({ limits: { silentMs: 60 } }).live.messages(mute))).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(/^127\.0\.0\.1:\d+ said nothing more for 1 second/),
    });
  });

  test('what is said in place of opening is judged like every answer', async () => {
    const server = await loopback({
      '/slow': { status: 429, headers: { 'retry-after': '30' }, body: 'later' },
      '/shut': { status: 401, json: { error: 'no' } },
      '/page': { headers: { 'content-type': 'text/html' }, body: '<!doctype html><html><body>Hello</body></html>' },
      '/plain': 'hello',
    });
    const kinds = ['slow', 'shut', 'page', 'plain', 'nothing'].map(async (path) => {
      const { live } = visitOf({}, { source: path });
      return collected(live.messages(`${server.url}/${path}`)).catch(({ kind }: { kind: string }) => kind);
    });
    expect(await Promise.all(kinds)).toEqual(['slow-down', 'not-allowed', 'garbled', 'garbled', 'gone']);
    await server.close();
    await expect(collected(visitOf().live.messages(`${server.url}/x`))).rejects.toMatchObject({ kind: 'unreachable' });
  });

  test('a stop ends it at once, with the reason that was given', async () => {
    const url = await serving((socket) => socket.send('one'));
    const stop = new AbortController();
    const { live } = visitOf({}, { signal: stop.signal });
    const listening = (async () => {
      for await (const list of live.messages(url)) if (list.length > 0) stop.abort(new Error('enough'));
    })();
    await expect(listening).rejects.toThrow('enough');
  });
});

describe('server-sent events', () => {
  test('are taken apart wherever the pieces end', () => {
    const body =
      ':)\r\nevent: update\r\ndata: {"a":"ü"}\r\ndata: second\r\n\r\n: thump\n\ndata:bare\n\nevent: lost\n\nid: 7\ndata\n\n';
    const expected = [
      { name: 'update', data: '{"a":"ü"}\nsecond' },
      { name: 'message', data: 'bare' },
      { name: 'message', data: '' },
    ];
    const bytes = new TextEncoder().encode(body);
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const read = eventReader(1_000);
      const events = [];
      for (let at = 0; at < bytes.length; at += size) events.push(...(read(bytes.subarray(at, at + size)) ?? []));
      expect(events, `pieces of ${size}`).toEqual(expected);
    }
    expect(eventReader(100)(new TextEncoder().encode(`data: ${'x'.repeat(200)}`))).toBeNull();
  });

  test('a silent line is given up, a beating one is not; a stop ends it', async () => {
    const server = await loopback({
      '/silent': (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(':)\n');
        return null;
      },
    });
    const { live } = visitOf({ limits: { silentMs: 60 } });
    await expect(collected(live.events(`${server.url}/silent`))).rejects.toMatchObject({ kind: 'unreachable' });
    const stop = new AbortController();
    const stopped = visitOf({}, { signal: stop.signal });
    const listening = (async () => {
      for await (const _events of stopped.live.events(`${server.url}/silent`)) stop.abort(new Error('enough'));
    })();
    await expect(listening).rejects.toThrow('enough');
  });

  test('a redirect elsewhere is followed without the key', async () => {
    const other = await loopback({
      '/there': { headers: { 'content-type': 'text/event-stream' }, body: 'data: one\n\n' },
    });
    const server = await loopback({ '/here': { status: 302, headers: { location: `${other.url}/there` } } });
    const { live } = visitOf();
    const headers = { authorization: 'Bearer secret' };
    expect(await collected(live.events(`${server.url}/here`, { headers }))).toEqual([{ name: 'message', data: 'one' }]);
    expect(other.requests[0]?.headers.authorization).toBeUndefined();
  });
});
