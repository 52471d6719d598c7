/** What is due: a pure function of (cron, last done, now, zone), shared by the tick, the catch-up and the tests. */
import { createTask, validate } from 'node-cron';
import { Temporal } from 'temporal-polyfill';
import { minuteMs } from '../clock.ts';

/** A longer sleep than this is caught up by one look all the same. */
const farthestMs = 8 * 24 * 60 * minuteMs;

const dayMinutes = 24 * 60;
/** Weekdays and leap days come round in this time. */
const allDays = 28 * 366;

type Reader = (wallMinute: number) => boolean;

/** Reads an expression once; a reader takes wall-clock minutes, written as if they were UTC. */
const readers = new Map<string, Reader>();

/** The config refuses what cannot be read; should it get here all the same, it is once a day and stops nobody else. */
function matches(cron: string): Reader {
  const reader = readers.get(cron) ?? (isCron(cron) ? read(cron) : (wallMinute) => wallMinute % dayMinutes === 0);
  readers.set(cron, reader);
  return reader;
}

function read(cron: string): Reader {
  const task = createTask(cron, () => undefined, { timezone: 'UTC' });
  return (wallMinute) => task.match(new Date(wallMinute * minuteMs));
}

/** node-cron writes out every range before it looks at its ends: `1-99999999` takes all memory there is. */
const isCron = (text: string): boolean => !/\d{3}/.test(text) && validate(text);

const examples = 'write five parts, as in "*/30 * * * *" for every half hour or "0 8 * * *" for every day at eight.';

/** What is wrong with an expression, and what to write; null where some minute of some year fits it. */
export function cronTrouble(cron: string): string | null {
  const parts = cron.trim().split(/\s+/);
  if (parts.length !== 5 || !isCron(cron)) {
    const impossibleDay = parts.length === 5 && isCron([...parts.slice(0, 3), '*', parts[4]].join(' '));
    return impossibleDay ? never : `cannot be read; ${examples}`;
  }
  const onDay = read(['0', '0', ...parts.slice(2)].join(' '));
  const first = Math.floor(Date.UTC(2024, 0, 1) / minuteMs);
  for (let day = 0; day < allDays; day += 1) if (onDay(first + day * dayMinutes)) return null;
  return never;
}

const never = `fits no day of any year, so nothing would ever be heard; ${examples}`;

/**
 * Whether a tick of `cron` lies in (`lastDone`, `now`], both in milliseconds UTC; `offsetMinutes` later than written.
 * A local time that a DST night skips counts at the first minute after it; one that comes twice counts once, except
 * for expressions that run every hour, which a repeated hour does not silence.
 */
export function cronDue(
  cron: string,
  {
    lastDone,
    now,
    timezone,
    offsetMinutes = 0,
  }: { lastDone: number | null; now: number; timezone: string; offsetMinutes?: number },
): boolean {
  if (lastDone === null) return true;
  if (now <= lastDone) return false;
  const of = { cron, timezone, offsetMinutes };
  if (now > lastDone + farthestMs) return firstTick(of, now - farthestMs, now) !== null;
  const first = remembered(of, lastDone);
  return first !== null && first <= now;
}

interface Ticking {
  readonly cron: string;
  readonly timezone: string;
  readonly offsetMinutes: number;
}

/** Each watch is asked about each minute, and most have hours to go: the search is done once for each look. */
const found = new Map<string, number | null>();
const keptSearches = 20_000;

function remembered(of: Ticking, lastDone: number): number | null {
  const key = JSON.stringify([of, lastDone]);
  let first = found.get(key);
  if (first !== undefined) return first;
  if (found.size >= keptSearches) found.clear();
  first = firstTick(of, lastDone, lastDone + farthestMs);
  found.set(key, first);
  return first;
}

/** The first minute in (`from`, `until`] that is due, in milliseconds UTC. */
function firstTick({ cron, timezone, offsetMinutes }: Ticking, from: number, until: number): number | null {
  const match = matches(cron);
  const hourly = cron.trim().split(/\s+/).at(-4)?.startsWith('*') ?? false;
  const shift = offsetMinutes * minuteMs;
  let highest = wallMinute(from - shift, timezone);
  let offset = highest - Math.floor((from - shift) / minuteMs);
  for (let minute = Math.floor((from - shift) / minuteMs) + 1; minute * minuteMs <= until - shift; minute += 1) {
    // Zones change on quarter hours.
    if (minute % 15 === 0) offset = wallMinute(minute * minuteMs, timezone) - minute;
    const wall = minute + offset;
    const due = minute * minuteMs + shift;
    if (hourly && wall <= highest && match(wall)) return due;
    for (let each = highest + 1; each <= wall; each += 1) if (match(each)) return due;
    highest = Math.max(highest, wall);
  }
  return null;
}

/** Minutes between two ticks of an expression on an ordinary day, at most a day. */
export function cronPeriodMinutes(cron: string): number {
  const match = matches(cron);
  const start = Math.floor(Date.UTC(2026, 0, 5) / minuteMs);
  let first: number | null = null;
  for (let minute = start; minute < start + 2 * 24 * 60; minute += 1) {
    if (!match(minute)) continue;
    if (first !== null) return minute - first;
    first = minute;
  }
  return dayMinutes;
}

function wallMinute(at: number, timezone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
  return Math.floor((at + zoned.offsetNanoseconds / 1e6) / minuteMs);
}
