/** What is written at a platform goes out once, and its end is told apart: written, refused, or nobody knows. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Fault, Uncertain } from '../../src/net/fault.ts';
import type { Ask } from '../../src/net/http.ts';
import { type Answering, loopback, type Routes } from '../support/loopback.ts';
import { visitOf } from './visit-of.ts';

const writing: Ask = { method: 'POST', json: { text: 'Thank you' }, writes: true };

async function ended(route: Routes[string], more: Partial<Ask> = {}) {
  const server = await loopback({ '/a': route, '/b': { json: { id: 2 } } });
  const { http } = visitOf({ limits: { timeMs: 300 } });
  const fault = await http.json(`${server.url}/a`, z.object({ id: z.int() }), { ...writing, ...more }).then(
    () => null,
    (error: unknown) => error,
  );
  return { fault: fault as Fault | null, requests: server.requests };
}

const breaksOff: Answering = (_, response) => {
  response.destroy();
  return null;
};

test.each<[string, Routes[string]]>([
  ['a platform in trouble', { status: 500, json: {} }],
  ['a gateway without an answer', { status: 502, body: '<html><body>Bad gateway</body></html>' }],
  ['one that asks for a pause while in trouble', { status: 503, headers: { 'retry-after': '2' }, json: {} }],
  ['a connection that broke off behind the question', breaksOff],
  ['no answer in time', () => new Promise<null>(() => {})],
  ['a receipt that is cut off', { body: '{"id":' }],
  ['a receipt of another shape', { json: { number: 1 } }],
  ['a page in place of a receipt', { body: '<!doctype html><title>Done</title>' }],
  ['being sent on to the page that shows it', { status: 303, headers: { location: '/b' } }],
])('nobody knows after %s, and it is not sent again', async (_, route) => {
  const { fault, requests } = await ended(route);
  expect(fault).toBeInstanceOf(Uncertain);
  expect(fault?.message).not.toMatch(/tries again/);
  expect(requests).toHaveLength(1);
});

test.each<[string, Routes[string]]>([
  ['a wrong key', { status: 401, json: { error: 'no' } }],
  ['no right', { status: 403, json: { error: 'no' } }],
  ['a post that is gone', { status: 404, json: {} }],
  ['words it does not take', { status: 422, json: {} }],
  ['a pause', { status: 429, headers: { 'retry-after': '1' }, json: {} }],
  ['another address', { status: 307, headers: { location: '/b' } }],
])('%s is a refusal, and it is not sent again', async (_, route) => {
  const { fault, requests } = await ended(route);
  expect(fault).toBeInstanceOf(Fault);
  expect(fault).not.toBeInstanceOf(Uncertain);
  expect(requests).toHaveLength(1);
});

test('a platform’s own no in a good answer is a refusal', async () => {
  const no = new Fault('not-allowed', 'Not you.');
  const { fault } = await ended({ json: { ack: 'Failure' } }, { refused: () => no });
  expect(fault).toBe(no);
});

test('where nobody answers the door, nothing was written', async () => {
  const server = await loopback();
  await server.close();
  const refused = visitOf().http.json(`${server.url}/a`, z.object({}), writing);
  await expect(refused).rejects.not.toBeInstanceOf(Uncertain);
});

test('a good answer is read, also of what is put in a place of its own', async () => {
  const server = await loopback({ 'PUT /a': { json: { id: 1 } } });
  const { body } = await visitOf().http.json(`${server.url}/a`, z.object({ id: z.int() }), {
    ...writing,
    method: 'PUT',
  });
  expect(body).toEqual({ id: 1 });
  expect(server.requests.map(({ body: sent }) => sent)).toEqual(['{"text":"Thank you"}']);
});
