/** Queries as people write them: what is understood, and what is refused with its place and what was meant. */
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { parseQuery } from '../../../src/match/query/parse.ts';
import { printQuery } from '../../../src/match/query/query.ts';
import { sayTrouble } from '../../../src/match/query/trouble.ts';
import { aQuery } from './a-query.ts';

/** How a query is understood, written out with as few brackets as it needs. */
function read(text: string): string {
  const { query, trouble } = parseQuery(text);
  return query ? printQuery(query) : sayTrouble(text, trouble);
}

describe('is understood', () => {
  it.each([
    ['coffee', 'coffee'],
    ['"blue door"', '"blue door"'],
    ['“blue  door”', '"blue door"'],
    ['blue-door', '"blue-door"'],
    ['a AND b OR c AND NOT d', 'a AND b OR c AND NOT d'],
    ['(a OR b) AND (c)', '(a OR b) AND c'],
    ['(a AND b) AND c', 'a AND b AND c'],
    ['coffee NOT tea', 'coffee AND NOT tea'],
    ['NOT (a OR b)', 'NOT (a OR b)'],
    ['NOT a near/5 b', 'NOT a near/5 b'],
    ['a NEAR/5 (b OR "c d")', 'a near/5 (b OR "c d")'],
    ['cold onear/0 coffee', 'cold onear/0 coffee'],
    ['refund*', 'refund*'],
    ['"money back*"', '"money back*"'],
    ['/* ours */ a /* or\n theirs */ OR b', 'a OR b'],
    ['author:ana title:"cold food"', 'character'],
    ['author:"Ana Lopez" OR author:@ana', 'author:"Ana Lopez" OR author:@ana'],
    ['site:https://www.forum.example/', 'site:forum.example'],
    ['lang:EN AND source:Bluesky', 'lang:en AND source:bluesky'],
    ['source:"at the table"', 'source:"at the table"'],
    ['rating:<=2 OR rating:4,5 OR rating:≥3', 'rating:<=2 OR rating:=4.5 OR rating:>=3'],
    ['"and" OR "near/5"', '"and" OR "near/5"'],
    ['#bluedoor OR @bluedoor OR 24/7 OR C++', '#bluedoor OR @bluedoor OR "24/7" OR "C++"'],
    ['寿司', '寿司'],
  ])('%s', (text, says) => expect(read(text).toLowerCase()).toContain(says.toLowerCase()));
});

describe('is refused', () => {
  it.each([
    ['', 'Character 1, at the end: there is nothing to look for'],
    ['/* nothing */', 'there is nothing to look for'],
    [
      'blue door',
      'Character 6, at “door”: AND, OR, NOT or near/5 should stand before this. Did you mean "blue door", or blue AND door?',
    ],
    [
      'coffee and tea',
      'Character 8, at “and tea”: did you mean AND? Write it in capitals; to look for the word, write "and".',
    ],
    [
      '"blue door" AND AND tea',
      'Character 17, at “AND tea”: a word, a "phrase" or a bracket should stand between AND and AND.',
    ],
    ['coffee AND', 'Character 11, at the end: something is missing behind AND'],
    ['OR coffee', 'Character 1, at “OR coffee”: OR stands between two things, and before it there is none.'],
    ['(coffee OR tea', 'Character 1, at “(coffee OR tea”: this bracket is never closed.'],
    ['coffee) OR tea', 'Character 7, at “) OR tea”: this bracket was never opened.'],
    ['coffee AND ()', 'Character 12, at “()”: there is nothing in these brackets'],
    ['"blue door', 'Character 1, at “"blue door”: this quotation mark is never closed.'],
    ['coffee /* or tea', 'Character 8, at “/* or tea”: this comment is never closed.'],
    ['a near b', 'Character 3, at “near b”: did you mean near/5?'],
    ['a NEAR5 b', 'did you mean near/5?'],
    ['a onear/x b', 'did you mean onear/5?'],
    ['a near/5000 b', 'a number from 0 to 1000 should stand here'],
    ['a near/5 NOT b', 'Character 10, at “NOT b”: on both sides of near stand words'],
    ['(a AND b) near/5 c', 'Character 1, at “(a AND b) near/5 c”: on both sides of near stand words'],
    ['a near/5 b near/5 c', 'Write (a near/5 b) AND (b near/5 c).'],
    ['autor:ana', 'did you mean author:?'],
    ['colour:red', 'there is author:, site:, title:, lang:, source:, rating:, and no colour:.'],
    ['https://forum.example/a', 'did you mean site:forum.example/a?'],
    ['author: ana', 'Character 8, at “ana”'],
    ['lang:english', 'Character 6, at “english”: did you mean lang:en?'],
    ['lang:en-GB', 'did you mean lang:en?'],
    ['site:forum', 'with a dot in it'],
    ['rating:bad', 'a number of stars should stand'],
    ['rating:<=80', 'ratings are counted as stars of five'],
    ['source:blue*', 'no star can stand behind source:'],
    ['lang:(en OR de)', 'Write (lang:one OR lang:other).'],
    ['*', 'there is nothing here to look for'],
    ['*funding', 'a star stands only at the end'],
    ['re*fund', 'Character 3, at “*fund”: a star stands only at the end'],
    ['"!!!"', 'there is nothing here to look for'],
    ['coffee && tea', 'did you mean AND?'],
    ['coffee | tea', 'did you mean OR?'],
    ['coffee, tea', 'Character 7, at “, tea”: did you mean OR?'],
    ['coffee -paint', 'did you mean NOT paint?'],
    ['"blue door"~5', 'did you mean near/5, between the two words?'],
    ['[coffee]', 'did you mean a round bracket'],
    ['a AND\n  b c', 'Line 2, character 5, at “c”'],
    [`${'('.repeat(60)}a${')'.repeat(60)}`, 'more than 50 brackets deep'],
    ['NOT '.repeat(9000).slice(0, 19_000), 'more than 50 brackets deep'],
    ['a'.repeat(20_001), 'longer than 20000 characters'],
  ])('%s', (text, says) => {
    const { query, trouble } = parseQuery(text);
    expect(query && printQuery(query)).toBeNull();
    expect(trouble && sayTrouble(text, trouble)).toContain(says);
  });
});

test('printed and read again it is the same', () => {
  fc.assert(
    fc.property(aQuery, (text) => {
      const { query } = parseQuery(text);
      if (query === null) throw new Error(read(text));
      expect(parseQuery(printQuery(query))).toEqual({ query, trouble: null });
    }),
  );
});

test('it never throws, and every refusal has a place inside the text', () => {
  const pieces = fc.constantFrom(
    ...[
      'a',
      'AND',
      'or',
      'NOT',
      'near/5',
      'onear/',
      '(',
      ')',
      '"',
      '“',
      '*',
      '/*',
      '*/',
      ':',
      'rating:',
      'lang:',
      '<=2',
    ],
    ...['author:', 'site:', '#', '@', '-', '\n', ' ', '🚪', '\u0301', '\ud800', 'ß', '寿'],
  );
  const garbage = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(garbage, (text) => {
      const { query, trouble } = parseQuery(text);
      if (query) expect(parseQuery(printQuery(query)).query).toEqual(query);
      else {
        expect(trouble.at).toBeGreaterThanOrEqual(0);
        expect(trouble.at).toBeLessThanOrEqual(text.length);
        expect(sayTrouble(text, trouble)).toMatch(/^(?:Line \d+, c|C)haracter \d+, at .+: \S/s);
      }
    }),
    { numRuns: 2000 },
  );
});
