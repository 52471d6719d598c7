/** When a platform that slowed us down will answer again, from the headers it sends: three units told apart by value. */
import { hourMs } from '../clock.ts';

type Headers = Readonly<Record<string, string>>;

const resetNames = ['ratelimit-reset', 'x-ratelimit-reset', 'x-rate-limit-reset'] as const;
const remainingNames = ['ratelimit-remaining', 'x-ratelimit-remaining', 'x-rate-limit-remaining'] as const;

/** A platform that asks for more than a day is asked again after a day: nobody's mistake makes us deaf for ever. */
const longestMs = 24 * hourMs;
/** Below this a number counts seconds to go; from here on it is an epoch in seconds, or (a thousandfold) milliseconds. */
const firstEpochSeconds = 1_000_000_000;
const firstEpochMs = 100_000_000_000;

/**
 * Reads `1793970000` (epoch seconds: Bluesky, X, GitHub), `2026-11-20T08:05:00Z` (Mastodon) and `46.0` (seconds to go:
 * Reddit). Milliseconds UTC, never before `now` nor more than a day after it; null where it is none of them.
 */
export function resetTime(value: string | undefined, now: number): number | null {
  const given = value?.trim() ?? '';
  if (given === '') return null;
  const number = Number(given);
  const at = Number.isNaN(number) ? Date.parse(given) : timeOf(number, now);
  return Number.isFinite(at) ? Math.min(Math.max(at, now), now + longestMs) : null;
}

function timeOf(number: number, now: number): number {
  if (number < 0) return Number.NaN;
  if (number < firstEpochSeconds) return now + number * 1000;
  return number < firstEpochMs ? number * 1000 : number;
}

/** `Retry-After` (seconds or an HTTP date) before the platforms' own reset headers; null where neither says anything. */
export function retryTime(headers: Headers, now: number): number | null {
  const after = resetTime(headers['retry-after'], now);
  return after ?? firstOf(resetNames.map((name) => resetTime(headers[name], now)));
}

/** Nothing is left in the platform's window: the time at which it starts anew, null while something is left. */
export function usedUpUntil(headers: Headers, now: number): number | null {
  const remaining = firstOf(remainingNames.map((name) => headers[name]?.trim() || null));
  if (remaining === null || Number(remaining) > 0 || Number.isNaN(Number(remaining))) return null;
  return firstOf(resetNames.map((name) => resetTime(headers[name], now)));
}

function firstOf<Value>(values: readonly (Value | null)[]): Value | null {
  return values.find((value) => value !== null) ?? null;
}
