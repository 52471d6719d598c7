/** Business hours: how much open time lies between two moments, and when a length of it is over. Right across DST nights. */
import { Temporal } from 'temporal-polyfill';
import { dayMs } from '../clock.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
/** Hours that never open within this many days are taken as always open, rather than a clock that never ends. */
const farthestDays = 400;

/** `tue-sun: "12:00-22:00"`, several spans a day as a list, `closed`: local dates. A span may end after midnight. */
export interface Hours {
  readonly closed: readonly string[];
  readonly [days: string]: string | readonly string[];
}

export interface BusinessTime {
  /** Null: always open. */
  readonly hours: Hours | null;
  readonly timezone: string;
}

type Span = readonly [startMs: number, endMs: number];

/** Open milliseconds from `from` to `to`; 0 where `to` is not later. */
export function openTimeBetween(from: number, to: number, time: BusinessTime): number {
  if (to <= from) return 0;
  if (time.hours === null) return to - from;
  let open = 0;
  for (const [start, end] of spansFrom(from, to, time)) open += Math.max(0, Math.min(end, to) - Math.max(start, from));
  return open;
}

/** The moment at which `lengthMs` of open time since `from` is over. */
export function afterOpenTime(from: number, lengthMs: number, time: BusinessTime): number {
  if (time.hours === null) return from + lengthMs;
  let left = lengthMs;
  for (const [start, end] of spansFrom(from, from + farthestDays * dayMs, time)) {
    const begin = Math.max(start, from);
    if (end <= begin) continue;
    if (end - begin >= left) return begin + left;
    left -= end - begin;
  }
  return from + lengthMs;
}

/** `at` where we are open then, else the moment at which we open. */
export function whenOpen(at: number, time: BusinessTime): number {
  return afterOpenTime(at, 1, time) - 1;
}

/**
 * When an answer is due: minutes and hours count open time; `2d` ends on the second day on which we are open after
 * today, at the same local time, or at that day's closing where we close earlier.
 */
export function dueAfter(from: number, within: Within, time: BusinessTime): number {
  if ('ms' in within) return afterOpenTime(from, within.ms, time);
  const key = JSON.stringify([from, within.days, time]);
  const known = lately.get(key);
  if (known !== undefined) return known;
  const due = dueAfterDays(from, within.days, time);
  if (lately.size >= mostLately) lately.clear();
  lately.set(key, due);
  return due;
}

type Within = { readonly days: number } | { readonly ms: number };

/** The hundreds of cases that one look may open begin at one moment, and calendars are slow. */
const lately = new Map<string, number>();
const mostLately = 100;

function dueAfterDays(from: number, days: number, time: BusinessTime): number {
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(time.timezone);
  let date = start.toPlainDate();
  let left = days;
  for (let step = 0; step < farthestDays && left > 0; step += 1) {
    date = date.add({ days: 1 });
    if (time.hours === null || spansOf(date, time.hours, time.timezone).length > 0) left -= 1;
  }
  const wanted = date.toZonedDateTime({ timeZone: time.timezone, plainTime: start.toPlainTime() }).epochMilliseconds;
  if (time.hours === null || left > 0) return wanted;
  const spans = spansOf(date, time.hours, time.timezone);
  const last = spans.at(-1);
  const first = spans[0];
  if (!first || !last) return wanted;
  return Math.min(Math.max(wanted, first[0]), last[1]);
}

function* spansFrom(from: number, to: number, time: BusinessTime): Generator<Span> {
  if (time.hours === null) return;
  const zoned = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(time.timezone).toPlainDate();
  const last = zoned(to);
  for (
    let date = zoned(from).subtract({ days: 1 });
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  ) {
    yield* spansOf(date, time.hours, time.timezone);
  }
}

function spansOf(date: Temporal.PlainDate, hours: Hours, timezone: string): Span[] {
  if (hours.closed.includes(date.toString())) return [];
  const spans: Span[] = [];
  for (const [days, written] of Object.entries(hours)) {
    if (days === 'closed' || !covers(days, date.dayOfWeek)) continue;
    for (const text of typeof written === 'string' ? [written] : written) {
      const [opens, closes] = text.split('-').map(minutesOf);
      if (opens === undefined || closes === undefined) continue;
      spans.push([moment(date, opens, timezone), moment(date, closes > opens ? closes : closes + 24 * 60, timezone)]);
    }
  }
  return spans.sort((a, b) => a[0] - b[0]);
}

function covers(days: string, dayOfWeek: number): boolean {
  const [first, last] = days.split('-').map((day) => weekdays.indexOf(day as (typeof weekdays)[number]) + 1);
  if (first === undefined || last === undefined) return first === dayOfWeek;
  return first <= last ? dayOfWeek >= first && dayOfWeek <= last : dayOfWeek >= first || dayOfWeek <= last;
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

function moment(date: Temporal.PlainDate, minutes: number, timezone: string): number {
  const day = date.add({ days: Math.floor(minutes / (24 * 60)) });
  const plainTime = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 });
  return day.toZonedDateTime({ timeZone: timezone, plainTime }).epochMilliseconds;
}
