/** The rules as data: written as texts are read, and the same in all seven languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readLanguages } from '../../src/text/language.ts';
import { rulebook } from './sets.ts';

interface Written {
  readonly lists: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly { readonly rule: string; readonly rewrite: string; readonly say: readonly string[]; readonly fine?: readonly string[] }[];
  readonly marks: Readonly<Record<string, readonly string[]>>;
} // biome-ignore format: a shape

const read = (language: string) =>
  parse(readFileSync(join(import.meta.dirname, '../../data/replies', `${language}.yaml`), 'utf8')) as Written;

/** Found by what is known without any words. */
const wordless = ['personal-data', 'said-before', 'too-long', 'not-checked'];

test.each(readLanguages)('%s: its phrases are as a text is read, without accents and capitals', (language) => {
  const { lists, rules, marks } = read(language);
  const phrases = [
    ...Object.values(lists).flat(),
    ...rules.flatMap(({ say, fine = [] }) => [...say, ...fine]),
    ...Object.values(marks).flat(),
  ];
  const odd = phrases.filter((phrase) => !/^[a-z0-9 |.?*<>^']*$/.test(phrase.replaceAll(/\bN\b/g, '')));
  expect(odd).toEqual([]);
  expect(rulebook.tongue(language)).not.toBeNull();
});

test.each(readLanguages)('%s: says every rule, each with what to say instead', (language) => {
  const told = read(language).rules;
  const wanted = [...rulebook.rules.keys()].filter((rule) => !wordless.includes(rule));
  expect([...new Set(told.map(({ rule }) => rule))].toSorted()).toEqual(wanted.toSorted());
  expect(told.filter(({ rewrite }) => !rewrite.includes('…'))).toEqual([]);
  expect(Object.keys(read(language).marks).toSorted()).toEqual(Object.keys(read('en').marks).toSorted());
});

test('every rule has a reason, and those without words of their own a way out', () => {
  for (const rule of rulebook.rules.values()) expect(rule.why, rule.rule).toMatch(/^[A-Z].*\.$/);
  for (const rule of wordless) expect(rulebook.rules.get(rule)?.rewrite, rule).toMatch(/\.$/);
});
