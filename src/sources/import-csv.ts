/** CSV as records, and a record of our own columns as an import line. */
import { createRequire } from 'node:module';
import type { CsvError } from 'csv-parse/sync';

/** Loaded with the first CSV: reading the config, which every command does, needs every source and no CSV. */
const load = createRequire(import.meta.url);

export const delimiters = [',', ';', '\t'] as const;

export interface CsvRecord {
  /** Counted from 1, where it begins. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvRecords {
  readonly headings: readonly string[];
  /** Without empty ones. */
  readonly records: readonly CsvRecord[];
  /** What could not be read behind the last of them. */
  readonly problem: { readonly line: number; readonly problem: string } | null;
}

export function csvRecords(text: string, delimiter: string): CsvRecords {
  const { parse } = load('csv-parse/sync') as typeof import('csv-parse/sync');
  const records: CsvRecord[] = [];
  let headings: string[] | null = null;
  let problem: CsvRecords['problem'] = null;
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
        if (headings === null) headings = record;
        else if (record.some((cell) => cell.trim() !== '')) records.push({ line, cells: record });
        return null;
      },
    });
  } catch (error) {
    const line = (error as CsvError).lines;
    const where = typeof line === 'number' ? line : 1;
    problem = { line: where, problem: 'has a quotation mark that is never closed; nothing after it could be read.' };
  }
  return { headings: headings ?? [], records, problem };
}

/** Empty cells are absent, except that a text may be empty. */
export function rowOf(header: readonly string[], record: readonly string[]): object {
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
export const unmarked = (cell: string | undefined) => cell?.replace(/^'(?='*\s*[=+\-@\t\r＝＋－＠])/, '');

const numberOf = (cell: string | undefined) => (cell === undefined ? undefined : Number(cell.replace(',', '.')));

/** `4`, `4,5`, `4/5` and `★★★★☆`: the last two bring their scale along. */
function ratingOf(value: string | undefined, scale: string | undefined): Record<string, unknown> {
  const stars = /^(★*)(☆*)$/.exec(value ?? '-');
  if (stars) return { value: stars[1]?.length, scale: stars[0].length };
  const [part, whole] = value?.split('/') ?? [];
  return { value: numberOf(part), scale: numberOf(scale ?? whole) };
}
