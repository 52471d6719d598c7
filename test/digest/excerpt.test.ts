import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerpt } from '../../src/digest/excerpt.ts';

const shown = (pieces: ReturnType<typeof excerpt>) =>
  pieces.map(({ text, telling }) => (telling ? `[${text}]` : text)).join('');

test('shows a short text whole, on one line, with the telling words marked', () => {
  expect(shown(excerpt('I am\n\nstill  waiting for my refund. Bad', [[6, 34]], 280))).toBe(
    'I am [still waiting for my refund]. Bad',
  );
});

test('cuts a long text at words around the heaviest words', () => {
  const text = `${'coffee and cake '.repeat(30)}but I am still waiting for my refund ${'and so on '.repeat(40)}`;
  const at = text.indexOf('still waiting');
  const said = shown(excerpt(text, [[at, at + 27]], 280));
  expect(said).toMatch(/^… (coffee|and|cake) .*but I am \[still waiting for my refund\] and so on .* (and|so|on) …$/);
  expect(said.length).toBeLessThan(290);
});

test('merges words that overlap and ignores what lies outside the text', () => {
  expect(
    shown(
      excerpt(
        'never again',
        [
          [0, 5],
          [3, 11],
          [40, 50],
          [7, 7],
        ],
        280,
      ),
    ),
  ).toBe('[never again]');
});

test('stays within its room, tears no character and adds none, for any text and any marks', () => {
  const word = fc.constantFrom('refund', 'a', '漢字漢字', '👩‍👧', 'é', ' ', '\n', '. ', 'x'.repeat(60));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 120 }), fc.array(fc.tuple(fc.nat(900), fc.nat(900))), (words, marks) => {
      const text = words.join('');
      const pieces = excerpt(
        text,
        marks.map(([start, length]) => [start, start + length]),
        120,
      );
      const plain = pieces
        .map((piece) => piece.text)
        .join('')
        .replace(/^… /, '')
        .replace(/ …$/, '');
      expect(plain.length).toBeLessThanOrEqual(120 + 4);
      expect(text.replaceAll(/\s+/gu, ' ')).toContain(plain.trim());
      expect(plain.isWellFormed()).toBe(true);
    }),
  );
});
