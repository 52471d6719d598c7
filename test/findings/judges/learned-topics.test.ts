/** The learned topic judge: names what lists have no words for, and shows the words by which it does. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gather } from '../../../src/findings/gather.ts';
import { learnedTopics } from '../../../src/findings/judges/learned-topics.ts';
import { readTopicFiles } from '../../../src/findings/judges/model.ts';
import { loadKnowledge } from '../../../src/findings/knowledge.ts';
import { isTopic } from '../../../src/findings/lexicon.ts';
import { reasonOf } from '../../../src/findings/reasons.ts';
import { compileBrands } from '../../../src/match/match.ts';
import { aBrand, aPost } from '../../support/a-post.ts';

const knowledge = loadKnowledge();
const judge = learnedTopics(readTopicFiles());
const brand = aBrand('Blue Door Coffee', { about: 'café in Leeds' });

function named(text: string) {
  const post = aPost(text);
  const { features, heard } = gather(post, brand, compileBrands([brand]).find(post)[0]?.hits ?? [], knowledge);
  return judge.judge(features, heard.filter(isTopic)).map((each) => {
    const { at } = reasonOf('topic', { ...each, rule: each.topic }, each.weight, features.reading);
    return {
      ...each,
      words: at ? text.slice(...at) : '',
      sentences: features.reading.tokens.slice(each.from, each.to),
    };
  });
}

describe('topics', () => {
  test.each([
    ['Blue Door Coffee took 45 minutes for two flat whites.', 'waiting', /45 minutes/],
    ['€7 for a flat white at Blue Door Coffee, really?', 'price', /7/],
    ['Third email to Blue Door Coffee about the double charge on my card.', 'billing', /charge/],
    ['The app of Blue Door Coffee crashes whenever I log in.', 'bug', /crashes/],
    ['Blue Door Coffee hat mir seit drei Wochen die Erstattung nicht überwiesen.', 'refund', /Erstattung/],
    ['Il cameriere di Blue Door Coffee è stato maleducato.', 'staff', /cameriere|maleducato/],
  ])('%s: %s', (text, topic, words) => {
    const found = named(text).filter((each) => each.topic === topic);
    expect(found.map((each) => each.words).join(' … ')).toMatch(words);
  });

  test('are each shown by words of one sentence that speak for it, whatever is said', () => {
    const word = fc.constantFrom(
      'not',
      'waiting',
      'refund',
      'the bill',
      '😡',
      'Blue Door Coffee',
      '!',
      '.',
      '?',
      '12:30',
      '<b>',
      'x'.repeat(90),
      'łódź',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        for (const { from, to, weight, sentences } of named(words.join(' '))) {
          expect(to).toBeGreaterThan(from);
          expect(weight).toBeGreaterThan(0);
          expect(new Set(sentences.map(({ sentence }) => sentence)).size).toBe(1);
        }
      }),
      { numRuns: 50 },
    );
  });
});
