/** `earshot export`: mentions as CSV or JSON, written as they are read. */
import { resolve } from 'node:path';
import type { Edges } from '../../edges.ts';
import { csvHead, csvLine } from '../../jobs/export-csv.ts';
import { lastingFace } from '../../jobs/mention-face.ts';
import { jsonText } from '../../text/json.ts';
import { count } from '../format.ts';
import { type Progress, progressLine } from '../progress.ts';
import { withTools } from '../tools.ts';
import { asSaid, type Target, toFile, toTerminal } from '../written-out.ts';
import { type FilterOptions, filterOf, pieces } from './list.ts';

interface Options extends FilterOptions {
  readonly format: 'csv' | 'json';
  readonly out?: string;
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
      throw asSaid(error, options.out ?? '');
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
