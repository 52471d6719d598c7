/** A small IMAP server on 127.0.0.1 for all that a real one does only on bad days; whatever changes a mailbox it refuses. */

import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Stored {
  readonly uid: number;
  readonly raw: string;
  /** IMAP's own form, ` 1-Nov-2026 10:00:00 +0000`. */
  readonly arrived?: string;
}

export interface Mailbox {
  password: string;
  validity: number;
  /** By the folder's name. */
  folders: Record<string, readonly Stored[]>;
  /** What the server says in place of its usual answer; null goes on as usual. Called with the command without its tag. */
  instead?: (command: string, socket: Socket, tag: string) => string | null;
  /** In place of the first line; null says nothing at all. */
  greeting?: string | null;
}

export interface ImapServer {
  readonly port: number;
  /** Every command as it came, without tags and passwords. */
  readonly commands: readonly string[];
  readonly mailbox: Mailbox;
  /** How many connections were opened. */
  calls(): number;
}

const arrivedLately = '20-Nov-2026 07:00:00 +0000';

export async function imapServer(given: Partial<Mailbox> = {}): Promise<ImapServer> {
  const mailbox: Mailbox = { password: 'rig-secret', validity: 7, folders: { INBOX: [], Earshot: [] }, ...given };
  const commands: string[] = [];
  const open = new Set<Socket>();
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    const { greeting = '* OK ready' } = mailbox;
    if (greeting !== null) socket.write(`${greeting}\r\n`);
    let unread = '';
    let folder = '';
    socket.on('data', (chunk: Buffer) => {
      unread += chunk.toString('latin1');
      for (let end = unread.indexOf('\r\n'); end !== -1; end = unread.indexOf('\r\n')) {
        const line = unread.slice(0, end);
        unread = unread.slice(end + 2);
        const [tag = '', ...rest] = line.split(' ');
        const command = rest.join(' ');
        commands.push(command.replace(/^LOGIN .*/, 'LOGIN'));
        const instead = mailbox.instead?.(command, socket, tag) ?? null;
        if (instead !== null) {
          socket.write(instead, 'latin1');
          continue;
        }
        const examined = /^EXAMINE "?([^"]*)"?/.exec(command)?.[1];
        if (examined !== undefined) folder = examined;
        socket.write(answer(mailbox, folder, tag, command), 'latin1');
        if (command === 'LOGOUT') socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, commands, mailbox, calls: () => calls };
}

function answer(mailbox: Mailbox, folder: string, tag: string, command: string): string {
  const mails = mailbox.folders[folder] ?? [];
  const done = (lines: readonly string[], words = 'OK done') => [...lines, `${tag} ${words}`, ''].join('\r\n');
  if (command === 'CAPABILITY') return done(['* CAPABILITY IMAP4rev1']);
  if (command.startsWith('LOGIN ')) {
    return command.includes(mailbox.password)
      ? done([])
      : done([], 'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)');
  }
  if (/^(?:LIST|LSUB)/.test(command)) {
    const wanted = /"?([^" ]*)"?$/.exec(command)?.[1] ?? '*';
    const names = Object.keys(mailbox.folders).filter((name) => wanted === '*' || name === wanted);
    const listed = command.startsWith('LIST') ? names.map((name) => `* LIST () "." "${name}"`) : [];
    return done(listed);
  }
  if (command.startsWith('EXAMINE ')) {
    if (!(folder in mailbox.folders)) return done([], 'NO no such folder');
    const next = Math.max(0, ...mails.map(({ uid }) => uid)) + 1;
    const told = [`* ${mails.length} EXISTS`, `* OK [UIDVALIDITY ${mailbox.validity}] ok`, `* OK [UIDNEXT ${next}] ok`];
    return done(['* FLAGS (\\Seen)', ...told], 'OK [READ-ONLY] done');
  }
  if (command.startsWith('UID SEARCH')) {
    const from = Number(/UID (\d+):\*/.exec(command)?.[1] ?? 0);
    const since = /SINCE "?([\w-]+)"?/.exec(command)?.[1];
    const found = mails.filter(({ uid, arrived = arrivedLately }) => {
      const day = Date.parse(arrived.slice(0, 11));
      return uid >= from && (since === undefined || day >= Date.parse(since));
    });
    // `9:*` of a folder whose newest mail is 5 is 5:9 the other way round (RFC 9051 §9, seq-range).
    const uids = found.length === 0 && from > 0 ? mails.slice(-1).map(({ uid }) => uid) : found.map(({ uid }) => uid);
    return done([`* SEARCH ${uids.join(' ')}`.trim()]);
  }
  if (command.startsWith('UID FETCH')) {
    const wanted = (/^UID FETCH (\S+)/.exec(command)?.[1] ?? '').split(',').flatMap(rangeOf);
    const most = Number(/<0\.(\d+)>/.exec(command)?.[1] ?? Number.POSITIVE_INFINITY);
    const given = mails.flatMap(({ uid, raw, arrived = arrivedLately }, at) => {
      if (!wanted.includes(uid)) return [];
      const bytes = Buffer.from(raw).subarray(0, most).toString('latin1');
      return [`* ${at + 1} FETCH (UID ${uid} INTERNALDATE "${arrived}" BODY[]<0> {${bytes.length}}\r\n${bytes})`];
    });
    return done(given);
  }
  if (command === 'LOGOUT') return done(['* BYE']);
  return done([], `BAD this server does not know ${command.split(' ')[0]}`);
}

function rangeOf(part: string): number[] {
  const [from = 0, to = from] = part.split(':').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
