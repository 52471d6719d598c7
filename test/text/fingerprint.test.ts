/** Fingerprints are equal for equal words, and near for near ones. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hash53, plainWords, sharedPart, wordBands, wordsHash } from '../../src/text/fingerprint.ts';

describe('plainWords', () => {
  test('drops what copies differ in: case, diacritics, signs, addresses, names of accounts', () => {
    expect(plainWords('Still NO refund from @bluedoor.example — Café #BlueDoor!! https://x.example/1?a=2')).toEqual([
      'still',
      'no',
      'refund',
      'from',
      'cafe',
      'bluedoor',
    ]);
  });

  test('keeps scripts without diacritics to drop', () => {
    expect(plainWords('コーヒー が 冷たい')).toHaveLength(3);
    expect(plainWords('Привет мир')).toEqual(['привет', 'мир']);
  });

  test('of plain letters are the runs of letters and digits, to the last', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aZ09 .-_\n!'), maxLength: 40 });
    fc.assert(
      fc.property(
        text,
        (said) =>
          plainWords(said).join(' ') ===
          said
            .toLowerCase()
            .replace(/[^a-z0-9]+/g, ' ')
            .trim(),
      ),
    );
  });
});

describe('hashes', () => {
  test('are safe integers that differ for different texts', () => {
    const texts = Array.from({ length: 20_000 }, (_, at) => `order ${at}`);
    const hashes = new Set(texts.map((text) => hash53(text)));
    expect(hashes.size).toBe(texts.length);
    for (const hash of hashes) expect(Number.isSafeInteger(hash)).toBe(true);
  });

  test('of the words do not care how they are written', () => {
    expect(wordsHash(plainWords('Cold coffee!'))).toBe(wordsHash(plainWords('cold   COFFEE')));
    expect(wordsHash(plainWords('coffee cold'))).not.toBe(wordsHash(plainWords('cold coffee')));
    expect(wordsHash(plainWords('😡 …'))).toBeNull();
  });
});

const word = fc.constantFrom(
  ...'the staff was rude and coffee cold we waited an hour for cake nobody came again'.split(' '),
);
const article = fc.array(word, { minLength: 40, maxLength: 200 });

describe('nearness', () => {
  test('is 1 for the same, 0 for nothing shared, and the same both ways round', () => {
    fc.assert(
      fc.property(article, article, (one, other) => {
        expect(sharedPart(one, one)).toBe(1);
        expect(sharedPart(one, other)).toBe(sharedPart(other, one));
        expect(
          sharedPart(
            one,
            other.map((each) => `${each}x`),
          ),
        ).toBe(0);
      }),
    );
  });

  test('shows in the bands: a copy with one word changed nearly always shares one', () => {
    let missed = 0;
    const articles = fc.sample(article, { numRuns: 300, seed: 7 });
    for (const words of articles) {
      const copy = words.with(Math.floor(words.length / 2), 'elsewhere');
      const bands = new Set(wordBands(words));
      if (!wordBands(copy).some((band) => bands.has(band))) missed += 1;
    }
    expect(missed).toBeLessThan(15);
  });
});
