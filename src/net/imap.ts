/** Reads a folder of a mailbox over IMAP: looked into, never changed (EXAMINE and PEEK), within limits of time, size and count. */
import type { ImapFlow, SearchObject } from 'imapflow';
import { dayMs } from '../clock.ts';
import { Fault } from './fault.ts';
import { answerBytes, type MailRooms, signedIn, within } from './imap-line.ts';
import { noSuchFolder } from './imap-trouble.ts';
import type { Mail, MailBatch, MailDoor, MailFolder, MailWish } from './mail.ts';
import { parseMail } from './parse-mail.ts';
import { withRetry } from './retry.ts';
import type { Round } from './round.ts';

/** So many mails are fetched and handed on at once. */
const mailsPerBatch = 20;
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
