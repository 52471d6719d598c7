/** What is due, over DST nights, sleeps and random times. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cronDue, cronPeriodMinutes, cronTrouble } from '../../src/daemon/due.ts';
import { sources } from '../support/every-source.ts';

const at = (iso: string) => Date.parse(iso);
const due = (cron: string, last: string, now: string, timezone = 'Europe/London', offsetMinutes = 0) =>
  cronDue(cron, { lastDone: at(last), now: at(now), timezone, offsetMinutes });

describe('cronDue', () => {
  test('is due once a tick lies between the last look and now', () => {
    expect(due('*/15 * * * *', '2026-11-20T10:00:30Z', '2026-11-20T10:14:59Z')).toBe(false);
    expect(due('*/15 * * * *', '2026-11-20T10:00:30Z', '2026-11-20T10:15:00Z')).toBe(true);
    expect(due('0 8 * * *', '2026-11-20T08:00:00Z', '2026-11-21T07:59:00Z')).toBe(false);
  });

  test('what was never done is due, what was done in the future is not', () => {
    expect(cronDue('0 0 1 1 *', { lastDone: null, now: 0, timezone: 'UTC' })).toBe(true);
    expect(due('* * * * *', '2026-11-20T10:00:00Z', '2026-11-20T09:00:00Z')).toBe(false);
  });

  test('an offset moves every tick by as much', () => {
    expect(due('*/15 * * * *', '2026-11-20T10:00:00Z', '2026-11-20T10:06:00Z', 'UTC', 7)).toBe(false);
    expect(due('*/15 * * * *', '2026-11-20T10:00:00Z', '2026-11-20T10:07:00Z', 'UTC', 7)).toBe(true);
  });

  test('a local time that the spring night skips is due at the first minute after it', () => {
    expect(due('30 1 * * *', '2026-03-28T01:30:00Z', '2026-03-29T00:59:00Z')).toBe(false);
    expect(due('30 1 * * *', '2026-03-28T01:30:00Z', '2026-03-29T01:00:00Z')).toBe(true);
  });

  test('a local time that comes twice in the autumn night is due once', () => {
    expect(due('30 1 * * *', '2026-10-24T00:30:00Z', '2026-10-25T00:30:00Z')).toBe(true);
    expect(due('30 1 * * *', '2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z')).toBe(false);
  });

  test('the hour that comes twice does not silence a watch that looks every quarter of an hour', () => {
    expect(due('*/15 * * * *', '2026-10-25T00:50:00Z', '2026-10-25T01:00:00Z')).toBe(true);
  });

  test('a machine that slept for a month has one look to catch up', () => {
    expect(due('0 8 * * 1', '2026-10-01T00:00:00Z', '2026-11-20T10:00:00Z')).toBe(true);
  });

  test('splitting a stretch of time never adds or loses a tick', () => {
    const crons = fc.constantFrom('*/7 * * * *', '30 1 * * *', '0 */6 * * *', '15 8 * * 1');
    const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC');
    const minutes = fc.integer({ min: 0, max: 400 * 24 * 60 });
    fc.assert(
      fc.property(
        crons,
        zones,
        minutes,
        fc.integer({ min: 1, max: 1500 }),
        fc.integer({ min: 0, max: 1500 }),
        (cron, timezone, start, length, cut) => {
          const from = at('2026-01-01T00:00:00Z') + start * 60_000;
          const to = from + length * 60_000;
          const middle = from + Math.min(cut, length) * 60_000;
          const whole = cronDue(cron, { lastDone: from, now: to, timezone });
          const parts =
            cronDue(cron, { lastDone: from, now: middle, timezone }) ||
            cronDue(cron, { lastDone: middle, now: to, timezone });
          // In a repeated hour the second part cannot know what the first has seen; outside of it both agree.
          if (whole) expect(parts).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('cronPeriodMinutes tells how far apart ticks are', () => {
  expect(cronPeriodMinutes('*/15 * * * *')).toBe(15);
  expect(cronPeriodMinutes('0 8 * * *')).toBe(1440);
  expect(cronPeriodMinutes('5 */2 * * *')).toBe(120);
});

test('an expression that cannot be read is once a day, and stops nobody', () => {
  expect(due('banana', '2026-11-20T10:00:00Z', '2026-11-20T23:59:00Z', 'UTC')).toBe(false);
  expect(due('banana', '2026-11-20T10:00:00Z', '2026-11-21T00:00:00Z', 'UTC')).toBe(true);
  expect(cronPeriodMinutes('0 0 31 2 *')).toBe(1440);
});

test('the times at which every source looks by itself can be read', () => {
  expect(sources.flatMap(({ id, cron }) => (cronTrouble(cron) === null ? [] : [id]))).toEqual([]);
});

test('a range without end is refused before node-cron writes it out', () => {
  for (const cron of ['1-99999999 * * * *', '99999999-1 * * * *', '0 8 * * 1-99999999', '*/100000000 * * * *'])
    expect(cronTrouble(cron), cron).toContain('cannot be read');
});
