/** Where mail goes while no mail server is set up: into a folder, as a page to look at and a file any mail program opens. */
import { createHash } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailTrouble } from './mail-trouble.ts';
import { type Mailer, toEml } from './mailer.ts';
import { addressOf, type Mail } from './message.ts';

/** File systems take 255 bytes a name; an address may have 254 characters. */
const longestName = 120;

export interface FolderMailer extends Mailer {
  /** Where that mail's page is, or will be. */
  pageOf(mail: Pick<Mail, 'forDay' | 'to' | 'kind'>): string;
}

/** Writes `<day>-<recipient>.html` and `.eml` (a welcome's end in `-welcome`); the same mail again replaces its own files. */
export function folderMailer(folder: string): FolderMailer {
  const pathOf = (mail: Pick<Mail, 'forDay' | 'to' | 'kind'>, ending: string) =>
    join(folder, `${fileNameOf(mail)}.${ending}`);
  return {
    async send(mail) {
      const eml = await toEml(mail);
      await writing(folder, async () => {
        await writeWhole(pathOf(mail, 'eml'), eml);
        await writeWhole(pathOf(mail, 'html'), mail.html);
      });
    },
    verify: () => writing(folder, async () => {}),
    pageOf: (mail) => pathOf(mail, 'html'),
  };
}

async function writing(folder: string, go: () => Promise<void>): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await go();
  } catch (cause) {
    const full = cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT');
    const why = full ? 'the disk is full; make room' : 'it may not be written; check who may write there';
    throw new MailTrouble(`The mail could not be put into ${folder}: ${why}.`, {
      scope: 'server',
      permanent: false,
      cause,
    });
  }
}

/** Never half a file: written beside, then put in place. */
async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  const beside = `${path}.part`;
  try {
    // What lies there, a link of somebody else's perhaps, is never written into.
    await rm(beside, { force: true });
    await writeFile(beside, content, { mode: 0o600, flag: 'wx' });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

function fileNameOf({ forDay, to, kind }: Pick<Mail, 'forDay' | 'to' | 'kind'>): string {
  const escaped = [...new TextEncoder().encode(addressOf(to))].map(escapeByte).join('');
  const hash = createHash('sha256').update(escaped).digest('hex').slice(0, 8);
  const recipient = escaped.length > longestName ? `${escaped.slice(0, longestName)}-${hash}` : escaped;
  return `${forDay.replace(/[^0-9-]/g, '')}-${recipient}${kind === 'digest' ? '' : `-${kind}`}`;
}

function escapeByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9@._+-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
}
