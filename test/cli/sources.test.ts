/** `earshot sources`: where it can listen, what each place needs, and what to do where it cannot. */

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { placeCalled } from '../../src/cli/place-called.ts';
import { ElsewhereFace, SourceFace } from '../../src/face/source.ts';
import { elsewhere } from '../../src/sources/elsewhere.ts';
import { sources } from '../support/every-source.ts';
import { desk } from './desk.ts';

test('every place is there, with those of the config marked, within the terminal', async () => {
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', sources: { bluesky: {} } }]);
  for (const columns of [60, 80, 140]) {
    const { code, out } = await here.earshot('sources', { columns });
    expect(code).toBe(0);
    for (const { id } of sources) expect(out).toMatch(new RegExp(`^${id === 'bluesky' ? '\\+' : '–'} ${id}( |$)`, 'm'));
    for (const { id } of elsewhere) expect(out).toContain(id);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  }
});

test('at 80 columns each is one line: its name, what it hears, what it needs, what may be kept', async () => {
  const { out } = await desk().earshot('sources', { columns: 80 });
  for (const source of sources) {
    const row = out.split('\n').find((line) => line.startsWith(`– ${source.id} `));
    expect(row).toContain(source.hears);
    expect(row?.slice(58)).toMatch(
      /^(nothing|your yes|a free key|your account|a paid key) +(all|no words|\d+ (day|days|hours))$/,
    );
  }
  expect(out.match(/^ {2}Where {14}Earshot listens to {19}needs {9}keeps$/gm)).toHaveLength(1);
});

test('each of the config says how it stands: what it waits for, and when it was heard', async () => {
  const here = desk();
  writeFileSync(join(here.folder, 'posts.jsonl'), '{"id":"1","text":"Lovely cakes at Blue Door Coffee."}\n');
  here.settle([
    {
      name: 'Blue Door Coffee',
      sources: { file: { path: join(here.folder, 'posts.jsonl') }, trustpilot: { business: 'bluedoor.example' } },
    },
  ]);
  const before = await here.earshot('sources');
  expect(before.out).toMatch(/^\+ trustpilot .*\n {21}in your config, not looked yet$/m);
  expect((await here.earshot('collect --source file')).code).toBe(0);
  const { out } = await here.earshot('sources');
  expect(out).toMatch(/^✓ file .*\n {21}heard at \d\d:\d\d/m);
  expect(out).toMatch(/^✗ trustpilot .*\n {21}waits for TRUSTPILOT_API_KEY in earshot\.env$/m);
  const told = z.array(SourceFace).parse(JSON.parse((await here.earshot('sources --json')).out));
  expect(told.filter(({ inConfig }) => inConfig).map(({ id, state }) => [id, state])).toEqual([
    ['trustpilot', 'never-worked'],
    ['file', 'fresh'],
  ]);
});

test('a list makes no database', async () => {
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', sources: { bluesky: {} } }]);
  const before = readdirSync(here.folder);
  await here.earshot('sources');
  expect(readdirSync(here.folder)).toEqual(before);
});

test('a config that cannot be read hides none of them', async () => {
  const here = desk();
  writeFileSync(here.config, 'brands: [');
  const { code, out } = await here.earshot('sources');
  expect(code).toBe(0);
  expect(out).toContain('– bluesky');
});

test.each(sources.map((source) => [source.id, source] as const))(
  '%s: its options, its secrets and the lines for the config',
  async (id, source) => {
    const { code, out } = await desk().earshot(`sources ${id}`);
    expect(code).toBe(0);
    for (const { env } of Object.values(source.secrets)) expect(out).toContain(env);
    expect(out).toMatch(
      source.inbound
        ? /Nothing is asked/
        : source.listen
          ? /listens there without/
          : /looks there every (hour|day|\d+ (minutes|hours))/,
    );
    for (const line of source.tryIt ?? []) expect(out, 'can be pasted').toContain(`\n  ${line}\n`);
    for (const step of source.steps ?? []) expect(out.replaceAll(/\s+/g, ' ')).toContain(step);
    // How to get a key comes before the settings that few need.
    for (const { env } of Object.values(source.secrets))
      expect(out.indexOf(env)).toBeLessThan(out.indexOf('In the config'));
  },
);

test.each(sources.map((source) => [source.id, source] as const))('%s: its lines for the config work', async (id) => {
  const here = desk();
  const { out } = await here.earshot(`sources ${id}`);
  const lines = /^In the config.*\n((?: {2}.*\n)+)/m.exec(out)?.[1] ?? '';
  writeFileSync(here.config, `brands:\n  - name: Blue Door Coffee\n${lines.replaceAll(/^/gm, '  ').trimEnd()}\n`);
  expect((await here.earshot('sources')).out).toMatch(new RegExp(`^\\+ ${id}( |$)`, 'm'));
});

test.each(elsewhere.map((place) => [place.id, place] as const))(
  '%s: why not, and every step of what to do instead',
  async (id, place) => {
    const { code, out } = await desk().earshot(`sources ${id}`);
    expect(code).toBe(0);
    const toTheKey = sources.find((source) => source.id === id)?.steps ?? [];
    expect(out.match(/^ +\d+\. /gm)).toHaveLength(place.instead.length + toTheKey.length);
  },
);

test('--json, and a place that is not known', async () => {
  const told = JSON.parse((await desk().earshot('sources --json')).out);
  const all = z.array(SourceFace).parse(told);
  // What its shape does not name would be missing in it.
  expect(all).toEqual(told);
  expect(all.map(({ id }) => id)).toEqual(sources.map(({ id }) => id));
  const one = JSON.parse((await desk().earshot('sources bluesky --json')).out);
  expect(SourceFace.parse(one)).toEqual(all.find(({ id }) => id === 'bluesky'));
  const { code, err } = await desk().earshot('sources blusky');
  expect([code, err]).toEqual([2, 'There is no place called blusky. Did you mean bluesky?\n']);
});

test('a place that cannot be read is JSON, too, and the same in words', async () => {
  const { code, out } = await desk().earshot('sources facebook --json');
  const told = ElsewhereFace.parse(JSON.parse(out));
  expect(told).toEqual(JSON.parse(out));
  expect([code, told.id, told.title]).toEqual([0, 'facebook', 'Facebook']);
  expect(told.instead.length).toBeGreaterThan(1);
});

test.each([
  ['twitter', 'x'],
  ['Twitter', 'x'],
  ['X (Twitter)', 'x'],
  ['Hacker News', 'hacker-news'],
  ['rss', 'feed'],
  ['capterra', 'g2'],
  ['deliveroo', 'delivery'],
  ['google-play', 'google-play'],
])('`sources %s` finds %s', async (word, id) => {
  const { code, out } = await desk().earshot(['sources', word, '--json']);
  expect([code, JSON.parse(out).id]).toEqual([0, id]);
});

test('every id and title finds its place', async () => {
  for (const { id, title } of [...elsewhere, ...sources])
    for (const word of [id, title]) expect(placeCalled(word), word).not.toBeNull();
  for (const { id } of sources) expect(placeCalled(id)).toBe(id);
});

test('a misspelt place has a nearest one, wherever it is named', async () => {
  const here = desk();
  expect((await here.earshot('sources twiter')).err).toBe('There is no place called twiter. Did you mean x?\n');
  expect((await here.earshot('list --source twiter')).err).toBe(
    'Nothing was ever heard at a place called twiter. Did you mean x?\n',
  );
  expect((await here.earshot('list --source quibblefish')).err).toBe(
    'Nothing was ever heard at a place called quibblefish. `npx earshot sources` shows them all.\n',
  );
});
