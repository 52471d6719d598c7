import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { dueDigests } from '../../src/digest/due.ts';

const minuteMs = 60_000;
const zones = [
  'Europe/London',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'America/Nuuk',
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
  'America/St_Johns',
  'UTC',
];
const owner = (at: string, timezone: string, address = 'owner@bluedoor.example') => ({ address, at, timezone });
const sentOn = (day: string) => new Map([['owner@bluedoor.example', day]]);

/** When the digests of those days fall due, looking every five minutes; as wall time with its offset. */
function dueTimes(at: string, timezone: string, from: string, days: number): readonly string[] {
  const recipient = owner(at, timezone);
  let last = '2000-01-01';
  const times: string[] = [];
  const start = Date.parse(from);
  for (let now = start; now < start + days * 1440 * minuteMs; now += 5 * minuteMs) {
    const [due] = dueDigests([recipient], sentOn(last), now);
    if (due === undefined) continue;
    last = due.forDay;
    const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
    times.push(`${due.forDay} at ${local.toString({ timeZoneName: 'never', smallestUnit: 'minute' })}`);
  }
  return times.slice(1);
}

test('falls due at its local time, once a day', () => {
  expect(dueTimes('8:00', 'Europe/London', '2026-11-20T00:00Z', 3)).toEqual([
    '2026-11-20 at 2026-11-20T08:00+00:00',
    '2026-11-21 at 2026-11-21T08:00+00:00',
    '2026-11-22 at 2026-11-22T08:00+00:00',
  ]);
});

test('a time that the night skips is due at the first minute after it, one that comes twice only once', () => {
  expect(dueTimes('01:30', 'Europe/London', '2026-03-28T00:00Z', 3)).toContain('2026-03-29 at 2026-03-29T02:00+01:00');
  expect(dueTimes('01:30', 'Europe/London', '2026-10-24T00:00Z', 3)).toEqual([
    '2026-10-24 at 2026-10-24T01:30+01:00',
    '2026-10-25 at 2026-10-25T01:30+01:00',
    '2026-10-26 at 2026-10-26T01:30+00:00',
  ]);
  // In Nuuk the skipped hour is the last of its day.
  expect(dueTimes('23:30', 'America/Nuuk', '2026-03-27T12:00Z', 3)).toContain('2026-03-28 at 2026-03-29T00:00-01:00');
});

test('the first one is a welcome, due at once, and that day’s digest', () => {
  const now = Date.parse('2026-11-21T05:00:00Z');
  const [welcome] = dueDigests([owner('08:00', 'Europe/London')], new Map(), now);
  expect(welcome).toMatchObject({ kind: 'welcome', forDay: '2026-11-21' });
  expect(dueDigests([owner('08:00', 'Europe/London')], sentOn('2026-11-21'), now + 600 * minuteMs)).toEqual([]);
});

test('an address that stands there twice gets one', () => {
  const both = [owner('07:00', 'UTC'), owner('08:00', 'UTC'), owner('08:00', 'UTC', 'ana@bluedoor.example')];
  const due = dueDigests(both, new Map(), Date.parse('2026-11-21T09:00:00Z'));
  expect(due.map(({ recipient }) => recipient.address)).toEqual(['owner@bluedoor.example', 'ana@bluedoor.example']);
});

const moment = fc.integer({ min: Date.parse('2011-12-01T00:00Z'), max: Date.parse('2027-12-31T00:00Z') });
const timeOfDay = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);

test('after any sleep exactly one is due, for the latest day, and none right after it was sent', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      timeOfDay,
      moment,
      fc.integer({ min: 3, max: 40 }),
      (timezone, at, now, slept) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
        const lastDay = zoned.toPlainDate().subtract({ days: slept }).toString();
        const due = dueDigests([owner(at, timezone)], sentOn(lastDay), now);
        expect(due).toHaveLength(1);
        const [one] = due;
        expect(one?.dueAt).toBeLessThanOrEqual(now);
        // Samoa once had no 30 December: there a day's digest may be two days old.
        expect(now - (one?.dueAt ?? 0)).toBeLessThanOrEqual(26 * 60 * minuteMs);
        expect(dueDigests([owner(at, timezone)], sentOn(one?.forDay ?? ''), now)).toEqual([]);
      },
    ),
  );
});

test('never for a day before or on the last one, and never before the hour unless the clocks skip it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), timeOfDay, moment, fc.nat(3), (timezone, at, now, back) => {
      const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone);
      const lastDay = zoned.toPlainDate().subtract({ days: back }).toString();
      for (const { forDay, dueAt } of dueDigests([owner(at, timezone)], sentOn(lastDay), now)) {
        expect(forDay > lastDay).toBe(true);
        const wall = Temporal.Instant.fromEpochMilliseconds(dueAt).toZonedDateTimeISO(timezone).toPlainDateTime();
        expect(
          Temporal.PlainDateTime.compare(wall, Temporal.PlainDateTime.from(`${forDay}T${at}`)),
        ).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});
