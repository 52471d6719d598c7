/** Business hours across closings, holidays and DST nights. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterOpenTime, type BusinessTime, dueAfter, type Hours, openTimeBetween } from '../../src/cases/hours.ts';

const hours: Hours = { 'tue-sun': '12:00-22:00', closed: ['2026-12-25'] };
const leeds: BusinessTime = { hours, timezone: 'Europe/London' };
const hour = 3_600_000;
const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString();

describe('open time', () => {
  test('counts only while we are open', () => {
    expect(openTimeBetween(at('2026-11-21T21:00Z'), at('2026-11-22T13:00Z'), leeds)).toBe(2 * hour);
    expect(openTimeBetween(at('2026-11-23T00:00Z'), at('2026-11-24T00:00Z'), leeds)).toBe(0);
    expect(openTimeBetween(at('2026-12-25T00:00Z'), at('2026-12-26T00:00Z'), leeds)).toBe(0);
  });

  test('a bar that closes after midnight is open then', () => {
    const bar: BusinessTime = { hours: { 'fri-sat': '18:00-02:00', closed: [] }, timezone: 'Europe/London' };
    expect(openTimeBetween(at('2026-11-21T00:00Z'), at('2026-11-21T12:00Z'), bar)).toBe(2 * hour);
  });

  test('a lunch break is closed', () => {
    const clinic: BusinessTime = { hours: { 'mon-fri': ['09:00-12:00', '14:00-17:00'], closed: [] }, timezone: 'UTC' };
    expect(iso(afterOpenTime(at('2026-11-20T11:00Z'), 2 * hour, clinic))).toBe('2026-11-20T15:00:00.000Z');
  });

  test('a night shift over the spring change is an hour shorter, over the autumn change an hour longer', () => {
    const night: BusinessTime = { hours: { 'mon-sun': '00:00-06:00', closed: [] }, timezone: 'Europe/London' };
    const day = (date: string) => openTimeBetween(at(`${date}T00:00+00:00`) - 2 * hour, at(`${date}T08:00Z`), night);
    expect(day('2026-03-29')).toBe(5 * hour);
    expect(openTimeBetween(at('2026-10-24T22:30Z'), at('2026-10-25T08:00Z'), night)).toBe(7 * hour);
  });

  test('hours that never open do not make a clock that never ends', () => {
    expect(afterOpenTime(0, hour, { hours: { closed: [] }, timezone: 'UTC' })).toBe(hour);
  });
});

describe('dueAfter', () => {
  test('a day is a day on which we are open', () => {
    expect(iso(dueAfter(at('2026-11-22T15:00Z'), { days: 1 }, leeds))).toBe('2026-11-24T15:00:00.000Z');
    expect(iso(dueAfter(at('2026-12-24T15:00Z'), { days: 1 }, leeds))).toBe('2026-12-26T15:00:00.000Z');
  });

  test('what comes in at night is due by closing or after opening, never while we sleep', () => {
    expect(iso(dueAfter(at('2026-11-20T23:30Z'), { days: 1 }, leeds))).toBe('2026-11-21T22:00:00.000Z');
    expect(iso(dueAfter(at('2026-11-20T03:00Z'), { days: 1 }, leeds))).toBe('2026-11-21T12:00:00.000Z');
  });

  test('two hours are two open hours', () => {
    expect(iso(dueAfter(at('2026-11-21T21:30Z'), { ms: 2 * hour }, leeds))).toBe('2026-11-22T13:30:00.000Z');
  });

  test('without hours every hour counts', () => {
    expect(dueAfter(1000, { ms: hour }, { hours: null, timezone: 'UTC' })).toBe(1000 + hour);
  });
});

test('what was added as open time is what lies between, in any zone and week', () => {
  const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
  const weeks: fc.Arbitrary<Hours> = fc.constantFrom(
    hours,
    { 'mon-fri': ['09:00-12:30', '14:00-18:00'], closed: [] },
    { 'fri-mon': '20:00-03:00', closed: ['2026-03-28'] },
  );
  const moment = fc.integer({ min: at('2026-01-01'), max: at('2027-06-01') });
  fc.assert(
    fc.property(zones, weeks, moment, fc.integer({ min: 1, max: 100 * hour }), (timezone, week, from, length) => {
      const time = { hours: week, timezone };
      const until = afterOpenTime(from, length, time);
      expect(openTimeBetween(from, until, time)).toBe(length);
      expect(openTimeBetween(from, until - 1, time)).toBeLessThan(length);
    }),
    { numRuns: 40 },
  );
});
