/** The key that sessions are encrypted with: given, or kept in a file of its own beside the database. */
import { createHash, randomBytes } from 'node:crypto';
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { StoreTrouble } from './trouble.ts';

/**
 * 32 bytes. `given` is what the owner keeps himself (EARSHOT_KEY, of any length); else `<store>.key` is read, or made,
 * readable by nobody else.
 * @throws StoreTrouble where the file can neither be read nor made.
 */
export function secretKey(storePath: string, given: string | null): Buffer {
  if (given !== null && given !== '') return createHash('sha256').update(given).digest();
  const path = `${storePath}.key`;
  const known = readKey(path);
  if (known !== null) return known;
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    try {
      // Linked, not renamed: of two processes that make it at once, the first one's key holds.
      linkSync(draft, path);
    } finally {
      unlinkSync(draft);
    }
  } catch (error) {
    if (!exists(error)) throw unreadable(path, error);
  }
  const made = readKey(path);
  if (made === null) throw unreadable(path, null);
  return made;
}

function readKey(path: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unreadable(path, error);
  }
  if (!/^[0-9a-f]{64}$/.test(text)) throw unreadable(path, null);
  return Buffer.from(text, 'hex');
}

function exists(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function unreadable(path: string, cause: unknown): StoreTrouble {
  return new StoreTrouble(
    'no-folder',
    `The key file ${path} can be neither read nor made. Let the user who runs Earshot read and write it; if it is damaged, delete it, and Earshot signs in anew.`,
    { cause },
  );
}
