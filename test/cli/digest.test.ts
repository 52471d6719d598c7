/** `earshot digest`: today's mail, once a day; looking at it first sends nothing. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { claimMail } from '../../src/store/outbox.ts';
import { openStore } from '../../src/store/store.ts';
import { mailServer } from '../digest/mail-server.ts';
import { type Desk, desk, words } from './desk.ts';

const withMail = async (...to: string[]) => {
  const here = desk();
  here.settle(['Blue Door Coffee'], { digest: { to: to.map((address) => ({ address, timezone: 'Europe/London' })) } });
  await here.hear(words.refund, words.lovely);
  return here;
};
const outbox = (here: Desk) => readdirSync(join(here.folder, 'outbox')).toSorted();

test('--print and --open show it and count as nothing sent', async () => {
  const here = await withMail('owner@bluedoor.example');
  const printed = await here.earshot('digest --print');
  expect(printed.code).toBe(0);
  expect(printed.out).toContain('Still waiting');
  expect((await here.earshot('digest --open')).code).toBe(0);
  expect(here.opened).toHaveLength(1);
  expect(readFileSync(fileURLToPath(here.opened[0] ?? ''), 'utf8')).toContain('<!DOCTYPE html>');
  expect((await here.earshot('status')).out).toMatch(
    /None has gone out yet\. While `npx earshot start` runs, it goes to\s+owner@bluedoor\.example every day\s+at 08:00\./,
  );
  expect((await here.earshot('digest')).out).toMatch(/^1 digest went out\./);
});

test('--open writes one page beside the database, for its owner alone, in place of the one before', async () => {
  const here = await withMail('owner@bluedoor.example');
  await here.earshot('digest --open');
  const page = fileURLToPath(here.opened[0] ?? '');
  expect(page).toBe(join(here.folder, 'digest.html'));
  if (process.platform !== 'win32') expect(statSync(page).mode & 0o777).toBe(0o600);
  const files = readdirSync(here.folder).toSorted();
  await here.hear(words.glass);
  await here.earshot('digest --open');
  expect(here.opened[1]).toBe(here.opened[0]);
  expect(readFileSync(page, 'utf8')).toContain('salad');
  expect(readdirSync(here.folder).toSorted()).toEqual(files);
});

test('once a day for each: the second time says so, the next day sends again', async () => {
  const here = await withMail('owner@bluedoor.example', 'tom@bluedoor.example');
  const first = await here.earshot('digest');
  expect([first.code, first.out]).toEqual([
    0,
    `2 digests went out. It lies in ${join(here.folder, 'outbox')}, since no mail server is set.\n`,
  ]);
  const files = outbox(here);
  expect(files.filter((name) => name.endsWith('.eml'))).toHaveLength(2);
  const second = await here.earshot('digest');
  expect([second.code, second.out.replaceAll(/\s+/g, ' ').trim()]).toEqual([
    0,
    'Today’s digest has gone out already; there is one a day. `npx earshot digest --print` shows it as it would be now.',
  ]);
  expect(outbox(here)).toEqual(files);
  expect((await here.earshot('status')).out).toMatch(/✓ owner@bluedoor\.example {2}went out today 08:00/);
  here.clock.advance(86_400_000);
  expect((await here.earshot('digest --to tom@bluedoor.example')).out).toMatch(/^1 digest went out/);
  expect(outbox(here).filter((name) => name.endsWith('.eml'))).toHaveLength(3);
});

test('a mail server that is not there is told, and the mail is said to wait', async () => {
  const here = await withMail();
  const mail = { host: '127.0.0.1', port: 9, security: 'none', from: 'Earshot <e@bluedoor.example>' };
  here.settle(['Blue Door Coffee'], { mail, digest: { to: [{ address: 'owner@bluedoor.example' }] } });
  const first = await here.earshot('digest');
  expect(first.code).toBe(1);
  expect(first.err).toMatch(/^owner@bluedoor\.example: .*127\.0\.0\.1/);
  const second = await here.earshot('digest');
  expect(second.code).toBe(1);
  expect(second.err).toMatch(
    /^owner@bluedoor\.example: .* Next try: today 08:05 if Earshot runs then, or when you type this again\.\n$/,
  );
  const status = (await here.earshot('status')).out.replace(/\s+/g, ' ');
  expect(status).toMatch(/✗ owner@bluedoor\.example waits: .* Next try: today 08:05\./);
});

test('typed again once the mail server is mended, it goes out at once, and once', async () => {
  await using server = await mailServer({ authOptional: true, hideSTARTTLS: true });
  const here = await withMail();
  const settled = (port: number) => {
    const mail = { host: '127.0.0.1', port, security: 'none', from: 'Earshot <e@bluedoor.example>' };
    here.settle(['Blue Door Coffee'], { mail, digest: { to: [{ address: 'owner@bluedoor.example' }] } });
  };
  settled(9);
  for (const _ of Array(12)) expect((await here.earshot('digest')).code).toBe(1);
  settled(server.port);
  expect(await here.earshot('digest')).toMatchObject({ code: 0, out: '1 digest went out.\n' });
  expect((await here.earshot('digest')).out).toContain('Today’s digest has gone out already');
  expect(server.taken).toHaveLength(1);
});

test('a mail that another is just sending is left to it, and when it is tried again is said', async () => {
  const here = await withMail();
  const to = { kinds: ['digest' as const, 'welcome' as const], recipients: ['owner@bluedoor.example'] };
  const mail = { host: '127.0.0.1', port: 9, security: 'none', from: 'Earshot <e@bluedoor.example>' };
  here.settle(['Blue Door Coffee'], { mail, digest: { to: [{ address: 'owner@bluedoor.example' }] } });
  await here.earshot('digest');
  here.clock.advance(6 * 60_000);
  const store = await openStore({ path: join(here.folder, 'earshot.db'), now: here.clock.now });
  await store.write('claim', (tx) => claimMail(tx, here.clock.now(), 10 * 60_000, to));
  await store.close();
  expect(await here.earshot('digest')).toMatchObject({
    code: 1,
    err: 'The mail to owner@bluedoor.example is being sent; if that was cut off, it is tried again from today 08:16.\n',
  });
});

test('whom nobody knows, and nobody at all', async () => {
  const here = await withMail('owner@bluedoor.example');
  const other = await here.earshot('digest --to other@bluedoor.example');
  expect([other.code, other.err]).toEqual([
    2,
    'other@bluedoor.example gets no digest; the config has: owner@bluedoor.example.\n',
  ]);
  here.settle(['Blue Door Coffee']);
  const nobody = await here.earshot('digest');
  expect(nobody.code).toBe(1);
  expect(nobody.err).toContain('Nobody gets a digest yet.');
  expect((await here.earshot('digest --print')).code).toBe(0);
});
