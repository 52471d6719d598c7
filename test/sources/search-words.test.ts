/** No word is asked for that another one finds, and none is lost by it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchWords } from '../../src/sources/search-words.ts';

test.each([
  [['Blue Door Coffee', 'Blue Door'], ['bluedoor.example'], ['Blue Door', 'bluedoor.example']],
  [['Blue-Door', 'blue door'], [], ['Blue-Door']],
  [['BioMar', 'biomarker'], [], ['BioMar', 'biomarker']],
  [['Blue Door'], ['blue-door.example'], ['Blue Door']],
  [['C++', 'C#'], [], ['C++', 'C#']],
  [[' ', 'Ōkami'], [''], ['Ōkami']],
])('%j and %j: %j', (names, domains, words) => {
  expect(searchWords({ names, domains })).toEqual(words);
});

test('each name stands whole in one that is asked for, or holds one', () => {
  const word = fc.array(fc.constantFrom('blue', 'Door', 'coffee', 'Bar', 'of'), { minLength: 1, maxLength: 4 });
  const name = word.map((words) => words.join(' '));
  fc.assert(
    fc.property(fc.array(name, { maxLength: 6 }), (names) => {
      const asked = searchWords({ names, domains: [] });
      for (const one of asked) expect(names).toContain(one);
      const within = (inner: string, outer: string) => ` ${outer} `.toLowerCase().includes(` ${inner} `.toLowerCase());
      for (const one of names) expect(asked.some((other) => within(other, one))).toBe(true);
      for (const one of asked) expect(asked.filter((other) => within(other, one))).toEqual([one]);
    }),
  );
});
