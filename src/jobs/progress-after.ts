/** How far a watch has come after a look: pure, from what the look brought and how it ended. */
import { endedIn, withoutEnded } from '../net/validators.ts';
import type { Source } from '../sources/source.ts';
import type { Progress } from '../store/watches.ts';
import type { LookTrouble } from './look-trouble.ts';
import type { LookPlan } from './plan-look.ts';

/** `stopped`: by us, and no word about the place. */
export interface LookEnd {
  readonly how: 'whole' | 'stopped' | 'broken';
  readonly trouble: LookTrouble | null;
}

/** What of a look its watch remembers. Times are milliseconds UTC. */
export interface Looked {
  readonly order: Source['order'];
  readonly plan: LookPlan;
  /** As it was before. */
  readonly progress: Progress;
  readonly termsFingerprint: string;
  readonly validators: Progress['validators'];
  readonly startedAt: number;
  readonly endedAt: number;
  /** Of the last page that is kept and named one. */
  readonly position: string | null;
  /** When the newest post that came was said; null where nobody can tell. */
  readonly newest: number | null;
  readonly capped: boolean;
  /** Until when a place rests that was therefore not asked: what was said there meanwhile was not read. */
  readonly waited?: number | null;
  readonly note: string | null;
}

/**
 * Read the oldest first, what is kept before a look breaks off need not be read again; null where it must be.
 * The mark of other terms goes: nothing is read for these yet but what lies before the position.
 */
export function movedBy(
  looked: Pick<Looked, 'order' | 'plan' | 'progress' | 'termsFingerprint' | 'position'>,
): Pick<Progress, 'position' | 'termsFingerprint' | 'markAt'> | null {
  const { order, plan, progress, termsFingerprint, position } = looked;
  if (order !== 'oldest-first' || position === null || !plan.reachesBack) return null;
  return { position, termsFingerprint, markAt: plan.afresh ? null : progress.markAt };
}

/** The mark moves only behind a whole look that asked for all that was not read yet. */
export function progressAfter(looked: Looked, { how, trouble }: LookEnd): Progress {
  const { progress, plan, startedAt, endedAt } = looked;
  const heard: Progress = {
    ...progress,
    ...movedBy(looked),
    lastNewAt: Math.max(looked.newest ?? 0, progress.lastNewAt ?? 0) || null,
  };
  // Stopped by us, a place that could not be read is no better off than before.
  if (how === 'stopped' && progress.fault) return heard;
  const tried: Progress = {
    ...heard,
    lastTriedAt: startedAt,
    fault: trouble && { ...trouble, since: progress.fault?.since ?? startedAt },
  };
  if (how !== 'whole') return { ...tried, validators: { ...progress.validators, ...endedIn(looked.validators) } };
  // Nobody answered anything: how it stands there is as unknown as before.
  if (looked.waited) return { ...tried, fault: progress.fault, validators: looked.validators };
  const whole: Progress = { ...tried, lastGoodAt: endedAt, note: looked.note };
  if (!plan.reachesBack) return { ...whole, validators: withoutEnded(progress.validators) };
  return {
    ...whole,
    markAt: startedAt,
    position: looked.position ?? progress.position,
    validators: looked.validators,
    termsFingerprint: looked.termsFingerprint,
    firstRunAt: progress.firstRunAt ?? endedAt,
    gapSince: looked.capped ? startedAt : progress.gapSince,
  };
}
