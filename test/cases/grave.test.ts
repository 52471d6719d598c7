/** What makes a complaint grave is named by what was found, never guessed. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { graveFrom, graveOf, gravest, sayGrave } from '../../src/cases/grave.ts';
import { readLexicon } from '../../src/findings/lexicon.ts';
import { criticalFrom } from '../../src/findings/severity.ts';
import type { Findings, Reason } from '../../src/mention.ts';

const found = (rule: string | null, topics: string[] = [], severity = 3.5): Parameters<typeof graveOf>[0] => ({
  severity,
  topics,
  reasons: rule === null ? [] : [reason('complaint', 'again and again'), reason('severity', rule)],
});
const reason = (of: Reason['of'], rule: string): Findings['reasons'][number] => ({
  ...{ of, rule, field: 'text', at: null, weight: 3.6 },
});

describe('what is grave', () => {
  test('is named by the rule that found it', () => {
    expect(graveOf(found('harm'))).toBe('hurt');
    expect(graveOf(found('charge-back', ['billing', 'refund']))).toBe('charge-back');
    expect(graveOf(found('private data', ['billing', 'privacy']))).toBe('private-data');
    expect(graveOf(found('leaves after years'))).toBe('leaving');
  });

  test('else by its topic, else only that it is grave', () => {
    expect(graveOf(found(null, ['quality', 'safety']))).toBe('hurt');
    expect(graveOf(found('waiting', ['discrimination']))).toBe('discrimination');
    expect(graveOf(found('waiting', ['billing']))).toBe('unknown');
    expect(graveOf(found('harm', ['safety'], 3.4))).toBeNull();
  });

  test('of several, whoever may be hurt comes first', () => {
    expect(gravest(['charge-back', null, 'hurt'])).toBe('hurt');
    expect(gravest([null])).toBeNull();
  });

  test('every rule of the word lists that is so grave has words of its own', () => {
    expect(graveFrom).toBe(criticalFrom);
    const folder = new URL('../../data/lexicon/', import.meta.url);
    for (const file of readdirSync(folder).filter((name) => /^[a-z]{2}\.yaml$/.test(name))) {
      const { lexicon } = readLexicon(new URL(file, folder));
      const rules = lexicon.chapters.flatMap(({ rules }) => rules);
      for (const rule of rules)
        if ('severity' in rule && rule.severity >= graveFrom)
          expect(sayGrave(graveOf(found(rule.rule)) ?? 'unknown'), `${file}: ${rule.rule}`).not.toBe(
            sayGrave('unknown'),
          );
    }
  });
});
