import { createServer, type Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { compose } from '../../src/digest/compose.ts';
import { MailTrouble } from '../../src/digest/mail-trouble.ts';
import { type SmtpSettings, smtpMailer, toEml } from '../../src/digest/mailer.ts';
import { digestMail, type Mail, messageIdOf } from '../../src/digest/message.ts';
import { type MailServer, mailServer, testCertificate, testPassword } from './mail-server.ts';
import { busyDay, now, rows } from './sample.ts';

const from = 'Earshot <earshot@bluedoor.example>';
const of = { kind: 'digest', recipient: 'owner@bluedoor.example', forDay: '2026-11-21', store: '/srv/earshot.db' };

function mailTo(to = 'owner@bluedoor.example', digest = compose(busyDay())): Mail {
  return digestMail(digest, {
    kind: 'digest',
    forDay: '2026-11-21',
    from,
    to,
    messageId: messageIdOf(of, from),
    date: now,
  });
}

function mailerFor(server: MailServer, change: Partial<SmtpSettings> = {}) {
  return smtpMailer({
    host: 'localhost',
    port: server.port,
    security: 'starttls',
    user: 'rig',
    password: testPassword,
    trust: testCertificate,
    ...change,
  });
}

/** What the owner is told, and whether others would fare the same and another try may help. */
async function troubleOf(going: Promise<void>): Promise<Pick<MailTrouble, 'message' | 'scope' | 'permanent'>> {
  const error: unknown = await going.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MailTrouble)) throw new Error(`no trouble with mail: ${String(error)}`);
  const { message, scope, permanent } = error;
  return { message: message.replace(/port \d+/, 'port N'), scope, permanent };
}

describe('over SMTP with STARTTLS and AUTH', () => {
  test('the mail arrives encrypted and signed in, whole, in both forms', async () => {
    await using server = await mailServer();
    await mailerFor(server).send(mailTo());
    expect(server.taken).toHaveLength(1);
    const [{ to, secure, user, mail } = { to: '', secure: false, user: '', mail: '' }] = server.taken;
    expect({ to, secure, user }).toEqual({ to: 'owner@bluedoor.example', secure: true, user: 'rig' });
    expect(mail).toContain('From: Earshot <earshot@bluedoor.example>\r\n');
    expect(mail).toContain('Subject: =?UTF-8?Q?3_complaints_need_you_=C2=B7_Blue_Door_C?=\r\n =?UTF-8?Q?offee?=\r\n');
    expect(mail).toContain(`Message-ID: ${messageIdOf(of, from)}\r\n`);
    expect(mail).toContain('Date: Sat, 21 Nov 2026 08:00:00 +0000\r\n');
    expect(mail).toContain('Auto-Submitted: auto-generated\r\n');
    expect(mail).toMatch(/Content-Type: text\/plain[\s\S]*Content-Type: text\/html/);
    expect(Math.max(...mail.split('\r\n').map((line) => line.length))).toBeLessThan(998);
  });

  test('looking whether it works sends nothing', async () => {
    await using server = await mailServer();
    await mailerFor(server).verify();
    expect(server.signIns()).toBe(1);
    expect(server.asked).toEqual([]);
  });

  test('nothing that people call themselves adds a header or a recipient', async () => {
    await using server = await mailServer();
    const evil = 'x\r\nBcc: evil@evil.example\r\n\r\nbody';
    const digest = compose(rows({ brandNames: [evil], recipient: evil }));
    await mailerFor(server).send(mailTo('Owner\r\nBcc: evil@evil.example <owner@bluedoor.example>', digest));
    expect(server.asked).toEqual(['owner@bluedoor.example']);
    expect(server.taken[0]?.mail.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
  });
});

describe('trouble is told in plain words', () => {
  test('a wrong password', async () => {
    await using server = await mailServer();
    const mailer = mailerFor(server, { password: 'wrong' });
    const told = {
      message:
        'The mail server did not accept the password. Check EARSHOT_SMTP_USER and EARSHOT_SMTP_PASSWORD in earshot.env; many providers want a password made just for programs (“app password”).',
      scope: 'server',
      permanent: false,
    };
    expect(await troubleOf(mailer.send(mailTo()))).toEqual(told);
    expect(await troubleOf(mailer.verify())).toEqual(told);
  });

  test('a password that is missing, and a server that takes none', async () => {
    await using server = await mailServer();
    expect((await troubleOf(mailerFor(server, { user: null }).send(mailTo()))).message).toBe(
      'The mail server wants a user and a password. Put them in as EARSHOT_SMTP_USER and EARSHOT_SMTP_PASSWORD in earshot.env.',
    );
    await using open = await mailServer({ disabledCommands: ['AUTH'] });
    expect((await troubleOf(mailerFor(open).send(mailTo()))).message).toMatch(
      /^The mail server offers no way to sign in/,
    );
  });

  test('no STARTTLS: not a word of the mail nor of the password leaves', async () => {
    await using server = await mailServer({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    expect((await troubleOf(mailerFor(server).send(mailTo()))).message).toBe(
      'The mail server at localhost, port N, offers no encrypted connection, so nothing was sent. Try port 465 with mail.security: tls.',
    );
    expect([server.signIns(), server.asked]).toEqual([0, []]);
  });

  test('a certificate that nobody we trust has signed', async () => {
    await using server = await mailServer();
    const { trust: _, ...untrusting } = {
      host: 'localhost',
      port: server.port,
      security: 'starttls',
      user: 'rig',
      password: testPassword,
      trust: '',
    } as const;
    expect((await troubleOf(smtpMailer(untrusting).send(mailTo()))).message).toBe(
      'The certificate of the mail server at localhost, port N, is signed by nobody whom this computer trusts, so nothing was sent. Check mail.host in the config.',
    );
    expect(server.signIns()).toBe(0);
  });

  test('no encryption at all only to this computer itself', async () => {
    await using server = await mailServer({ disabledCommands: ['STARTTLS'], authOptional: true });
    await mailerFor(server, { security: 'none', host: '127.0.0.1', user: null }).send(mailTo());
    expect(server.taken).toHaveLength(1);
    expect((await troubleOf(mailerFor(server, { security: 'none', host: 'smtp.example' }).verify())).message).toBe(
      'Mail would go to smtp.example unencrypted, which is only for a mail server on this computer. Set mail.security to starttls or tls.',
    );
  });

  test('encrypted from the first byte, and the wrong port for it', async () => {
    await using server = await mailServer({ secure: true });
    await mailerFor(server, { security: 'tls' }).send(mailTo());
    expect(server.taken[0]?.secure).toBe(true);
    await using plain = await mailServer();
    expect((await troubleOf(mailerFor(plain, { security: 'tls' }).send(mailTo()))).message).toMatch(
      /offers no encrypted connection/,
    );
  });

  test('an address refused for good, one for now, and a busy server', async () => {
    await using server = await mailServer();
    const mailer = mailerFor(server);
    server.refuse('owner@bluedoor.example', { code: 550, words: '5.1.1 No such user' });
    const refused = await troubleOf(mailer.send(mailTo()));
    server.refuse('owner@bluedoor.example', { code: 451, words: '4.7.1 Greylisted' });
    const later = await troubleOf(mailer.send(mailTo()));
    server.refuse('owner@bluedoor.example', { code: 421, words: 'Too many mails' });
    const busy = await troubleOf(mailer.send(mailTo()));
    expect([refused, later, busy]).toEqual([
      {
        message:
          'The mail server refuses the mail to owner@bluedoor.example; it says “No such user”. Check the address under digest.to in the config.',
        scope: 'recipient',
        permanent: true,
      },
      {
        message:
          'The mail server asked Earshot to come back later with the mail to owner@bluedoor.example; it says “Greylisted”. It is tried again by itself.',
        scope: 'recipient',
        permanent: false,
      },
      {
        message: 'The mail server has no time for Earshot now; it says “Too many mails”. It is tried again by itself.',
        scope: 'server',
        permanent: false,
      },
    ]);
  });

  test('a sender that is not allowed, and a mail taken for spam', async () => {
    const answer = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });
    await using strict = await mailServer({
      onMailFrom: (_address, _session, done) => done(answer(553, '5.7.1 not yours')),
    });
    expect(await troubleOf(mailerFor(strict).send(mailTo()))).toEqual({
      message:
        'The mail server does not let Earshot send from this address; it says “not yours”. Check mail.from in the config.',
      scope: 'server',
      permanent: false,
    });
    await using wary = await mailServer({
      onData(stream, _session, done) {
        stream.resume().on('end', () => done(answer(554, 'looks like spam')));
      },
    });
    expect(await troubleOf(mailerFor(wary).send(mailTo()))).toEqual({
      message:
        'The mail server refuses the mail to owner@bluedoor.example; it says “looks like spam”. Ask those who run it why.',
      scope: 'recipient',
      permanent: true,
    });
  });

  test('nobody there, no such host, and silence', async () => {
    await using server = await mailServer({ onConnect: () => {} });
    const told = [
      await troubleOf(mailerFor(server, { port: 1 }).verify()),
      await troubleOf(mailerFor(server, { host: 'nowhere.invalid' }).verify()),
      await troubleOf(mailerFor(server, { timeouts: { connect: 60, answer: 60 } }).verify()),
    ];
    expect(told.map(({ message }) => message)).toEqual([
      'Nothing takes mail at localhost, port N, now. Check mail.host and mail.port in the config.',
      'No mail server called nowhere.invalid was found. Check mail.host in the config and the Internet connection.',
      'The mail server at localhost, port N, did not answer in time. It is tried again by itself.',
    ]);
  });
});

test('a server that never ends its answer is not waited for', async () => {
  const endless = createServer((socket) => {
    const chatter = setInterval(() => socket.write('250-and then\r\n'), 10);
    socket.write('220 mail.example\r\n');
    socket.on('error', () => {}).on('close', () => clearInterval(chatter));
  });
  await new Promise<void>((listening) => endless.listen(0, '127.0.0.1', listening));
  const address = endless.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const sockets: Socket[] = [];
  endless.on('connection', (socket) => sockets.push(socket));
  const settings = { host: '127.0.0.1', port, security: 'starttls', user: null, password: null } as const;
  const timeouts = { connect: 5_000, answer: 5_000, whole: 200 };
  const { message } = await troubleOf(smtpMailer({ ...settings, timeouts }).verify());
  expect(message).toBe('The mail server at 127.0.0.1, port N, did not answer in time. It is tried again by itself.');
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => endless.close(closed));
});

test('a mail’s identity stays, and differs by kind, recipient, day and database', () => {
  const ids = [
    of,
    { ...of, kind: 'welcome' },
    { ...of, recipient: 'x' },
    { ...of, forDay: '2026-11-22' },
    { ...of, store: 'y' },
  ].map((one) => messageIdOf(one, from));
  expect(messageIdOf({ ...of }, from)).toBe(ids[0]);
  expect(new Set(ids).size).toBe(5);
  expect(ids[0]).toMatch(/^<2026-11-21\.[0-9a-f]{20}@bluedoor\.example>$/);
  expect(messageIdOf(of, 'earshot@evil>\r\nBcc: x')).toMatch(/@earshot\.invalid>$/);
});

test('as a file it is the same mail', async () => {
  const eml = (await toEml(mailTo())).toString();
  expect(eml).toContain(`Message-ID: ${messageIdOf(of, from)}\r\n`);
  expect(eml).toContain('To: owner@bluedoor.example\r\n');
});
