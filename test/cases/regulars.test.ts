/** Who comes back: fans turned unhappy, third complaints, who has gone quiet, who helps. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Person, type Said, sayRegular, signsOf } from '../../src/cases/regulars.ts';

const day = 86_400_000;
const now = Date.parse('2026-11-20T12:00:00Z');
let count = 0;
const said = (kind: Said['kind'], daysAgo: number): Said => {
  count += 1;
  return { mentionId: count, saidAt: now - daysAgo * day, kind };
};
const kinds = (...all: Said[]) => signsOf({ said: all, helped: [] }, now).map(({ kind }) => kind);

describe('signs', () => {
  test('a fan turned unhappy: praise before, a complaint of the last 60 days, no praise since', () => {
    expect(kinds(said('praise', 200), said('complaint', 3))).toEqual(['turned']);
    expect(kinds(said('praise', 200), said('complaint', 61))).toEqual([]);
    expect(kinds(said('complaint', 10), said('praise', 3))).toEqual([]);
    expect(kinds(said('praise', 200), said('complaint', 9), said('praise', 3))).toEqual(['regular']);
    const [sign] = signsOf({ said: [said('complaint', 3), said('praise', 100), said('praise', 90)], helped: [] }, now);
    expect(sign).toMatchObject({ why: 'praised you twice before, and complains now', since: now - 3 * day });
  });

  test('a third complaint in 60 days, not one that is older', () => {
    expect(kinds(said('complaint', 59), said('complaint', 30), said('complaint', 1))).toContain('third-complaint');
    expect(kinds(said('complaint', 61), said('complaint', 30), said('complaint', 1))).not.toContain('third-complaint');
    const all = [said('complaint', 40), said('complaint', 30), said('complaint', 20), said('complaint', 1)];
    expect(signsOf({ said: all, helped: [] }, now)[0]).toMatchObject({
      why: 'complained 4 times in 60 days',
      since: now - 20 * day,
    });
  });

  test('gone quiet: praised us twice, nothing of any kind for 90 days', () => {
    expect(kinds(said('praise', 300), said('praise', 90))).toEqual(['gone-quiet', 'regular']);
    expect(kinds(said('praise', 300), said('praise', 89))).toEqual(['regular']);
    expect(kinds(said('praise', 300), said('praise', 200), said('other', 10))).toEqual(['regular']);
    expect(kinds(said('praise', 300))).toEqual([]);
    expect(signsOf({ said: [said('praise', 300), said('praise', 121)], helped: [] }, now)[0]?.why).toBe(
      'praised you twice, and has said nothing for 4 months',
    );
  });

  test('a silence that nobody could have heard is none', () => {
    const all = [said('praise', 300), said('praise', 100)];
    const heard = (daysAgo: number) =>
      signsOf({ said: all, helped: [], heardUntil: now - daysAgo * day }, now).map(({ kind }) => kind);
    expect(heard(0)).toContain('gone-quiet');
    expect(heard(10)).toContain('gone-quiet');
    expect(heard(11)).not.toContain('gone-quiet');
  });

  test('a helper has answered two others; their own thread, or one answer, is nothing', () => {
    const helped = (...to: number[]) => to.map((one, at) => ({ mentionId: 900 + at, saidAt: now - at * day, to: one }));
    const person = (...to: number[]): Person => ({ said: [said('other', 1)], helped: helped(...to) });
    expect(signsOf(person(7, 8), now)).toMatchObject([{ kind: 'helper', why: 'answered 2 other customers about you' }]);
    expect(signsOf(person(7, 7), now)).toEqual([]);
  });
});

test('a regular is told in one sentence; whoever spoke once, or often in one month, is none', () => {
  const customer = { mentions: 5, praise: 3, complaints: 1, firstAt: Date.parse('2026-03-04T00:00:00Z') };
  expect(sayRegular(customer, now, 'UTC')).toBe('regular: 5 posts since March, praised you 3 times');
  expect(sayRegular({ ...customer, praise: 0 }, now, 'UTC')).toBe('regular: 5 posts since March');
  expect(sayRegular({ ...customer, firstAt: Date.parse('2024-03-04T00:00:00Z') }, now, 'UTC')).toContain('March 2024');
  expect(sayRegular({ ...customer, praise: 1, firstAt: now - 20 * day }, now, 'UTC')).toBeNull();
  expect(sayRegular({ mentions: 1, praise: 1, complaints: 0, firstAt: now }, now, 'UTC')).toBeNull();
});

test('whatever was said: every sign names its posts, began in the past, and order of telling changes nothing', () => {
  const posts = fc.array(
    fc.record({
      mentionId: fc.integer({ min: 1, max: 10_000 }),
      saidAt: fc.integer({ min: 0, max: 1000 }).map((days) => now - days * day),
      kind: fc.constantFrom('praise', 'complaint', 'other'),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(posts, (all) => {
      const signs = signsOf({ said: all, helped: [] }, now);
      const known = new Set(all.map(({ mentionId }) => mentionId));
      for (const { mentionIds, since } of signs) {
        expect(mentionIds.length).toBeGreaterThan(0);
        expect(mentionIds.every((id) => known.has(id))).toBe(true);
        expect(since).toBeLessThanOrEqual(now);
      }
      const turnedRound = signsOf({ said: all.toReversed(), helped: [] }, now);
      expect(turnedRound.map(({ kind, since }) => [kind, since])).toEqual(
        signs.map(({ kind, since }) => [kind, since]),
      );
    }),
  );
});
