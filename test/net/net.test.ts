/** What the net door sends and what it hands back, over real connections. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { loopback } from '../support/loopback.ts';
import { anything, userAgent, visitOf } from './visit-of.ts';

const feed = '<rss version="2.0"><channel><title>Town talk</title><item><title>One</title></item></channel></rss>';

test('a question carries its query, our name and its own headers, and nothing it was not given', async () => {
  const server = await loopback({ '/a': { json: {} } });
  const { http } = visitOf();
  const query = { q: 'blue & door', tag: ['a', 'b'], page: 2, none: undefined };
  const answer = await http.json(`${server.url}/a?kept=1`, anything, { query, headers: { Authorization: 'Bearer k' } });
  expect(answer).toEqual({
    status: 200,
    url: `${server.url}/a?kept=1&q=blue+%26+door&tag=a&tag=b&page=2`,
    body: {},
    headers: expect.objectContaining({ 'content-type': 'application/json; charset=utf-8' }),
  });
  const [request] = server.requests;
  expect(request?.query.getAll('tag')).toEqual(['a', 'b']);
  expect(request?.headers).toMatchObject({ 'user-agent': userAgent, authorization: 'Bearer k' });
  expect(request?.headers).not.toHaveProperty('cookie');
});

test('bodies go as JSON or as a form', async () => {
  const server = await loopback({ 'POST /a': { json: {} } });
  const { http } = visitOf();
  await http.json(`${server.url}/a`, anything, { method: 'POST', json: { identifier: 'ana' } });
  await http.json(`${server.url}/a`, anything, { method: 'POST', form: { grant: 'a b' } });
  expect(server.requests.map(({ body, headers }) => [headers['content-type'], body])).toEqual([
    ['application/json', '{"identifier":"ana"}'],
    ['application/x-www-form-urlencoded', 'grant=a+b'],
  ]);
});

test('a password in the address becomes a header and shows nowhere', async () => {
  const server = await loopback({ '/a': { body: feed, headers: { etag: '"1"' } } });
  const { http, validators } = visitOf();
  const answer = await http.feed(`http://ana:s%40fe@${server.host}/a`);
  expect(server.requests[0]?.headers.authorization).toBe(`Basic ${btoa('ana:s@fe')}`);
  expect(JSON.stringify([answer?.url, validators()])).not.toContain('ana');
});

test('ids that no double can hold keep their digits', async () => {
  const server = await loopback({
    '/a': '{"id": 9007199254740993, "small": 12, "half": 0.5, "list":[-9007199254740993]}',
  });
  const shape = z.object({ id: z.string(), small: z.number(), half: z.number(), list: z.array(z.string()) });
  const { body } = await visitOf().http.json(`${server.url}/a`, shape);
  expect(body).toEqual({ id: '9007199254740993', small: 12, half: 0.5, list: ['-9007199254740993'] });
});

test('a feed is asked for again with its own stamps, and an unchanged one is null', async () => {
  const stamps = { etag: 'W/"odd stamp"', 'last-modified': 'yesterday-ish' };
  const server = await loopback({
    '/feed': ({ headers }) =>
      headers['if-none-match'] === stamps.etag ? { status: 304 } : { body: feed, headers: stamps },
    '/other': feed,
  });
  const first = visitOf();
  expect((await first.http.feed(`${server.url}/feed`))?.body.items).toHaveLength(1);
  const second = visitOf({}, { validators: { ...first.validators(), [`${server.url}/other`]: { etag: 'old' } } });
  expect(await second.http.feed(`${server.url}/feed`)).toBeNull();
  expect(await second.http.feedOrPage(`${server.url}/feed`)).toBeNull();
  await second.http.text(`${server.url}/feed`);
  await second.http.feed(`${server.url}/other`);
  expect(server.requests.map(({ headers }) => headers['if-modified-since'])).toEqual([
    undefined,
    'yesterday-ish',
    'yesterday-ish',
    undefined,
    undefined,
  ]);
  expect(second.validators()).toEqual({
    [`${server.url}/feed`]: { etag: 'W/"odd stamp"', lastModified: 'yesterday-ish' },
  });
});

test('a feed that could not be read keeps its old stamp, so that a 304 cannot hide it', async () => {
  const server = await loopback({ '/feed': { body: '<html><body>moved</body></html>', headers: { etag: '"new"' } } });
  const { http, validators } = visitOf({}, { validators: { [`${server.url}/feed`]: { etag: '"old"' } } });
  await expect(http.feed(`${server.url}/feed`)).rejects.toMatchObject({ kind: 'garbled' });
  expect(validators()).toEqual({ [`${server.url}/feed`]: { etag: '"old"' } });
});

test('a page names its feeds, and a feed in place of a page is read', async () => {
  const page = `<!doctype html><base href="/blog/"><link rel="alternate" type="application/rss+xml" title="Comments" href="comments/feed">
    <link rel='alternate' type='application/atom+xml' href='atom.xml?a=1&amp;b=2'><link rel=stylesheet href=x.css>
    <!-- <link rel="alternate" type="application/rss+xml" href="gone.xml"> -->
    <link rel="alternate" type="application/json" href="/wp-json/1"><link rel="alternate" type="application/feed+json" href="javascript:x">`;
  const server = await loopback({ '/': page, '/feed': { body: feed, headers: { 'content-type': 'text/html' } } });
  const { http } = visitOf();
  expect((await http.feedOrPage(`${server.url}/`))?.body).toEqual({
    feeds: [`${server.url}/blog/atom.xml?a=1&b=2`, `${server.url}/wp-json/1`, `${server.url}/blog/comments/feed`],
  });
  expect((await http.feedOrPage(`${server.url}/feed`))?.body).toMatchObject({ title: 'Town talk' });
});

test('a proxy is asked in place of the host', async () => {
  const proxy = await loopback({ '/a': { json: { through: true } } });
  const { http } = visitOf({ proxy: `http://ana:key@${proxy.host}`, allowed: [] });
  expect((await http.json('http://shop.example/a', anything)).body).toEqual({ through: true });
  expect(proxy.requests[0]).toMatchObject({
    target: 'http://shop.example/a',
    headers: { host: 'shop.example', 'proxy-authorization': `Basic ${btoa('ana:key')}` },
  });
  await expect(http.text('http://10.0.0.1/')).rejects.toMatchObject({ kind: 'not-allowed' });
  await expect(http.text('http://localhost/')).rejects.toMatchObject({ kind: 'not-allowed' });
});

test('what is no web address is said so, without its query', async () => {
  const { http } = visitOf();
  await expect(http.text('ftp://files.example/x?key=secret')).rejects.toMatchObject({
    kind: 'gone',
    message: expect.not.stringContaining('secret'),
  });
});

test('a stopped visit throws the reason it was stopped for, at every stage', async () => {
  const reason = new Error('the daemon stops');
  const stop = new AbortController();
  const server = await loopback({
    '/slow': () => {
      stop.abort(reason);
      return new Promise(() => {});
    },
    '/busy': { status: 500 },
  });
  const slow = visitOf({}, { signal: stop.signal });
  await expect(slow.http.text(`${server.url}/slow`)).rejects.toBe(reason);
  await expect(slow.http.text(`${server.url}/slow`)).rejects.toBe(reason);
  expect(server.requests).toHaveLength(1);

  const waiting = new AbortController();
  const clock = { now: () => 0, sleep: async () => waiting.abort(reason) };
  const busy = visitOf({ clock }, { signal: waiting.signal });
  await expect(busy.http.text(`${server.url}/busy`)).rejects.toBe(reason);
  expect(server.requests).toHaveLength(2);
});

test('closing the door stops what is under way', async () => {
  const asked = Promise.withResolvers<void>();
  const server = await loopback({
    '/slow': () => {
      asked.resolve();
      return new Promise(() => {});
    },
  });
  const { http, net } = visitOf();
  const first = http.text(`${server.url}/slow`);
  const second = http.text(`${server.url}/slow`);
  await asked.promise;
  await net.close();
  await expect(first).rejects.toThrow(/abort/);
  await expect(second).rejects.toThrow(/abort/);
  expect(server.requests).toHaveLength(1);
});
