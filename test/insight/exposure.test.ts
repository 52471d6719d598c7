/** How many people have seen a post, as a range with its reason. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exposureOf, type Seen, sayExposure, together } from '../../src/insight/exposure.ts';

const day = 86_400_000;
const now = 100 * day;
const nothing: Seen = {
  ...{ views: null, likes: null, reposts: null, replies: null, followers: null },
  saidAt: now - 2 * day,
  place: 'r/Leeds',
};
const said = (more: Partial<Seen>) => sayExposure(exposureOf({ ...nothing, ...more }, now));

test.each([
  [{ likes: 14 }, 'perhaps 50–300 people have seen it: r/Leeds, 14 votes, 2 days'],
  [{ views: 1204, likes: 3 }, '1,204 people have seen it: r/Leeds, 1,204 views, 3 votes, 2 days'],
  [{ views: 1 }, '1 person has seen it: r/Leeds, 1 view, 2 days'],
  [{}, 'no idea how many have seen it'],
  [{ likes: 0, replies: 0 }, 'perhaps 1–60 people have seen it: r/Leeds, 2 days'],
  [{ followers: 5000 }, 'perhaps 50–1,000 people have seen it: r/Leeds, 5,000 followers, 2 days'],
  [
    { followers: 5000, saidAt: now - day / 2 },
    'perhaps 10–300 people have seen it: r/Leeds, 5,000 followers, 12 hours',
  ],
])('%j: %s', (more, sentence) => {
  expect(said(more)).toBe(sentence);
});

test('several places add up; what is unknown of one leaves a guess of the rest', () => {
  const counted = exposureOf({ ...nothing, views: 100 }, now);
  expect(together([counted, counted])).toMatchObject({ low: 200, high: 200, counted: true });
  expect(together([counted, null])).toMatchObject({ low: 100, high: 100, counted: false });
  expect(together([null, null])).toBeNull();
});

test('a range is never the wrong way round, and more of anything never makes it smaller', () => {
  const count = fc.option(fc.nat({ max: 1e7 }));
  const some = fc.record({ likes: count, reposts: count, replies: count, followers: count });
  fc.assert(
    fc.property(some, fc.nat({ max: 1000 }), (given, more) => {
      const one = exposureOf({ ...nothing, ...given }, now);
      if (one === null) return;
      expect(one.low).toBeGreaterThan(0);
      expect(one.high).toBeGreaterThanOrEqual(one.low);
      if (given.likes === null) return;
      const next = exposureOf({ ...nothing, ...given, likes: given.likes + more }, now);
      expect(next?.low).toBeGreaterThanOrEqual(one.low);
      expect(next?.high).toBeGreaterThanOrEqual(one.high);
    }),
  );
});
