import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { folderMailer } from '../../src/digest/folder-mailer.ts';
import type { Mail } from '../../src/digest/message.ts';

const mail = (change: Partial<Mail> = {}): Mail => ({
  kind: 'digest',
  forDay: '2026-11-21',
  from: 'Earshot <earshot@bluedoor.example>',
  to: 'owner@bluedoor.example',
  subject: '1 complaint needs you · Blue Door Coffee',
  text: 'Needs you',
  html: '<p>Needs you</p>',
  messageId: '<one@bluedoor.example>',
  date: Date.parse('2026-11-21T08:00:00Z'),
  ...change,
});
const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'earshot-outbox-')), 'data', 'outbox');

test('a mail becomes a page and a mail file, and the same again only those two', async () => {
  const folder = await newFolder();
  const mailer = folderMailer(folder);
  await mailer.send(mail({ html: '<p>old</p>' }));
  await mailer.send(mail());
  expect(await readdir(folder)).toEqual([
    '2026-11-21-owner@bluedoor.example.eml',
    '2026-11-21-owner@bluedoor.example.html',
  ]);
  expect(await readFile(mailer.pageOf(mail()), 'utf8')).toBe('<p>Needs you</p>');
  expect(await readFile(join(folder, '2026-11-21-owner@bluedoor.example.eml'), 'utf8')).toContain(
    'Message-ID: <one@bluedoor.example>',
  );
});

test('a welcome has its own', async () => {
  const folder = await newFolder();
  await folderMailer(folder).send(mail({ kind: 'welcome', to: 'Ana <ana@bluedoor.example>' }));
  expect(await readdir(folder)).toContain('2026-11-21-ana@bluedoor.example-welcome.html');
});

test('no recipient’s name leaves the folder, and no two share a file', async () => {
  const folder = await newFolder();
  const mailer = folderMailer(folder);
  const names = [
    '../../etc/passwd',
    '..',
    'a/b',
    'a\\b',
    'a%2fb',
    'ä@x',
    `${'x'.repeat(300)}1`,
    `${'x'.repeat(300)}2`,
    'a:b',
    'a\0b',
  ];
  const pages = names.map((to) => mailer.pageOf(mail({ to })));
  expect(pages.every((page) => dirname(page) === folder && /^[\w@.+%-]{1,160}$/.test(basename(page)))).toBe(true);
  expect(new Set(pages).size).toBe(names.length);
});

test('a folder that cannot be written is told in plain words', async () => {
  const folder = await newFolder();
  await folderMailer(folder).verify();
  const file = join(folder, 'file');
  await writeFile(file, '');
  await expect(folderMailer(join(file, 'outbox')).send(mail())).rejects.toThrow(
    /could not be put into .*: it may not be written; check who may write there\.$/,
  );
});
