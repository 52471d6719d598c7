/** What init writes: a config that parses to the answers, whatever the answers are, with its comments. */

import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../src/config/parse.ts';
import { type Answers, configText, envLines, suitable, withExclude } from '../../src/config/write.ts';
import { cronTrouble } from '../../src/daemon/due.ts';
import { trades } from '../../src/sources/source.ts';
import { sources } from '../support/every-source.ts';

const answers: Answers = {
  name: 'Blue Door Coffee',
  aliases: ['Blue Door Café'],
  about: 'coffee shop in Leeds',
  domains: ['bluedoor.example'],
  handles: ['@bluedoorcoffee'],
  trade: 'restaurant',
  timezone: 'Europe/London',
  mail: {
    address: 'owner@bluedoor.example',
    at: '07:30',
    server: { host: 'smtp.example', port: 587, security: 'starttls' },
    user: 'owner@bluedoor.example',
  },
};
const parse = (text: string) =>
  parseConfig(text, { path: '/shop/config/earshot.yaml', sources, timezone: 'UTC', cronTrouble });

describe('configText', () => {
  test('is the owner’s answers, and says what each line is for', () => {
    const text = configText(answers, sources);
    const { config, problems } = parse(text);
    expect(problems).toEqual([]);
    expect(config?.brands[0]).toMatchObject({
      name: 'Blue Door Coffee',
      aliases: ['Blue Door Café'],
      about: 'coffee shop in Leeds',
    });
    expect(config?.brands[0]?.trade).toBe('restaurant');
    expect(config?.digestTo).toEqual([{ address: 'owner@bluedoor.example', at: '07:30', timezone: 'Europe/London' }]);
    expect(config?.mail).toMatchObject({ host: 'smtp.example', from: 'Blue Door Coffee <owner@bluedoor.example>' });
    expect(text.split('\n').filter((line) => line.includes('#')).length).toBeGreaterThan(8);
  });

  test.each(trades)('a %s listens where it is talked about, at once', (trade) => {
    const { config, problems } = parse(configText({ ...answers, trade, mail: null }, sources));
    expect(problems).toEqual([]);
    expect([...(config?.brands[0]?.sources.keys() ?? [])].sort()).toEqual(
      suitable(sources, trade)
        .ready.map((one) => one.id)
        .sort(),
    );
    expect(config?.brands[0]?.sources.size).toBeGreaterThanOrEqual(3);
  });

  test('survives any name, description and phrase', () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => `a${text}`);
    fc.assert(
      fc.property(words, words, words, (name, about, phrase) => {
        const text = configText({ ...answers, name, about, aliases: [about] }, sources);
        const { config } = parse(withExclude(withExclude(text, phrase), 'another one'));
        expect(config?.brands[0]).toMatchObject({ name, about, aliases: [about] });
        expect(new Set(config?.brands[0]?.exclude)).toEqual(new Set([phrase, 'another one']));
      }),
      { numRuns: 100 },
    );
  });
});

test('withExclude keeps the comments and says nothing twice', () => {
  const once = withExclude(configText(answers, sources), 'blue door paint');
  expect(once).toContain('# what else people call it');
  expect(withExclude(once, 'blue door paint')).toBe(once);
});

test('a password in earshot.env stays what it is', () => {
  for (const password of ['abcd efgh ijkl', 'a"b#c$d', "it's", `b"o't#h`, '  x  ']) {
    expect(parseEnv(envLines({ EARSHOT_SMTP_PASSWORD: password })).EARSHOT_SMTP_PASSWORD).toBe(password);
  }
});
