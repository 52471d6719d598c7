import { expect, test } from 'vitest';
import { count, hoursOrDays, lastDays } from '../../src/text/count.ts';

test('a number stands with what it counts, in groups where it is long', () => {
  expect([0, 1, 2, 999, 1000, 1_234_567].map((number) => count(number, 'post'))).toEqual([
    ...['0 posts', '1 post', '2 posts', '999 posts', '1,000 posts', '1,234,567 posts'],
  ]);
  expect(count(1, 'complaint says', 'complaints say')).toBe('1 complaint says');
});

test('lengths are said as people say them', () => {
  expect([1, 30].map(lastDays)).toEqual(['the last day', 'the last 30 days']);
  expect([1, 47, 48, 60].map(hoursOrDays)).toEqual(['1 hour', '47 hours', '2 days', '3 days']);
});
