/** `earshot backup`: the whole database in one file, checked, while everything else goes on. */
import { relative, resolve } from 'node:path';
import type { Edges } from '../../edges.ts';
import { backUp, usualBackUp } from '../../jobs/back-up.ts';
import { quoted } from '../../text/command.ts';
import { jsonText } from '../../text/json.ts';
import { clean, count, readingWidth, steps, wrapped } from '../format.ts';
import { withTools } from '../tools.ts';

interface Options {
  readonly config?: string;
  readonly json?: boolean;
}

export async function command(edges: Edges, options: Options, file?: string): Promise<number> {
  return withTools(edges, options, async (tools) => {
    const { terminal, cwd } = edges;
    const path = file === undefined ? usualBackUp(tools) : resolve(cwd, file);
    const done = await backUp(tools, path);
    const width = readingWidth(terminal);
    if (typeof done === 'string') {
      terminal.err(`${wrapped(`Nothing was backed up: ${clean(done)}`, width)}\n`);
      return 1;
    }
    if (options.json) {
      terminal.out(`${jsonText(done, 2)}\n`);
      return 0;
    }
    const near = relative(cwd, done.path);
    const shown = near.startsWith('..') ? done.path : near;
    const held = `${count(done.posts, 'post')}, ${count(done.cases, 'case')}, ${(done.bytes / 1_000_000).toFixed(1)} MB`;
    terminal.out(`${wrapped(`Backed up to ${clean(shown)}: ${held}; read back and whole.`, width)}\n`);
    terminal.err(
      `${steps([[`${tools.earshot} restore ${quoted(shown)}`, 'to have it back']], terminal)}\n${wrapped(
        'Keep a copy on another disk, and with it two files that it does not hold: your config, and the key beside the database that opens your connected accounts.',
        width,
      )}\n`,
    );
    return 0;
  });
}
