/** `earshot import`: takes in posts from a file or stdin, and tells each line that it could not read. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Edges } from '../../edges.ts';
import { takeIn } from '../../jobs/take-in.ts';
import { parseImport } from '../../sources/import-lines.ts';
import { clean, count } from '../format.ts';
import { readBytes } from '../read-all.ts';
import { withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly format?: 'csv' | 'jsonl';
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** So many lines that could not be read are told one by one. */
const toldLines = 10;

export async function command(edges: Edges, options: Options, file?: string): Promise<number> {
  const { terminal } = edges;
  const bytes = await bytesOf(edges, file);
  const csv = options.format ? options.format === 'csv' : /\.(csv|tsv)$/i.test(file ?? '');
  const { posts, problems } = parseImport(
    bytes,
    options.format || file?.includes('.') ? (csv ? 'csv' : 'json-lines') : undefined,
  );
  return withTools(edges, options, async (tools) => {
    const taken = await takeIn(tools, posts, { brandId: null, dryRun: options.dryRun ?? false });
    const setAside = { ...taken.setAside, ...(problems.length > 0 && { unreadable: problems.length }) };
    if (options.json) {
      const { seen, fresh, flagged } = taken;
      terminal.out(
        `${JSON.stringify({ seen: seen + problems.length, fresh, flagged, setAside, problems }, null, 2)}\n`,
      );
    } else {
      for (const { line, sentence } of problems.slice(0, toldLines)) terminal.err(`Line ${line}: ${clean(sentence)}\n`);
      if (problems.length > toldLines) terminal.err(`… and ${problems.length - toldLines} more lines.\n`);
      const kept = options.dryRun ? 'Nothing was kept. Would be new: ' : '';
      const aside = Object.entries(setAside).map(([reason, number]) => `${number} ${reason}`);
      terminal.out(
        `${kept}${count(taken.fresh, 'new mention')}, ${count(taken.flagged, 'complaint')}, of ${count(taken.seen, 'post')}.${aside.length > 0 ? ` Set aside: ${aside.join(', ')}.` : ''}\n`,
      );
    }
    return problems.length > 0 ? 1 : 0;
  });
}

async function bytesOf(edges: Edges, file: string | undefined): Promise<Uint8Array> {
  if (file === undefined || file === '-') {
    if (!edges.stdinPiped) throw new Misuse('Which file? Name one, or pipe posts in.');
    return readBytes(edges);
  }
  try {
    return await readFile(resolve(edges.cwd, file));
  } catch (error) {
    throw new Misuse(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
