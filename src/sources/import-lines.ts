/** Reads posts from JSON lines or CSV, as the source `file` and `earshot import` take them. */
import type { ImportLine } from '../face/import-line.ts';
import { barePost, type Post } from '../mention.ts';
import { decodeText } from '../net/decode.ts';
import { parseJson } from '../net/parse-json.ts';
import { withoutLeftovers } from '../text/plain.ts';
import type { DateOrder } from './import-cells.ts';
import { type ColumnMap, importFields } from './import-columns.ts';
import { csvRecords, delimiters, rowOf } from './import-csv.ts';
import { foreignLines } from './import-foreign.ts';
import { readLine } from './import-line.ts';
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
  /** What was left out of posts that were kept: a field that is none. */
  readonly leftOut: readonly ImportProblem[];
  /** Of each post, in order, the brands that its lines say it is about. */
  readonly brands: readonly (readonly string[])[];
  /** How the columns of a file that somebody else made were read, in a sentence; absent where there was nothing to guess. */
  readonly readAs?: string;
}

export type ImportFormat = 'json-lines' | 'csv';

/** A line's content before it is checked; `problem` where it could not even be read. */
interface Line {
  readonly line: number;
  readonly value?: unknown;
  readonly problem?: string;
  /** What was left out of it already. */
  readonly leftOut?: string;
}

/** How a file that somebody else made is to be read. */
export interface Foreign {
  /** Columns that the owner names; the rest is guessed. */
  readonly map: ColumnMap;
  readonly dates: DateOrder | null;
}

/**
 * Never throws: what cannot be read is a problem with its line. Of lines with the same source and id the last one counts.
 * @param input bytes in UTF-8 or UTF-16, with or without a byte order mark, else windows-1252; or text.
 * @param format looked for in the text where it is not given: JSON lines begin with `{`.
 * @param foreign given where files with other columns than ours are welcome, too.
 */
export function parseImport(input: Uint8Array | string, format?: ImportFormat, foreign?: Foreign): Imported {
  const text = (typeof input === 'string' ? input : decode(input)).replace(/^\uFEFF/, '');
  const form = format ?? formatOf(text);
  const theirs = foreign && (foreign.map.size > 0 || !isOurs(text, form)) ? foreignLines(text, form, foreign) : null;
  const lines = theirs?.lines ?? (form === 'csv' ? csvLines(text) : jsonLines(text));
  const posts = new Map<string, Post>();
  const brands = new Map<string, Set<string>>();
  const problems: ImportProblem[] = [];
  const leftOut: ImportProblem[] = [];
  for (const { line, value, problem, leftOut: already } of lines) {
    const read = problem === undefined ? readLine(value) : problem;
    if (typeof read === 'string') {
      problems.push({ line, sentence: read });
      continue;
    }
    const post = toPost(read.given);
    const key = JSON.stringify([post.source, post.externalId]);
    posts.set(key, post);
    const named = brands.get(key) ?? new Set();
    brands.set(key, read.given.brand ? named.add(read.given.brand) : named);
    for (const sentence of [...(already ? [already] : []), ...read.leftOut]) leftOut.push({ line, sentence });
  }
  return {
    ...{ posts: [...posts.values()], problems, leftOut, brands: [...brands.values()].map((named) => [...named]) },
    ...(theirs?.readAs && { readAs: theirs.readAs }),
  };
}

/** Nothing is one, too: there is nothing to guess in it. */
function isOurs(text: string, form: ImportFormat): boolean {
  if (text.trim() === '') return true;
  if (form === 'csv') return delimiterOf(text) !== null;
  const first = jsonLines(text)[0]?.value;
  return typeof first === 'object' && first !== null && !Array.isArray(first) && 'text' in first;
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

function csvLines(text: string): Line[] {
  const start = text.search(/\S/);
  if (start === -1) return [];
  const delimiter = delimiterOf(text);
  if (delimiter === null)
    return [{ line: 1, problem: `must name the columns: id and text, and any of ${importFields.join(', ')}.` }];
  const { headings, records, problem } = csvRecords(text, delimiter);
  const header = headings.map(columnOf);
  const lines: Line[] = records.map(({ line, cells }) => ({ line, value: rowOf(header, cells) }));
  return problem === null ? lines : [...lines, problem];
}

/** The first of comma, semicolon and tab with which the first line names both columns that must be there. */
function delimiterOf(text: string): string | null {
  const first = text.trimStart().split(/\r\n|\n|\r/, 1)[0] ?? '';
  const names = (delimiter: string) => first.split(delimiter).map(columnOf);
  return delimiters.find((one) => ['id', 'text'].every((name) => names(one).includes(name))) ?? null;
}

function columnOf(cell: string): string {
  const name = cell
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
    .toLowerCase();
  return importFields.find((known) => known.toLowerCase() === name) ?? name;
}

function toPost(line: ImportLine): Post {
  const { author, rating, publishedAt } = line;
  return barePost(line.source || 'file', withoutLeftovers(line.text), {
    externalId: line.id,
    url: webLinks([line.url])[0] ?? null,
    author: {
      handle: author?.handle || null,
      name: author?.name ? withoutLeftovers(author.name) : null,
      url: webLinks([author?.url])[0] ?? null,
      followers: author?.followers ?? null,
    },
    title: line.title ? withoutLeftovers(line.title) : null,
    language: declaredLanguage(line.language),
    publishedAt: publishedAt ? Date.parse(publishedAt) : null,
    rating: rating ?? null,
  });
}
