/** Until when “later” puts a case off: the next time that we are open after tonight. */
import { Temporal } from 'temporal-polyfill';
import { afterOpenTime } from '../cases/hours.ts';
import { dayMs } from '../clock.ts';
import type { Tools } from './tools.ts';

/** Who is open past midnight is still in today's evening then. */
const morning = { hour: 6 };

/** Milliseconds UTC; a day from now where no opening hours are set. */
export function laterUntil({ brands, clock, config: { timezone } }: Tools, brandId: string): number {
  const now = clock.now();
  const hours = brands.get(brandId)?.hours ?? null;
  if (hours === null) return now + dayMs;
  const tomorrow = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(timezone)
    .toPlainDate()
    .add({ days: 1 })
    .toZonedDateTime({ timeZone: timezone, plainTime: Temporal.PlainTime.from(morning) });
  return afterOpenTime(tomorrow.epochMilliseconds, 0, { hours, timezone });
}
