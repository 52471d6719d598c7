/** The one place where anything is asked twice. */
import type { Clock } from '../clock.ts';
import { Fault } from './fault.ts';

/** Asked again so often where a platform cannot be reached. */
const moreTries = 2;
/** First wait before the next try; doubled each time, then spread by half either way so that watches do not march in step. */
const firstWaitMs = 1000;
/** A platform that wants us to wait no longer than this is waited for. */
const patienceMs = 30_000;

export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** From 0 to 1. */
  readonly random: () => number;
}

/**
 * `unreachable` is tried twice more, `slow-down` of up to half a minute is waited for once; every other fault and every
 * bug goes straight up. Throws the signal's reason once it is aborted.
 */
export async function withRetry<Value>(ask: () => Promise<Value>, patience: Patience): Promise<Value> {
  const { clock, signal } = patience;
  let tries = 0;
  let waited = false;
  for (;;) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Fault)) throw error;
      const waitMs =
        error.kind === 'unreachable' ? backoffMs(tries, patience.random()) : slowDownMs(error, clock.now());
      const again = error.kind === 'unreachable' ? tries < moreTries : !waited;
      if (waitMs === null || !again) throw error;
      if (error.kind === 'unreachable') tries += 1;
      else waited = true;
      await clock.sleep(waitMs, signal);
    }
  }
}

function backoffMs(tries: number, random: number): number {
  return Math.round(firstWaitMs * 2 ** tries * (0.5 + random));
}

function slowDownMs({ kind, retryAt }: Fault, now: number): number | null {
  if (kind !== 'slow-down' || retryAt === null) return null;
  const waitMs = Math.max(0, retryAt - now);
  return waitMs <= patienceMs ? waitMs : null;
}
