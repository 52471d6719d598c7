/** A day somewhere, from its beginning to its last minute. */
import type { Temporal } from 'temporal-polyfill';

export interface Day {
  /** Milliseconds UTC: the day's beginning, where somebody is. */
  readonly fromAt: number;
  /** Milliseconds UTC: its last minute; sooner where hours are named. */
  readonly dueAt: number;
}

/** The whole of it, where that time zone holds. @param timezone IANA */
export function dayOf(date: Temporal.PlainDate, timezone: string): Day {
  const from = date.toZonedDateTime(timezone);
  const over = date.add({ days: 1 }).toZonedDateTime(timezone);
  return { fromAt: from.epochMilliseconds, dueAt: over.epochMilliseconds - 60_000 };
}
