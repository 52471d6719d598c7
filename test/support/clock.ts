/** A clock that tests hold in their hand: sleeping moves it on and takes no time. */
import type { Clock } from '../../src/clock.ts';

export interface FakeClock extends Clock {
  /** Every sleep that was asked for, in milliseconds, in order. */
  readonly slept: readonly number[];
  advance(ms: number): void;
}

/** @param start milliseconds UTC or anything `Date` reads; two sleeps at the same moment end together, as real ones do. */
export function fakeClock(start: number | string = '2026-11-20T08:00:00Z'): FakeClock {
  let now = new Date(start).getTime();
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms, signal) => {
      if (signal?.aborted) return;
      slept.push(ms);
      const until = now + ms;
      await new Promise((resolve) => setImmediate(resolve));
      if (!signal?.aborted) now = Math.max(now, until);
    },
  };
}
