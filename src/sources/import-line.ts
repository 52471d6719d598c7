/** Reads one line of an import: a post without an id or words is none, and any other field that is wrong is left out alone. */
import type { z } from 'zod';
import { ImportLine } from '../face/import-line.ts';

interface ReadLine {
  readonly given: ImportLine;
  /** Of each field that was left out, a sentence. */
  readonly leftOut: readonly string[];
}

/** A sentence where it is no post. */
export function readLine(value: unknown): ReadLine | string {
  const read = ImportLine.safeParse(value);
  if (read.success) return withinScale(read.data, []);
  if (!isObject(value)) return 'is not a JSON object; each line must be one, from { to }.';
  const wrong = [...new Set(read.error.issues.map(fieldOf))];
  const [missing] = wrong.flatMap((field) => needed.get(field) ?? []);
  if (missing !== undefined) return missing;
  const rest = wrong.reduce<object>((left, field) => without(left, field.split('.')), value);
  const again = ImportLine.safeParse(rest);
  if (!again.success) return `${fieldOf(again.error.issues[0])} is not as it should be.`;
  const leftOut = wrong.map((field) => keptWithout(field, `${shown(at(value, field.split('.')))} is ${lacks(field)}`));
  return withinScale(again.data, leftOut);
}

/** What is above its scale is no rating of that scale. */
function withinScale(given: ImportLine, leftOut: readonly string[]): ReadLine {
  const { rating } = given;
  if (!rating || (rating.scale > 0 && rating.value >= 0 && rating.value <= rating.scale)) return { given, leftOut };
  const why = `${rating.value} of ${rating.scale} is not on its own scale`;
  return { given: { ...given, rating: null }, leftOut: [...leftOut, keptWithout('rating', why)] };
}

/** `why`, as a sentence about a post that was kept. */
export const keptWithout = (field: string, why: string) => `kept without ${field}: ${why}.`;

const needed = new Map([
  ['id', 'id must be there and not be empty.'],
  ['text', 'text must be there.'],
]);

const noText = 'no text';
const lacking = new Map([
  ['publishedAt', 'no date such as 2026-11-20 or 2026-11-20T09:12:00Z'],
  ['rating', 'no rating with a value and a scale, such as 4 of 5'],
  ['author', 'no author with a name or a handle'],
  ['author.followers', 'no whole number from 0 on'],
]);
const lacks = (field: string) => lacking.get(field) ?? noText;

/** An author’s fields stand each for itself, a rating’s only together. */
function fieldOf(issue: z.core.$ZodIssue | undefined): string {
  const [field = '', ...inside] = issue?.path.map(String) ?? [];
  return field === 'author' ? [field, ...inside].join('.') : field;
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (value: unknown, [first, ...others]: readonly string[]): unknown =>
  first === undefined || !isObject(value)
    ? value
    : at(Object.entries(value).find(([key]) => key === first)?.[1], others);

function without(value: object, [first, ...others]: readonly string[]): object {
  const entries = Object.entries(value).filter(([key]) => key !== first || others.length > 0);
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, key === first && isObject(inner) ? without(inner, others) : inner]),
  );
}

const longest = 40;

function shown(value: unknown): string {
  if (typeof value === 'string') return `“${value.slice(0, longest)}”`;
  return Number.isNaN(value) ? 'what stands there' : (JSON.stringify(value) ?? 'nothing').slice(0, longest);
}
