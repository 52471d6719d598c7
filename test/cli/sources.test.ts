/** `earshot sources`: where it can listen, what each place needs, and what to do where it cannot. */
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { elsewhere } from '../../src/sources/elsewhere.ts';
import { sources } from '../../src/sources/index.ts';
import { desk } from './desk.ts';

test('every place is there, those of the config are ticked, within the terminal', async () => {
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', sources: { bluesky: {} } }]);
  for (const columns of [60, 80, 140]) {
    const { code, out } = await here.earshot('sources', { columns });
    expect(code).toBe(0);
    for (const { id } of sources) expect(out).toMatch(new RegExp(`^${id === 'bluesky' ? '✓' : '–'} ${id} `, 'm'));
    for (const { id } of elsewhere) expect(out).toContain(id);
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
  }
});

test('a config that cannot be read hides none of them', async () => {
  const here = desk();
  writeFileSync(here.config, 'brands: [');
  const { code, out } = await here.earshot('sources');
  expect(code).toBe(0);
  expect(out).not.toContain('✓ bluesky');
});

test.each(sources.map((source) => [source.id, source] as const))(
  '%s: its options, its secrets and the lines for the config',
  async (id, source) => {
    const { code, out } = await desk().earshot(`sources ${id}`);
    expect(code).toBe(0);
    for (const { env } of Object.values(source.secrets)) expect(out).toContain(env);
    expect(out).toContain(`    ${id}: ${JSON.stringify(source.example)}`);
    expect(out).toMatch(/looks there every \d+ (minutes|h|days)/);
    // How to get a key comes before the settings that few need.
    for (const { env } of Object.values(source.secrets))
      expect(out.indexOf(env)).toBeLessThan(out.indexOf('In the config'));
  },
);

test.each(elsewhere.map((place) => [place.id, place] as const))(
  '%s: why not, and every step of what to do instead',
  async (id, place) => {
    const { code, out } = await desk().earshot(`sources ${id}`);
    expect(code).toBe(0);
    expect(out.match(/^ +\d+\. /gm)).toHaveLength(place.instead.length);
  },
);

test('--json, and a place that is not known', async () => {
  expect(JSON.parse((await desk().earshot('sources --json')).out).map(({ id }: { id: string }) => id)).toEqual(
    sources.map(({ id }) => id),
  );
  const { code, err } = await desk().earshot('sources blusky');
  expect([code, err]).toEqual([2, 'There is no place called blusky. Did you mean bluesky?\n']);
});
