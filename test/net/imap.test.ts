/** A folder of mail through the real net door: read once each, never changed, and every trouble is a sentence. */
import { expect, test } from 'vitest';
import { Fault } from '../../src/net/fault.ts';
import type { MailBatch, MailFolder, MailWish } from '../../src/net/mail.ts';
import { createNet, type NetEdges } from '../../src/net/net.ts';
import { aMail } from '../support/a-mail.ts';
import { fakeClock } from '../support/clock.ts';
import { type ImapServer, imapServer, type Stored } from '../support/imap-server.ts';

const since = Date.parse('2026-10-21T00:00:00Z');
const everything: MailWish = { after: null, since, most: 500 };

const folderAt = (server: Pick<ImapServer, 'port'>, more: Partial<MailFolder> = {}): MailFolder => ({
  host: '127.0.0.1',
  port: server.port,
  security: 'none',
  user: 'rig@bluedoor.example',
  password: 'rig-secret',
  folder: 'Earshot',
  ...more,
});

const mails = (...uids: number[]): Stored[] =>
  uids.map((uid) => ({ uid, raw: aMail({ id: `m${uid}@reviews.example` }) }));

interface Reading {
  readonly edges?: Partial<NetEdges>;
  readonly signal?: AbortSignal;
  readonly onBatch?: () => void;
}

async function readAll(folder: MailFolder, wish: MailWish = everything, reading: Reading = {}): Promise<MailBatch[]> {
  const net = createNet({
    clock: fakeClock(),
    userAgent: 'Earshot/0',
    allowed: [`${folder.host}:${folder.port}`],
    mailLimits: { connectMs: 400, stepMs: 400 },
    ...reading.edges,
  });
  const signal = reading.signal ?? new AbortController().signal;
  const { mail } = net.visit({ pace: [], account: null, validators: {}, signal });
  const batches: MailBatch[] = [];
  try {
    for await (const batch of mail.read(folder, wish)) {
      batches.push(batch);
      reading.onBatch?.();
    }
    return batches;
  } finally {
    await net.close();
  }
}

const idsOf = (batches: readonly MailBatch[]) =>
  batches.flatMap((batch) => batch.mails.map(({ messageId }) => messageId));

async function faultOf(reading: Promise<unknown>): Promise<Fault> {
  const cause = await reading.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(cause instanceof Fault)) throw new Error(`no fault but ${String(cause)}`);
  expect(cause.message, 'a sentence').toMatch(/^\S.{20,}\.$/s);
  expect(cause.message).not.toContain('rig-secret');
  return cause;
}

test('a folder is read the oldest first, and goes on behind the last mail', async () => {
  const server = await imapServer({ folders: { Earshot: mails(3, 4, 9) } });
  const first = await readAll(folderAt(server));
  expect(idsOf(first)).toEqual(['m3@reviews.example', 'm4@reviews.example', 'm9@reviews.example']);
  const mark = first.at(-1)?.mark;
  expect(mark).toEqual({ validity: '7', uid: 9 });
  const again = await readAll(folderAt(server), { ...everything, after: mark ?? null });
  expect(again).toEqual([{ mails: [], unreadable: [], mark: { validity: '7', uid: 9 }, left: 0 }]);
  server.mailbox.folders.Earshot = mails(3, 4, 9, 12);
  expect(idsOf(await readAll(folderAt(server), { ...everything, after: mark ?? null }))).toEqual([
    'm12@reviews.example',
  ]);
});

test('nothing in the mailbox is changed: it is only examined and peeked at', async () => {
  const server = await imapServer({ folders: { Earshot: mails(1) } });
  await readAll(folderAt(server));
  expect(
    server.commands.filter((one) => /^(?:SELECT|UID STORE|STORE|APPEND|EXPUNGE|CREATE|COPY|MOVE|SUBSCRIBE)/.test(one)),
  ).toEqual([]);
  const fetches = server.commands.filter((one) => one.includes('FETCH'));
  expect(fetches.length).toBeGreaterThan(0);
  for (const fetch of fetches) expect(fetch).toMatch(/BODY\.PEEK\[/);
  expect(server.commands).toContain('LOGOUT');
});

test('a folder that was made anew is read from its beginning, also what is older than asked for', async () => {
  const old: Stored = { uid: 1, raw: aMail({ id: 'old@reviews.example' }), arrived: '01-Jan-2026 07:00:00 +0000' };
  const server = await imapServer({ validity: 8, folders: { Earshot: [old, ...mails(2)] } });
  const batches = await readAll(folderAt(server), { ...everything, after: { validity: '7', uid: 900 } });
  expect(idsOf(batches)).toEqual(['old@reviews.example', 'm2@reviews.example']);
  expect(batches.at(-1)?.mark).toEqual({ validity: '8', uid: 2 });
});

test('the first look goes back as far as asked; what is passed over stays so, and moving it there later makes it new', async () => {
  const old: Stored = { uid: 5, raw: aMail({ id: 'old@reviews.example' }), arrived: '01-Jan-2026 07:00:00 +0000' };
  const server = await imapServer({ folders: { Earshot: [old] } });
  const batches = await readAll(folderAt(server));
  expect(idsOf(batches)).toEqual([]);
  expect(batches.at(-1)?.mark).toEqual({ validity: '7', uid: 5 });
  server.mailbox.folders.Earshot = [old, { ...old, uid: 6 }];
  const after = batches.at(-1)?.mark ?? null;
  expect(idsOf(await readAll(folderAt(server), { ...everything, after }))).toEqual(['old@reviews.example']);
});

test('one look reads no more than asked for and says how many are left', async () => {
  const server = await imapServer({
    folders: { Earshot: mails(...Array.from({ length: 50 }, (_, index) => index + 1)) },
  });
  const batches = await readAll(folderAt(server), { ...everything, most: 45 });
  expect(idsOf(batches)).toHaveLength(45);
  expect(batches.map(({ left }) => left)).toEqual([30, 10, 5]);
  expect(batches.at(-1)?.mark.uid).toBe(45);
});

test('a mail larger than the limit is read from its beginning', async () => {
  const raw = aMail({ id: 'big@reviews.example', text: `Cold coffee.\n${'x'.repeat(400_000)}` });
  const server = await imapServer({ folders: { Earshot: [{ uid: 1, raw }] } });
  const [batch] = await readAll(folderAt(server), everything, { edges: { mailLimits: { mailBytes: 100_000 } } });
  expect(batch?.mails[0]?.text).toMatch(/^Cold coffee\.\n+x{1000}/);
  expect(batch?.mails[0]?.text?.length).toBeLessThan(100_000);
});

test('folders are found by what people call them: other capitals, and below the one that servers put around', async () => {
  const server = await imapServer({ folders: { INBOX: [], 'INBOX.Earshot': mails(1) } });
  expect(idsOf(await readAll(folderAt(server, { folder: 'earshot' })))).toEqual(['m1@reviews.example']);
});

test('a folder that is not there: its sentence lists those that are', async () => {
  const server = await imapServer({ folders: { INBOX: [], Reviews: [] } });
  const fault = await faultOf(readAll(folderAt(server)));
  expect(fault.kind).toBe('gone');
  expect(fault.message).toMatch(/no folder “Earshot”.*There are: INBOX, Reviews\./);
});

test('a wrong password: the server’s own words, and where the password stands; it is tried once only', async () => {
  const server = await imapServer();
  const fault = await faultOf(readAll(folderAt(server, { password: 'wrong' })));
  expect(fault.kind).toBe('not-allowed');
  expect(fault.message).toMatch(
    /did not let rig@bluedoor\.example in; it says “Invalid credentials \(Failure\)”.*MAILBOX_PASSWORD/,
  );
  expect(server.commands.filter((one) => one === 'LOGIN')).toHaveLength(1);
});

test('a server that repeats the password does not bring it into a sentence', async () => {
  const server = await imapServer({
    instead: (command, _socket, tag) =>
      command.startsWith('LOGIN') ? `${tag} NO bad password rig-secret for you\r\n` : null,
  });
  expect((await faultOf(readAll(folderAt(server)))).message).toContain('bad password … for you');
});

test('too many connections, or no time now: later, not a new password', async () => {
  const says = (words: string) =>
    imapServer({ instead: (command, _socket, tag) => (command.startsWith('LOGIN') ? `${tag} NO ${words}\r\n` : null) });
  const limited = await faultOf(readAll(folderAt(await says('[LIMIT] Too many simultaneous connections'))));
  expect(limited.kind).toBe('slow-down');
  expect(limited.retryAt).toBeGreaterThan(fakeClock().now());
  expect((await faultOf(readAll(folderAt(await says('[UNAVAILABLE] Try again'))))).kind).toBe('unreachable');
});

test('nobody there, nobody answering, a stranger answering, a line cut in the middle: each is said as what it is', async () => {
  const closed = await faultOf(readAll({ ...folderAt({ port: 1 }), host: '127.0.0.1' }));
  const silent = await faultOf(readAll(folderAt(await imapServer({ greeting: null }))));
  const web = await faultOf(readAll(folderAt(await imapServer({ greeting: 'HTTP/1.1 400 Bad Request' }))));
  const cut = await imapServer({
    folders: { Earshot: mails(1) },
    instead: (command, socket) => {
      if (command.startsWith('UID FETCH')) socket.destroy();
      return null;
    },
  });
  const broken = await faultOf(readAll(folderAt(cut)));
  expect([closed, silent, web, broken].map(({ kind }) => kind)).toEqual([
    'unreachable',
    'unreachable',
    expect.stringMatching(/^(?:garbled|unreachable)$/),
    'unreachable',
  ]);
  expect(new Set([closed, silent, broken].map(({ message }) => message)).size).toBe(3);
});

test('a server that drips its answer, or sends more than asked for, ends the look in time', async () => {
  const drip = await imapServer({
    folders: { Earshot: mails(1) },
    instead: (command, socket) => {
      if (!command.startsWith('UID FETCH')) return null;
      const timer = setInterval(() => socket.write('* OK still here\r\n'), 20);
      socket.on('close', () => clearInterval(timer));
      return '';
    },
  });
  expect((await faultOf(readAll(folderAt(drip)))).kind).toBe('unreachable');
  const flood = await imapServer({
    folders: { Earshot: mails(1) },
    instead: (command) => (command.startsWith('UID FETCH') ? '* 1 FETCH (UID 1 BODY[]<0> {999999999}\r\n' : null),
  });
  expect((await faultOf(readAll(folderAt(flood)))).kind).toBe('garbled');
});

test('a password leaves this computer only encrypted', async () => {
  const server = await imapServer();
  const plain = await faultOf(readAll(folderAt(server, { host: 'imap.example' })));
  expect(plain.kind).toBe('not-allowed');
  expect(plain.message).toMatch(/unencrypted/);
  const starttls = await faultOf(readAll(folderAt(server, { security: 'starttls' })));
  expect(starttls.message).toMatch(/no encrypted connection.*port 993/s);
  expect(server.commands).not.toContain('LOGIN');
});

test('this computer and private networks are reached only where the config names them', async () => {
  const server = await imapServer();
  const unnamed = { allowed: [], lookup: async () => ['127.0.0.1'] };
  for (const host of ['127.0.0.1', 'localhost', 'imap.example']) {
    const folder = folderAt(server, { host, security: host === 'imap.example' ? 'tls' : 'none' });
    const fault = await faultOf(readAll(folder, everything, { edges: unnamed }));
    expect(fault.kind, host).toBe('not-allowed');
  }
  expect(server.commands).toEqual([]);
});

test('stopped in the middle, it says no more to the server', async () => {
  const stop = new AbortController();
  const server = await imapServer({
    folders: { Earshot: mails(...Array.from({ length: 50 }, (_, index) => index + 1)) },
  });
  const reading = readAll(folderAt(server), everything, {
    signal: stop.signal,
    onBatch: () => stop.abort(new Error('asked to stop')),
  });
  await expect(reading).rejects.toThrow('asked to stop');
  expect(server.commands.filter((one) => one.includes('FETCH'))).toHaveLength(1);
});

test('a server that lists folders without end is stopped, and its sentence says so', async () => {
  const flood = '* LIST () "." "Folder number something"\r\n'.repeat(500);
  const server = await imapServer({
    instead: (command, socket) => {
      if (!command.startsWith('LIST')) return null;
      const more = () => {
        if (socket.destroyed) return;
        if (socket.write(flood)) setImmediate(more);
        else socket.once('drain', more);
      };
      more();
      return '';
    },
  });
  const mailLimits = { connectMs: 5000, stepMs: 20_000, foldersBytes: 50_000 };
  const fault = await faultOf(readAll(folderAt(server), everything, { edges: { mailLimits } }));
  expect([fault.kind, fault.message]).toEqual(['garbled', '127.0.0.1 sent more at once than Earshot reads at most.']);
});

test('a long list of folders that does end is refused as well', async () => {
  const folders = Object.fromEntries(Array.from({ length: 2000 }, (_, index) => [`Folder ${index}`, []]));
  const server = await imapServer({ folders: { ...folders, Earshot: mails(1) } });
  const mailLimits = { connectMs: 5000, stepMs: 20_000 };
  const small = { edges: { mailLimits: { ...mailLimits, foldersBytes: 10_000 } } };
  expect((await faultOf(readAll(folderAt(server), everything, small))).kind).toBe('garbled');
  expect(idsOf(await readAll(folderAt(server), everything, { edges: { mailLimits } }))).toEqual(['m1@reviews.example']);
});
