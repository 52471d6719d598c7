/** The clock of a case: when something is due from us after one more event. It stands still while it is not our turn. Pure. */
import { type CaseState, closedStates } from '../mention.ts';
import { afterOpenTime, type BusinessTime, dueAfter, openTimeBetween } from './hours.ts';
import type { CaseEvent, CaseEventKind, CaseLife, Promptness } from './life.ts';
import { ours } from './turn.ts';

export type ClockPart = Pick<CaseLife, 'dueAt' | 'snoozedUntil' | 'closedAt' | 'remainingMs'>;

export const stopped: ClockPart = { dueAt: null, snoozedUntil: null, closedAt: null, remainingMs: null };

/** Of events that come with a day: when to ask the customer whether all is well. */
const withCheckBack: readonly CaseEventKind[] = ['answered', 'fix'];
/** A complaint may become more urgent by them, and is then due sooner. */
const pressing: readonly CaseEventKind[] = ['urgent', 'joined'];

/** @param state what the case is after the event */
export function clockAfter(
  life: CaseLife,
  event: CaseEvent,
  state: CaseState,
  { answerWithin, time }: Promptness,
): ClockPart {
  const { dueAt, snoozedUntil, closedAt, remainingMs } = life;
  const { kind, at, details } = event;
  const { until = null } = details;
  if (closedStates.includes(state)) return { ...stopped, closedAt: closedStates.includes(life.state) ? closedAt : at };
  if (withCheckBack.includes(kind)) return { ...stopped, dueAt: until };
  if (kind === 'found' && details.dueAt !== undefined) return { ...stopped, dueAt: details.dueAt };
  if (kind === 'snooze') return asleep(life, at, until ?? at, time);
  const turned = ours.includes(state) && !ours.includes(life.state);
  if (turned || (kind === 'spoke-again' && dueAt === null))
    return { ...stopped, dueAt: dueAfter(at, answerWithin, time) };
  if (kind === 'spoke-again') return awake(life, at, time);
  if (pressing.includes(kind) && ours.includes(state)) return sooner(life, at, { answerWithin, time });
  return { dueAt, snoozedUntil, closedAt, remainingMs };
}

/** Put off, and not over yet. */
export const sleeps = ({ snoozedUntil }: Pick<CaseLife, 'snoozedUntil'>, at: number): boolean =>
  snoozedUntil !== null && snoozedUntil > at;

/** What is left of the time goes on when the snooze is over; one that is over has left its own behind. */
function asleep(life: CaseLife, at: number, until: number, time: BusinessTime): ClockPart {
  const left = life.dueAt === null ? null : openTimeBetween(at, life.dueAt, time);
  const remainingMs = sleeps(life, at) ? life.remainingMs : left;
  const dueAt = remainingMs === null ? null : afterOpenTime(until, remainingMs, time);
  return { dueAt, snoozedUntil: until, closedAt: null, remainingMs };
}

/** Woken before its time. */
function awake(life: CaseLife, at: number, time: BusinessTime): ClockPart {
  const left = sleeps(life, at) ? life.remainingMs : null;
  return { ...stopped, dueAt: left === null ? life.dueAt : afterOpenTime(at, left, time) };
}

/** Never later than it was; one that sleeps goes on sleeping. */
function sooner(life: CaseLife, at: number, { answerWithin, time }: Promptness): ClockPart {
  const { dueAt, snoozedUntil, closedAt, remainingMs } = life;
  if (dueAt === null) return { dueAt, snoozedUntil, closedAt, remainingMs };
  const from = snoozedUntil !== null && sleeps(life, at) ? snoozedUntil : at;
  const soon = Math.min(dueAt, dueAfter(from, answerWithin, time));
  return { dueAt: soon, snoozedUntil, closedAt, remainingMs: remainingMs && openTimeBetween(from, soon, time) };
}
