/** The suites' own web server answers as it was told and remembers what it was asked. */
import { expect, test } from 'vitest';
import { loopback } from './loopback.ts';

test('routes, turns, prefixes and the log', async () => {
  const server = await loopback({
    '/a': ['first', { status: 429, headers: { 'retry-after': '5' } }],
    '/json': { json: { ok: true } },
    '/wild/*': ({ path, query }) => `${path} ${query.get('q')}`,
    'POST /a': (request) => ({ status: 201, body: request.body }),
  });
  const get = async (path: string, init?: RequestInit) => {
    const answer = await fetch(server.url + path, init);
    return `${answer.status} ${await answer.text()}`;
  };
  expect(await get('/a')).toBe('200 first');
  expect(await get('/a')).toBe('429 ');
  expect(await get('/a')).toBe('429 ');
  expect(await get('/json')).toBe('200 {"ok":true}');
  expect(await get('/wild/x?q=1')).toBe('200 /wild/x 1');
  expect(await get('/a', { method: 'POST', body: 'hello' })).toBe('201 hello');
  expect(await get('/none')).toBe('404 nothing here');
  server.route({ '/none': 'now there' });
  expect(await get('/none')).toBe('200 now there');
  expect(server.requests.map(({ method, target }) => `${method} ${target}`)).toContain('GET /wild/x?q=1');
});
