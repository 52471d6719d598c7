/** Few words are marked, the heaviest, and none where nothing was flagged. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tellingReasons, tellingSpans } from '../../src/digest/telling.ts';
import { sayWhy } from '../../src/digest/why.ts';
import { learntRules } from '../../src/mention.ts';
import { words } from '../../src/text/words.ts';
import { mention } from './sample.ts';

const weighed = (text: string, ...phrases: readonly (readonly [string, number])[]) =>
  mention({
    text,
    reasons: phrases.map(([evidence, weight]) => {
      const at = text.indexOf(evidence);
      return { of: 'complaint', rule: 'test', evidence, at: [at, at + evidence.length], weight, in: 'text' };
    }),
  });
const marked = (...given: Parameters<typeof weighed>) =>
  tellingReasons(weighed(...given), 'hurts').map(({ evidence }) => evidence);

describe('what is marked', () => {
  test('is what carries most of the weight, the heaviest first', () => {
    const text =
      'We came on Sunday and the coffee was cold and then the waiter was rude, and we sat by a loud fan all day';
    const phrases = [
      ['loud fan', 0.2],
      ['rude', 1.2],
      ['cold', 1],
      ['all day', 0.1],
    ] as const;
    expect(marked(text, ...phrases)).toEqual(['rude', 'cold']);
  });

  test('is a phrase, not the whole of a short post, and no word twice', () => {
    const text = 'Nobody at Blue Door answers my mails about the refund';
    expect(marked(text, [text, 2], ['Nobody', 0.4], ['answers my mails', 0.9], ['my mails about', 0.8])).toEqual([
      'answers my mails',
      'Nobody',
    ]);
  });

  test('is nothing of a post that was not flagged, nor is it told as a reason', () => {
    const none = { ...weighed('I will be waiting at the bar', ['waiting', 0.5]), topics: ['refund'] };
    const fine = { ...none, complaint: { verdict: 'none', probability: 0.1 } } as const;
    expect(tellingSpans(none, 'text', 'hurts')).toHaveLength(1);
    expect(tellingSpans(fine, 'text', 'hurts')).toEqual([]);
    expect(sayWhy(none)).toEqual(['the word “waiting”', 'asks for money back']);
    expect(sayWhy(fine)).toEqual([]);
    const learnt = {
      of: 'complaint',
      rule: learntRules.complaint.no,
      evidence: null,
      at: null,
      weight: -2,
      in: 'text',
    } as const;
    expect(sayWhy({ ...fine, reasons: [...fine.reasons, learnt] })).toEqual([learntRules.complaint.no]);
  });

  test('is three phrases at most, and a third of the words', () => {
    const word = fc.constantFrom('cold', 'soup', 'rude', 'late', 'the', 'waiter', 'again');
    const text = fc.array(word, { minLength: 1, maxLength: 30 }).map((all) => all.join(' '));
    const phrase = fc.record({
      from: fc.nat(120),
      long: fc.integer({ min: 1, max: 40 }),
      weight: fc.double({ min: -1, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(text, fc.array(phrase, { maxLength: 12 }), (said, phrases) => {
        const cut = phrases.map(({ from, long, weight }) => [said.slice(from, from + long), weight] as const);
        const chosen = tellingReasons(weighed(said, ...cut), 'hurts');
        const used = chosen.reduce((sum, { evidence }) => sum + words(evidence ?? '').length, 0);
        expect(chosen.length).toBeLessThanOrEqual(3);
        expect(used).toBeLessThanOrEqual(Math.max(3, Math.ceil(words(said).length / 3)));
        expect(chosen).toEqual(chosen.toSorted((one, other) => other.weight - one.weight));
      }),
    );
  });
});
