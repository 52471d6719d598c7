/** From where a look at a watch goes on: pure, from what the last looks left. */
import type { Progress } from '../store/watches.ts';

export interface LookPlan {
  /** Milliseconds UTC: what is older need not be asked for. */
  readonly since: number;
  readonly position: string | null;
  /** Ask again for what has not changed. */
  readonly afresh: boolean;
  /** Asks for all that was not read yet: only then may the next look go on from here. */
  readonly reachesBack: boolean;
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
 * The first look, and one for other terms than last time, ask afresh. Every other goes on from the last complete one,
 * less the overlap that covers late indexing; where the oldest came first, from the last page that was kept, also of a
 * first look that broke off. `--since` asks afresh for whatever it names.
 */
export function planLook(progress: Progress, wish: LookWish): LookPlan {
  const plan = unaskedPlan(progress, wish);
  if (wish.since === null) return plan;
  return { since: wish.since, position: null, afresh: true, reachesBack: wish.since <= plan.since };
}

function unaskedPlan(progress: Progress, { now, firstLookMs, overlapMs, termsFingerprint }: LookWish): LookPlan {
  const { markAt, position } = progress;
  const since = now - firstLookMs;
  const first = markAt === null && position === null;
  if (first || progress.termsFingerprint !== termsFingerprint)
    return { since, position: null, afresh: true, reachesBack: true };
  return { since: markAt === null ? since : markAt - overlapMs, position, afresh: false, reachesBack: true };
}
