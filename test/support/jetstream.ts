/** A Jetstream on loopback: it keeps its events, goes on from a cursor, can be cut off, and shows the posts it told of. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface JetstreamEvent {
  readonly did: string;
  /** Microseconds UTC. */
  readonly time_us: number;
  readonly kind: string;
  readonly commit?: { readonly operation: string; readonly rkey: string; readonly record?: { readonly text: string } };
}

export interface Jetstream {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly host: string;
  /** What each connection asked for, in order; null where it gave no cursor. */
  readonly cursors: readonly (number | null)[];
  /** How often somebody asked who wrote posts. */
  asked(): number;
  say(...events: readonly JetstreamEvent[]): void;
  /** What happens to each connection once it has been sent what there is, by its number from 0; by default it stays. */
  onConnection(act: (socket: WebSocket, number: number) => void): void;
  /** Of posts with these ids it does not know yet who wrote them. */
  readonly unshown: Set<string>;
  /** It forgets what was said before. */
  forget(before: number): void;
  close(): Promise<void>;
}

const collection = 'app.bsky.feed.post';
const startUs = Date.parse('2026-11-20T07:00:00Z') * 1_000;

/** @param second since 07:00 of the tests' day. */
export function written(second: number, text: string, did = 'did:plc:ana'): JetstreamEvent {
  const time_us = startUs + second * 1_000_000;
  const rkey = `p${String(second).replace('.', 'x')}`;
  const record = { $type: collection, createdAt: new Date(time_us / 1_000).toISOString(), langs: ['en'], text };
  const commit = { rev: 'r', operation: 'create', collection, rkey, record, cid: 'bafyexample' };
  return { did, time_us, kind: 'commit', commit };
}

export function deleted(second: number, event: JetstreamEvent): JetstreamEvent {
  const commit = { rev: 'r', operation: 'delete', collection, rkey: event.commit?.rkey ?? '' };
  return { did: event.did, time_us: startUs + second * 1_000_000, kind: 'commit', commit };
}

export function accountGone(second: number, did: string): JetstreamEvent {
  const time_us = startUs + second * 1_000_000;
  return { did, time_us, kind: 'account', ...{ account: { active: false, did, seq: 1, status: 'deleted' } } };
}

export const uriOf = ({ did, commit }: JetstreamEvent) => `at://${did}/${collection}/${commit?.rkey}`;

export async function jetstream(): Promise<Jetstream> {
  let kept: JetstreamEvent[] = [];
  const cursors: (number | null)[] = [];
  const unshown = new Set<string>();
  let asked = 0;
  let act: (socket: WebSocket, number: number) => void = () => undefined;

  const viewOf = (event: JetstreamEvent) => ({
    uri: uriOf(event),
    author: { did: event.did, handle: `${event.did.split(':').at(-1)}.bsky.example`, displayName: '' },
    record: event.commit?.record,
    indexedAt: new Date(event.time_us / 1_000).toISOString(),
  });
  const answer = (target: string, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(target, 'http://jetstream.example');
    response.setHeader('content-type', 'application/json');
    if (!pathname.endsWith('getPosts')) return response.end('{ "profiles": [] }');
    asked += 1;
    const wanted = new Set(searchParams.getAll('uris').filter((uri) => !unshown.has(uri)));
    const gone = new Set(kept.filter(({ commit }) => commit?.operation === 'delete').map(uriOf));
    const posts = kept.filter((one) => one.commit?.record && wanted.has(uriOf(one)) && !gone.has(uriOf(one)));
    return response.end(JSON.stringify({ posts: posts.map(viewOf) }));
  };

  const server = createServer((request, response) => void answer(request.url ?? '/', response));
  server.keepAliveTimeout = 1;
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    const given = new URL(request.url ?? '/', 'http://jetstream.example').searchParams.get('cursor');
    const cursor = given === null ? null : Number(given);
    cursors.push(cursor);
    if (cursor !== null) for (const one of kept) if (one.time_us >= cursor) socket.send(JSON.stringify(one));
    act(socket, cursors.length - 1);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    cursors,
    asked: () => asked,
    say: (...events) => {
      kept.push(...events);
      for (const socket of sockets.clients) for (const one of events) socket.send(JSON.stringify(one));
    },
    onConnection: (then) => {
      act = then;
    },
    unshown,
    forget: (before) => {
      kept = kept.filter((one) => one.time_us >= before);
    },
    close: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
