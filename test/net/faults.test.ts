/** What each kind of bad answer means for the owner: its fault, in a sentence that names the host and gives nothing away. */
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { SMTPServer } from 'smtp-server';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Fault } from '../../src/net/fault.ts';
import type { Ask } from '../../src/net/http.ts';
import { loopback, type Reply } from '../support/loopback.ts';
import { anything, visitOf } from './visit-of.ts';

const html = { 'content-type': 'text/html; charset=utf-8' };
const json = { 'content-type': 'application/json' };
const now = Date.parse('2026-11-20T08:00:00Z');
const post = 'my soup was cold';
const secret = 'k3y';

async function faultOf(reply: Reply | string, how: 'json' | 'feed' | 'text' = 'json', ask: Ask = {}): Promise<Fault> {
  const server = await loopback({ '/*': reply });
  const { http } = visitOf();
  const url = `${server.url}/x?key=${secret}`;
  const asked =
    how === 'json' ? http.json(url, anything, ask) : how === 'feed' ? http.feed(url, ask) : http.text(url, ask);
  const fault: unknown = await asked.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(fault instanceof Fault)) throw new Error(`no fault: ${String(fault)}`);
  expect(fault.message).toContain(server.host);
  expect(fault.message).toMatch(/^[^\n]{20,200}\.$/);
  expect(fault.message).not.toMatch(new RegExp(`${secret}|${post}|\\b[345]\\d\\d\\b|HTTP|JSON|status`, 'i'));
  expect(inspect(fault, { depth: 9, showHidden: true })).not.toMatch(new RegExp(`key=${secret}|Bearer`));
  return fault;
}

describe('an answer means', () => {
  const cases: readonly (readonly [string, Reply | string, Fault['kind']])[] = [
    ['401: a key is wanted', { status: 401, headers: html, body: '<html>Sign in</html>' }, 'not-allowed'],
    ['403 with data: a key is wanted', { status: 403, headers: json, body: '{"error":"Forbidden"}' }, 'not-allowed'],
    [
      '403 with a page: the edge blocks',
      { status: 403, headers: html, body: '<html>Request forbidden by administrative rules.</html>' },
      'blocked',
    ],
    ['403 with nothing: the edge blocks', { status: 403 }, 'blocked'],
    [
      '403 with nothing left: slow down',
      { status: 403, json: {}, headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '90' } },
      'slow-down',
    ],
    ['404: gone', { status: 404, json: { error: 'Not Found' } }, 'gone'],
    ['410: gone', { status: 410 }, 'gone'],
    ['400: not understood', { status: 400, json: { error: 'BadQueryString' } }, 'garbled'],
    ['429: slow down', { status: 429, json: {}, headers: { 'retry-after': '90' } }, 'slow-down'],
    ['500: try again', { status: 500, body: post }, 'unreachable'],
    ['503: try again', { status: 503 }, 'unreachable'],
    ['503 with a time: slow down', { status: 503, headers: { 'retry-after': '120' } }, 'slow-down'],
    [
      '503 with a bot check: blocked',
      { status: 503, headers: html, body: '<!DOCTYPE html><title>Just a moment...</title>' },
      'blocked',
    ],
    ['304 to a question without a condition: garbled', { status: 304 }, 'garbled'],
    ['a page instead of data: garbled', { headers: json, body: `<!DOCTYPE html><p>${post}</p>` }, 'garbled'],
    [
      'a bot check instead of data: blocked',
      { body: '<html><body>Please prove you are not a robot</body></html>' },
      'blocked',
    ],
    ['data cut off: garbled', { headers: json, body: `{"items":[{"text":"${post}"` }, 'garbled'],
    [
      'data too deep to walk: garbled',
      { headers: json, body: `[1234567890123456789,${'['.repeat(300_000)}` },
      'garbled',
    ],
    ['nothing at all: garbled', { status: 204 }, 'garbled'],
    ['a broken compression: garbled', { headers: { 'content-encoding': 'gzip' }, body: 'not gzip' }, 'garbled'],
  ];
  test.each(cases)('%s', async (_name, reply, kind) => {
    expect((await faultOf(reply)).kind).toBe(kind);
  });

  test('a consent wall reached by redirect: blocked', async () => {
    const lookup = async () => ['127.0.0.1'];
    const server = await loopback({ '/ml': '<html>Before you continue</html>' });
    server.route({ '/': { status: 302, headers: { location: `http://consent.search.example:${server.port}/ml` } } });
    const { http } = visitOf({ lookup, allowed: ['127.0.0.1', 'consent.search.example'] });
    await expect(http.feed(`${server.url}/`)).rejects.toMatchObject({ kind: 'blocked' });
  });

  test('a page where a feed was promised: the owner gives the feed', async () => {
    const fault = await faultOf({ headers: html, body: '<!-- cached --><html><body>Our blog</body></html>' }, 'feed');
    expect(fault).toMatchObject({
      kind: 'garbled',
      message: expect.stringContaining('Give the address of its feed instead.'),
    });
    expect(await faultOf({ body: '' }, 'feed')).toMatchObject({ message: expect.stringContaining('an empty answer') });
  });

  test('another shape: garbled, with the path', async () => {
    const server = await loopback({
      '/a': { json: { items: [{ at: 'x' }, { at: 'x' }, { at: 'x' }, { text: post }] } },
    });
    const item = z.union([z.object({ at: z.string() }), z.object({ when: z.object({ day: z.string() }) })]);
    const { http } = visitOf();
    const plain = z.object({ items: z.array(z.object({ at: z.string() })) });
    await expect(http.json(`${server.url}/a`, plain)).rejects.toMatchObject({
      kind: 'garbled',
      message: `${server.host} has changed its answers: "items.3.at" is not as expected. Earshot needs an update.`,
    });
    await expect(http.json(`${server.url}/a`, z.object({ items: z.array(item) }))).rejects.toMatchObject({
      message: expect.stringMatching(/"items\.3\.(at|when)"/),
    });
    await expect(http.json(`${server.url}/a`, z.string())).rejects.toMatchObject({
      message: expect.stringContaining('its outermost part'),
    });
  });
});

describe('the platform’s own words come first', () => {
  const refused: Ask['refused'] = ({ text }) =>
    text.includes('throttle') ? new Fault('slow-down', 'shop.example wants a break.', { retryAt: null }) : undefined;

  test('also on a 200 and a 400, with the time of the headers', async () => {
    for (const status of [200, 400]) {
      const server = await loopback({
        '/': { status, json: { error_name: 'throttle_violation' }, headers: { 'retry-after': '300' } },
      });
      await expect(visitOf().http.json(`${server.url}/`, anything, { refused })).rejects.toMatchObject({
        kind: 'slow-down',
        message: 'shop.example wants a break.',
        retryAt: now + 300_000,
      });
    }
  });

  test('and may leave the answer to the general rules', async () => {
    expect((await faultOf({ status: 404, json: {} }, 'json', { refused })).kind).toBe('gone');
  });
});

describe('slow down until', () => {
  const cases: readonly (readonly [string, Record<string, string>, number])[] = [
    ['seconds', { 'retry-after': '120' }, 120],
    ['an HTTP date', { 'retry-after': 'Fri, 20 Nov 2026 08:02:00 GMT' }, 120],
    ['an epoch (Bluesky, X, GitHub)', { 'ratelimit-reset': String(now / 1000 + 90) }, 90],
    ['an ISO time (Mastodon)', { 'x-ratelimit-reset': '2026-11-20T08:05:00.000000Z' }, 300],
    ['seconds to go (Reddit)', { 'x-ratelimit-reset': '46.0' }, 46],
    ['X’s spelling', { 'x-rate-limit-reset': String(now / 1000 + 900) }, 900],
    ['Retry-After before a reset', { 'retry-after': '40', 'ratelimit-reset': '900' }, 40],
    ['a minute where nothing is said', {}, 60],
    ['a minute where nonsense is said', { 'retry-after': 'soon', 'x-ratelimit-reset': '-5' }, 60],
    ['a day where a year is said', { 'retry-after': '31536000' }, 86_400],
  ];
  test.each(cases)('%s', async (_name, headers, seconds) => {
    expect(await faultOf({ status: 429, headers })).toMatchObject({ kind: 'slow-down', retryAt: now + seconds * 1000 });
  });
});

describe('no answer means', () => {
  test('unreachable where nobody listens, the name is unknown or the line breaks', async () => {
    const server = await loopback({
      '/cut': (_request, response) => {
        response.destroy();
        return null;
      },
    });
    const free = await loopback();
    await free.close();
    const lookup = async () => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    };
    const { http } = visitOf({ lookup });
    for (const url of [`${server.url}/cut`, `${free.url}/`, 'http://nowhere.example/']) {
      const fault: unknown = await http
        .text(`${url}?key=${secret}`, { headers: { authorization: 'Bearer x' } })
        .catch((error: unknown) => error);
      expect(fault).toMatchObject({ kind: 'unreachable', message: expect.stringContaining(new URL(url).host) });
      expect(inspect(fault, { depth: 9, showHidden: true })).not.toMatch(new RegExp(`key=${secret}|Bearer`));
    }
  });

  test('garbled where something else than a web server speaks', async () => {
    const server = createServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await expect(visitOf().http.text(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ kind: 'garbled' });
    server.close();
  });

  test('unreachable where the certificate is nobody’s we trust', async () => {
    // Any TLS server with a certificate of its own making will do; this one brings one along.
    const server = new SMTPServer({ secure: true, logger: false });
    server.on('error', () => {});
    await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
    const address = server.server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await expect(visitOf().http.text(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('its certificate is not valid'),
    });
    await new Promise<void>((go) => server.close(go));
  });

  test('a bug where a source’s own code throws', async () => {
    const server = await loopback({ '/': { json: {} } });
    const refused = () => {
      throw new TypeError('undefined is not a function');
    };
    await expect(visitOf().http.json(`${server.url}/`, anything, { refused })).rejects.toBeInstanceOf(TypeError);
  });
});
