/** Posts from a file that something else writes: JSON lines or CSV, as `earshot import` takes them. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import { type ImportFormat, type ImportProblem, parseImport } from './import-lines.ts';
import { defineSource, type Files } from './source.ts';

/** As many as are saved at once. */
const postsPerPage = 500;

/** In place of a path. */
const pipe = '-';
const notPiped =
  'It is read only when something is piped in: `… | npx earshot collect --source file`. For Earshot to look by itself, name a file';
const namedAs = (path: string) => (path === pipe ? 'what was piped in' : path);

const Options = z.strictObject({
  path: z
    .string()
    .min(1)
    .describe(
      'The file to read: JSON lines or CSV, relative to the folder of the config. `-` is what is piped into `earshot collect`.',
    ),
  format: z
    .enum(['json-lines', 'csv'])
    .optional()
    .describe('Its format; without it, what the name ends in or the first character tells.'),
});

interface At {
  readonly path: string;
  readonly format: ImportFormat | undefined;
}

export const file = defineSource({
  id: 'file',
  title: 'A file of posts',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://jsonlines.org',
  docs: 'https://jsonlines.org',
  hears: 'what another program writes down',
  about:
    'Reads posts that another program writes to a file on this computer, as JSON lines or CSV. ' +
    'For a file that you have only once, `earshot import` is enough.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [],
  cron: '*/5 * * * *',
  overlapMs: 0,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { path: 'posts.jsonl' },
  secrets: {},

  looks: ({ path, format }): { key: string; scope: 'place'; at: At }[] => [
    { key: path, scope: 'place', at: { path, format } },
  ],

  async *collect({ at, files, signal }) {
    if (files === undefined) throw new Error('the file source was given no files to read');
    if (at.path === pipe && files.piped === undefined) {
      yield { posts: [], note: notPiped };
      return;
    }
    const { posts, problems, leftOut } = parseImport(await read(files, at.path), at.format ?? formatOf(at.path));
    const byLine = ({ line, sentence }: ImportProblem) => `line ${line}: ${sentence}`;
    const unreadable = problems.map(byLine);
    if (posts.length === 0 && unreadable.length > 0)
      throw new Fault('garbled', `Nothing in ${namedAs(at.path)} could be read. ${firstOf(unreadable)}`);
    for (let from = 0; from === 0 || from < posts.length; from += postsPerPage) {
      signal.throwIfAborted();
      const told = from === 0 ? { unreadable, partly: leftOut.map(byLine) } : {};
      yield { posts: posts.slice(from, from + postsPerPage), ...told };
    }
  },
});

function formatOf(path: string): ImportFormat | undefined {
  if (/\.(csv|tsv|tab)$/i.test(path)) return 'csv';
  return /\.(jsonl|ndjson)$/i.test(path) ? 'json-lines' : undefined;
}

const firstOf = (lines: readonly string[]) => (lines[0] ?? '').replace(/^l/, 'L');

async function read(files: Files, path: string): Promise<Uint8Array> {
  try {
    return await (path === pipe && files.piped ? files.piped() : files.read(path));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new Fault('gone', `There is no file at ${path}. Mend the path in your config, or start what writes it.`, {
        cause,
      });
    if (code === 'EACCES' || code === 'EPERM')
      throw new Fault('not-allowed', `Earshot may not read ${path}. Give its user the right to.`, { cause });
    if (code === 'EISDIR') throw new Fault('gone', `${path} is a folder. Name a file in it.`, { cause });
    throw new Fault('unreachable', `${path} could not be read this time.`, { cause });
  }
}
