/**
 * Words that hurt in one sentence and praise or tell in the next: the word lists hear them where they hurt, and only there.
 * `test/fixtures/two-meanings` has sentences of each language; `hurts`: something in them speaks against the business.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { gather } from '../../src/findings/gather.ts';
import { loadKnowledge } from '../../src/findings/knowledge.ts';
import type { Kind } from '../../src/findings/lexicon.ts';
import { aBrand, aPost } from '../support/a-post.ts';

const folder = new URL('../fixtures/two-meanings/', import.meta.url);
const Row = z.strictObject({ text: z.string(), hurts: z.boolean() });
const knowledge = loadKnowledge();
const against: readonly Kind[] = ['wrong', 'bad', 'grave'];

/** The words of a sentence, said of Blue Door in this language, by which the lists hear that something is wrong. */
function hurting(text: string, language: string): readonly string[] {
  const { features } = gather(aPost(text, { language }), aBrand('Blue Door'), [], knowledge);
  const { tokens } = features.reading;
  return features.cues
    .filter(({ kind, negated }) => against.includes(kind) && !negated)
    .map(({ rule, from, to }) => `${rule}: ${text.slice(tokens[from]?.start, tokens[to - 1]?.end)}`);
}

describe.each(readdirSync(folder))('%s', (file) => {
  const language = file.slice(0, 2);
  const rows = readFileSync(new URL(file, folder), 'utf8')
    .trim()
    .split('\n')
    .map((line) => Row.parse(JSON.parse(line)));

  test.each(rows.filter(({ hurts }) => hurts))('hurts: $text', ({ text }) => {
    expect(hurting(text, language)).not.toEqual([]);
  });

  test.each(rows.filter(({ hurts }) => !hurts))('does not: $text', ({ text }) => {
    expect(hurting(text, language)).toEqual([]);
  });
});
