/** Mails that lie as files beside the database: which of them hold somebody's words, and taking those away. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { dayMs } from '../clock.ts';
import { outboxFolder, shownPage } from '../digest/mail-files.ts';
import { plainText } from '../text/plain.ts';
import type { Tools } from './tools.ts';

type Config = Tools['config'];

/** What somebody is called and has said. */
export interface Theirs {
  readonly names: readonly string[];
  readonly texts: readonly string[];
}

/** So many letters in a row are nobody else's by chance; a mail quotes more of whatever is longer. */
const ownLetters = 32;
/** Of what is shorter than that: fewer words are anybody's. */
const ownWords = 3;
/** A shorter name cannot be told from a word. */
const shortestName = 4;
const shownForMs = dayMs;

/** The files of each mail of the outbox folder that names them or quotes them. */
export async function mailsWith(config: Config, theirs: Theirs): Promise<readonly (readonly string[])[]> {
  const folder = outboxFolder(config);
  const files = (await readdir(folder).catch(() => [])).filter((file) => /\.(html|eml)(\.part)?$/.test(file));
  const mails = Map.groupBy(files, (file) => file.replace(/\.(html|eml)(\.part)?$/, ''));
  const isTheirs = telling(theirs);
  const found: string[][] = [];
  for (const names of mails.values()) {
    const paths = names.map((name) => join(folder, name));
    const texts = await Promise.all(paths.map(textOf));
    if (texts.some(isTheirs)) found.push(paths);
  }
  return found;
}

/** @returns those that could not be removed */
export async function removeFiles(paths: readonly string[]): Promise<string[]> {
  const left: string[] = [];
  for (const path of paths) await rm(path, { force: true }).catch(() => left.push(path));
  return left;
}

/** The page of `digest --open`, a day after it was shown. */
export async function dropOldPage({ config, clock }: Pick<Tools, 'config' | 'clock'>): Promise<void> {
  const page = shownPage(config);
  const shown = await stat(page).catch(() => null);
  if (shown !== null && clock.now() - shown.mtimeMs > shownForMs) await removeFiles([page]);
}

/** Empty where it cannot be read. */
async function textOf(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    if (!/\.eml(\.part)?$/.test(path)) return plainText(bytes.toString('utf8'));
    const { parseMail } = await import('../net/parse-mail.ts');
    const { text, html } = await parseMail(bytes, null);
    return `${text ?? ''} ${plainText(html ?? '')}`;
  } catch {
    return '';
  }
}

function telling({ names, texts }: Theirs): (mail: string) => boolean {
  const runs = new Set<string>();
  const phrases: string[] = [];
  for (const name of names) if (flat(name).trim().length >= shortestName) phrases.push(flat(name));
  for (const text of [...texts, ...names]) {
    const letters = squeezed(text);
    for (let at = 0; at + ownLetters <= letters.length; at += 1) runs.add(letters.slice(at, at + ownLetters));
    if (letters.length < ownLetters && flat(text).trim().split(' ').length >= ownWords) phrases.push(flat(text));
  }
  return (mail) => {
    const words = flat(mail);
    if (phrases.some((phrase) => words.includes(phrase))) return true;
    const letters = squeezed(mail);
    for (let at = 0; at + ownLetters <= letters.length; at += 1)
      if (runs.has(letters.slice(at, at + ownLetters))) return true;
    return false;
  };
}

/** Words alone, with a blank before and behind each. */
const flat = (text: string) =>
  ` ${(
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  ).join(' ')} `;

/** Where a mail breaks its lines, or marks what tells, makes no difference. */
const squeezed = (text: string) => flat(text).replaceAll(' ', '');
