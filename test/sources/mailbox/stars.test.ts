/** Stars are read as review mails write them in seven languages, and not where nobody gave any. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { starsIn } from '../../../src/sources/mailbox/stars.ts';

test.each([
  ['Jane left a 2-star review', 2, 5],
  ['got a new 2-star review', 2, 5],
  ['2 stars', 2, 5],
  ['1 star: never again', 1, 5],
  ['3.5 stars', 3.5, 5],
  ['She gave you two stars.', 2, 5],
  ['★★☆☆☆', 2, 5],
  ['★★', 2, 5],
  ['⭐️⭐️⭐️ from Jane', 3, 5],
  ['Rated 2 out of 5', 2, 5],
  ['2 of 5 stars', 2, 5],
  ['2/5', 2, 5],
  ['Overall 4,5 / 5', 4.5, 5],
  ['Rating: 2', 2, 5],
  ['Score: 7.5', 7.5, 10],
  ['Rating: 6/10', 6, 10],
  ['8 out of 10', 8, 10],
  ['2 von 5 Sternen', 2, 5],
  ['Bewertung: 2', 2, 5],
  ['zwei Sterne', 2, 5],
  ['2 étoiles sur 5', 2, 5],
  ['Note : 3/5', 3, 5],
  ['une étoile', 1, 5],
  ['2 de 5 estrellas', 2, 5],
  ['Calificación: 4', 4, 5],
  ['dos estrellas', 2, 5],
  ['2 stelle su 5', 2, 5],
  ['Valutazione: 1', 1, 5],
  ['due stelle', 2, 5],
  ['2 van de 5 sterren', 2, 5],
  ['Beoordeling: 2', 2, 5],
  ['één ster', 1, 5],
  ['2 de 5 estrelas', 2, 5],
  ['Avaliação: 5', 5, 5],
  ['duas estrelas', 2, 5],
])('%s', (text, value, scale) => {
  expect(starsIn([text])).toEqual({ value, scale });
});

test.each([
  'We stayed in a 5-star hotel before.',
  'This is no 5 star restaurant!',
  'On 2/5/2026 we waited.',
  'Page 2 of 5',
  'Table for 2 on 9/10 at 7pm',
  'Average rating: 4.5',
  'Note: 2 people waited outside.',
  'Moyenne : 4 étoiles',
  'We ordered 3 starters and 2 staroprammen.',
  'Order 12/55 arrived cold',
  '',
])('none in %j', (text) => {
  expect(starsIn([text])).toBeNull();
});

test('the first text that tells decides, and a place’s usual scale holds where nothing tells it', () => {
  expect(starsIn(['A new review', 'Rating: 2 stars', '5 stars'])).toEqual({ value: 2, scale: 5 });
  expect(starsIn(['Score: 4'], 10)).toEqual({ value: 4, scale: 10 });
  expect(starsIn(['4 stars'], 10)).toEqual({ value: 4, scale: 5 });
});

test('whatever is written, a rating lies within its scale', () => {
  const words = fc.constantFrom(
    '2',
    '11',
    '5',
    '/',
    ' ',
    'stars',
    '★',
    '☆',
    'Rating:',
    'out of',
    '.',
    '99',
    'zwei',
    '\n',
    '-',
  );
  fc.assert(
    fc.property(fc.array(words, { maxLength: 30 }), (parts) => {
      const rating = starsIn([parts.join('')]);
      if (rating === null) return;
      expect(rating.value).toBeGreaterThanOrEqual(0);
      expect(rating.value).toBeLessThanOrEqual(rating.scale);
    }),
  );
});

test('a megabyte of anything is read in no time', () => {
  for (const unit of ['2 ', '★', 'rating ', 'average ', '2 stars of ', '1.', '5 /']) {
    const started = performance.now();
    starsIn([unit.repeat(1_000_000 / unit.length)]);
    expect(performance.now() - started, unit).toBeLessThan(1500);
  }
});
