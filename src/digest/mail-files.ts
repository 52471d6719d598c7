/** Mails as files beside the database: where they lie, and how one is written. */
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../text/make-folder.ts';
import { MailTrouble } from './mail-trouble.ts';

interface Beside {
  /** The database's path. */
  readonly store: string;
}

/** Where digests go that no mail server takes. */
export const outboxFolder = ({ store }: Beside): string => join(dirname(store), 'outbox');

/** The one page that `digest --open` shows. */
export const shownPage = ({ store }: Beside): string => join(dirname(store), 'digest.html');

/** @returns where it lies. @throws MailTrouble */
export async function writeShownPage(config: Beside, html: string): Promise<string> {
  const page = shownPage(config);
  await writing(dirname(page), () => writeWhole(page, html));
  return page;
}

/** @throws MailTrouble where the folder may not be written */
export async function writing(folder: string, go: () => Promise<void>): Promise<void> {
  try {
    makeFolder(folder, 0o700);
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
export async function writeWhole(path: string, content: string | Buffer): Promise<void> {
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
