import { expect, test } from 'vitest';
import { localDay, sayDate, sayMoment } from '../../src/digest/local-time.ts';

const now = Date.parse('2026-11-21T08:00:00Z');

test.each([
  ['2026-11-21T14:00:00Z', 'Europe/London', 'today 14:00'],
  ['2026-11-20T19:40:00Z', 'Europe/London', 'yesterday 19:40'],
  ['2026-11-22T09:05:00Z', 'Europe/London', 'tomorrow 09:05'],
  ['2026-11-17T14:00:00Z', 'Europe/London', 'Tue 14:00'],
  ['2026-11-27T14:00:00Z', 'Europe/London', 'Fri 14:00'],
  ['2026-11-14T14:00:00Z', 'Europe/London', '14 Nov'],
  ['2025-11-14T14:00:00Z', 'Europe/London', '14 Nov 2025'],
  ['2026-11-20T23:30:00Z', 'Asia/Tokyo', 'today 08:30'],
  ['2026-11-21T05:00:00Z', 'America/New_York', 'today 00:00'],
  ['2026-11-21T04:59:00Z', 'America/New_York', 'yesterday 23:59'],
])('%s in %s is %s', (at, timezone, said) => {
  expect(sayMoment(Date.parse(at), now, timezone)).toBe(said);
});

test('a day is the one on the wall there', () => {
  expect(sayDate(now, 'Europe/London')).toBe('Saturday 21 November 2026');
  expect(localDay(Date.parse('2026-11-21T23:30:00Z'), 'Pacific/Auckland')).toBe('2026-11-22');
});
