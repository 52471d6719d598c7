/** Where mail goes while no mail server is set up: into a folder, as a page to look at and a file any mail program opens. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { writeWhole, writing } from './mail-files.ts';
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
