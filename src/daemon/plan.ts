/** Which watches are to be looked at now: pure, so that the tick, the catch-up after a sleep and the tests share it. */
import { hourMs } from '../clock.ts';
import type { Progress } from '../store/watches.ts';
import { restOf, type Watch } from '../watch.ts';
import { cronDue } from './due.ts';

/** How a watch fares, as far as the next look depends on it. */
export type Tried = Pick<Progress, 'lastTriedAt' | 'lastGoodAt' | 'fault'> & Partial<Pick<Progress, 'validators'>>;

export interface Watched {
  readonly watch: Watch;
  readonly progress: Tried;
}

/** A last look this far in the future was noted by a clock that was wrong; waiting for it could take years. */
const clockWasWrongMs = hourMs;
/** However long a place has been in trouble, it is tried this often, so that its recovery is heard of within the hour. */
const longestPauseMs = hourMs;

/**
 * In the order given, those before all others that were not asked the last time because their site did not answer
 * something else: behind it they would never be heard. Any number of missed ticks is one look. Never before a fault's own
 * `retryAt`; a place that stays in trouble is left alone for as long as the trouble has lasted already, at most an hour.
 * @param timezone IANA name of the zone in which the crons are meant
 */
export function dueWatches(watched: readonly Watched[], now: number, timezone: string): Watch[] {
  const due = watched.filter(({ watch, progress }) => isDue(watch, progress, now, timezone));
  return due.toSorted((one, other) => patience(one) - patience(other)).map(({ watch }) => watch);
}

const patience = ({ progress: { fault } }: Watched) => (fault?.unasked ? 0 : 1);

function isDue({ cron, offsetMinutes }: Watch, progress: Tried, now: number, timezone: string): boolean {
  const { lastTriedAt, fault } = progress;
  if (lastTriedAt === null || lastTriedAt > now + clockWasWrongMs) return true;
  if (fault && now < Math.max(fault.retryAt ?? 0, lastTriedAt + pauseMs(fault.since, lastTriedAt))) return false;
  return wasStopped(progress, lastTriedAt) || cronDue(cron, { lastDone: lastTriedAt, now, timezone, offsetMinutes });
}

/** Doubles with each try in vain, since trouble that has lasted twice as long is waited for twice as long. */
function pauseMs(since: number, lastTriedAt: number): number {
  return Math.min(Math.max(0, lastTriedAt - since), longestPauseMs);
}

/** Its last look ended early without a fault: somebody stopped us, and it is taken up where it was left. Not what was left to rest. */
function wasStopped({ lastGoodAt, fault, validators = {} }: Tried, lastTriedAt: number): boolean {
  if (fault !== null || (lastGoodAt !== null && lastGoodAt >= lastTriedAt)) return false;
  return restOf(validators) <= lastTriedAt;
}

/** Each watch was looked at once, well or not: the first pass is over. */
export function firstPassIsOver(watched: readonly Watched[]): boolean {
  return watched.every(({ progress }) => progress.lastTriedAt !== null);
}

/** Groups of watches that would wait for each other anyway, because one host answers them: the one in the key, else the source's. */
export function lanes(watches: readonly Watch[]): Watch[][] {
  const hostOf = (key: string) => /^(?:https?:\/\/)?([^\s/]*[.:][^\s/]*)/i.exec(key)?.[1];
  return [...Map.groupBy(watches, ({ source, key }) => hostOf(key) ?? source).values()];
}
