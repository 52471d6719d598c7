/** What jobs add to cases: the case that a complaint opens, one more event with what the columns are after it. */
import { afterEvent, type CaseEvent, type CaseLife, found, promptnessFor } from '../cases/life.ts';
import { durationMs } from '../config/duration.ts';
import { type Urgency, urgencies } from '../mention.ts';
import type { CaseSummary } from '../store/case-rows.ts';
import type { CaseDraft, CaseStep } from '../store/cases.ts';
import type { Standing } from '../store/standings.ts';
import type { Tools } from './tools.ts';

/** What a person called urgent is as urgent as can be. */
export function urgencyOf({ marks, urgency }: Standing): Urgency {
  return marks.urgent ? 'critical' : urgency;
}

/** The case that a complaint opens. */
export function draft(tools: Tools, standing: Standing, now: number): CaseDraft {
  const { brandId, mentionId, urgency, marks } = standing;
  const life = found(now, promptnessOf(tools, brandId, urgency));
  const event: CaseEvent = { kind: 'found', at: now, by: 'earshot', details: {} };
  const plain: CaseDraft = {
    brandId,
    openedAt: now,
    mentionIds: [mentionId],
    columns: { ...life, urgency },
    events: [{ ...event, details: {} }],
  };
  if (!marks.urgent || urgency === 'critical') return plain;
  // An event of its own, so that it can be taken back like any other.
  const details = { urgency: 'critical', mark: 'urgent', was: { ...life, urgency } } as const;
  const raised: CaseEvent = { kind: 'urgent', at: now, by: 'earshot', details };
  const after = afterEvent(life, raised, promptnessOf(tools, brandId, 'critical'));
  return {
    ...plain,
    columns: { ...after, urgency: 'critical' },
    events: [...plain.events, { ...raised, details }],
  };
}

/** The more urgent of the two. */
export function atLeast(one: Urgency, other: Urgency): Urgency {
  return urgencies.indexOf(one) > urgencies.indexOf(other) ? one : other;
}

const stepsAside: readonly string[] = ['note', 'undo', 'found', 'promised', 'kept', 'resolved'];

/** One more event, and what the case's columns are after it. @throws RangeError where the case's state forbids it */
export function step(tools: Tools, known: CaseSummary, event: CaseEvent): CaseStep {
  const urgency = event.details.urgency ?? known.urgency;
  const after: CaseLife = afterEvent(known, event, promptnessOf(tools, known.brandId, urgency));
  const { state, owner, dueAt, snoozedUntil, closedAt, remainingMs } = known;
  const was = { state, owner, dueAt, snoozedUntil, closedAt, remainingMs, urgency: known.urgency };
  const details = { ...event.details, ...(!stepsAside.includes(event.kind) && { was }) };
  return { caseId: known.id, event: { ...event, details }, after: { ...after, urgency } };
}

/** How soon a brand's complaints of that urgency want an answer, on its own clock. */
export function promptnessOf(tools: Tools, brandId: string, urgency: Urgency) {
  const brand = tools.brands.get(brandId);
  const time = { hours: brand?.hours ?? null, timezone: tools.config.timezone };
  const answerWithin = brand?.answerWithin ?? { critical: '2h', high: '1d', normal: '2d', low: '4d' };
  return promptnessFor(urgency, answerWithin, time, durationMs);
}
