/** Reads a file that the config names: an ordinary one, and not without end. */
import { open } from 'node:fs/promises';
import { Fault } from '../net/fault.ts';

/** Posts of years; a device or a disk image is none. */
const mostBytes = 256 * 1024 * 1024;

/** @throws Fault where it is no file or too big; Node's own error (`ENOENT` …) where it cannot be opened */
export async function readOrdinaryFile(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { size, isFile } = await file.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }));
    // A folder says so itself when it is read.
    if (isFile && size > mostBytes)
      throw new Fault('gone', `${path} is bigger than 256 MB. Split it, or name another file.`);
    if (!isFile && size === 0) throw new Fault('gone', `${path} is a device, not a file of posts. Name a file.`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}
