/** Time as an edge: what the daemon, the net door and the jobs are given instead of the real one. */

export interface Clock {
  /** Milliseconds UTC. */
  now(): number;
  /** Resolves after `ms`, or at once (without throwing) when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
