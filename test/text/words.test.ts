import fc from 'fast-check';
import { expect, it } from 'vitest';
import { words } from '../../src/text/words.ts';

it.each([
  ["Don't stop, it's O’Neill", ["don't", 'stop', "it's", "o'neill"]],
  ['Blue-Door_x 10/10 😀', ['blue', 'door', 'x', '10', '10']],
  ['Größe café\u0301 naïve', ['größe', 'café\u0301', 'naïve']],
  ['हिन्दी में', ['हिन्दी', 'में']],
  ['https://x.example', ['https', 'x', 'example']],
  ['... 😡 —', []],
])('%j has the words %j', (text, expected) => expect(words(text).map((word) => word.text)).toEqual(expected));

it('parts scripts without spaces', () => {
  const found = words('我喜欢咖啡 and コーヒーが好き กาแฟอร่อย').map((word) => word.text);
  expect(found).toContain('咖啡');
  expect(found).toContain('and');
  expect(found.length).toBeGreaterThan(6);
});

it('every word stands where it says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      let last = 0;
      for (const { text: word, start, end } of words(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(
          text
            .slice(start, end)
            .toLowerCase()
            .replaceAll(/[’ʼ＇]/g, "'"),
        ).toBe(word);
        last = end;
      }
    }),
  );
});
