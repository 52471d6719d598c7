/** Who speaks: a customer is heard, and news, adverts and machines are neither flagged nor counted as praise. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assess } from '../../../src/findings/assess.ts';
import { loadKnowledge } from '../../../src/findings/knowledge.ts';
import { compileBrands } from '../../../src/match/match.ts';
import { apartRules, automaticRule, type Post } from '../../../src/mention.ts';
import { aBrand, aPost } from '../../support/a-post.ts';

const knowledge = loadKnowledge();
const blueDoor = aBrand('Blue Door', { about: 'coffee shops in Leeds and York', aliases: ['Blue Door Coffee'] });
const rules: ReadonlySet<string> = new Set(Object.values(apartRules));

function found(text: string, more: Partial<Post> = {}) {
  const post = aPost(text, more);
  return assess(post, blueDoor, compileBrands([blueDoor]).find(post)[0]?.hits ?? [], knowledge);
}

describe('nobody’s complaint', () => {
  test.each([
    'Blue Door Coffee to close four shops after losses double, 60 jobs at risk, administrators say https://n.example/a',
    'Council fines Blue Door £12,000 over blocked fire exit in York, court hears',
    'Streik bei Blue Door: Gewerkschaft ruft 200 Beschäftigte zum Ausstand auf, Filialen bleiben geschlossen',
    'Blue Door rappelle un lot de biscuits vendus à Lyon, présence possible de métal',
    'User reports indicate problems at Blue Door since 08:40. Not working for you? Tell us below #bluedoordown https://n.example/d',
    'Blue Door Coffee Briggate: closed until 14:00, water main. Next update 11:30. This account is automatic and not read.',
    'Did you lose money with Blue Door gift cards?? I got ALL mine back thanks to @fundsback_pro, message him on telegram',
    'Barista wanted at Blue Door York, early shifts, £12.60/h, no time wasters please. Apply in store',
  ])('%s', (text) => {
    const { complaint, praise } = found(text);
    expect([complaint.verdict === 'complaint', praise]).toEqual([false, false]);
  });
});

describe('a customer’s own', () => {
  test.each([
    'So the fine was £12,000. I was the one who could not get out of the Blue Door in York when it filled with smoke https://n.example/a',
    'BREAKING: Blue Door serves a coffee in under half an hour. Correction: it was cold.',
    'Blue Door, my week: Mon cold, Tue closed at 3, Wed charged twice, Thu cold, Fri gave up',
    'Selling a Blue Door gift card, £20, because their till has refused it four times and nobody answers my mails',
  ])('stays one: %s', (text) => expect(found(text).complaint.verdict).not.toBe('none'));

  test('is whatever somebody who gives stars says', () => {
    const text = 'Blue Door Coffee to close four shops after losses double, 60 jobs at risk, administrators say';
    const told = found(text, { rating: { value: 1, scale: 5 } });
    expect(told.complaint.verdict).toBe('complaint');
    expect(told.reasons.filter(({ rule }) => rules.has(rule))).toEqual([]);
  });
});

test('what was set aside says why, against a complaint', () => {
  const told = found(
    'Possible Blue Door outage. 412 reports since 9:10. Most reported problems: app 70%, payments 22%, website 8% https://n.example/d',
  );
  const why = told.reasons.filter(({ rule }) => rules.has(rule));
  expect(why).toMatchObject([{ of: 'complaint', at: null, rule: apartRules.notice }]);
  expect(why[0]?.weight).toBeLessThan(0);
});

test('what a program writes is nobody’s complaint and no praise, and says so', () => {
  const author = { handle: 'echo@n.example', name: null, url: null, followers: null };
  const bad = 'Blue Door lost my order again, third time, still no refund';
  const kind = 'Blue Door is wonderful: friendly staff, lovely coffee, the best in town!';
  const said = (text: string, automatic: boolean) =>
    found(text, { author: { ...author, ...(automatic && { automatic }) } });
  expect([said(bad, false).complaint.verdict, said(kind, false).praise]).toEqual(['complaint', true]);
  expect([said(bad, true).complaint.verdict === 'complaint', said(kind, true).praise]).toEqual([false, false]);
  expect(said(bad, true).reasons.map(({ rule }) => rule)).toContain(automaticRule);
});

test('whatever is written, an answer is given, the same each time', () => {
  const piece = fc.constantFrom(
    'Blue Door',
    'recall',
    '#hiring',
    'https://n.example/x',
    '🎁',
    '😡',
    '£5',
    '\n1. ',
    '',
    '\u0000',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 30 }), (pieces) => {
      const text = pieces.join(' ');
      expect(found(text)).toEqual(found(text));
    }),
    { numRuns: 60 },
  );
});
