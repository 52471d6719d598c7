/** Which posts a query holds for, and by which of its terms. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseQuery } from '../../../src/match/query/parse.ts';
import { compileQueries } from '../../../src/match/query/queries.ts';
import type { Post } from '../../../src/mention.ts';
import { aPost } from '../../support/a-post.ts';
import { aNear, aQuery, aWord } from './a-query.ts';

function compiled(...texts: readonly string[]) {
  return compileQueries(
    texts.map((text) => {
      const { query, trouble } = parseQuery(text);
      if (!query) throw new Error(trouble.sentence);
      return query;
    }),
  );
}
const holds = (query: string, post: Post) => compiled(query).find(post).has(0);
/** The terms that hold, with the words that they stand for: `refund* refunded`. */
function because(query: string, text: string, rest: Partial<Post> = {}): readonly string[] | null {
  const post = aPost(text, rest);
  const found = compiled(query).find(post).get(0);
  const whole = { text: post.text, title: post.title ?? '', author: post.author.name ?? '' };
  return found
    ? found.map(({ term, field, at }) => `${term}: ${at ? whole[field as 'text'].slice(...at) : field}`)
    : null;
}
const by = (handle: string | null, name: string | null = null) => ({
  author: { handle, name, url: null, followers: null },
});

describe('words', () => {
  it.each([
    ['refund', 'My REFUND, please', ['refund: REFUND']],
    ['refund', 'refunds, refunded, prerefund', null],
    ['cafe', 'the Café’s cake', ['cafe: Café']],
    ['müller', 'beim Mueller', ['müller: Mueller']],
    ['refund*', 'Refunded twice, no refunds', ['refund*: Refunded', 'refund*: refunds']],
    ['refund*', 'prerefund', null],
    ['"cold food"', 'Cold-Food, cold  food', ['cold food: Cold-Food', 'cold food: cold  food']],
    ['cold-food', 'cold food', ['cold-food: cold food']],
    ['"cold food"', 'cold and tasteless food', null],
    ['"cold food"', 'food, cold', null],
    ['"money ba*"', 'I want my money back', ['money ba*: money back']],
    ['"don’t care"', "they don't care", ["don’t care: don't care"]],
    ['24/7', 'open 24/7!', ['24/7: 24/7']],
    ['#bluedoor', 'bluedoor #bluedoor', ['#bluedoor: bluedoor']],
    ['寿司', '昨日の寿司は', ['寿司: 寿司']],
    ['"now here"', 'nowhere', null],
    ['"the door"', 'a door', null],
  ])('%s in %j', (query, text, says) => expect(because(query, text)).toEqual(says));

  test('stand in the title, too, unless it is asked for alone', () => {
    expect(because('cold', 'never again', { title: 'Cold soup' })).toEqual(['cold: Cold']);
    expect(because('title:cold', 'cold', { title: 'Soup' })).toBeNull();
    expect(because('title:"cold soup"', 'no', { title: 'Cold soup' })).toEqual(['title:"cold soup": Cold soup']);
  });
});

describe('near', () => {
  it.each([
    ['cold near/2 coffee', 'cold one two coffee', true],
    ['cold near/2 coffee', 'cold one two three coffee', false],
    ['cold near/2 coffee', 'coffee, they say, cold', true],
    ['cold onear/2 coffee', 'coffee was cold', false],
    ['cold onear/2 coffee', 'coffee, cold coffee', true],
    ['cold near/0 coffee', 'cold coffee', true],
    ['cold near/5 cold', 'cold', false],
    ['cold near/5 cold', 'cold, cold', true],
    ['"blue door" near/3 (leeds OR york)', 'Blue-Door is in York', true],
    ['l’étoile near/0 froid', 'à l’étoile froid', true],
  ])('%s in %j', (query, text, is) => expect(holds(query, aPost(text))).toBe(is));

  test('does not reach from the title into the text', () =>
    expect(holds('cold near/5 coffee', aPost('coffee', { title: 'cold' }))).toBe(false));

  test('names only what stands near', () =>
    expect(because('cold near/1 coffee', 'cold day; much later a cold coffee')).toEqual([
      'cold: cold',
      'coffee: coffee',
    ]));
});

describe('what else is known of a post', () => {
  it.each<[string, Partial<Post>, boolean]>([
    ['author:ana', by('ana@mastodon.example'), true],
    ['author:@ana', by('ana'), true],
    ['author:ana', by('anabel'), false],
    ['author:ana*', by('anabel'), true],
    ['author:"ana lopez"', by('x1', 'Dr Ana López'), true],
    ['author:ana', by(null), false],
    ['site:forum.example', { url: 'https://www.forum.example/t/1' }, true],
    ['site:forum.example', { url: 'https://uk.forum.example/t/1' }, true],
    ['site:forum.example/t', { url: 'https://forum.example/t?page=2' }, true],
    ['site:forum.example/t', { url: 'https://forum.example/top' }, false],
    ['site:rum.example', { url: 'https://forum.example/' }, false],
    ['site:forum.example', { url: null }, false],
    ['lang:en', {}, true],
    ['lang:de', {}, false],
    ['source:forum', {}, true],
    ['source:bluesky', {}, false],
    ['rating:<=2', { rating: { value: 2, scale: 5 } }, true],
    ['rating:<=2', { rating: { value: 4, scale: 10 } }, true],
    ['rating:<2', { rating: { value: 2, scale: 5 } }, false],
    ['rating:5', { rating: { value: 1, scale: 1 } }, true],
    ['rating:<=2', { rating: null }, false],
    ['NOT rating:<=2', { rating: null }, true],
  ])('%s of %j', (query, rest, is) =>
    expect(holds(query, aPost('They have not answered my mail for three weeks now', rest))).toBe(is),
  );
});

test('what makes it hold: terms as written, each where it stands; what is only ruled out is not named', () => {
  expect(because('(cold OR late) AND coffee NOT paint', 'Late again, and cold coffee')).toEqual([
    'cold: cold',
    'late: Late',
    'coffee: coffee',
  ]);
  expect(because('rating:<=2 AND cold', 'cold', { rating: { value: 1, scale: 5 } })).toEqual([
    'rating:<=2: rating',
    'cold: cold',
  ]);
  expect(because('NOT paint', 'a door')).toEqual([]);
});

describe('why not', () => {
  it.each([
    ['"blue door" AND leeds', 'blue door', ['“leeds” does not stand in it']],
    ['coffee NOT (paint OR wood)', 'coffee, paint', ['“paint” must not be in it']],
    ['(york OR leeds) AND door', 'door', ['none of “york”, “leeds” stands in it']],
    [
      'cold near/1 coffee',
      'cold a b c coffee',
      ['“cold” and “coffee”: they do not stand with at most one word between'],
    ],
    ['cold near/1 coffee', 'cold', ['“coffee” does not stand in it']],
    ['rating:<=2 OR lang:de', 'This is what the answer was', ['rating:<=2 is not so', 'lang:de is not so']],
    ['coffee', 'coffee', []],
  ])('%s in %j', (query, text, says) => expect(compiled(query).whyNot(aPost(text), 0)).toEqual(says));
});

const aText = fc
  .array(fc.oneof(aWord, fc.constantFrom('the', 'was', 'Blue-Door', 'COLD', 'refunded', ',', '\n\n')), {
    maxLength: 14,
  })
  .map((parts) => parts.join(' '));
const somePost = fc
  .record({ text: aText, title: fc.option(aText), stars: fc.option(fc.integer({ min: 1, max: 5 })) })
  .map(({ text, title, stars }) => aPost(text, { title, rating: stars === null ? null : { value: stars, scale: 5 } }));

describe('for any query and post', () => {
  const same = (one: string, other: string, post: Post) => expect(holds(one, post)).toBe(holds(other, post));

  test('De Morgan’s laws hold, and twice not is so', () => {
    fc.assert(
      fc.property(aQuery, aQuery, somePost, (a, b, post) => {
        same(`NOT ((${a}) AND (${b}))`, `NOT (${a}) OR NOT (${b})`, post);
        same(`NOT ((${a}) OR (${b}))`, `NOT (${a}) AND NOT (${b})`, post);
        same(`NOT NOT (${a})`, a, post);
      }),
    );
  });

  test('near is the same from either side, and is one of the two orders', () => {
    fc.assert(
      fc.property(aWord, aWord, fc.nat(5), somePost, (a, b, most, post) => {
        same(`${a} near/${most} ${b}`, `${b} near/${most} ${a}`, post);
        same(`${a} near/${most} ${b}`, `${a} onear/${most} ${b} OR ${b} onear/${most} ${a}`, post);
      }),
    );
  });

  test('near is what looking at every pair of words finds', () => {
    fc.assert(
      fc.property(aWord, aWord, fc.nat(5), fc.array(fc.oneof(aWord, fc.constant('the'))), (a, b, most, said) => {
        const pairs = said.flatMap((one, i) => said.map((other, j) => [one, other, Math.abs(i - j)] as const));
        const near = pairs.some(([one, other, apart]) => one === a && other === b && apart > 0 && apart <= most + 1);
        expect(holds(`${a} near/${most} ${b}`, aPost(said.join(' ')))).toBe(near);
      }),
    );
  });

  test('what holds has no why not, what does not has one; beside others it is the same', () => {
    fc.assert(
      fc.property(aQuery, aNear, somePost, (query, other, post) => {
        const alone = compiled(query);
        const held = alone.find(post).has(0);
        expect(alone.whyNot(post, 0).length === 0).toBe(held);
        expect(compiled(other, query).find(post).has(1)).toBe(held);
      }),
    );
  });

  test('each place holds the term’s words', () => {
    fc.assert(
      fc.property(aQuery, somePost, (query, post) => {
        for (const { at, field } of compiled(query).find(post).get(0) ?? [])
          if (at) expect((field === 'title' ? post.title : post.text)?.slice(...at)).toMatch(/^\S.*\S$/s);
      }),
    );
  });
});

test('a text made to be slow is not, whatever the number of queries', () => {
  const long = aPost('cold the coffee '.repeat(6000));
  const many = compiled(
    ...Array.from({ length: 50 }, (_, i) => `co* near/${i} cof* AND name${i}`),
    'cold near/1 coffee',
  );
  const began = performance.now();
  expect([...many.find(long).keys()]).toEqual([50]);
  expect(performance.now() - began).toBeLessThan(3000);
});
