/** The scorecard's arithmetic, held against published figures and against itself. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enoughToTell, type Judged, scorecard, wilson } from '../../src/insight/scorecard.ts';

const one = (more: Partial<Judged> = {}): Judged => ({
  source: 'bluesky',
  topics: [],
  found: 'flagged',
  complains: true,
  byHand: null,
  marks: { complaint: null, us: null },
  worked: null,
  ...more,
});
const yes = { complaint: 'complaint', us: null } as const;
const no = { complaint: 'no-complaint', us: null } as const;
const notUs = { complaint: null, us: 'not-us' } as const;
const us = { complaint: null, us: 'us' } as const;

/** Newcombe, “Two-sided confidence intervals for the single proportion”, 1998, table I, method 3. */
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('Wilson’s range of %i of %i', (hits, of, low, high) => {
  const range = wilson(hits, of);
  expect(range.low).toBeCloseTo(low, 4);
  expect(range.high).toBeCloseTo(high, 4);
});

describe('one mention', () => {
  test.each<[string, Partial<Judged>, object]>([
    ['answered', { worked: 'answered' }, { right: 1 }],
    ['dismissed without a mark', { worked: 'dismissed' }, { wrong: 1 }],
    ['answered, then marked as none', { worked: 'answered', marks: no }, { wrong: 1 }],
    ['not about us', { marks: notUs }, { wrong: 1 }],
    ['about us, and nothing more is said', { marks: us }, { undecided: 1 }],
    ['not flagged, and a complaint', { found: 'none', marks: yes }, { missed: 1 }],
    ['taken for somebody else’s complaint', { found: 'none', marks: us }, { missed: 1 }],
    ['not flagged, and about us', { found: 'none', complains: false, marks: us }, { missed: 0 }],
    ['left to us', { found: 'unsure', marks: yes }, { missed: 0, leftToYou: { complaints: 1, others: 0 } }],
    ['put in elsewhere', { byHand: 'elsewhere', marks: yes }, { right: 0, missed: 0 }],
    ['put in where we listen', { byHand: 'where-we-listen' }, { undecided: 0, missed: 1 }],
    ['put in, and no complaint', { byHand: 'where-we-listen', marks: no }, { wrong: 0, missed: 0 }],
  ])('%s', (_what, more, told) => expect(scorecard([one(more)])).toMatchObject(told));
});

test('a share is told from 20 decided flags on, for each place by itself', () => {
  const right = Array.from({ length: enoughToTell - 1 }, () => one({ marks: yes, topics: ['refund', 'staff'] }));
  expect(scorecard(right).share).toBeNull();
  const card = scorecard([...right, one({ source: 'feed', marks: no })]);
  expect(card.share?.value).toBeCloseTo(0.95);
  expect(card.sources.map(({ source, share }) => [source, share])).toEqual([
    ['bluesky', null],
    ['feed', null],
  ]);
  expect(card.topics.map(({ topic, right }) => [topic, right])).toEqual([
    ['refund', 19],
    ['staff', 19],
  ]);
});

test('how many it finds of the complaints that people know of is told from 20 of them on, with its range', () => {
  const right = Array.from({ length: enoughToTell - 1 }, () => one({ marks: yes }));
  expect(scorecard(right).found).toBeNull();
  const missed = one({ found: 'none', marks: yes });
  const card = scorecard([...right, missed]);
  expect(card).toMatchObject({ share: null, missed: 1, found: wilson(19, 20) });
  expect(card.sources).toMatchObject([{ source: 'bluesky', found: wilson(19, 20) }]);
});

test('the share lies within its range, and the range within 0 and 1', () => {
  fc.assert(
    fc.property(fc.nat(5000), fc.nat(5000), (hits, misses) => {
      fc.pre(hits + misses > 0);
      const { value, low, high } = wilson(hits, hits + misses);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(value + 1e-12);
      expect(high).toBeGreaterThanOrEqual(value - 1e-12);
    }),
  );
});
