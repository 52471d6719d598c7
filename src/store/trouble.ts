/** What can go wrong with the database itself, each with a sentence that says what to do. */
import { accessSync, constants, statfsSync } from 'node:fs';
import { dirname } from 'node:path';

export type StoreTroubleKind =
  | 'newer'
  | 'corrupt'
  | 'read-only'
  | 'full'
  | 'busy'
  | 'not-a-database'
  | 'no-folder'
  | 'disk';

/** Expected trouble with the database; its message is for the owner. Whatever else is thrown is a bug. */
export class StoreTrouble extends Error {
  override readonly name = 'StoreTrouble';
  readonly kind: StoreTroubleKind;
  /** The file that it is about, where that is not told otherwise. */
  readonly path: string | null;

  constructor(kind: StoreTroubleKind, message: string, more: { cause?: unknown; path?: string } = {}) {
    super(message, { cause: more.cause });
    this.kind = kind;
    this.path = more.path ?? null;
  }
}

const sentences: Readonly<Record<StoreTroubleKind, (path: string) => string>> = {
  newer: (path) =>
    `The database ${path} was made by a newer Earshot than this one. Update Earshot, then try again; nothing was changed.`,
  corrupt: (path) =>
    `The database ${path} is damaged. Put it aside and restore your last backup, or start anew with an empty one; Earshot changed nothing in it.`,
  'read-only': (path) =>
    `The database ${path} cannot be written to. Give the user who runs Earshot the right to write that file and its folder.`,
  full: (path) =>
    `The disk that holds ${path} is full. Make room and run the same again; what was saved before is kept.`,
  busy: (path) =>
    `Another program has been writing to ${path} for more than ten seconds. Wait for it to end, or close it, and run the same again.`,
  'not-a-database': (path) =>
    `${path} is not a database of Earshot's. Let "store" in the config name another file; this one was not touched.`,
  'no-folder': (path) =>
    `The database ${path} cannot be opened or made. See that its folder exists, and that the user who runs Earshot may write there.`,
  disk: (path) => `The disk that holds ${path} gives errors. Check the disk; what was saved before should be intact.`,
};

/** SQLite has several names for what comes of a disk that lets nobody write. */
const mayBeTheDisk: readonly StoreTroubleKind[] = ['read-only', 'no-folder', 'disk'];
/** And, beside `full`, for what comes of one without room: for its own memory beside the file, or for the file itself. */
const mayBeFull: readonly StoreTroubleKind[] = ['no-folder', 'disk'];
/** Bytes; what SQLite asks for at once is less. */
const leastRoom = 256 * 1024;

/** The trouble of that kind with the database at `path`. */
export function trouble(kind: StoreTroubleKind, path: string, cause?: unknown): StoreTrouble {
  const plain = (named: StoreTroubleKind) => new StoreTrouble(named, sentences[named](path), { cause, path });
  if (!mayBeTheDisk.includes(kind)) return plain(kind);
  if (!isOnReadOnlyDisk(path)) return plain(mayBeFull.includes(kind) && isOnFullDisk(path) ? 'full' : kind);
  const sentence = `The disk that holds ${path} can only be read at the moment. Let it be written to again (one that fails locks itself: check it), then run the same again; what was saved before is kept.`;
  return new StoreTrouble('read-only', sentence, { cause, path });
}

function isOnReadOnlyDisk(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return code === 'EROFS' || (code === 'ENOENT' && dirname(path) !== path && isOnReadOnlyDisk(dirname(path)));
  }
}

function isOnFullDisk(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < leastRoom;
  } catch {
    // Its folder is missing, or is nobody's to look at: that is another trouble.
    return false;
  }
}

/** What SQLite calls it → what we call it, longest name first (https://www.sqlite.org/rescode.html). */
const kinds: readonly (readonly [code: string, kind: StoreTroubleKind])[] = [
  ['SQLITE_CANTOPEN', 'no-folder'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CORRUPT', 'corrupt'],
  ['SQLITE_NOTADB', 'not-a-database'],
  ['SQLITE_LOCKED', 'busy'],
  ['SQLITE_IOERR', 'disk'],
  ['SQLITE_BUSY', 'busy'],
  ['SQLITE_PERM', 'read-only'],
  ['SQLITE_FULL', 'full'],
];

/** The kind of trouble that an error of SQLite's means; null where it means a bug of ours. */
export function kindOf(error: unknown): StoreTroubleKind | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const { code } = error;
  return kinds.find(([start]) => code.startsWith(start))?.[1] ?? null;
}
