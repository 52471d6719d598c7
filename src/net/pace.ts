/** How often a host may be asked: pure arithmetic over the times of past calls, shared by the queue and the budgets. */

/** `requests` in any `perSeconds`, per host. */
export interface Pace {
  readonly requests: number;
  readonly perSeconds: number;
}

/** Limits of this length or more outlive a process and are kept by the budgets. */
export const longPaceSeconds = 3600;

/**
 * When the next call may go out: `now`, or the moment at which the oldest call that stands in its way leaves its window.
 * @param calls times of past calls in milliseconds UTC, oldest first.
 */
export function nextFreeAt(calls: readonly number[], paces: readonly Pace[], now: number): number {
  let free = now;
  for (const { requests, perSeconds } of paces) {
    const blocking = calls[calls.length - requests];
    if (blocking !== undefined) free = Math.max(free, blocking + perSeconds * 1000);
  }
  return free;
}

/** How far back the paces look. */
export function reachMsOf(paces: readonly Pace[]): number {
  return 1000 * Math.max(0, ...paces.map((pace) => pace.perSeconds));
}

/** A call that is exactly as old as the longest window has left it. */
export function withinReach(calls: readonly number[], reachMs: number, now: number): number[] {
  return calls.filter((at) => at > now - reachMs);
}
