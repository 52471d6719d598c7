/** A sender is believed only by the word of the owner's own mail server; whatever a sender writes there proves nothing. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMail } from '../../../src/net/parse-mail.ts';
import { believedBy, domainOf, senderOf } from '../../../src/sources/mailbox/sender.ts';
import { aMail, passed } from '../../support/a-mail.ts';

const ours = believedBy('imap.bluedoor.example', undefined);
const from = 'TripAdvisor <reviews@e.tripadvisor.example>';

async function proven(
  headers: readonly string[],
  more: { from?: string; believed?: typeof ours } = {},
): Promise<boolean> {
  const mail = await parseMail(Buffer.from(aMail({ from: more.from ?? from, headers })), null);
  return senderOf(mail, more.believed ?? ours).proven;
}

test('both DKIM and DMARC passed, by our own server’s word, for the domain that is shown', async () => {
  expect(await proven([passed('e.tripadvisor.example')])).toBe(true);
  expect(await proven([passed('tripadvisor.example')])).toBe(true);
  const lines = passed('e.tripadvisor.example');
  expect(await proven([lines.replace('dkim=pass', 'dkim=fail')])).toBe(false);
  expect(await proven([lines.replace('dmarc=pass', 'dmarc=none')])).toBe(false);
  expect(await proven([lines.replace(/dmarc=.*/, '')])).toBe(false);
  expect(await proven([])).toBe(false);
});

test.each([
  ['another domain passed', [passed('evil.example')]],
  ['DKIM is of another domain', [passed('e.tripadvisor.example').replace(/header\.d=\S+/, 'header.d=evil.example')]],
  ['a stranger’s server says so', [passed('e.tripadvisor.example', 'mx.evil.example')]],
  ['a server whose name only ends alike', [passed('e.tripadvisor.example', 'mail.notbluedoor.example')]],
  [
    'a stranger’s line stands above one that bears our name',
    [passed('evil.example', 'mx.evil.example'), passed('e.tripadvisor.example')],
  ],
  [
    'our server found nothing, and below it stands the sender’s own line in our name',
    [
      'Authentication-Results: mail.bluedoor.example; dkim=none; dmarc=fail header.from=e.tripadvisor.example',
      passed('e.tripadvisor.example'),
    ],
  ],
  [
    'the pass stands in a comment, or in quotation marks',
    [
      'Authentication-Results: mail.bluedoor.example; dkim=fail (dkim=pass header.d=tripadvisor.example; dmarc=pass header.from=tripadvisor.example)',
    ],
  ],
  [
    'the pass stands in quotation marks',
    [
      'Authentication-Results: mail.bluedoor.example; dkim=fail reason="x; dkim=pass header.d=tripadvisor.example; dmarc=pass header.from=tripadvisor.example"',
    ],
  ],
])('forged: %s', async (_how, headers) => {
  expect(await proven(headers)).toBe(false);
});

test('two senders in one header, or two headers, are nobody', async () => {
  const headers = [passed('evil.example'), 'From: news@evil.example'];
  expect(await proven(headers)).toBe(false);
  expect(await proven([passed('evil.example')], { from: `news@evil.example, ${from}` })).toBe(false);
  const named = await parseMail(Buffer.from(aMail({ from: '"reviews@tripadvisor.example" <a@evil.example>' })), null);
  expect(senderOf(named, ours)).toMatchObject({ address: 'a@evil.example', domain: 'evil.example' });
});

test('servers that write one line for each method are believed line by line', async () => {
  const lines = [
    'Authentication-Results: dmarc.icloud.com; dmarc=pass header.from=e.tripadvisor.example',
    'Authentication-Results: dkim-verifier.icloud.com; dkim=pass (2048-bit key) header.d=e.tripadvisor.example header.s=s1',
  ];
  expect(await proven(lines, { believed: believedBy('imap.mail.me.com', undefined) })).toBe(true);
});

test('whose word counts: the mailbox’s own domain, its provider’s, the one that the config names, or nobody’s', () => {
  expect(believedBy('imap.gmail.com', undefined)('mx.google.com')).toBe(true);
  expect(believedBy('imap.gmail.com', undefined)('mail.google.com')).toBe(false);
  expect(believedBy('imap.shop.co.uk', undefined)('mx.shop.co.uk')).toBe(true);
  expect(believedBy('imap.shop.co.uk', undefined)('mx.evil.co.uk')).toBe(false);
  expect(believedBy('127.0.0.1', undefined)('127.0.0.1')).toBe(false);
  expect(believedBy('127.0.0.1', 'mx.google.com')('mx.google.com')).toBe(true);
  expect(believedBy('imap.gmail.com', 'none')('mx.google.com')).toBe(false);
  expect(believedBy('imap.bluedoor.example', undefined)('')).toBe(false);
});

test('what somebody can register', () => {
  expect(domainOf('e.tripadvisor.com')).toBe('tripadvisor.com');
  expect(domainOf('mail.shop.co.uk')).toBe('shop.co.uk');
  expect(domainOf('shop.com.au.')).toBe('shop.com.au');
  expect(domainOf('co.uk')).toBe('co.uk');
  for (const none of ['', 'localhost', '127.0.0.1', '[::1]', 'a b.com', '-x.com'])
    expect(domainOf(none), none).toBeNull();
});

test('nothing that a sender may write below our server’s line changes what it said', async () => {
  const line = fc.string({
    unit: fc.constantFrom(...'dkim=pass; header.d@()"\\ tripadvisor.example\t'),
    maxLength: 120,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 3 }), async (below) => {
      const said =
        'Authentication-Results: mail.bluedoor.example; dkim=fail header.d=x.example; dmarc=fail header.from=x.example';
      const forged = below.map((words) => `Authentication-Results: mail.bluedoor.example; ${words}`);
      expect(await proven([said, ...forged])).toBe(false);
    }),
    { numRuns: 60 },
  );
});
