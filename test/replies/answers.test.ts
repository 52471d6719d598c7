/** Good answers pass and bad ones are caught, in seven languages; the README tells how many. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsIn, linesOf, sets } from './sets.ts';

describe.each(sets)('%s', (set) => {
  test('nothing is found in a good answer', () => {
    const found = linesOf(set, 'good').flatMap((line) =>
      findingsIn(line).map(({ rule, evidence }) => ({ rule, evidence, text: line.text })),
    );
    expect(found).toEqual([]);
  });

  test('what is wrong with a bad one is found', () => {
    const missed = linesOf(set, 'bad').filter((line) => {
      const rules = findingsIn(line).map(({ rule }) => rule);
      return !line.rules.every((rule) => rules.includes(rule));
    });
    expect(missed).toEqual([]);
  });
});

test('there are enough of both, in each of the seven languages, and of every rule', () => {
  const good = sets.flatMap((set) => linesOf(set, 'good'));
  const bad = sets.flatMap((set) => linesOf(set, 'bad'));
  expect(linesOf('held-out', 'good').length + linesOf('held-out', 'bad').length).toBeGreaterThanOrEqual(60);
  for (const language of ['en', 'es', 'de', 'fr', 'it', 'pt', 'nl']) {
    expect(good.filter((line) => line.language === language).length, language).toBeGreaterThanOrEqual(8);
    expect(bad.filter((line) => line.language === language).length, language).toBeGreaterThanOrEqual(8);
  }
  expect(new Set([...good, ...bad].map(({ text, earlier }) => text + earlier)).size).toBe(good.length + bad.length);
});

test('the README tells the figures as they are, at the first try and now', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8');
  const atFirst = (lines: readonly { readonly mended: boolean }[]) =>
    `${lines.filter(({ mended }) => !mended).length} of ${lines.length}`;
  const cells = sets.map((set) => `| ${atFirst(linesOf(set, 'good'))} | ${atFirst(linesOf(set, 'bad'))} |`);
  for (const cell of cells) expect(readme).toContain(cell);
  const all = (kind: 'good' | 'bad') => sets.flatMap((set) => linesOf(set, kind)).length;
  expect(readme).toContain(`all ${all('good')} good ones pass and all ${all('bad')} bad ones are caught`);
});
