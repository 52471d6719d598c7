/** Reads a folder of a mailbox over IMAP: looked into, never changed (EXAMINE and PEEK), within limits of time, size and count. */
import type { ImapFlow, SearchObject } from 'imapflow';
import { type Clock, dayMs } from '../clock.ts';
import { tooSlow } from './broken.ts';
import type { Connect } from './connect.ts';
import { Fault } from './fault.ts';
import { faultOfImap, noSuchFolder, tooMuch } from './imap-trouble.ts';
import type { Mail, MailBatch, MailDoor, MailFolder, MailWish } from './mail.ts';
import { parseMail } from './parse-mail.ts';
import { withRetry } from './retry.ts';
import type { Round } from './round.ts';

export interface MailLimits {
  readonly connectMs: number;
  /** One step: signing in, finding the folder, one batch. */
  readonly stepMs: number;
  /** Of one mail; words stand at its beginning, and attachments behind them. */
  readonly mailBytes: number;
  /** The names of all folders, some 10,000 of them: looking each up among the others takes minutes for many more. */
  readonly foldersBytes: number;
}

export const usualMailLimits: MailLimits = {
  connectMs: 20_000,
  stepMs: 120_000,
  mailBytes: 1_000_000,
  foldersBytes: 500_000,
};

export interface MailRooms {
  readonly clock: Clock;
  readonly connect: Connect;
  readonly random: () => number;
  /** PEM of a certificate to trust beside the usual ones, for a mail server that signed its own. */
  readonly trust: string | null;
  /** `http://user:password@host:port`. */
  readonly proxy: string | null;
  readonly limits: MailLimits;
}

/** So many mails are fetched and handed on at once. */
const mailsPerBatch = 20;
/** Of what a server says beside the mails, in one step: the ids of half a million mails are 4 MB. */
const answerBytes = 6_000_000;
/** So often a step's bytes are counted; a server that never ends is stopped soon, and a small answer costs nothing. */
const countEveryMs = 50;

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

export function createMailDoor(rooms: MailRooms, signal: AbortSignal, round: Round): MailDoor {
  return { read: (folder, wish) => readFolder(rooms, folder, wish, signal, round) };
}

async function* readFolder(
  rooms: MailRooms,
  folder: MailFolder,
  wish: MailWish,
  signal: AbortSignal,
  round: Round,
): AsyncGenerator<MailBatch> {
  const { clock, random } = rooms;
  const line = await round.ask(`mail ${folder.host}:${folder.port}`, () =>
    withRetry(() => signedIn(rooms, folder, signal), { clock, random, signal }),
  );
  const { client } = line;
  const step = <Value>(go: () => Promise<Value>, mostBytes = answerBytes) =>
    within(rooms, folder, line, signal, mostBytes, go);
  const { mailBytes, foldersBytes } = rooms.limits;
  try {
    const path = await step(() => findFolder(client, folder), foldersBytes);
    const { validity, last, wanted } = await step(() => lookInto(client, folder, path, wish));
    const taken = wanted.slice(0, wish.most);
    let left = wanted.length;
    for (let from = 0; from === 0 || from < taken.length; from += mailsPerBatch) {
      const uids = taken.slice(from, from + mailsPerBatch);
      const most = answerBytes + uids.length * mailBytes;
      const read = await step(() => fetchMails(client, uids, mailBytes), most);
      left -= uids.length;
      // What is older than asked for is passed over for good, so that moving it there later makes it new.
      const uid = Math.max(uids.at(-1) ?? 0, left === 0 ? last : 0);
      yield { ...read, mark: { validity, uid }, left };
    }
    // Everything is read: a server that does not say goodbye costs nothing.
    await step(() => client.logout()).catch(() => undefined);
  } finally {
    client.close();
  }
}

/** An open connection. */
interface Line {
  readonly client: ImapFlow;
  /** What ended it, where that came between two commands: the command only learns that it is gone. */
  broken: unknown;
}

async function signedIn(rooms: MailRooms, folder: MailFolder, signal: AbortSignal): Promise<Line> {
  const { host, port, security, user, password } = folder;
  if (security === 'none' && !isLoopback(host)) {
    const message = `The password would go to ${host} unencrypted, which is only for a mail server on this computer. Set security to tls or starttls.`;
    throw new Fault('not-allowed', message);
  }
  // Both before anything is open: a server does not wait for what takes a while to load.
  const [{ ImapFlow }] = await Promise.all([import('imapflow'), import('mailparser')]);
  let lookup: Awaited<ReturnType<Connect['lookupFor']>>;
  try {
    // Behind a proxy nobody looks names up here.
    if (rooms.proxy === null) lookup = await rooms.connect.lookupFor(host, port);
    else rooms.connect.check(new URL(`https://${host}:${port}`));
  } catch (error) {
    throw faultOfImap(error, folder, rooms.clock.now());
  }
  const client = new ImapFlow({
    host: host.replace(/^\[|\]$/g, ''),
    port,
    secure: security === 'tls',
    ...(security === 'tls' ? {} : { doSTARTTLS: security === 'starttls' }),
    auth: { user, pass: password },
    tls: {
      minVersion: 'TLSv1.2',
      ...(lookup === undefined ? {} : { lookup }),
      ...(rooms.trust === null ? {} : { ca: rooms.trust }),
    },
    ...(rooms.proxy === null ? {} : { proxy: rooms.proxy }),
    clientInfo: { name: 'Earshot', version: '', vendor: '', 'support-url': '' },
    logger: false,
    disableAutoIdle: true,
    // What is packed small may unpack to anything.
    disableCompression: true,
    connectionTimeout: rooms.limits.connectMs,
    greetingTimeout: rooms.limits.connectMs,
    socketTimeout: rooms.limits.stepMs,
    maxLineLength: 4_000_000,
    maxLiteralSize: rooms.limits.mailBytes + 100_000,
    maxResponseSize: rooms.limits.mailBytes + answerBytes,
  });
  const line: Line = { client, broken: null };
  // An error that nobody listens to would end the process.
  client.on('error', (error: unknown) => {
    line.broken ??= error;
  });
  await within(rooms, folder, line, signal, answerBytes, () => client.connect());
  return line;
}

/** One step, limited in time and in what the server may say; whatever ends it early also ends the connection. */
async function within<Value>(
  { limits, clock }: MailRooms,
  folder: MailFolder,
  line: Line,
  signal: AbortSignal,
  mostBytes: number,
  go: () => Promise<Value>,
): Promise<Value> {
  signal.throwIfAborted();
  const before = line.client.stats().received;
  const isTooMuch = () => line.client.stats().received - before > mostBytes;
  const timer = AbortSignal.timeout(limits.stepMs);
  const stop = AbortSignal.any([signal, timer]);
  const { client } = line;
  const close = () => client.close();
  stop.addEventListener('abort', close, { once: true });
  const counting = new AbortController();
  closeWhen(isTooMuch, client, counting.signal);
  try {
    const value = await go();
    if (isTooMuch()) throw tooMuch(folder.host);
    return value;
  } catch (error) {
    client.close();
    signal.throwIfAborted();
    if (isTooMuch()) throw tooMuch(folder.host);
    if (timer.aborted) throw tooSlow(folder.host, limits.stepMs);
    throw faultOfImap(line.broken ?? error, folder, clock.now());
  } finally {
    counting.abort();
    stop.removeEventListener('abort', close);
  }
}

/** Looks now and then, until it is told to end. */
function closeWhen(isTooMuch: () => boolean, client: ImapFlow, end: AbortSignal): void {
  const lookAgain = () => {
    if (end.aborted) return;
    if (isTooMuch()) client.close();
    else closeWhen(isTooMuch, client, end);
  };
  AbortSignal.timeout(countEveryMs).addEventListener('abort', lookAgain, { once: true });
}

interface Inside {
  readonly validity: string;
  /** The highest id that the folder has given so far. */
  readonly last: number;
  /** Ids of the mails to read, the oldest first. */
  readonly wanted: readonly number[];
}

async function findFolder(client: ImapFlow, folder: MailFolder): Promise<string> {
  const folders = (await client.list()).filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'));
  const paths = folders.map((one) => one.path);
  const path = pathOf(folder.folder, paths);
  if (path === null) throw noSuchFolder(folder, paths);
  return path;
}

async function lookInto(client: ImapFlow, folder: MailFolder, path: string, wish: MailWish): Promise<Inside> {
  const box = await client.mailboxOpen(path, { readOnly: true });
  const validity = String(box.uidValidity);
  const last = Math.max(0, (box.uidNext || 1) - 1);
  if (box.exists === 0) return { validity, last, wanted: [] };
  const known = wish.after?.validity === validity ? wish.after.uid : null;
  const found = await client.search(searchFor(wish, known), { uid: true });
  if (found === false)
    throw new Fault('garbled', `${folder.host} could not say which mails are in “${folder.folder}”.`);
  // `5:*` always gives the newest mail, also when its id is 4.
  return { validity, last, wanted: found.filter((uid) => uid > (known ?? 0)).sort((one, other) => one - other) };
}

function searchFor({ after, since }: MailWish, known: number | null): SearchObject {
  if (known !== null) return { uid: `${known + 1}:*` };
  // Servers compare days, each in its own zone.
  return after === null ? { since: new Date(since - dayMs) } : { all: true };
}

/** The exact path, else the one that differs in capitals or has folders above it (`INBOX.Earshot`). */
function pathOf(folder: string, paths: readonly string[]): string | null {
  if (paths.includes(folder)) return folder;
  const small = folder.toLowerCase();
  const alike = paths.filter((path) => path.toLowerCase() === small);
  const below = paths.filter(
    (path) =>
      /[./\\]/.test(path) &&
      path
        .toLowerCase()
        .split(/[./\\]/)
        .at(-1) === small,
  );
  for (const found of [alike, below]) if (found[0] !== undefined && found.length === 1) return found[0];
  return null;
}

async function fetchMails(
  client: ImapFlow,
  uids: readonly number[],
  maxLength: number,
): Promise<Pick<MailBatch, 'mails' | 'unreadable'>> {
  if (uids.length === 0) return { mails: [], unreadable: [] };
  const query = { uid: true, internalDate: true, source: { maxLength } };
  const found = await client.fetchAll(uids.join(','), query, { uid: true });
  const mails: Mail[] = [];
  const unreadable: string[] = [];
  for (const { uid, source, internalDate } of found.sort((one, other) => one.uid - other.uid)) {
    try {
      if (source === undefined) throw new Error('nothing was sent');
      mails.push(await parseMail(source, timeOf(internalDate)));
    } catch {
      unreadable.push(`mail ${uid}: it is damaged and could not be read`);
    }
  }
  return { mails, unreadable };
}

function timeOf(date: Date | string | undefined): number | null {
  const time = date === undefined ? Number.NaN : new Date(date).getTime();
  return Number.isNaN(time) ? null : time;
}
