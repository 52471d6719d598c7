/**
 * A mailbox on real servers, from outside: mails come in over IMAP once, forged senders are marked, nothing there changes.
 * Skipped with a line where exim4 and dovecot are not installed; the recorded Google Alert only where EARSHOT_RECORDINGS is set.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { expect, test } from 'vitest';
import { RunsFace } from '../../src/face/run.ts';
import { type AMail, aMail, passed } from '../support/a-mail.ts';
import { type MailRig, startMailRig, whyNoRig } from '../support/mail-rig.ts';
import { house, parsed } from './house.ts';

interface Sent extends AMail {
  /** Where it truly comes from; null where it is forged. */
  readonly truly: string | null;
}

const date = new Date().toUTCString();
const sent: readonly Sent[] = [
  {
    ...{
      truly: 'e.tripadvisor.example',
      from: 'TripAdvisor <reviews@e.tripadvisor.example>',
      id: 'r1@e.tripadvisor.example',
    },
    subject: 'A traveller rated you 1 of 5 stars',
    html: '<p>The soup was cold and the waiter was rude. I want my money back.</p><p><a href="https://www.tripadvisor.example/r/1">Read it</a></p>',
  },
  {
    ...{
      truly: 'google.com',
      from: 'Google Business Profile <businessprofile-noreply@google.com>',
      id: 'r2@google.com',
    },
    subject: 'Mira T left a review for Blue Door Coffee',
    text: 'Blue Door Coffee got a new 2-star review\n\nRead review\n<https://business.example/r/2>\n\nMira Tolland\n\nStill waiting for my refund.\n\nReply to review\n',
  },
  {
    ...{ truly: 'booking.example', from: 'Booking <noreply@booking.example>', id: 'r3@booking.example' },
    subject: 'New guest review',
    text: 'Rating: 9/10\n\nWonderful breakfast, lovely people.\n\nYou are receiving this because you have a property.',
  },
  {
    // The forger writes the server's own line into the mail.
    ...{ truly: null, from: 'TripAdvisor <reviews@e.tripadvisor.example>', id: 'f1@evil.example' },
    subject: 'A traveller rated you 1 of 5 stars',
    text: 'Terrible, they poisoned us all.',
    headers: [passed('e.tripadvisor.example')],
  },
  {
    ...{ truly: null, from: 'Google Business Profile <businessprofile-noreply@google.com>', id: 'f2@evil.example' },
    subject: 'Somebody left a review for Blue Door Coffee',
    text: 'Blue Door Coffee got a new 1-star review\n\nRead review\n<https://evil.example/login>\n\nSomebody\n\nA scam, they stole my card.\n\nReply to review\n',
  },
];

const recordings = process.env.EARSHOT_RECORDINGS;
const alertPath = recordings ? join(recordings, 'email/google-alerts/google-alert_2025-10-06.eml') : null;
/** Counted by hand. */
const alertResults = 10;

/** Everything that reading could have changed: counts, flags, what is new to the mail program. */
async function stateOf(rig: MailRig) {
  const client = new ImapFlow({
    ...{ host: '127.0.0.1', port: rig.imapPort, secure: true, logger: false as const },
    auth: { user: rig.user, pass: rig.password },
    tls: { ca: readFileSync(rig.certificatePath) },
  });
  await client.connect();
  const status = await client.status('Earshot', { messages: true, unseen: true, recent: true, uidNext: true });
  await client.mailboxOpen('Earshot', { readOnly: true });
  const mails = await client.fetchAll('1:*', { flags: true, uid: true });
  await client.logout();
  return { ...status, flags: mails.map(({ uid, flags }) => [uid, [...(flags ?? [])]]), files: rig.files() };
}

const reason = whyNoRig();
if (reason !== null) {
  process.stdout.write(`Skipped: ${reason}, so no real mailbox was read.\n`);
  test.skip('a real mailbox is read once, and left as it was', () => {});
} else
  test('a real mailbox is read once, and left as it was', { timeout: 60_000 }, async () => {
    await using rig = await startMailRig();
    for (const { truly, ...mail } of sent)
      await rig.deliver(aMail({ ...mail, date }), truly === null ? null : { domain: truly });
    if (alertPath) await rig.deliver(readFileSync(alertPath), { domain: 'google.com' });
    const before = await stateOf(rig);
    expect(before.messages).toBe(sent.length + (alertPath ? 1 : 0));

    const env = { MAILBOX_USER: rig.user, MAILBOX_PASSWORD: rig.password, EARSHOT_IMAP_CA: rig.certificatePath };
    const here = house({ now: Date.now(), env });
    const mailbox = { host: '127.0.0.1', port: rig.imapPort, folder: 'Earshot', trustedServer: rig.server };
    here.settle([{ name: 'Blue Door Coffee', aliases: ['Patient reported outcome'], sources: { mailbox } }]);

    const said = await here.program('collect', '--json');
    const [run] = parsed(said, (out) => RunsFace.parse(out).runs);
    expect(run).toMatchObject({ outcome: 'complete', fault: null, seen: sent.length + (alertPath ? alertResults : 0) });
    const mentions = await here.mentions();
    const reviews = mentions.filter(({ source }) => source === 'mailbox');
    expect(reviews.map(({ place, rating, author, text }) => [place, rating?.value, author.name, text])).toEqual([
      ['tripadvisor.example', 1, null, 'The soup was cold and the waiter was rude. I want my money back.\n\nRead it'],
      ['google.com', 2, 'Mira Tolland', 'Still waiting for my refund.'],
      ['booking.example', 9, null, 'Rating: 9/10\n\nWonderful breakfast, lovely people.'],
      ['sender not proven: tripadvisor.example', 1, null, 'Terrible, they poisoned us all.'],
      ['sender not proven: google.com', 1, 'Somebody', 'A scam, they stole my card.'],
    ]);
    const articles = mentions.filter(({ source }) => source === 'feed');
    if (alertPath) {
      expect(articles.length).toBeGreaterThan(0);
      for (const { url, place } of articles) {
        expect(url).toMatch(/^https?:\/\/(?!(?:\w+\.)*google\.)/);
        expect(place).toMatch(/^Google Alert - /);
      }
    } else expect(articles).toEqual([]);

    const [again] = await here.collect();
    expect(again).toMatchObject({ outcome: 'complete', seen: 0, fresh: 0 });
    // Read from the beginning, the same mails are still the same mentions.
    const [afresh] = await here.collect('--since', '2020-01-01');
    expect(afresh).toMatchObject({ outcome: 'complete', seen: run?.seen, fresh: 0 });
    expect(await here.mentions()).toHaveLength(mentions.length);
    expect(await stateOf(rig)).toEqual(before);

    const listed = await here.earshot('list', '--all');
    expect(listed.out).toMatch(/sender not p/);
    const wrong = house({ now: Date.now(), env: { ...env, MAILBOX_PASSWORD: 'wrong' } });
    wrong.settle([{ name: 'Blue Door Coffee', sources: { mailbox } }]);
    expect((await wrong.collect())[0]?.fault).toMatchObject({ kind: 'not-allowed' });
  });
