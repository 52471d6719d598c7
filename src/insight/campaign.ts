/** Whether now is the time for a campaign: inside first. Pure. */
import type { Alarm } from './alarms.ts';

/** A case that waits for us, in order of priority; times in milliseconds UTC. */
export interface Waiting {
  readonly caseId: number;
  /** `check-back`: fixed or answered, and the day to ask has come. */
  readonly wants: 'answer' | 'check-back';
  /** Since when the customer has waited. */
  readonly since: number;
  readonly late: boolean;
  readonly hurt: boolean;
}

export interface Standing {
  readonly waiting: readonly Waiting[];
  /** Where nothing can be heard, nobody knows. */
  readonly deaf: boolean;
  readonly fall: Alarm | null;
  readonly spike: Alarm | null;
  /** Subjects that several customers have complained of lately. */
  readonly again: readonly string[];
}

export type Reason =
  | { readonly kind: 'deaf' }
  | { readonly kind: 'hurt'; readonly count: number }
  | { readonly kind: 'answers'; readonly count: number; readonly late: number; readonly longestMs: number }
  | { readonly kind: 'check-backs'; readonly count: number }
  | { readonly kind: 'fall' | 'spike'; readonly alarm: Alarm }
  | { readonly kind: 'again'; readonly subjects: readonly string[] };

export interface Verdict {
  readonly go: boolean;
  /** Why not, the gravest first. */
  readonly reasons: readonly Reason[];
  /** Where to begin. */
  readonly firstCase: number | null;
}

/**
 * A campaign brings people who look around first: what they find must not be somebody who waits. So every customer who
 * waits for us is a reason, however few; so are an alarm and what three customers have complained of lately.
 */
export function campaignCheck({ waiting, deaf, fall, spike, again }: Standing, now: number): Verdict {
  const answers = waiting.filter(({ wants }) => wants === 'answer');
  const hurt = answers.filter((one) => one.hurt).length;
  const longestMs = Math.max(0, ...answers.map(({ since }) => now - since));
  const late = answers.filter((one) => one.late).length;
  const reasons: Reason[] = [];
  if (deaf) reasons.push({ kind: 'deaf' });
  if (hurt > 0) reasons.push({ kind: 'hurt', count: hurt });
  if (answers.length > 0) reasons.push({ kind: 'answers', count: answers.length, late, longestMs });
  const checkBacks = waiting.length - answers.length;
  if (checkBacks > 0) reasons.push({ kind: 'check-backs', count: checkBacks });
  if (spike) reasons.push({ kind: 'spike', alarm: spike });
  if (fall) reasons.push({ kind: 'fall', alarm: fall });
  if (again.length > 0) reasons.push({ kind: 'again', subjects: again });
  return { go: reasons.length === 0, reasons, firstCase: waiting[0]?.caseId ?? null };
}
