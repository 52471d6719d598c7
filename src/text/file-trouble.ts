/** Why a file cannot be written, in plain words. */

const words = new Map([
  ['ENOENT', 'there is no such folder, or none that takes files'],
  ['ENOTDIR', 'what should be its folder is a file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'you may not write there'],
  ['EPERM', 'you may not write there'],
  ['EROFS', 'nothing can be written there'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk is full'],
  ['ENAMETOOLONG', 'its name is too long'],
]);

/** As a sentence's end without its full stop; null where it is no trouble with a file. */
export function fileTrouble(error: unknown): string | null {
  if (!(error instanceof Error && 'syscall' in error)) return null;
  return words.get('code' in error ? String(error.code) : '') ?? error.message;
}
