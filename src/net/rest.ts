/** How long a feed is left alone, as its publisher wishes and within reason (reviews.md §7.1). */
import { dayMs, minuteMs } from '../clock.ts';

const floorMs = 15 * minuteMs;
const capMs = dayMs;

const periods: Readonly<Record<string, number>> = {
  hourly: dayMs / 24,
  daily: dayMs,
  weekly: 7 * dayMs,
  monthly: 30 * dayMs,
  yearly: 365 * dayMs,
};

export interface StatedRest {
  /** RSS `ttl`, in minutes. */
  readonly ttl?: number | undefined;
  readonly sy?: { readonly updatePeriod?: string; readonly updateFrequency?: number } | undefined;
}

/** What the feed itself says; undefined where it says nothing that can be understood. */
export function statedRestMs({ ttl, sy }: StatedRest): number | undefined {
  // The module's own rules for what is left out: once, a day.
  const { updatePeriod = 'daily', updateFrequency = 1 } = sy ?? {};
  const periodMs = periods[updatePeriod.trim().toLowerCase()];
  const said = [(ttl ?? 0) * minuteMs, sy && periodMs !== undefined ? periodMs / updateFrequency : 0];
  const rests = said.filter((rest) => Number.isFinite(rest) && rest > 0).map(Math.round);
  return rests.length === 0 ? undefined : Math.max(...rests);
}

/** The longest that is asked for, at least a quarter of an hour and at most a day; on this machine there is no least. */
export function unhurriedRestMs(asked: {
  readonly headers: Readonly<Record<string, string>>;
  readonly restMs?: number | undefined;
  readonly ours: boolean;
}): number {
  const longest = Math.max(asked.restMs ?? 0, freshMs(asked.headers), asked.ours ? 0 : floorMs);
  return Math.min(longest, capMs);
}

function freshMs({ 'cache-control': control = '', age = '' }: Readonly<Record<string, string>>): number {
  if (/(?:^|[\s,])no-(?:cache|store)\b/i.test(control)) return 0;
  const seconds = Number(/(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(control)?.[1] ?? 0);
  return Math.max(0, seconds - (/^\d{1,9}$/.test(age) ? Number(age) : 0)) * 1000;
}
