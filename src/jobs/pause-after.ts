/** How long a stream is left alone before Earshot connects again: pure. */
import { hourMs, minuteMs } from '../clock.ts';
import type { TroubleKind } from '../watch.ts';

const soonMs = 1_000;
/** However long it cannot be reached, it is tried this often: it may be back at any moment. */
const longestMs = 5 * minuteMs;
/** What only its owner or a newer Earshot can mend is tried seldom. */
const mendFirst: readonly TroubleKind[] = ['not-allowed', 'gone', 'garbled', 'mistake'];
const mendMs = minuteMs;
const longestMendMs = hourMs;

interface Trouble {
  readonly kind: TroubleKind;
  /** Milliseconds UTC. */
  readonly retryAt: number | null;
}

/**
 * Doubles with each connection in vain, and never ends before the platform's own time.
 * @param vain connections in a row through which nothing came
 */
export function pauseAfter(trouble: Trouble | null, vain: number, now: number): number {
  const mend = trouble !== null && mendFirst.includes(trouble.kind);
  const first = mend ? mendMs : soonMs;
  const doubled = first * 2 ** Math.min(Math.max(vain - 1, 0), 20);
  return Math.max(Math.min(doubled, mend ? longestMendMs : longestMs), (trouble?.retryAt ?? 0) - now);
}
