/** The answers in test/fixtures/replies: good ones that must pass, bad ones of which each named rule must be found. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Finding, lintReply, nothingAround } from '../../src/replies/lint.ts';
import { loadRulebook } from '../../src/replies/rules.ts';

/** `known` was written beside the rules, `held-out` before there was any, `later` after them and tried unseen. */
export const sets = ['known', 'held-out', 'later'] as const;
export type SetName = (typeof sets)[number];

const Line = z.strictObject({
  language: z.string(),
  text: z.string(),
  /** Of a bad one: what must be found. */
  rules: z.array(z.string()).default([]),
  earlier: z.array(z.string()).default([]),
  platform: z.string().nullable().default(null),
  customer: z
    .object({ names: z.array(z.string()), said: z.array(z.string()) })
    .nullable()
    .default(null),
  /** It was judged wrongly at the first try; the rules were mended since. */
  mended: z.boolean().default(false),
});
export type Line = z.infer<typeof Line>;

export const rulebook = loadRulebook();

export function linesOf(set: SetName, kind: 'good' | 'bad'): readonly Line[] {
  const file = join(import.meta.dirname, '..', 'fixtures', 'replies', `${set}-${kind}.jsonl`);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)));
}

export function findingsIn({ text, earlier, platform, customer }: Line): readonly Finding[] {
  return lintReply(text, { ...nothingAround, earlier, platform, customer }, rulebook);
}
