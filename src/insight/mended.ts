/** Whether a cause that was mended stays away: you said, we did. Pure. */
import { dayMs } from '../clock.ts';

/** So long Earshot watches whether it comes back. */
export const watchedDays = 60;

/** Times are milliseconds UTC. */
export interface Mending {
  readonly cause: string;
  readonly what: string;
  readonly at: number;
}

/** A case of that cause. */
export interface Caused {
  readonly caseId: number;
  /** When the customer first spoke of it. */
  readonly saidAt: number;
}

/** `back`: somebody complained of it again within the 60 days. */
export interface Mended extends Mending {
  readonly state: 'watching' | 'stayed away' | 'back';
  readonly watchedUntil: number;
  readonly back: readonly number[];
}

export function mendedOf(mending: Mending, cases: readonly Caused[], now: number): Mended {
  const watchedUntil = mending.at + watchedDays * dayMs;
  const back = cases.filter(({ saidAt }) => saidAt > mending.at && saidAt <= watchedUntil).map(({ caseId }) => caseId);
  const state = back.length > 0 ? 'back' : now >= watchedUntil ? 'stayed away' : 'watching';
  return { ...mending, state, watchedUntil, back };
}
