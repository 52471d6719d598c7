/** Limits of time, size and trust: none of them may be talked around by whoever answers. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Lookup } from '../../src/net/connect.ts';
import { redirectOf } from '../../src/net/redirect.ts';
import type { Outgoing } from '../../src/net/request.ts';
import { loopback } from '../support/loopback.ts';
import { anything, visitOf } from './visit-of.ts';

describe('size and time', () => {
  test('a gzip bomb is given up early', async () => {
    const bomb = gzipSync(Buffer.alloc(60_000_000));
    const server = await loopback({
      '/said': { headers: { 'content-encoding': 'gzip' }, body: bomb },
      '/unsaid': { headers: { 'content-type': 'application/gzip' }, body: bomb },
    });
    const { http } = visitOf();
    const fault = { kind: 'garbled', message: expect.stringContaining(server.host) };
    await expect(http.json(`${server.url}/said`, anything)).rejects.toMatchObject(fault);
    await expect(http.feed(`${server.url}/unsaid`)).rejects.toMatchObject(fault);
  });

  test('a body of 50 MB is never taken in', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'a');
    let written = 0;
    const server = await loopback({
      '/big': async (_request, response) => {
        response.setMaxListeners(0);
        while (written < 50_000_000 && !response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) await new Promise((go) => response.once('drain', go).once('close', go));
        }
        response.end();
        return null;
      },
    });
    await expect(visitOf().http.text(`${server.url}/big`)).rejects.toMatchObject({
      kind: 'garbled',
      message: `${server.host} sent more than the 4 MB that Earshot reads at most.`,
    });
    expect(written).toBeLessThan(25_000_000);
  });

  test('an answer that drips for ever is cut off, and tried no more than three times', async () => {
    const server = await loopback({
      '/drip': (_request, response) => {
        response.write('{');
        return null;
      },
    });
    const { http } = visitOf({ limits: { timeMs: 60 } });
    await expect(http.json(`${server.url}/drip`, anything)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(server.requests).toHaveLength(3);
  });

  test('a name server that never answers is cut off too', async () => {
    const lookup: Lookup = () => new Promise(() => {});
    const { http } = visitOf({ lookup, limits: { timeMs: 30 } });
    await expect(http.text('http://silent.example/')).rejects.toMatchObject({ kind: 'unreachable' });
  });

  test('redirects end after five', async () => {
    const server = await loopback({
      '/round': { status: 302, headers: { location: '/round' } },
      '/5': 'there',
      '/*': ({ path }) => ({ status: 302, headers: { location: `/${Number(path.slice(1)) + 1}` } }),
    });
    const { http } = visitOf();
    await expect(http.text(`${server.url}/round`)).rejects.toMatchObject({ kind: 'garbled' });
    expect(server.requests).toHaveLength(6);
    expect(await http.text(`${server.url}/0`)).toMatchObject({ body: 'there', url: `${server.url}/5` });
  });
});

test.each([
  ['a file of this computer', { location: 'file:///etc/passwd' }, 'somewhere that is no address on the web'],
  ['what is no address', { location: 'http://[' }, 'somewhere that is no address on the web'],
  ['nowhere', {}, 'has moved, but not where to'],
  ['an empty place', { location: ' ' }, 'has moved, but not where to'],
])('a redirect to %s is told as what it is', async (_, headers, told) => {
  const server = await loopback({ '/': { status: 301, headers } });
  await expect(visitOf().http.text(`${server.url}/`)).rejects.toMatchObject({
    kind: 'garbled',
    message: expect.stringMatching(new RegExp(`^${server.host} .*${told}.* Check its address in your config\\.$`)),
  });
  expect(server.requests).toHaveLength(1);
});

describe('private addresses', () => {
  test('are not even knocked at', async () => {
    const server = await loopback({ '/*': 'secret' });
    const { http } = visitOf({ allowed: [] });
    for (const host of [
      server.host,
      `localhost:${server.port}`,
      `0x7f.1:${server.port}`,
      `[::ffff:127.0.0.1]:${server.port}`,
    ])
      await expect(http.text(`http://${host}/`)).rejects.toMatchObject({
        kind: 'not-allowed',
        message: expect.stringContaining('name it in your config'),
      });
    expect(server.requests).toEqual([]);
  });

  test('pass with the very port that the config names', async () => {
    const server = await loopback({ '/': 'mine' });
    const other = await loopback({ '/': 'not mine' });
    const { http } = visitOf({ allowed: [server.host] });
    expect(await http.text(`${server.url}/`)).toMatchObject({ body: 'mine' });
    await expect(http.text(`${other.url}/`)).rejects.toMatchObject({ kind: 'not-allowed' });
  });

  test('are refused behind a redirect', async () => {
    const inside = await loopback({ '/*': 'secret' });
    const server = await loopback({ '/': { status: 302, headers: { location: `${inside.url}/admin` } } });
    const { http } = visitOf({ allowed: [server.host] });
    await expect(http.text(`${server.url}/`)).rejects.toMatchObject({ kind: 'not-allowed' });
    await expect(http.text(`${server.url}/`)).rejects.toMatchObject({ kind: 'not-allowed' });
    expect(inside.requests).toEqual([]);
  });

  test('are refused behind a name, and only what was checked is connected to', async () => {
    const server = await loopback({ '/': 'mine' });
    const asked: string[] = [];
    const lookup: Lookup = async (host) => {
      asked.push(host);
      return host === 'mixed.example' ? ['10.0.0.7', 'fe80::1', '127.0.0.1'] : ['127.0.0.1'];
    };
    const closed = visitOf({ allowed: [], lookup });
    await expect(closed.http.text(`http://rebind.example:${server.port}/`)).rejects.toMatchObject({
      kind: 'not-allowed',
    });
    await expect(closed.http.text(`http://mixed.example:${server.port}/`)).rejects.toMatchObject({
      kind: 'not-allowed',
    });
    expect(server.requests).toEqual([]);
    expect(asked).toEqual(['rebind.example', 'mixed.example']);
    const named = visitOf({ allowed: [`shop.example:${server.port}`], lookup });
    expect(await named.http.text(`http://shop.example:${server.port}/`)).toMatchObject({ body: 'mine' });
  });
});

describe('keys on a redirect', () => {
  const from = (url: string, more: Partial<Outgoing> = {}): Outgoing => ({
    method: 'GET',
    url: new URL(url),
    headers: { accept: '*/*', 'user-agent': 'Earshot', authorization: 'Bearer k', cookie: 'c=1', 'x-api-key': 'k' },
    body: null,
    signal: new AbortController().signal,
    ...more,
  });
  const to = (location: string, status = 302) => ({
    status,
    headers: { location },
    url: new URL(location, 'http://x.example'),
    body: new Uint8Array(),
  });

  test('stay with the same origin and its encrypted self, and go nowhere else', () => {
    const headers = (start: string, location: string) =>
      Object.keys(redirectOf(to(location), from(start))?.headers ?? {});
    const all = ['accept', 'user-agent', 'authorization', 'cookie', 'x-api-key'];
    expect(headers('https://a.example/x', '/y')).toEqual(all);
    expect(headers('http://a.example/x', 'https://a.example/x')).toEqual(all);
    expect(headers('https://a.example/x', 'https://b.example/x')).toEqual(['accept', 'user-agent']);
    expect(headers('https://a.example/x', 'https://a.example:8443/x')).toEqual(['accept', 'user-agent']);
    expect(headers('http://a.example:81/x', 'https://a.example/x')).toEqual(['accept', 'user-agent']);
  });

  test('are never followed from an encrypted to a plain address', () => {
    expect(() => redirectOf(to('http://a.example/x'), from('https://a.example/x'))).toThrow(
      expect.objectContaining({ kind: 'not-allowed' }),
    );
    const harmless = from('https://a.example/x', { headers: { accept: '*/*' } });
    expect(redirectOf(to('http://a.example/x'), harmless)?.url.href).toBe('http://a.example/x');
  });

  test('a body stays at home: as GET after 301 to 303, not at all across origins after 307', () => {
    const post = from('https://a.example/x', {
      method: 'POST',
      body: 'password=k',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(redirectOf(to('/y', 303), post)).toMatchObject({ method: 'GET', body: null, headers: {} });
    expect(redirectOf(to('/y', 307), post)).toMatchObject({ method: 'POST', body: 'password=k' });
    expect(() => redirectOf(to('https://b.example/', 307), post)).toThrow(
      expect.objectContaining({ kind: 'not-allowed' }),
    );
  });

  test('an address that is not of the web is not followed', () => {
    expect(() => redirectOf(to('file:///etc/passwd'), from('https://a.example/x'))).toThrow(
      expect.objectContaining({ kind: 'garbled' }),
    );
    expect(redirectOf(to('/y', 200), from('https://a.example/x'))).toBeNull();
  });
});
