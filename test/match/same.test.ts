/** Copies are found, and two people's posts are never made one. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alikeWords, type Said, sameThing } from '../../src/match/same.ts';
import { plainWords } from '../../src/text/fingerprint.ts';

const day = 86_400_000;
const press =
  'The coffee shop Blue Door on Harbour Street in Leeds has closed its kitchen for two weeks after inspectors found a broken fridge and told the owners to replace it before any food may be served there again, the council said on Monday morning in a short statement';

function said({ text = 'no refund yet', ...more }: Partial<Omit<Said, 'words'>> & { text?: string } = {}): Said {
  const words = plainWords(text);
  return {
    source: 'bluesky',
    kind: 'posts',
    address: null,
    origin: null,
    originAddress: null,
    author: 1,
    name: null,
    at: 0,
    place: null,
    title: null,
    rating: null,
    wordCount: words.length,
    words: () => words,
    ...more,
  };
}

describe('the same thing', () => {
  test('travels under one id of its home', () => {
    const origin = 'https://mastodon.example/1';
    expect(sameThing(said({ origin, author: 1 }), said({ source: 'mastodon', origin, author: 2, text: 'x' }))).toBe(
      'origin',
    );
  });

  test('stands at one address, whoever points there from another platform', () => {
    const address = 'https://news.example/a';
    const article = said({ source: 'feed', kind: 'articles', author: null, address, text: press });
    expect(sameThing(article, said({ source: 'hacker-news', address, text: '' }))).toBe('address');
  });

  test('is an article, and what is nothing but a link to it or names it as the first to print it', () => {
    const address = 'https://news.example/a';
    const article = said({ source: 'feed', kind: 'articles', author: null, address, text: press });
    const story = said({ source: 'hacker-news', address: 'https://hn.example/1', originAddress: address, text: '' });
    expect([sameThing(article, story), sameThing(story, article)]).toEqual(['origin', 'origin']);
    expect(sameThing(story, { ...article, kind: 'posts', source: 'bluesky' })).toBeNull();
  });

  test('is a review that two sources bring, whole or its beginning', () => {
    const text = 'Forty minutes for a flat white and then it was cold, nobody said sorry';
    const one = said({ source: 'page', kind: 'reviews', author: 7, name: 'Mira T.', rating: 2, text });
    const other = { ...one, source: 'mailbox', author: 9, name: 'mira t' };
    expect(sameThing(one, other)).toBe('review');
    const begin = plainWords(text.slice(0, 45));
    expect(sameThing(one, { ...other, wordCount: begin.length, words: () => begin })).toBe('review');
    for (const differs of [{ name: 'Ana' }, { rating: 3 }, { rating: null }, { name: null }, { at: 8 * day }])
      expect(sameThing(one, { ...other, ...differs })).toBeNull();
  });

  test('is an article that others print too', () => {
    const one = said({ source: 'feed', kind: 'articles', author: null, text: press });
    const other = said({ source: 'feed', kind: 'articles', author: null, text: press.replace('Monday', 'Tuesday') });
    expect(sameThing(one, other)).toBe('article');
  });

  test('is a page, whichever feed points there, with all its words or only the first', () => {
    const article = { source: 'feed', kind: 'articles', author: null, address: 'https://news.example/a' } as const;
    const whole = said({ ...article, title: 'Kitchen closed for two weeks', text: press });
    const alert = { ...article, title: 'Kitchen closed for two weeks - Leeds Daily' };
    expect(
      sameThing(whole, said({ ...alert, title: 'Inspectors close kitchen', text: `${press.slice(0, 120)} ...` })),
    ).toBe('address');
    expect(sameThing(whole, said({ ...alert, text: 'Read more' }))).toBe('address');
    expect(
      sameThing(whole, said({ ...alert, title: 'Cakes of the week', text: 'Carrot cake is back on Monday' })),
    ).toBeNull();
  });

  test('is what somebody says again within a week', () => {
    const one = said({ text: 'Still no refund from @bluedoor, three weeks now!' });
    expect(sameThing(one, said({ text: 'still no refund from @bluedoor.example three weeks now…', at: 6 * day }))).toBe(
      'author',
    );
    expect(sameThing(one, said({ text: 'Still no refund from @bluedoor, three weeks now!', at: 8 * day }))).toBeNull();
  });
});

describe('not the same', () => {
  test.each<[string, Said, Said]>([
    ['two people with the same words', said({ author: 1 }), said({ author: 2 })],
    ['two people nobody can tell apart', said({ author: null }), said({ author: null })],
    ['two accounts of one name on two platforms', said({ source: 'bluesky' }), said({ source: 'mastodon' })],
    ['two orders', said({ text: 'order 4512 is late' }), said({ text: 'order 4513 is late' })],
    ['two star ratings', said({ rating: 1 }), said({ rating: 5 })],
    ['ratings without words', said({ text: '', rating: 1 }), said({ text: '', rating: 1 })],
    ['two long posts of two people', said({ author: 1, text: press }), said({ author: 2, text: press })],
    [
      'two reviews at the address of their app',
      said({ kind: 'reviews', author: 1, address: 'https://apps.example/1' }),
      said({ kind: 'reviews', author: 2, address: 'https://apps.example/1' }),
    ],
    [
      'two items of a feed that all point to one page',
      said({
        source: 'feed',
        kind: 'articles',
        author: null,
        address: 'https://x.example/news',
        title: 'May',
        text: 'Cake is back',
      }),
      said({
        source: 'feed',
        kind: 'articles',
        author: null,
        address: 'https://x.example/news',
        title: 'June',
        text: 'New opening hours',
      }),
    ],
  ])('%s', (_, one, other) => {
    expect(sameThing(one, other)).toBeNull();
  });

  test('long posts of two people are alike all the same', () => {
    expect(alikeWords(plainWords(press), plainWords(press.replace('Leeds', 'York')))).toBe(true);
    expect(alikeWords(plainWords('no refund yet'), plainWords('no refund yet'))).toBe(false);
  });
});

const any = fc
  .record({
    source: fc.constantFrom('bluesky', 'feed'),
    kind: fc.constantFrom('posts', 'reviews', 'articles'),
    address: fc.constantFrom(null, 'https://a.example/1', 'https://a.example/2'),
    origin: fc.constantFrom(null, 'o1'),
    author: fc.constantFrom(null, 1, 2),
    at: fc.constantFrom(0, 3 * day, 10 * day),
    title: fc.constantFrom(null, 'Cold'),
    rating: fc.constantFrom(null, 1),
    text: fc.constantFrom('', 'cold coffee', press, press.replace('Monday', 'Friday')),
  } as const)
  .map((each) => said(each));

test('the rule is the same both ways round', () => {
  fc.assert(
    fc.property(any, any, (one, other) => {
      expect(sameThing(one, other)).toBe(sameThing(other, one));
    }),
  );
});

test('two authors of posts or reviews on one platform are never one, but for an id of the post itself', () => {
  fc.assert(
    fc.property(any, any, (one, other) => {
      const people = one.kind !== 'articles' && other.kind !== 'articles' && one.source === other.source;
      if (!people || one.author === null || other.author === null || one.author === other.author) return;
      expect([null, 'origin']).toContain(sameThing(one, other));
    }),
  );
});
