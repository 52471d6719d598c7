/** Reads a file that somebody else made, CSV or JSON: finds its columns, and makes import lines of its rows. */
import { createHash } from 'node:crypto';
import { parseJson } from '../net/parse-json.ts';
import { cellDate, cellRating, type DateOrder, dateOrder, usualScale } from './import-cells.ts';
import { type ColumnMap, columnsFor, columnsSentence, type ImportField } from './import-columns.ts';
import { csvRecords, delimiters, rowOf, unmarked } from './import-csv.ts';
import { keptWithout } from './import-line.ts';

interface ForeignLine {
  readonly line: number;
  readonly value?: unknown;
  readonly problem?: string;
  /** What was left out of it already. */
  readonly leftOut?: string;
}

export interface ForeignLines {
  readonly lines: readonly ForeignLine[];
  /** How it was read, in a sentence; '' where it could not be. */
  readonly readAs: string;
}

interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[] }[];
  readonly problem: ForeignLine | null;
}

/** @param dates which of day and month comes first; null: found out from the dates themselves */
export function foreignLines(
  text: string,
  form: 'csv' | 'json-lines',
  { map, dates }: { readonly map: ColumnMap; readonly dates: DateOrder | null },
): ForeignLines {
  const table = form === 'csv' ? csvTable(text, map) : jsonTable(text);
  if (table.headings.length === 0)
    return { lines: [table.problem ?? { line: 1, problem: 'holds no rows with named columns.' }], readAs: '' };
  const columns = columnsFor(table.headings, map);
  if (typeof columns === 'string') return { lines: [{ line: 1, problem: columns }], readAs: '' };
  const places = new Map([...columns].map(([field, heading]) => [field, table.headings.indexOf(heading)]));
  const cell = (cells: readonly string[], field: ImportField) => {
    const place = places.get(field);
    return place === undefined ? '' : (unmarked(cells[place])?.trim() ?? '');
  };
  const all = (field: ImportField) => table.rows.map(({ cells }) => cell(cells, field)).filter((text) => text !== '');
  const order = dates ?? dateOrder(all('publishedAt'));
  const ratings = all('rating.value').map(cellRating);
  const scale = usualScale(ratings.flatMap((one) => (one === null || one.scale !== null ? [] : [one.value])));
  const fields = [...places.keys()];
  const lines = table.rows.map(({ line, cells }) => {
    const given = new Map(fields.map((field) => [field, cell(cells, field)]));
    return lineOf(line, given, order, scale);
  });
  const shown = ratings.some((one) => one !== null && one.scale === null) && !columns.has('rating.scale');
  const readAs = [
    columnsSentence(columns),
    ...(shown ? [`stars of ${scale}`] : []),
    ...(columns.has('publishedAt') && all('publishedAt').some((text) => /^\d{1,2}[./-]\d{1,2}[./-]\d{4}/.test(text))
      ? [order === 'mdy' ? 'the month first in dates' : 'the day first in dates']
      : []),
  ].join('; ');
  return { lines: table.problem ? [...lines, table.problem] : lines, readAs };
}

/** A row without an id is known by who said it, when, and its words: the same file again brings nothing twice. */
function lineOf(
  line: number,
  given: ReadonlyMap<ImportField, string>,
  order: DateOrder | null,
  scale: number,
): ForeignLine {
  const when = given.get('publishedAt') ?? '';
  const publishedAt = when === '' ? '' : cellDate(when, order ?? 'dmy');
  const written = given.get('rating.value') ?? '';
  const rating = written === '' ? null : cellRating(written);
  const noStars = written !== '' && rating === null ? `“${written.slice(0, 40)}” is no number of stars` : null;
  const text = given.get('text') ?? '';
  const title = given.get('title') ?? '';
  if (text === '' && title === '' && rating === null)
    return { line, problem: noStars === null ? 'says nothing: no words, and no stars.' : `${noStars}.` };
  const who = given.get('author.handle') || given.get('author.name') || '';
  const made = createHash('sha256')
    .update(JSON.stringify([who, publishedAt, written, title, text].map((part) => part.toWellFormed())))
    .digest('hex')
    .slice(0, 24);
  const cells = new Map<string, string>(given);
  cells.set('id', given.get('id') || `row:${made}`);
  cells.set('text', text);
  cells.set('publishedAt', publishedAt);
  if (rating !== null) {
    cells.set('rating.value', String(rating.value));
    cells.set('rating.scale', given.get('rating.scale') || String(rating.scale ?? scale));
  } else for (const field of ['rating.value', 'rating.scale']) cells.delete(field);
  return {
    line,
    value: rowOf([...cells.keys()], [...cells.values()]),
    ...(noStars !== null && { leftOut: keptWithout('its stars', noStars) }),
  };
}

/** With the delimiter that gives most columns; with a map, most of those that it names. */
function csvTable(text: string, map: ColumnMap): Table {
  const first = text.trimStart().split(/\r\n|\n|\r/, 1)[0] ?? '';
  const wanted = [...map.values()].map((name) => name.toLowerCase());
  const worth = (delimiter: string) => {
    const names = first.split(delimiter).map((name) => name.replaceAll('"', '').trim().toLowerCase());
    return wanted.filter((name) => names.includes(name)).length * 1000 + names.length;
  };
  const delimiter = delimiters.toSorted((one, other) => worth(other) - worth(one))[0] ?? ',';
  const { headings, records, problem } = csvRecords(text, delimiter);
  return { headings: headings.map((name) => name.trim()), rows: records, problem };
}

/** A list of objects, an object that holds one, or an object a line; `author: { name }` is the column `author.name`. */
function jsonTable(text: string): Table {
  const objects = listIn(text) ?? text.split(/\r\n|\n|\r/).map((line) => (line.trim() === '' ? null : parsed(line)));
  const rows = objects.flatMap((object, index) => (object === null ? [] : [{ line: index + 1, flat: flat(object) }]));
  const headings = [...new Set(rows.flatMap(({ flat }) => [...flat.keys()]))];
  return {
    headings,
    rows: rows.map(({ line, flat }) => ({ line, cells: headings.map((name) => flat.get(name) ?? '') })),
    problem: null,
  };
}

function listIn(text: string): readonly unknown[] | null {
  const whole = parsed(text);
  if (Array.isArray(whole)) return whole;
  if (typeof whole !== 'object' || whole === null) return null;
  const lists = Object.values(whole).filter((value) => Array.isArray(value));
  return lists.length === 1 && lists[0] ? lists[0] : [whole];
}

/** Undefined where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

const deepest = 3;

function flat(value: unknown, path = '', depth = 0): Map<string, string> {
  if (typeof value !== 'object' || value === null) return new Map(value == null ? [] : [[path, String(value)]]);
  if (depth === deepest || Array.isArray(value)) return new Map();
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flat(inner, path ? `${path}.${key}` : key, depth + 1)]),
  );
}
