/** `earshot export`: mentions as CSV or JSON, written as they are read. */
import { once } from 'node:events';
import { createWriteStream, rmSync, statSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Edges } from '../../edges.ts';
import { csvHead, csvLine } from '../../jobs/export-csv.ts';
import { lastingFace } from '../../jobs/mention-face.ts';
import { jsonText } from '../../text/json.ts';
import { count } from '../format.ts';
import { type Progress, progressLine } from '../progress.ts';
import { withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';
import { type FilterOptions, filterOf, pieces } from './list.ts';

interface Options extends FilterOptions {
  readonly format: 'csv' | 'json';
  readonly out?: string;
}

interface Target {
  write(text: string): Promise<void>;
  end(): Promise<void>;
  /** Leaves nothing behind. */
  giveUp(): Promise<void>;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const filter = await filterOf(edges, tools, { ...options, limit: '0', all: !options.unsure });
    const target = options.out === undefined ? toTerminal(edges) : toFile(resolve(edges.cwd, options.out));
    const progress = progressLine(edges.terminal, options.out !== undefined);
    try {
      const written = await writeAll(edges, pieces(tools, filter), options.format, target, progress);
      await target.end();
      progress.end();
      if (options.out !== undefined) edges.terminal.err(`${count(written, 'mention')} written to ${options.out}.\n`);
      return 0;
    } catch (error) {
      progress.end();
      await target.giveUp();
      if (error instanceof Error && 'syscall' in error)
        throw new Misuse(
          `${options.out} cannot be written: ${fileTrouble.get('code' in error ? String(error.code) : '') ?? error.message}.`,
        );
      throw error;
    }
  });
}

async function writeAll(
  { signal }: Edges,
  mentions: ReturnType<typeof pieces>,
  format: Options['format'],
  { write }: Target,
  progress: Progress,
): Promise<number> {
  const csv = format === 'csv';
  let written = 0;
  await write(csv ? csvHead() : '[');
  for await (const rows of mentions) {
    signal.throwIfAborted();
    const lines = rows.map((row, index) => {
      const face = lastingFace(row);
      return csv ? csvLine(face) : `${written + index > 0 ? ',' : ''}\n${jsonText(face)}`;
    });
    await write(lines.join(''));
    written += rows.length;
    progress.say(`Writing: ${count(written, 'mention')} …`);
  }
  await write(csv ? '' : '\n]\n');
  return written;
}

const fileTrouble = new Map([
  ['ENOENT', 'there is no such folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'you may not write there'],
  ['EROFS', 'nothing can be written there'],
  ['ENOSPC', 'the disk is full'],
]);

function toTerminal({ terminal }: Edges): Target {
  return { write: async (text) => terminal.out(text), end: async () => undefined, giveUp: async () => undefined };
}

/** Under another name until it is whole, so that a half-written file never takes the place of a good one. */
function toFile(path: string): Target {
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
