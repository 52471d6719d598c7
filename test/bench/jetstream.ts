/** A Jetstream on this computer that tells of many posts as fast as it is listened to, and who wrote them; closed when all is told. */
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { inventPosts } from './posts.ts';

export interface ServedEvents {
  readonly url: string;
  /** Posts that name a brand and are not deleted again. */
  readonly naming: number;
  /** When somebody has connected; and when they have read all of it, milliseconds later. */
  readonly begun: Promise<void>;
  readonly readMs: Promise<number>;
  /** When they connect again: what came before is kept by then. Nothing more is told. */
  readonly again: Promise<void>;
  close(): Promise<void>;
}

const collection = 'app.bsky.feed.post';
/** Of all of Bluesky, few speak of the thousand businesses that somebody listens for. */
const namingPercent = 0.1;
/** Of a hundred events: deletions, and changes of accounts. */
const deletions = 10;
const accounts = 2;

/** @param count of events, a fifth of a millisecond apart, so 5,000 a second of their own time */
export async function serveEvents(count: number): Promise<ServedEvents> {
  const posts = inventPosts({ count, naming: namingPercent, until: Date.now() });
  const startUs = (Date.now() - 60_000) * 1_000;
  const uris = new Map<string, object>();
  const brand = /Copper Kettle|Osteria Juniper|Velo Marsh/i;
  let naming = 0;
  const frames = posts.map(({ text }, index) => {
    const did = `did:plc:${(index * 7_919).toString(36).padStart(24, 'a')}`;
    const time_us = startUs + index * 200;
    const kind = index % 100;
    if (kind < accounts)
      return JSON.stringify({ did, time_us, kind: 'account', account: { active: true, did, seq: index } });
    const rkey = `3m${index.toString(36).padStart(11, '2')}`;
    const commit = { rev: rkey, operation: 'create', collection, rkey };
    if (kind < accounts + deletions)
      return JSON.stringify({ did, time_us, kind: 'commit', commit: { ...commit, operation: 'delete' } });
    const createdAt = new Date(time_us / 1_000).toISOString();
    const record = { $type: collection, createdAt, langs: ['en'], text: text.slice(0, 300), reply: replyTo(index) };
    if (brand.test(record.text)) {
      naming += 1;
      const uri = `at://${did}/${collection}/${rkey}`;
      uris.set(uri, { uri, author: { did, handle: `p${index}.bsky.example` }, record, indexedAt: createdAt });
    }
    const cid = 'bafyreicl7rzkxdrm4zz2ehbx52kuk3mvfow6p3gzfys72r5grvskxosexample';
    return JSON.stringify({ did, time_us, kind: 'commit', commit: { ...commit, record, cid } });
  });
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://bench.example');
    const shown = searchParams.getAll('uris').flatMap((uri) => uris.get(uri) ?? []);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(pathname.endsWith('getPosts') ? { posts: shown } : { profiles: [] }));
  });
  const sockets = new WebSocketServer({ server });
  const begun = Promise.withResolvers<void>();
  const read = Promise.withResolvers<number>();
  const again = Promise.withResolvers<void>();
  let connections = 0;
  sockets.on('connection', (socket) => {
    connections += 1;
    if (connections > 1) return again.resolve();
    begun.resolve();
    const began = performance.now();
    // Whoever listens says farewell behind the last of them.
    socket.once('close', () => read.resolve(performance.now() - began));
    for (const frame of frames) socket.send(frame);
    socket.close(1000);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    naming,
    begun: begun.promise,
    readMs: read.promise,
    again: again.promise,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const replyTo = (index: number) =>
  index % 3 > 0
    ? undefined
    : {
        parent: {
          cid: 'bafyreiainko5un5pbcdosvxpbisjnjzemojnry6nsgtdftdgslexample',
          uri: `at://did:plc:x/${collection}/${index}`,
        },
        root: {
          cid: 'bafyreiainko5un5pbcdosvxpbisjnjzemojnry6nsgtdftdgslexample',
          uri: `at://did:plc:x/${collection}/0`,
        },
      };
