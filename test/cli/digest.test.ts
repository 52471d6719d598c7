/** `earshot digest`: today's mail, once a day; looking at it first sends nothing. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
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
  expect([second.code, second.out]).toEqual([0, 'Today’s digest has gone out already; there is one a day.\n']);
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
  expect(second.err).toMatch(/^The mail to owner@bluedoor\.example waits: /);
  expect((await here.earshot('status')).out).toMatch(/✗ owner@bluedoor\.example {2}waits: /);
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
