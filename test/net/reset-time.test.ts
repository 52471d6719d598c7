/** Three units of reset headers are told apart by value alone. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resetTime, retryTime, usedUpUntil } from '../../src/net/reset-time.ts';

const dayMs = 86_400_000;
const someNow = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2090-01-01') });

test('every spelling of one moment within a day is read as that moment', () => {
  fc.assert(
    fc.property(someNow, fc.integer({ min: 0, max: dayMs / 1000 }), (now, seconds) => {
      const wholeNow = Math.floor(now / 1000) * 1000;
      const at = wholeNow + seconds * 1000;
      const date = new Date(at);
      const spellings = [
        String(seconds),
        `${seconds}.0`,
        String(at / 1000),
        String(at),
        date.toISOString(),
        date.toUTCString(),
      ];
      expect(spellings.map((one) => resetTime(one, wholeNow))).toEqual(spellings.map(() => at));
    }),
  );
});

test('whatever comes, the answer is null or within a day from now', () => {
  const anyHeader = fc.oneof(
    fc.string(),
    fc.double().map(String),
    fc.integer().map(String),
    fc.date().map(String),
    fc.constant(undefined),
  );
  fc.assert(
    fc.property(someNow, anyHeader, (now, header) => {
      const at = resetTime(header, now);
      expect(at === null || (at >= now && at <= now + dayMs)).toBe(true);
    }),
  );
});

test('Retry-After speaks before a reset, and something left means nothing is used up', () => {
  const now = Date.parse('2026-11-20T08:00:00Z');
  expect(retryTime({ 'retry-after': '5', 'x-ratelimit-reset': '50' }, now)).toBe(now + 5000);
  expect(retryTime({ 'retry-after': 'never', 'x-ratelimit-reset': '50' }, now)).toBe(now + 50_000);
  expect(retryTime({}, now)).toBeNull();
  expect(usedUpUntil({ 'x-ratelimit-remaining': '0.0', 'x-ratelimit-reset': '50' }, now)).toBe(now + 50_000);
  expect(usedUpUntil({ 'ratelimit-remaining': '1', 'ratelimit-reset': '50' }, now)).toBeNull();
  expect(usedUpUntil({ 'ratelimit-remaining': '0' }, now)).toBeNull();
  expect(usedUpUntil({ 'ratelimit-reset': '50' }, now)).toBeNull();
});
