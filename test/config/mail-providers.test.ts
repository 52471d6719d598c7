/** From an address alone: which servers, and how to get a password that works. */
import { expect, test } from 'vitest';
import { providerOf } from '../../src/config/mail-providers.ts';

const addresses = [
  ...['ana@gmail.com', 'ana@googlemail.com', 'ana@outlook.com', 'ana@hotmail.co.uk', 'ana@live.nl', 'ana@msn.com'],
  ...[
    'ana@yahoo.com',
    'ana@yahoo.co.uk',
    'ana@ymail.com',
    'ana@aol.com',
    'ana@icloud.com',
    'ana@me.com',
    'ana@gmx.net',
  ],
  ...['ana@gmx.de', 'ana@gmx.com', 'ana@web.de', 'ana@t-online.de', 'ana@freenet.de', 'ana@mail.com', 'ana@orange.fr'],
  ...['ana@free.fr', 'ana@libero.it', 'ana@planet.nl', 'ana@comcast.net', 'ana@btinternet.com', 'ana@fastmail.com'],
  ...['ana@virginmedia.com', 'ana@zoho.com', 'ana@yandex.ru', 'ana@mail.ru', 'ana@proton.me'],
];

test.each(addresses)('%s: servers where a password works, else what to do', (address) => {
  const provider = providerOf(address);
  expect(provider?.passwordHelp).toMatch(/^\p{Lu}.{20,}\.$/u);
  expect(provider?.smtp !== null, 'sends with a password').toBe(provider?.passwordsWork);
  expect(provider?.imap !== null, 'reads with a password').toBe(provider?.passwordsWork);
  for (const server of [provider?.smtp, provider?.imap]) {
    if (!server) continue;
    expect(server.host).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
    expect([465, 587, 993]).toContain(server.port);
    expect(server.security).toBe(server.port === 587 ? 'starttls' : 'tls');
  }
});

test('at least twenty providers are known, and capitals do not matter', () => {
  expect(new Set(addresses.map((address) => providerOf(address)?.name)).size).toBeGreaterThanOrEqual(20);
  expect(providerOf(' Ana@GMail.com ')).toEqual(providerOf('ana@gmail.com'));
});

test('where passwords no longer work, another mailbox is named as the way out', () => {
  expect(providerOf('ana@outlook.com')?.passwordHelp).toMatch(/another mailbox/);
  expect(providerOf('ana@proton.me')?.passwordHelp).toMatch(/Bridge/);
});

test.each([
  'ana@bluedoor.example',
  'ana@yahoo.bluedoor.example',
  'ana@notgmail.com',
  'ana@gmail.com.evil.example',
  'ana',
  '',
])('of %j nothing is claimed', (address) => {
  expect(providerOf(address)).toBeNull();
});
