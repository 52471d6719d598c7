/** The same thing again: who counts as one customer, and what is news. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Subject, sameAgain, type Voice } from '../../src/insight/again.ts';

const dayMs = 86_400_000;
const now = Date.parse('2026-11-20T08:00:00Z');
const delivery: Subject = { kind: 'topic', name: 'delivery' };
const coldFood: Subject = { kind: 'cause', name: 'cold food' };

let id = 0;
function voice(daysAgo: number, customer: readonly string[], ...subjects: Subject[]): Voice {
  id += 1;
  return {
    mentionId: id,
    customer,
    saidAt: now - daysAgo * dayMs,
    subjects: subjects.length > 0 ? subjects : [delivery],
  };
}

test('three customers within 14 days, with the newest post of each', () => {
  const all = [voice(11, ['a']), voice(9, ['b']), voice(2, ['c']), voice(1, ['b'])];
  expect(sameAgain(all, now)).toEqual([
    {
      ...delivery,
      times: 3,
      since: now - 11 * dayMs,
      mentionIds: [all[3]?.mentionId, all[2]?.mentionId, all[0]?.mentionId],
    },
  ]);
});

test('one customer’s posts are one, whatever joins them', () => {
  const one = [voice(3, ['author 1', 'case 1']), voice(2, ['author 2', 'case 1']), voice(1, ['author 2'])];
  expect(sameAgain([...one, voice(1, ['x'])], now)).toEqual([]);
  expect(sameAgain([...one, voice(1, ['x']), voice(1, ['y'])], now)).toMatchObject([{ times: 3 }]);
});

test('15 days are too long, and what is over is no news', () => {
  expect(sameAgain([voice(15, ['a']), voice(2, ['b']), voice(0.5, ['c'])], now)).toEqual([]);
  expect(sameAgain([voice(20, ['a']), voice(19, ['b']), voice(18, ['c'])], now)).toEqual([]);
  expect(sameAgain([voice(20, ['a']), voice(19, ['b']), voice(7, ['c'])], now)).toMatchObject([{ times: 3 }]);
});

test('a cause tells it before a topic of the same posts does; what others say too is told beside it', () => {
  const cold = [
    voice(3, ['a'], coldFood, delivery),
    voice(2, ['b'], coldFood, delivery),
    voice(1, ['c'], coldFood, delivery),
  ];
  expect(sameAgain(cold, now)).toMatchObject([{ name: 'cold food' }]);
  const more = [voice(3, ['d']), voice(2, ['e']), voice(1, ['f'])];
  expect(sameAgain([...cold, ...more], now)).toMatchObject([
    { name: 'cold food', times: 3 },
    { name: 'delivery', times: 6 },
  ]);
});

test('what comes up that often anyway is no news, far more of it is', () => {
  const often = () => ({ count: 40, days: 84, clump: 1 });
  const voices = (count: number) => Array.from({ length: count }, (_, at) => voice(at / 4, [`customer ${at}`]));
  expect(sameAgain(voices(7), now, often)).toEqual([]);
  expect(sameAgain(voices(20), now, often)).toMatchObject([{ times: 20 }]);
  expect(sameAgain(voices(3), now, () => ({ count: 4, days: 84, clump: 1 }))).toHaveLength(1);
});

test('never fewer than three customers, never more than there are, and the order of the voices makes no difference', () => {
  const any = fc.array(
    fc.record({ daysAgo: fc.double({ min: 0, max: 30, noNaN: true }), who: fc.integer({ min: 1, max: 8 }) }),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(any, (given) => {
      const voices = given.map(({ daysAgo, who }) => voice(daysAgo, [`${who}`]));
      const found = sameAgain(voices, now);
      for (const { times, mentionIds, since } of found) {
        expect(times).toBeGreaterThanOrEqual(3);
        expect(times).toBeLessThanOrEqual(new Set(given.map(({ who }) => who)).size);
        expect(mentionIds).toHaveLength(3);
        expect(since).toBeGreaterThanOrEqual(now - 28 * dayMs);
      }
      expect(sameAgain(voices.toReversed(), now).map(({ times, since }) => [times, since])).toEqual(
        found.map(({ times, since }) => [times, since]),
      );
    }),
  );
});
