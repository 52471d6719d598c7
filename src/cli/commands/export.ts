/** `earshot export`: mentions as CSV or JSON, written as they are read. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Edges } from '../../edges.ts';
import { csvHead, csvLine } from '../../jobs/export-csv.ts';
import { mentionFace } from '../../jobs/mention-face.ts';
import { count } from '../format.ts';
import { withTools } from '../tools.ts';
import { type FilterOptions, filterOf, pieces } from './list.ts';

interface Options extends FilterOptions {
  readonly format: 'csv' | 'json';
  readonly out?: string;
}

export async function command(edges: Edges, options: Options): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const filter = await filterOf(edges, tools, { ...options, limit: '0', all: !options.unsure });
    const { write, end } = options.out === undefined ? toTerminal(edges) : toFile(resolve(edges.cwd, options.out));
    let written = 0;
    await write(options.format === 'csv' ? csvHead() : '[');
    for await (const rows of pieces(tools, filter)) {
      const faces = rows.map(mentionFace);
      const lines = faces.map((face, index) =>
        options.format === 'csv' ? csvLine(face) : `${written + index > 0 ? ',' : ''}\n${JSON.stringify(face)}`,
      );
      await write(lines.join(''));
      written += rows.length;
    }
    await write(options.format === 'csv' ? '' : '\n]\n');
    await end();
    if (options.out !== undefined) edges.terminal.err(`${count(written, 'mention')} written to ${options.out}.\n`);
    return 0;
  });
}

const toTerminal = ({ terminal }: Edges) => ({
  write: async (text: string) => terminal.out(text),
  end: async () => undefined,
});

function toFile(path: string) {
  const stream = createWriteStream(path, { mode: 0o600 });
  return {
    write: async (text: string) => {
      if (!stream.write(text)) await once(stream, 'drain');
    },
    end: async () => {
      stream.end();
      await once(stream, 'finish');
    },
  };
}
