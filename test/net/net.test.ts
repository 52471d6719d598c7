/** The net door over real connections: what is sent, what comes back, what is refused. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createNet, type NetEdges, type Visit } from '../../src/net/net.ts';
import { fakeClock } from '../support/clock.ts';
import { loopback } from '../support/loopback.ts';

const shape = z.object({ items: z.array(z.object({ created_at: z.string() })) });

function visitOf(edges: Partial<NetEdges> = {}, visit: Partial<Visit> = {}) {
  const net = createNet({ clock: fakeClock(), userAgent: 'Earshot/1 (+https://earshot.example)', allowed: ['127.0.0.1'], ...edges });
  return net.visit({ pace: [], account: null, validators: {}, signal: new AbortController().signal, ...visit });
}

test('an answer that fits', async () => {
  const server = await loopback({ '/a': { json: { items: [{ created_at: 'x' }] } } });
  const { http } = visitOf();
  const answer = await http.json(`${server.url}/a`, shape, { query: { q: 'blue door', tag: ['a', 'b'], none: undefined } });
  expect(answer.body.items[0]?.created_at).toBe('x');
  expect(server.requests[0]?.target).toBe('/a?q=blue+door&tag=a&tag=b');
  expect(server.requests[0]?.headers['user-agent']).toBe('Earshot/1 (+https://earshot.example)');
});

test('a gzip bomb stops early', async () => {
  const bomb = gzipSync(Buffer.alloc(200_000_000));
  const server = await loopback({ '/b': { headers: { 'content-encoding': 'gzip' }, body: bomb } });
  await expect(visitOf().http.text(`${server.url}/b`)).rejects.toMatchObject({ kind: 'garbled' });
});
test('private', async () => {
  const server = await loopback({ '/b': '1' });
  await expect(visitOf({ allowed: [] }).http.text(`${server.url}/b`)).rejects.toMatchObject({ kind: 'not-allowed' });
  expect(server.requests.length).toBe(0);
});
