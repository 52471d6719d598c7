/** What programs send to the webhook: taken in when it is signed, of now, and sent once; kept when the sender hears so. */
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { healthSentence } from '../../src/insight/health.ts';
import { watchReports } from '../../src/jobs/status.ts';
import { webhook } from '../../src/sources/webhook.ts';
import { type AnInbox, type Answer, anInbox, ask } from './an-inbox.ts';

const secret = 'two-words-that-nobody-guesses';
const brands = (options: object = {}) => [{ name: 'Blue Door Coffee', sources: { webhook: options } }];
const env = { EARSHOT_JUDGE: 'fast', WEBHOOK_SECRET: secret };
const opened = (options: object = {}) => anInbox({ brands: brands(options) }, env);

interface Sending {
  readonly body: string;
  /** Seconds away from now. */
  readonly late?: number;
  readonly with?: string;
  readonly brand?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function send(here: AnInbox, { body, late = 0, brand = 'blue-door-coffee', ...more }: Sending): Promise<Answer> {
  const at = String(Math.floor(here.clock.now() / 1000) + late);
  const signed = createHmac('sha256', more.with ?? secret)
    .update(`${at}.${body}`)
    .digest('hex');
  const headers = { 'x-earshot-timestamp': at, 'x-earshot-signature': `sha256=${signed}`, ...more.headers };
  return ask(here.port, { method: 'POST', path: `/hooks/${brand}`, body, headers });
}

const told = ({ status, body }: Answer) => [status, JSON.parse(body)] as const;
const count = async (here: AnInbox) =>
  (await here.tools.store.read('all', (tx) => tx.selectFrom('posts').selectAll().execute())).length;
const cold = JSON.stringify({
  id: '1',
  text: 'Still waiting for my refund, nobody answers.',
  rating: { value: 1, scale: 5 },
});

test('one object, or a list: each is a mention when the sender hears that it was taken', async () => {
  const here = await opened();
  expect(told(await send(here, { body: cold }))).toEqual([200, { taken: 1, fresh: 1, flagged: 1, setAside: {} }]);
  expect(await here.mention(1)).toMatchObject({
    source: 'webhook',
    externalId: '1',
    text: 'Still waiting for my refund, nobody answers.',
    complaint: { verdict: 'complaint' },
    case: { state: 'new' },
  });
  const list = JSON.stringify([
    { id: '1', text: 'Still waiting for my refund, nobody answers.', rating: { value: 1, scale: 5 } },
    { id: '2', text: 'Lovely.' },
  ]);
  expect(told(await send(here, { body: list }))[1]).toMatchObject({ taken: 2, fresh: 1 });
});

test('flat JSON as Zapier, Make or n8n send it, by its usual names or by those of the config', async () => {
  const usual = await opened();
  expect((await send(usual, { body: '{"comment":"Cold soup.","stars":"2","name":"Mira"}' })).status).toBe(200);
  expect(await usual.mention(1)).toMatchObject({
    text: 'Cold soup.',
    rating: { value: 2, scale: 5 },
    author: { name: 'Mira' },
  });
  const named = await opened({ map: 'text=q7,who=person.first', own: true });
  expect((await send(named, { body: '{"q7":"Cold soup.","person":{"first":"Jo"}}' })).status).toBe(200);
  expect(await named.mention(1)).toMatchObject({ text: 'Cold soup.', author: { name: 'Jo' } });
});

test.each([
  ['no signature', { headers: { 'x-earshot-signature': '' } }],
  ['another secret', { with: 'guessed' }],
  [
    'a signature of other words',
    { headers: { 'x-earshot-signature': `sha256=${createHmac('sha256', secret).update('x').digest('hex')}` } },
  ],
  ['a timestamp that was not signed', { headers: { 'x-earshot-timestamp': '1' } }],
  ['older than five minutes', { late: -301 }],
  ['of the future', { late: 301 }],
  ['a brand that is none', { brand: 'red-door' }],
])('%s: refused, and nothing is kept', async (_, sending) => {
  const here = await opened();
  const [status, { error }] = told(await send(here, { body: cold, ...sending }));
  expect([status, error]).toEqual([401, expect.stringMatching(/\.$/)]);
  expect(await count(here)).toBe(0);
});

test('the same a second time is refused; what could not be kept may come again', async () => {
  const here = await opened();
  expect((await send(here, { body: cold })).status).toBe(200);
  expect(told(await send(here, { body: cold }))).toEqual([
    409,
    { error: 'This was sent before, and is not taken twice.' },
  ]);
  here.clock.advance(11 * 60_000);
  expect((await send(here, { body: cold, late: -11 * 60 })).status, 'forgotten only once it is too old anyway').toBe(
    401,
  );
  for (const time of [1, 2]) expect((await send(here, { body: '{"nothing":1}' })).status, `time ${time}`).toBe(422);
  expect(await count(here)).toBe(1);
});

test('at the same moment from several: one is taken, once', async () => {
  const here = await opened();
  const statuses = (await Promise.all(Array.from({ length: 5 }, () => send(here, { body: cold })))).map(
    ({ status }) => status,
  );
  expect(statuses.toSorted()).toEqual([200, 409, 409, 409, 409]);
  expect(await count(here)).toBe(1);
});

test('too long, another method, no JSON, without a secret', async () => {
  const here = await opened();
  expect((await send(here, { body: JSON.stringify({ text: 'x'.repeat(300_000) }) })).status).toBe(413);
  expect((await ask(here.port, { path: '/hooks/blue-door-coffee' })).status).toBe(405);
  expect(told(await send(here, { body: 'hello' }))).toEqual([
    422,
    { error: expect.stringMatching(/^What was sent to the webhook cannot be read: it /) },
  ]);
  const without = await anInbox({ brands: brands() }, { EARSHOT_JUDGE: 'fast' });
  expect((await send(without, { body: cold })).status).toBe(401);
});

test('a tunnel comes in by another name; the pages behind it stay closed', async () => {
  const here = await opened();
  expect((await send(here, { body: cold, headers: { host: 'hooks.bluedoor.example' } })).status).toBe(200);
  const page = await ask(here.port, { path: '/', headers: { host: 'hooks.bluedoor.example' } });
  expect(page.status).toBe(403);
});

test('status says when something was sent, or what was wrong with it', async () => {
  const here = await opened();
  const sentence = async () => {
    const [report] = await watchReports(here.tools);
    return report && healthSentence(report, here.clock.now(), 'Europe/London');
  };
  expect(await sentence()).toBe('nothing was sent to it yet');
  await send(here, { body: cold });
  expect(await sentence()).toBe('was sent something at 10:00');
  here.clock.advance(5 * 86_400_000);
  expect(await sentence()).toMatch(/^was sent something Fri 10:00, nothing/);
  await send(here, { body: 'hello' });
  expect(await sentence()).toMatch(/^what was sent at 10:00 could not be taken in/);
});

test('the lines that `earshot sources webhook` prints work as they are', async (context) => {
  const here = await opened();
  const lines = (webhook.tryIt ?? [])
    .join('\n')
    .replace('4747', String(here.port))
    .replace('your-brand', 'blue-door-coffee');
  const now = `date() { echo ${Math.floor(here.clock.now() / 1000)}; }\n`;
  const missing = ['openssl', 'curl'].filter((tool) => {
    try {
      execFileSync('sh', ['-c', `command -v ${tool}`]);
      return false;
    } catch {
      return true;
    }
  });
  if (missing.length > 0) return context.skip(`${missing.join(' and ')} is not installed`);
  const { promise, resolve } = Promise.withResolvers<string>();
  const { execFile } = await import('node:child_process');
  execFile('sh', ['-c', now + lines], { env: { PATH: process.env.PATH ?? '', WEBHOOK_SECRET: secret } }, (_, out) =>
    resolve(out),
  );
  expect(JSON.parse(await promise)).toMatchObject({ taken: 1, fresh: 1 });
});
