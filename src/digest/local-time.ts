/** Moments as a person says them at breakfast: “yesterday 19:40”, in the reader's own time zone. */
import { Temporal } from 'temporal-polyfill';

/** Up to six days away a weekday is clearer than a date; from the seventh on it would be ambiguous. */
const weekdayReachDays = 6;

/** “today 14:00”, “yesterday 19:40”, “tomorrow 09:00”, “Tue 14:00”, “12 Nov”, “12 Nov 2025”. Times are milliseconds UTC. */
export function sayMoment(at: number, now: number, timezone: string): string {
  const then = localTime(at, timezone);
  const today = localTime(now, timezone).toPlainDate();
  const days = today.until(then.toPlainDate()).days;
  const time = `${two(then.hour)}:${two(then.minute)}`;
  if (days === 0) return `today ${time}`;
  if (days === -1) return `yesterday ${time}`;
  if (days === 1) return `tomorrow ${time}`;
  if (Math.abs(days) <= weekdayReachDays) return `${format(at, timezone, { weekday: 'short' })} ${time}`;
  return sayDay(at, now, timezone);
}

/** “9 Nov”, with its year where that is another one. */
export function sayDay(at: number, now: number, timezone: string): string {
  const then = localTime(at, timezone);
  const day = `${then.day} ${format(at, timezone, { month: 'short' })}`;
  return then.year === localTime(now, timezone).year ? day : `${day} ${then.year}`;
}

/** “Saturday 21 November 2026”. */
export function sayDate(at: number, timezone: string): string {
  const { day, year } = localTime(at, timezone);
  return `${format(at, timezone, { weekday: 'long' })} ${day} ${format(at, timezone, { month: 'long' })} ${year}`;
}

/** The calendar day there, `2026-11-21`. */
export function localDay(at: number, timezone: string): string {
  return localTime(at, timezone).toPlainDate().toString();
}

function localTime(at: number, timezone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
}

function format(at: number, timeZone: string, what: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat('en-GB', { ...what, timeZone }).format(at);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
