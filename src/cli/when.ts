/** Moments and lengths in the few columns that a line has. */
import { Temporal } from 'temporal-polyfill';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** From the seventh day on a weekday would be ambiguous. */
const weekdayReachDays = 6;

/**
 * Says moments as seen from now: `19:40` today, `Tue 14:00` within the week, else `12 Nov`, at most 11 columns. All times
 * are milliseconds UTC. @param timezone IANA
 */
export function shortMoments(now: number, timezone: string): (at: number) => string {
  const local = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  let today: Temporal.PlainDate | null = null;
  return (at) => {
    const then = local(at);
    // Where no moment is told no time zone is looked up, whose first time takes as long as reading the config.
    today ??= local(now).toPlainDate();
    const days = Math.abs(today.until(then.toPlainDate()).days);
    const time = `${two(then.hour)}:${two(then.minute)}`;
    if (days === 0) return time;
    if (days <= weekdayReachDays) return `${weekdays[then.dayOfWeek - 1]} ${time}`;
    const day = `${then.day} ${months[then.month - 1]}`;
    return then.year === today.year ? day : `${day} ${then.year}`;
  };
}

/** `45 min`, `3 h`, `2 days`, `5 weeks`: a length as a person says it. */
export function length(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h`;
  const days = Math.round(hours / 24);
  return days < 28 ? `${days} days` : `${Math.round(days / 7)} weeks`;
}

const two = (number: number) => String(number).padStart(2, '0');
