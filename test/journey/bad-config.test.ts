/** A config that does not work is told with its place and what to do, all at once; nothing is touched meanwhile. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loopback } from '../support/loopback.ts';
import { house } from './house.ts';
import { hashtag, reading } from './statuses.ts';

const good = `
brands:
  - name: Blue Door Coffee
    sources:
      hacker-news: {}
`;

test.each<[string, string, readonly string[]]>([
  [
    'is no YAML',
    'brands:\n  - name: "Blue Door\n    sources: {',
    [
      'line 2: this is not YAML: in “- name: "Blue Door” a quote is opened and never closed. Put " where the text ends.',
    ],
  ],
  ['is empty', '', ['is empty or no list of settings. `npx earshot init` writes one that works.']],
  ['has an unknown key', `brandz: []\n${good}`, ['line 1, brandz: is not a setting here. Did you mean brands?']],
  [
    'has unknown keys further in',
    'brands:\n  - name: Blue Door\n    alias: [BD]\n    sources:\n      mastodn: {}\n      reddit: { subredits: [leeds] }\n',
    ['line 3, brands[0].alias: is not a setting here. Did you mean aliases?'],
  ],
  [
    'names a source that is not there, and an option that is not there',
    'brands:\n  - name: Blue Door\n    sources:\n      mastodn: {}\n      reddit: { subredits: [leeds] }\n',
    [
      'line 4, brands[0].sources.mastodn: no source is called mastodn. Did you mean mastodon?',
      'line 5, brands[0].sources.reddit.subredits: is not a setting here. Did you mean subreddits?',
    ],
  ],
  [
    'has wrong types',
    'timezone: 7\nfirstLook: ever\nbrands:\n  - name: 12\n    aliases: BD\n  - {}\n',
    [
      'line 1, timezone: should be a text.',
      'line 2, firstLook: write a number and m, h, d or w, as in 90m, 2h, 30d.',
      'line 4, brands[0].name: should be a text.',
      'line 5, brands[0].aliases: should be a list, as in [one, two].',
      'line 6, brands[1].name: is missing.',
    ],
  ],
  [
    'has two brands of one id',
    'brands:\n  - name: Blue Door\n  - name: blue door!\n',
    ['line 3, brands[1].name: has the same id (blue-door) as brands[0]; give one of them another `id`.'],
  ],
  ...['['.repeat(100_000), `${'{a: '.repeat(700)}${'}'.repeat(700)}`, `${'['.repeat(60)}${']'.repeat(60)}`].map(
    (nested, index): [string, string, readonly string[]] => [
      `is nested without end (${index})`,
      `brands: ${nested}`,
      ['one setting stands within the other, deeper than any setting does.'],
    ],
  ),
  ['names no brand', 'store: x.db\nbrands: []\n', ['line 2, brands: name at least one brand.']],
])('that %s', async (_, text, sentences) => {
  const here = house();
  writeFileSync(here.config, text);
  for (const command of ['collect', 'list', 'status', 'check']) {
    const { code, out, err } = await here.earshot(command);
    expect(code, command).toBe(1);
    for (const sentence of sentences)
      expect(`${out}${err}`.replaceAll(` --config ${here.config}`, '').replaceAll(/\s+/g, ' '), command).toContain(
        sentence,
      );
    expect(err).not.toMatch(/mistake of Earshot|\bat .*:\d+:\d+/);
  }
  expect(existsSync(join(here.folder, 'data'))).toBe(false);
  expect(existsSync(here.store)).toBe(false);
});

test('a folder in place of a config', async () => {
  const here = house();
  mkdirSync(join(here.folder, 'of-configs'));
  const { code, err } = await here.earshot('list', '--config', join(here.folder, 'of-configs'));
  expect(code).toBe(1);
  expect(err).toContain(
    `${join(here.folder, 'of-configs')}: this is a folder. Name the file in it that is your config, as in earshot.yaml.`,
  );
});

test('a config that is not there', async () => {
  const here = house();
  const { code, err } = await here.earshot('list');
  expect(code).toBe(1);
  expect(err).toContain(
    `there is no such file. \`npx earshot --config ${here.config} init\` writes one, or name another with --config.`,
  );
});

test('a config that breaks keeps what was heard, and goes on once it is mended', async () => {
  const server = await loopback(
    hashtag(() => [{ id: 1, text: 'Blue Door Coffee lost my order', at: '2026-11-20T07:00:00Z' }]),
  );
  const here = house();
  const brands = [{ name: 'Blue Door Coffee', sources: reading(server.url) }];
  here.settle(brands);
  await here.collect();
  writeFileSync(here.config, 'brands: [');
  expect((await here.earshot('collect')).code).toBe(1);
  here.settle(brands);
  expect((await here.collect()).map((run) => [run.outcome, run.fresh])).toEqual([['complete', 0]]);
  expect(await here.mentions()).toHaveLength(1);
});

test('a secret that is missing stops its own place only, and says where to get it', async () => {
  const server = await loopback(
    hashtag(() => [{ id: 1, text: 'Blue Door Coffee lost my order', at: '2026-11-20T07:00:00Z' }]),
  );
  const here = house();
  here.settle([
    {
      name: 'Blue Door Coffee',
      sources: { mastodon: { instances: [server.url], hashtags: ['leedsfood'], search: true } },
    },
  ]);
  const runs = await here.collect();
  expect(runs.map((run) => [run.outcome, run.fresh, run.fault?.kind])).toEqual([
    ['complete', 1, undefined],
    ['failed', 0, 'not-allowed'],
  ]);
  expect(runs[1]?.fault?.message).toMatch(/searches for words only for its members.*MASTODON_TOKEN/s);
  expect((await here.places())[1]?.sentence).toBe(
    'could not look yet: it wants a password: `npx earshot sources mastodon`',
  );
});
