/** What does not fit a shape, as sentences that say where it stands and what to write. */
import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import type { Problem } from './config.ts';

/** From the top of the config to a setting. */
export type Path = readonly (string | number)[];
export type Tell = (path: Path, sentence: string, level?: Problem['level']) => void;

/** @param shape what did not fit: its keys are what was probably meant */
export function tellIssue(issue: z.core.$ZodIssue, shape: z.ZodType, tell: Tell): void {
  const path = issuePath(issue);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(shape, path);
    for (const key of issue.keys) tell([...path, key], `is not a setting here.${nearest(key, known)}`);
  } else if (issue.code === 'invalid_union' && issue.message === unsaid && issue.errors[0]?.[0]) {
    for (const inner of issue.errors[0]) tellIssue({ ...inner, path: [...issue.path, ...inner.path] }, shape, tell);
  } else tell(path, issueSentence(issue));
}

/** What zod says of a union that has no sentence of its own. */
const unsaid = 'Invalid input';

/** Of a setting that is none, what is wrong with its value does not matter. */
export function withoutIdle(issues: readonly z.core.$ZodIssue[]): readonly z.core.$ZodIssue[] {
  const places = (issue: z.core.$ZodIssue) => JSON.stringify(issuePath(issue));
  const judged = new Set(issues.filter((issue) => issue.code === 'custom').map(places));
  return issues.filter((issue) => issue.code === 'custom' || !judged.has(places(issue)));
}

export const issuePath = (issue: z.core.$ZodIssue): Path =>
  issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));

export function issueSentence(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') {
    return issue.input === undefined && /undefined/.test(issue.message)
      ? 'is missing.'
      : `should be ${typeWord(issue.expected)}.`;
  }
  if (issue.code === 'invalid_value') return `should be one of: ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'too_small' && issue.origin === 'string') return 'is empty.';
  const [key] = issue.code === 'invalid_key' ? issue.issues : [];
  if (key) return issueSentence(key);
  return `${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`.replace(/\.?$/, '.');
}

function typeWord(expected: string): string {
  const plain: Record<string, string> = {
    string: 'a text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list, as in [one, two]',
    object: 'a group of settings',
    record: 'a group of settings',
  };
  return plain[expected] ?? expected;
}

/** The keys that the shape knows at a path; list positions and open records are walked through. */
function knownKeys(shape: z.ZodType, path: Path): string[] {
  let at: unknown = shape;
  for (const part of [...path, null]) {
    for (let inner = unwrap(at); inner !== at; inner = unwrap(at)) at = inner;
    if (part === null) break;
    const def = (at as z.core.$ZodType)._zod.def as unknown as Record<string, unknown>;
    at =
      typeof part === 'number'
        ? def.element
        : ((def.shape as Record<string, unknown> | undefined)?.[part] ?? def.valueType);
    if (!at) return [];
  }
  const def = (at as z.core.$ZodType)._zod.def as unknown as { shape?: object };
  return Object.keys(def.shape ?? {});
}

function unwrap(type: unknown): unknown {
  const def = (type as z.core.$ZodType)._zod.def as unknown as { innerType?: unknown };
  return def.innerType ?? type;
}

/** What was probably meant, else all that is known; begins with a space. */
export function nearest(word: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const best = closest(word, [...known]);
  return distance(word, best) <= Math.max(2, word.length / 3)
    ? ` Did you mean ${best}?`
    : ` Known here: ${known.join(', ')}.`;
}
