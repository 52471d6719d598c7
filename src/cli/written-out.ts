/** Answers that go into a file, or to the terminal: a half-written file never takes the place of a good one. */
import { once } from 'node:events';
import { createWriteStream, rmSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Edges } from '../edges.ts';
import { fileTrouble } from '../text/file-trouble.ts';
import { Misuse } from './trouble.ts';

export interface Target {
  write(text: string): Promise<void>;
  end(): Promise<void>;
  /** Leaves nothing behind. */
  giveUp(): Promise<void>;
}

/** Trouble with the file as a sentence; whatever else it is, as it came. */
export function asSaid(error: unknown, path: string): unknown {
  const why = fileTrouble(error);
  return why === null ? error : new Misuse(`${path} cannot be written: ${why}.`);
}

export function toTerminal({ terminal }: Edges): Target {
  return { write: async (text) => terminal.out(text), end: async () => undefined, giveUp: async () => undefined };
}

/** Under another name until it is whole, so that a half-written file never takes the place of a good one. */
export function toFile(path: string): Target {
  const there = statSync(path, { throwIfNoEntry: false });
  // What is no file, `/dev/stdout` for one, is written to and never replaced.
  const isFile = there === undefined || there.isFile() || there.isDirectory();
  const unfinished = isFile ? `${path}.unfinished` : path;
  // In a folder that others may write to, a link of theirs may wait under this name: never written through.
  if (isFile) rmSync(unfinished, { force: true });
  const stream = createWriteStream(unfinished, { mode: 0o600, flags: isFile ? 'wx' : 'w' });
  const failed = new Promise<never>((_, reject) => stream.once('error', reject));
  failed.catch(() => undefined);
  return {
    write: async (text) => {
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed]);
    },
    end: async () => {
      stream.end();
      await Promise.race([once(stream, 'finish'), failed]);
      if (isFile) await rename(unfinished, path);
    },
    giveUp: async () => {
      stream.destroy();
      if (isFile) await rm(unfinished, { force: true });
    },
  };
}
