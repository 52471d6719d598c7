/** Reads posts from JSON lines or CSV, as the source `file` and `earshot import` take them. */
import { createRequire } from 'node:module';
import type { CsvError } from 'csv-parse/sync';
import type { z } from 'zod';
import { ImportLine } from '../face/import-line.ts';
import type { Post } from '../mention.ts';
import { decodeText } from '../net/decode.ts';
import { parseJson } from '../net/parse-json.ts';
import { declaredLanguage } from './language.ts';
import { webLinks } from './web-links.ts';

export interface ImportProblem {
  /** Counted from 1, as an editor does. */
  readonly line: number;
  readonly sentence: string;
}

export interface Imported {
  readonly posts: readonly Post[];
  readonly problems: readonly ImportProblem[];
  /** Of each post, in order, the brands that its lines say it is about. */
  readonly brands: readonly (readonly string[])[];
}

export type ImportFormat = 'json-lines' | 'csv';

/** A line's content before it is checked; `problem` where it could not even be read. */
interface Line {
  readonly line: number;
  readonly value?: unknown;
  readonly problem?: string;
}

/**
 * Never throws: what cannot be read is a problem with its line. Of lines with the same source and id the last one counts.
 * @param input bytes in UTF-8 or UTF-16, with or without a byte order mark, else windows-1252; or text.
 * @param format looked for in the text where it is not given: JSON lines begin with `{`.
 */
export function parseImport(input: Uint8Array | string, format?: ImportFormat): Imported {
  const text = (typeof input === 'string' ? input : decode(input)).replace(/^\uFEFF/, '');
  const lines = (format ?? formatOf(text)) === 'csv' ? csvLines(text) : jsonLines(text);
  const posts = new Map<string, Post>();
  const brands = new Map<string, Set<string>>();
  const problems: ImportProblem[] = [];
  for (const { line, value, problem } of lines) {
    const read = problem === undefined ? ImportLine.safeParse(value) : null;
    if (read?.success) {
      const post = toPost(read.data);
      const key = JSON.stringify([post.source, post.externalId]);
      posts.set(key, post);
      const named = brands.get(key) ?? new Set();
      brands.set(key, read.data.brand ? named.add(read.data.brand) : named);
    } else problems.push({ line, sentence: problem ?? sentenceOf(read?.error, value) });
  }
  return { posts: [...posts.values()], problems, brands: [...brands.values()].map((named) => [...named]) };
}

const formatOf = (text: string): ImportFormat => (/^\s*[{[]/.test(text) ? 'json-lines' : 'csv');

/** Exports of some shops are UTF-16 without a mark: then every second byte of plain letters is zero. */
function decode(bytes: Uint8Array): string {
  if (bytes.length > 3 && bytes[0] !== 0 && bytes[1] === 0 && bytes[3] === 0)
    return new TextDecoder('utf-16le').decode(bytes);
  if (bytes.length > 3 && bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0)
    return new TextDecoder('utf-16be').decode(bytes);
  return decodeText(bytes);
}

function jsonLines(text: string): Line[] {
  return text
    .split(/\r\n|\n|\r/)
    .map((content, index) => ({ content: content.trim(), line: index + 1 }))
    .filter(({ content }) => content !== '')
    .map(({ content, line }) => {
      try {
        return { line, value: parseJson(content) };
      } catch {
        return { line, problem: 'is not a whole JSON object; each line must be one, from { to }.' };
      }
    });
}

/** Loaded with the first CSV: reading the config, which every command does, needs every source and no CSV. */
const load = createRequire(import.meta.url);

/** Every field that a line may have, as CSV names its column. */
const columnNames = [
  ...['id', 'url', 'author.handle', 'author.name', 'author.url', 'author.followers', 'title', 'text', 'language'],
  ...['rating.value', 'rating.scale', 'publishedAt', 'source', 'brand'],
];

function csvLines(text: string): Line[] {
  const start = text.search(/\S/);
  if (start === -1) return [];
  const delimiter = delimiterOf(text);
  if (delimiter === null)
    return [{ line: 1, problem: `must name the columns: id and text, and any of ${columnNames.join(', ')}.` }];
  const { parse } = load('csv-parse/sync') as typeof import('csv-parse/sync');
  const lines: Line[] = [];
  let header: string[] | null = null;
  try {
    parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 2_000_000,
      on_record: (record: string[], { lines: end }) => {
        // csv-parse tells the line that a record ends in; its quoted line breaks lead back to where it begins.
        const line = end - record.join('').split('\n').length + 1;
        if (header === null) header = record.map(columnOf);
        else if (record.some((cell) => cell.trim() !== '')) lines.push({ line, value: rowOf(header, record) });
        return null;
      },
    });
  } catch (error) {
    const line = (error as CsvError).lines;
    const where = typeof line === 'number' ? line : 1;
    lines.push({ line: where, problem: 'has a quotation mark that is never closed; nothing after it could be read.' });
  }
  return lines;
}

/** The first of comma, semicolon and tab with which the first line names both columns that must be there. */
function delimiterOf(text: string): string | null {
  const first = text.trimStart().split(/\r\n|\n|\r/, 1)[0] ?? '';
  const names = (delimiter: string) => first.split(delimiter).map(columnOf);
  return [',', ';', '\t'].find((one) => ['id', 'text'].every((name) => names(one).includes(name))) ?? null;
}

function columnOf(cell: string): string {
  const name = cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
    .toLowerCase();
  return columnNames.find((known) => known.toLowerCase() === name) ?? name;
}

/** Empty cells are absent, except that a text may be empty. */
function rowOf(header: readonly string[], record: readonly string[]): object {
  const cells = new Map(header.map((name, index) => [name, record[index] ?? '']));
  const given = (name: string) => unmarked(cells.get(name))?.trim() || undefined;
  const part = (object: Record<string, unknown>) =>
    Object.values(object).some((value) => value !== undefined) ? object : undefined;
  return {
    id: given('id'),
    url: given('url'),
    author: part({
      handle: given('author.handle'),
      name: given('author.name'),
      url: given('author.url'),
      followers: numberOf(given('author.followers')),
    }),
    title: given('title'),
    text: unmarked(cells.get('text')),
    language: given('language'),
    rating: part(ratingOf(given('rating.value'), given('rating.scale'))),
    publishedAt: given('publishedAt'),
    source: given('source'),
    brand: given('brand'),
  };
}

/** Without the `'` that exports put before what a spreadsheet would run as a formula. */
const unmarked = (cell: string | undefined) => cell?.replace(/^'(?='*\s*[=+\-@\t\r＝＋－＠])/, '');

const numberOf = (cell: string | undefined) => (cell === undefined ? undefined : Number(cell.replace(',', '.')));

/** `4`, `4,5`, `4/5` and `★★★★☆`: the last two bring their scale along. */
function ratingOf(value: string | undefined, scale: string | undefined): Record<string, unknown> {
  const stars = /^(★*)(☆*)$/.exec(value ?? '-');
  if (stars) return { value: stars[1]?.length, scale: stars[0].length };
  const [part, whole] = value?.split('/') ?? [];
  return { value: numberOf(part), scale: numberOf(scale ?? whole) };
}

function toPost(line: ImportLine): Post {
  const { author, rating, publishedAt } = line;
  return {
    source: line.source || 'file',
    externalId: line.id,
    url: webLinks([line.url])[0] ?? null,
    author: {
      handle: author?.handle || null,
      name: author?.name || null,
      url: webLinks([author?.url])[0] ?? null,
      followers: author?.followers ?? null,
    },
    title: line.title || null,
    text: line.text,
    language: declaredLanguage(line.language),
    publishedAt: publishedAt ? Date.parse(publishedAt) : null,
    editedAt: null,
    rating: rating ?? null,
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  };
}

/** What each field wants, where that is not plain from its name. */
const wants: Readonly<Record<string, string>> = {
  id: 'must be there and not be empty',
  text: 'must be there',
  publishedAt: 'must be a date such as 2026-11-20 or 2026-11-20T09:12:00Z',
  rating: 'must have a value and a scale, such as 4 of 5',
};

function sentenceOf(error: z.ZodError | undefined, value: unknown): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return 'is not a JSON object; each line must be one, from { to }.';
  const [field = '', ...inside] = error?.issues[0]?.path.map(String) ?? [];
  const want = wants[field];
  return want === undefined ? `${[field, ...inside].join('.')} is not as it should be.` : `${field} ${want}.`;
}
