import { expect, test } from 'vitest';
import { parseMail } from '../../src/net/parse-mail.ts';

const mail = (from: string) => Buffer.from(`From: ${from}\r\nSubject: Hello\r\n\r\n${'words '.repeat(100_000)}`);

test('a long mail is read', async () => {
  const { from, subject } = await parseMail(mail('Ana <ana@a.example>'), null);
  expect({ from, subject }).toEqual({ from: [{ address: 'ana@a.example', name: 'Ana' }], subject: 'Hello' });
});

test('a head of endless senders is refused before anything is read in it', async () => {
  const began = performance.now();
  await expect(parseMail(mail('a@b.example, '.repeat(60_000)), null)).rejects.toThrow('too long');
  expect(performance.now() - began).toBeLessThan(2000);
});
