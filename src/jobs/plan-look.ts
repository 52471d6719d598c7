/** From where a look at a watch goes on: pure, from what the last looks left. */
import type { Progress } from '../store/watches.ts';

export interface LookPlan {
  /** Milliseconds UTC: what is older need not be asked for. */
  readonly since: number;
  readonly position: string | null;
  /** Ask again for what has not changed. */
  readonly afresh: boolean;
  /** Nothing was ever read here. */
  readonly first: boolean;
}

export interface LookWish {
  readonly now: number;
  readonly firstLookMs: number;
  readonly overlapMs: number;
  /** Of what the watch listens for now. */
  readonly termsFingerprint: string;
  /** `--since`. */
  readonly since: number | null;
}

/**
 * The first look, a look for other terms than last time, and one with `--since` ask afresh; every other goes on from
 * the last complete one, less the overlap that covers late indexing.
 */
export function planLook(progress: Progress, wish: LookWish): LookPlan {
  const first = progress.markAt === null && progress.position === null;
  const sameTerms = progress.termsFingerprint === wish.termsFingerprint;
  const afresh = first || !sameTerms || wish.since !== null;
  if (afresh) return { since: wish.since ?? wish.now - wish.firstLookMs, position: null, afresh: true, first };
  const since = progress.markAt === null ? wish.now - wish.firstLookMs : progress.markAt - wish.overlapMs;
  return { since, position: progress.position, afresh: false, first };
}
