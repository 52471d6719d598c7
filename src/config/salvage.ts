/** What is right in a config that is wrong elsewhere, so that one look finds all that is wrong. */
import type { z } from 'zod';
import { issuePath, type Path } from './issues.ts';
import { type ConfigOutput, ConfigShape } from './schema.ts';

/** Cutting out what is wrong may leave something else without a part that it needs. */
const mostCuts = 3;

/** What is left when every part with an issue is cut out; null where that does not make a whole. */
export function salvage(raw: object, issues: readonly z.core.$ZodIssue[]): ConfigOutput | null {
  const left: unknown = structuredClone(raw);
  let wrong = issues;
  for (let cuts = 0; cuts < mostCuts; cuts += 1) {
    for (const issue of wrong) {
      const keys = issue.code === 'unrecognized_keys' ? issue.keys : [null];
      for (const key of keys) cut(left, key === null ? issuePath(issue) : [...issuePath(issue), key]);
    }
    const again = ConfigShape.safeParse(left);
    if (again.success) return again.data;
    wrong = again.error.issues;
  }
  return null;
}

/** A brand is never cut out, since the paths of all behind it would change: it is called by its number. */
function cut(from: unknown, path: Path): void {
  const [first, index, field] = path;
  let at = from as Record<string | number, unknown>;
  for (const part of path.slice(0, -1)) {
    const next = at[part];
    if (next === null || typeof next !== 'object') return;
    at = next as Record<string | number, unknown>;
  }
  const last = path.at(-1);
  if (last === undefined) return;
  if (first === 'brands' && index === undefined) at[last] = [{ name: 'brand 1' }];
  else if (first === 'brands' && field === undefined) at[last] = { name: `brand ${Number(index) + 1}` };
  else if (first === 'brands' && field === 'name') at[last] = `brand ${Number(index) + 1}`;
  else if (last in at) delete at[last];
  // What must be there is not: then the group that wants it goes.
  else cut(from, path.slice(0, -1));
}
