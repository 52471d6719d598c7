/** A brand's `query` in the config: a wrong one stops everything with its place, one that may not be meant is told. */
import { expect, test } from 'vitest';
import { problemLine } from '../../src/config/config.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { cronTrouble } from '../../src/daemon/due.ts';
import { sources } from '../support/every-source.ts';

const context = { path: '/shop/config/earshot.yaml', sources, timezone: 'Europe/Berlin', cronTrouble };
function told(query: string) {
  const brand = { name: 'Blue Door', aliases: ['BD Coffee'], sources: { bluesky: {} }, query };
  const { config, problems } = parseConfig(`brands:\n  - ${JSON.stringify(brand)}`, context);
  return { works: config !== null, query: config?.brands[0]?.query, told: problems.map(problemLine) };
}

test('one that is right is kept as it is written', () => {
  const query = '/* us */ ("blue door" near/5 coffee OR "bd coffee") NOT paint';
  expect(told(query)).toEqual({ works: true, query, told: [] });
});

test('without one there is none', () =>
  expect(parseConfig('brands: [{ name: Blue Door }]', context).config?.brands[0]?.query).toBeNull());

test.each([
  [
    '"blue door" coffee',
    'line 2, brands[0].query: cannot be read. Character 13, at “coffee”: AND, OR, NOT or near/5 should stand before this. Did you mean AND?',
  ],
  ['', 'line 2, brands[0].query: is empty.'],
  [
    'NOT paint',
    'line 2, brands[0].query: takes in whatever it does not rule out. Say first what to look for, and NOT behind it.',
  ],
  [
    'door OR NOT paint',
    'line 2, brands[0].query: takes in whatever it does not rule out. Say first what to look for, and NOT behind it.',
  ],
])('%s has to be mended', (query, sentence) => {
  const { works, told: sentences } = told(query);
  expect([works, ...sentences]).toEqual([false, sentence]);
});

test.each([
  [
    '"bleu door" AND coffe',
    'holds no word of your names: where people only write Blue Door, that is no longer heard. Is it meant so?',
  ],
  ['"blue door" AND source:blusky', 'asks for source:blusky. Did you mean source:bluesky?'],
])('%s is doubted, and works', (query, sentence) => {
  const { works, told: sentences } = told(query);
  expect([works, ...sentences]).toEqual([true, `line 2, brands[0].query: ${sentence}`]);
});

test.each(['"blue door" AND source:"at the table"', 'author:ana', 'bd*'])('%s is not doubted', (query) =>
  expect(told(query).told).toEqual([]),
);
