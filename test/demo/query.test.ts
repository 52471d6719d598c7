/** The shared search finds what stands there and nothing else. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matcherOf } from '../../src/demo/query.ts';

const words = fc.array(fc.stringMatching(/^[a-zäé0-9]{1,8}$/), { minLength: 1, maxLength: 8 });
const between = fc.constantFrom(' ', ', ', ' – ', '\n', '. ', '-');

test('a phrase is found where its words stand together, whatever the case and the signs between', () => {
  fc.assert(
    fc.property(words, words, words, between, (before, phrase, after, space) => {
      const text = [...before, ...phrase.map((word) => word.toUpperCase()), ...after].join(space);
      expect(matcherOf(`"${phrase.join(' ')}"`)(text)).toBe(true);
      expect(matcherOf(`-"${phrase.join(' ')}"`)(text)).toBe(false);
      expect(matcherOf(`zzzzzzzzz OR "${phrase.join(' ')}"`)(text)).toBe(true);
    }),
  );
});

test('all words must stand, as whole words, unless the last one may be a beginning', () => {
  expect(matcherOf('fig leeds')('A fig tree. In Leeds!')).toBe(true);
  expect(matcherOf('fig york')('A fig tree in Leeds')).toBe(false);
  expect(matcherOf('fig')('A figment')).toBe(false);
  expect(matcherOf('"fig tree"')('A tree with a fig')).toBe(false);
  expect(matcherOf('a fig', 'prefix-last')('A figment')).toBe(true);
  expect(matcherOf('"a fig"', 'prefix-last')('A figment')).toBe(false);
});
