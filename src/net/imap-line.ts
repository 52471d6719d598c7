/** An open line to a mail server: signed in, and each step on it held within limits of time and size. */
import type { ImapFlow } from 'imapflow';
import type { Clock } from '../clock.ts';
import { tooSlow } from './broken.ts';
import type { Connect } from './connect.ts';
import { Fault } from './fault.ts';
import { faultOfImap, tooMuch } from './imap-trouble.ts';
import type { MailFolder } from './mail.ts';

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

/** Of what a server says beside the mails, in one step: the ids of half a million mails are 4 MB. */
export const answerBytes = 6_000_000;
/** So often a step's bytes are counted; a server that never ends is stopped soon, and a small answer costs nothing. */
const countEveryMs = 50;

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);

/** An open connection. */
export interface Line {
  readonly client: ImapFlow;
  /** What ended it, where that came between two commands: the command only learns that it is gone. */
  broken: unknown;
}

/** @throws Fault */
export async function signedIn(rooms: MailRooms, folder: MailFolder, signal: AbortSignal): Promise<Line> {
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
export async function within<Value>(
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
