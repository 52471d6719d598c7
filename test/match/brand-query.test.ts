/** How a brand's `query` goes together with its names, `exclude`, `require`, own accounts and places that are its own. */
import { describe, expect, it, test } from 'vitest';
import type { Brand } from '../../src/brand.ts';
import { compileBrands } from '../../src/match/match.ts';
import type { Post } from '../../src/mention.ts';
import { aBrand, aPost } from '../support/a-post.ts';

const brand = (rest: Partial<Brand> = {}) =>
  aBrand('Blue Door', {
    handles: ['@bluedoor'],
    query: '("blue door" near/5 (coffee OR cake*)) OR ("flat white" AND leeds)',
    ...rest,
  });
function verdict(text: string, one: Brand = brand(), rest: Partial<Post> = {}): string {
  return compileBrands([one]).find(aPost(text, rest))[0]?.verdict ?? 'no match';
}

describe('the query alone says which posts are about the brand', () => {
  it.each([
    ['Cold coffee at Blue-Door again', 'mention'],
    ['The worst flat white in Leeds', 'mention'],
    ['They painted the blue door of number nine', 'query-missed'],
    ['@bluedoor answer me', 'query-missed'],
    ['Lovely cakes', 'no match'],
  ])('%s: %s', (text, says) => expect(verdict(text)).toBe(says));
});

test('where the name stands it is what was found, else what the query found', () => {
  const hits = (text: string) =>
    compileBrands([brand()])
      .find(aPost(text))[0]
      ?.hits.map(({ kind, term, at }) => `${kind} ${term}: ${at && text.slice(...at)}`);
  expect(hits('Blue Door: cold coffee')).toEqual(['name Blue Door: Blue Door']);
  expect(hits('A flat-white in Leeds')).toEqual(['query flat white: flat-white', 'query leeds: Leeds']);
});

describe('exclude and require apply to what it finds', () => {
  it.each([
    ['a cold coffee at the Blue Door Inn', { exclude: ['blue door inn'] }, 'excluded'],
    ['a cold coffee at the Blue Door, not the Inn', { exclude: ['blue door inn'] }, 'mention'],
    ['the flat white of Leeds station', { exclude: ['station'] }, 'excluded'],
    ['coffee at the blue door', { require: ['leeds', 'york'] }, 'required-missing'],
    ['coffee at the blue door, York', { require: ['leeds', 'york'] }, 'mention'],
  ])('%s with %j: %s', (text, rest, says) => expect(verdict(text, brand(rest))).toBe(says));

  test('also where it is found by no words', () => {
    const one = brand({ query: 'rating:<=2', exclude: ['parking'], require: ['food'] });
    const rating = { value: 1, scale: 5 };
    expect(verdict('awful food', one, { rating })).toBe('mention');
    expect(verdict('awful', one, { rating })).toBe('required-missing');
    expect(verdict('', brand({ query: 'rating:<=2' }), { rating })).toBe('mention');
  });
});

test('own posts stay set aside, and what stands in a place of ours is about us', () => {
  const own = { author: { handle: 'bluedoor', name: null, url: null, followers: null } };
  expect(verdict('coffee at the blue door', brand(), own)).toBe('own-post');
  const [match] = compileBrands([brand()]).find(aPost('never again'), { certain: ['blue-door'] });
  expect(match?.verdict).toBe('mention');
});

test('each brand has its own; those without one are heard by their names', () => {
  const matcher = compileBrands([brand(), aBrand('Red Door'), aBrand('Green Door', { query: 'flat AND white' })]);
  const found = matcher.find(aPost('Red Door makes the best flat white in Leeds'));
  expect(found.map(({ brandId, verdict }) => `${brandId}: ${verdict}`)).toEqual([
    'blue-door: mention',
    'red-door: mention',
    'green-door: mention',
  ]);
});

test('a query that cannot be read is never passed over', () =>
  expect(() => compileBrands([brand({ query: 'blue door' })])).toThrow(/Character 6/));
