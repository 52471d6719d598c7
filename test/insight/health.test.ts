/** What the owner reads about a place: true, plain, with the next step, whatever happened there. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fixes, healthSentence, type WatchReport, watchState } from '../../src/insight/health.ts';
import { faultKinds } from '../../src/watch.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const ago = (days: number, hours = 0) => now - days * 86_400_000 - hours * 3_600_000;
const report = (more: Partial<WatchReport> = {}): WatchReport => ({
  watch: { source: 'bluesky', key: 'search', scope: 'brand', brands: ['blue-door'], quietAfterMs: 30 * 86_400_000 },
  title: 'Bluesky',
  takesKey: true,
  firstRunAt: ago(90),
  lastGoodAt: Date.parse('2026-11-20T07:40:00Z'),
  lastNewAt: ago(0, 3),
  lastTriedAt: Date.parse('2026-11-20T07:40:00Z'),
  fault: null,
  gapSince: null,
  note: null,
  listeningSince: null,
  gap: null,
  ...more,
});
const trouble = (kind: (typeof faultKinds)[number], retryAt: number | null = null, since = ago(2, 18)) =>
  ({ kind, message: 'bsky.example answered HTTP 403.', retryAt, since }) as const;

test.each<[string, Partial<WatchReport>, string, string]>([
  ['well', {}, 'fresh', 'heard at 07:40'],
  ['nothing new for a while', { lastNewAt: ago(12, 2) }, 'fresh', 'heard at 07:40, nothing new for 12 days'],
  [
    'nothing new for longer than is usual',
    { lastNewAt: ago(45) },
    'quiet',
    'heard at 07:40, nothing new for 45 days, longer than usual here: look there once yourself',
  ],
  [
    'never anything',
    { lastNewAt: null },
    'quiet',
    'heard at 07:40, nothing at all for 3 months, longer than usual here: look there once yourself',
  ],
  [
    'never anything, but only just begun',
    { lastNewAt: null, firstRunAt: ago(0, 1) },
    'fresh',
    'heard at 07:40, nothing has come in yet',
  ],
  [
    'slowed down',
    { fault: trouble('slow-down', Date.parse('2026-11-20T14:00:00Z')) },
    'limited',
    'slowed down since Tue 14:00, goes on by itself from 14:00',
  ],
  [
    'slowed down just now',
    { fault: trouble('slow-down', Date.parse('2026-11-20T14:00:00Z'), ago(0, 1)) },
    'limited',
    'slowed down until 14:00, then goes on by itself',
  ],
  [
    'slowed down, time over',
    { fault: trouble('slow-down', ago(1)) },
    'limited',
    'slowed down since Tue 14:00, goes on by itself',
  ],
  [
    'a password',
    { fault: trouble('not-allowed') },
    'blind',
    'could not look since Tue 14:00: it wants a password: `npx earshot sources bluesky`',
  ],
  [
    'a door that no password opens',
    { fault: trouble('not-allowed'), takesKey: false },
    'blind',
    'could not look since Tue 14:00: it does not let Earshot in: `npx earshot status` says why',
  ],
  [
    'turned away',
    { fault: trouble('blocked', Date.parse('2026-11-20T08:15:00Z')) },
    'blind',
    'could not look since Tue 14:00: it turns Earshot away at its door; Earshot tries again from 08:15',
  ],
  [
    'out of reach',
    { fault: trouble('unreachable', null, Date.parse('2025-12-03T10:00:00Z')) },
    'blind',
    'could not look since 3 Dec 2025: it cannot be reached; Earshot tries again by itself',
  ],
  [
    'a wrong address',
    { fault: trouble('gone'), lastGoodAt: null },
    'never-worked',
    'could not look yet: there is nothing at its address: mend it in your config, then `npx earshot check`',
  ],
  [
    'a changed platform',
    { fault: trouble('garbled', null, Date.parse('2026-11-03T10:00:00Z')) },
    'blind',
    'could not look since 3 Nov: what it sends cannot be read: `npx earshot status` says why',
  ],
  [
    'slowed down from the start',
    { fault: trouble('slow-down', Date.parse('2026-11-21T00:00:00Z')), lastGoodAt: null },
    'never-worked',
    'not heard yet: slowed down until Sat 00:00, then goes on by itself',
  ],
  [
    'not begun',
    { lastGoodAt: null, lastTriedAt: null, firstRunAt: null, lastNewAt: null },
    'never-worked',
    'not looked yet',
  ],
  ['cut short', { lastGoodAt: null, firstRunAt: null }, 'never-worked', 'the first look has not come to its end yet'],
  [
    'nobody looks',
    { lastGoodAt: ago(9), lastTriedAt: ago(9) },
    'fresh',
    'last looked 11 Nov, not since: `npx earshot start` goes on looking',
  ],
  [
    'a gap and a note',
    { gapSince: ago(1), note: 'This server keeps searching for members.' },
    'fresh',
    'heard at 07:40; there was more than it gives at once: posts from before Thu 08:00 may be missing (This server keeps searching for members)',
  ],
])('%s', (_, more, state, sentence) => {
  const given = report(more);
  expect(watchState(given, now)).toBe(state);
  expect(healthSentence(given, now, 'UTC')).toBe(sentence);
});

test('times are those of the reader: the same moment is another day elsewhere', () => {
  const given = report({ fault: trouble('not-allowed', null, Date.parse('2026-11-19T23:30:00Z')) });
  expect(healthSentence(given, now, 'Europe/London')).toContain('since Thu 23:30');
  expect(healthSentence(given, now, 'Europe/Berlin')).toContain('since 00:30');
  expect(healthSentence(given, now, 'America/New_York')).toContain('since Thu 18:30');
});

test('each kind of trouble has its one-word fix', () => {
  expect(faultKinds.map((kind) => fixes[kind])).toEqual(['retry', 'wait', 'tell', 'key', 'config', 'source']);
});

test('whatever happened, it is said in plain words, and never that all is well where it is not', () => {
  const time = fc.integer({ min: Date.parse('2001-01-01'), max: Date.parse('2061-01-01') });
  const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });
  const reports = fc.record({
    watch: fc.record({
      source: fc.constantFrom('bluesky', 'stack-exchange', 'feed'),
      key: fc.string(),
      scope: fc.constantFrom('brand' as const, 'place' as const),
      brands: fc.array(fc.string(), { maxLength: 2 }),
      quietAfterMs: fc.integer({ min: 86_400_000, max: 90 * 86_400_000 }),
    }),
    title: fc.string(),
    takesKey: fc.boolean(),
    firstRunAt: maybe(time),
    lastGoodAt: maybe(time),
    lastNewAt: maybe(time),
    lastTriedAt: maybe(time),
    fault: maybe(
      fc.record({
        kind: fc.constantFrom(...faultKinds),
        message: fc.constantFrom('HTTP 403 from the watch', 'blind run fault'),
        retryAt: maybe(time),
        since: time,
      }),
    ),
    gapSince: maybe(time),
    note: maybe(fc.constantFrom('This server keeps searching for members.', '')),
    listeningSince: fc.constant(null),
    gap: fc.constant(null),
  });
  const zones = fc.constantFrom('UTC', 'Europe/London', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati');
  fc.assert(
    fc.property(reports, time, zones, (given, at, zone) => {
      const sentence = healthSentence(given, at, zone);
      const state = watchState(given, at);
      expect(sentence).not.toMatch(/\b(?:blind|faults?|runs?|watch(?:es)?|HTTP|null|undefined|NaN|[1-5]\d\d)\b/);
      expect(sentence).not.toMatch(/\n|\.$/);
      if (given.fault) expect(sentence).not.toMatch(/^heard/);
      expect(state === 'blind' || state === 'limited').toBe(given.fault !== null && given.lastGoodAt !== null);
      if (state === 'blind') expect(sentence).toMatch(/^could not look since /);
      if (sentence.startsWith('heard')) expect(sentence.includes('longer than usual')).toBe(state === 'quiet');
    }),
    { numRuns: 1000, endOnFailure: true },
  );
});
