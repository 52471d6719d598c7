/** `earshot import`: takes in posts from a file or stdin, and tells each line that it could not read. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { App } from '../../app.ts';
import { sayLeftOut } from '../../digest/left-out.ts';
import type { Edges } from '../../edges.ts';
import type { ImportedFace } from '../../face/imported.ts';
import { addCounts } from '../../jobs/judge-posts.ts';
import { type TakenIn, takeIn } from '../../jobs/take-in.ts';
import { readMap } from '../../sources/import-columns.ts';
import { type Imported, type ImportFormat, type ImportProblem, parseImport } from '../../sources/import-lines.ts';
import { jsonText } from '../../text/json.ts';
import { clean, count, readingWidth, steps, wrapped } from '../format.ts';
import { progressLine } from '../progress.ts';
import { readBytes } from '../read-all.ts';
import { tellingOf } from '../tell-mention.ts';
import { withTools } from '../tools.ts';
import { Misuse } from '../trouble.ts';

interface Options {
  readonly config?: string;
  readonly format?: 'csv' | 'jsonl';
  readonly map?: string;
  readonly dates?: 'dmy' | 'mdy';
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** So many lines that could not be read, or only in part, are told one by one. */
const toldLines = 10;

export async function command(edges: Edges, options: Options, file?: string): Promise<number> {
  const { terminal } = edges;
  const width = readingWidth(terminal);
  const map = options.map === undefined ? new Map() : readMap(options.map);
  if (typeof map === 'string') throw new Misuse(`--map: ${map}`);
  const foreign = { map, dates: options.dates ?? null };
  const imported = parseImport(await bytesOf(edges, file), formatOf(options, file), foreign);
  const { posts, problems, leftOut } = imported;
  return withTools(edges, options, async (tools) => {
    const { earshot, paint } = tellingOf(edges, tools);
    const dryRun = options.dryRun ?? false;
    const progress = progressLine(terminal, !options.json);
    const taken = await takeAll(tools, imported, dryRun, (done) =>
      progress.say(`Judging and keeping: ${done} of ${posts.length} posts …`),
    );
    progress.end();
    const setAside = { ...taken.setAside, ...(problems.length > 0 && { unreadable: problems.length }) };
    if (options.json) {
      const { seen, fresh, flagged } = taken;
      const { readAs = null } = imported;
      const answer: ImportedFace = {
        seen: seen + problems.length,
        fresh,
        flagged,
        setAside,
        problems: [...problems],
        leftOut: [...leftOut],
        readAs,
      };
      terminal.out(`${jsonText(answer, 2)}\n`);
    } else {
      if (imported.readAs) terminal.err(`${wrapped(readAsSentence(imported.readAs), width)}\n`);
      tellLines(problems, terminal);
      tellLines(leftOut, terminal);
      const kept = dryRun ? 'Nothing was kept. There would be ' : '';
      const numbers = `${count(taken.fresh, 'new mention')}, ${count(taken.flagged, 'complaint')}, of ${count(taken.seen, 'post')}.`;
      terminal.out(`${[paint.bold(kept + numbers), ...sayLeftOut(setAside)].join(' ')}\n`);
      if (!dryRun && taken.flagged > 0) terminal.err(`${steps([[`${earshot} list`, 'what needs you']], terminal)}\n`);
    }
    return problems.length > 0 ? 1 : 0;
  });
}

function tellLines(lines: readonly ImportProblem[], { err }: Edges['terminal']): void {
  for (const { line, sentence } of lines.slice(0, toldLines)) err(`Line ${line}: ${clean(sentence)}\n`);
  if (lines.length > toldLines) err(`… and ${lines.length - toldLines} more lines.\n`);
}

const readAsSentence = (readAs: string) =>
  `Read from this file: ${clean(readAs)}. Where that is wrong, say what is what: --map text=…,rating=…,who=…,when=…`;

/** Posts that say whose they are are taken in as such; all others as they read. */
async function takeAll(
  tools: App,
  { posts, brands }: Imported,
  dryRun: boolean,
  onDone: (done: number) => void,
): Promise<TakenIn> {
  const idOf = new Map(
    [...tools.brands.values()].flatMap(({ id, name }) => [
      [id, id],
      [name.toLowerCase(), id],
    ]),
  );
  const certainOf = (named: readonly string[]) => named.flatMap((name) => idOf.get(name.toLowerCase()) ?? []).sort();
  const groups = Map.groupBy(posts.entries(), ([index]) => JSON.stringify(certainOf(brands[index] ?? [])));
  let sum: TakenIn = { seen: 0, fresh: 0, flagged: 0, setAside: {}, mentionIds: [] };
  for (const [certain, members] of groups) {
    const before = sum;
    const taken = await takeIn(
      tools,
      members.map(([, post]) => post),
      {
        brandId: null,
        certain: JSON.parse(certain) as string[],
        dryRun,
        onBatch: (done) => onDone(before.seen + done),
      },
    );
    sum = {
      seen: before.seen + taken.seen,
      fresh: before.fresh + taken.fresh,
      flagged: before.flagged + taken.flagged,
      setAside: addCounts(before.setAside, taken.setAside),
      mentionIds: [...before.mentionIds, ...taken.mentionIds],
    };
  }
  return sum;
}

/** What is asked for, else what the name ends in; undefined: the text itself tells. */
function formatOf({ format }: Options, file = ''): ImportFormat | undefined {
  if (format === 'csv' || (!format && /\.(csv|tsv|tab)$/i.test(file))) return 'csv';
  return format === 'jsonl' || /\.(jsonl|ndjson)$/i.test(file) ? 'json-lines' : undefined;
}

const unreadable = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'you may not read it'],
]);

async function bytesOf(edges: Edges, file: string | undefined): Promise<Uint8Array> {
  if (file === undefined || file === '-') {
    if (!edges.stdinPiped) throw new Misuse('Which file? Name one, or pipe posts in.');
    return readBytes(edges);
  }
  try {
    return await readFile(resolve(edges.cwd, file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new Misuse(`${file} cannot be read: ${unreadable.get(code) ?? String(error)}.`);
  }
}
