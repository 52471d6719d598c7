/** Figures beside what they were. */
import { expect, test } from 'vitest';
import { sayRatings } from '../../src/digest/ratings.ts';

const google = {
  brand: null,
  place: 'Google',
  value: 4.3,
  scale: 5,
  count: 212,
  before: { value: 4.4, count: 205, at: Date.parse('2026-10-30T12:00Z') },
};
const say = (...ratings: Parameters<typeof sayRatings>[0]['ratings'] & {}) =>
  sayRatings({ ratings, timezone: 'Europe/London' });

test('a figure stands beside the one of the month before', () => {
  expect(say(google)).toEqual(['Google: 4.3 of 5 stars from 212 ratings, was 4.4 from 205 in October']);
});

test('what is not known is left out, another scale is named, and of several brands each', () => {
  expect(say({ ...google, count: null, before: null, scale: 10, brand: 'Loomfield' })).toEqual([
    'Google: 4.3 of 10 · Loomfield',
  ]);
});

test('a place cannot break the line it stands on', () => {
  expect(say({ ...google, before: null, place: 'Goo\ngle\u001b[31m' })).toEqual([
    'Goo gle: 4.3 of 5 stars from 212 ratings',
  ]);
});

test('one is one, and more than the best there is is not told', () => {
  expect(say({ ...google, place: 'App Store fr', value: 1, count: 1, before: null })).toEqual([
    'App Store fr: 1 of 5 stars from 1 rating',
  ]);
  expect(say({ ...google, value: 9, before: null })).toEqual([]);
});
