/** JSON in which no id is rounded, checked against the shape of what we read. */
import type { z } from 'zod';
import { changedShape, unreadable } from './classify.ts';

/** A number with so many digits may be more than a double can hold. */
const longNumber = /[:[,]\s*-?\d{16}/;

/** Whole numbers that a double cannot hold come back as strings of their own digits. Throws SyntaxError or RangeError. */
export function parseJson(text: string): unknown {
  return longNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const { source = '' } = context ?? {};
  return /^-?\d+$/.test(source) ? source : value;
}

/** Throws a `garbled` fault: cut off or damaged, or changed, with the path of the first thing that does not fit. */
export function readJson<Body>(text: string, shape: z.ZodType<Body>, url: string): Body {
  const parsed = shape.safeParse(parsedOr(text, url));
  if (parsed.success) return parsed.data;
  throw changedShape(url, pathOf(parsed.error.issues));
}

function parsedOr(text: string, url: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    // The engine's message quotes the text, which may be a post: only its kind is kept.
    throw unreadable(url, cause instanceof Error ? cause.name : undefined);
  }
}

/** Of the first issue; where several shapes would have done, of the one that came furthest. */
function pathOf(issues: readonly z.core.$ZodIssue[]): string {
  const [first] = issues;
  if (first === undefined) return '';
  const inner = first.code === 'invalid_union' ? first.errors.map((errors) => pathOf(errors)) : [];
  const deepest = inner.sort((a, b) => b.length - a.length)[0] ?? '';
  const path = [...first.path.map(String), deepest].filter((part) => part !== '').join('.');
  return path.replace(/[^\w.$@:/-]/g, '?').slice(0, 120);
}
