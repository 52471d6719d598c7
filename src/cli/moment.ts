/** A moment as somebody types it: a date, a weekday, or a length from now. */
import { Temporal } from 'temporal-polyfill';
import { durationMs } from '../config/duration.ts';

/**
 * As `--since` and `--until` take it: `2026-11-01`, a full ISO time, `monday`, or a length back from now or ahead, `7d`, `12h`.
 * @returns milliseconds UTC, or null where it is neither
 */
export function moment(text: string, now: number, timezone: string, direction: 'back' | 'ahead'): number | null {
  const span = durationMs(text);
  if (span !== null) return Math.round(now + (direction === 'back' ? -span : span));
  const day = dayCalled(text.trim().toLowerCase(), now, timezone, direction);
  if (day) return day.toZonedDateTime(timezone).epochMilliseconds;
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text))
      return Temporal.PlainDate.from(text).toZonedDateTime(timezone).epochMilliseconds;
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** `today`, `tomorrow`, `yesterday`, or a weekday: the last one or the next one, never today itself. */
function dayCalled(
  word: string,
  now: number,
  timezone: string,
  direction: 'back' | 'ahead',
): Temporal.PlainDate | null {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timezone).toPlainDate();
  const away = { today: 0, tomorrow: 1, yesterday: -1 }[word];
  if (away !== undefined) return today.add({ days: away });
  const weekday = word.length < 3 ? -1 : weekdays.findIndex((name) => name.startsWith(word));
  if (weekday < 0) return null;
  const ahead = (weekday + 1 - today.dayOfWeek + 7) % 7 || 7;
  const back = (today.dayOfWeek - weekday - 1 + 7) % 7 || 7;
  return today.add({ days: direction === 'ahead' ? ahead : -back });
}
