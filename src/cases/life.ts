/** The life of a case: one pure table of what may happen in which state, and what a case's events add up to. */
import { type CaseState, closedStates, type Urgency } from '../mention.ts';
import { afterOpenTime, type BusinessTime, dueAfter, openTimeBetween } from './hours.ts';

export const caseEventKinds = [
  'found',
  'joined',
  'spoke-again',
  'withdrawn',
  'take',
  'note',
  'answered',
  'snooze',
  'fix',
  'happy',
  'dismiss',
  'reopen',
] as const;
export type CaseEventKind = (typeof caseEventKinds)[number];

/** Never rewritten. `by` is a person's name, or `earshot`. */
export interface CaseEvent {
  readonly kind: CaseEventKind;
  readonly at: number;
  readonly by: string;
  readonly details: {
    readonly why?: string;
    readonly words?: string;
    readonly where?: string;
    /** Milliseconds UTC: end of a snooze, or the day to check back. */
    readonly until?: number;
    /** Milliseconds UTC or null: where this takes another step back, when the case was due before that one. */
    readonly dueAt?: number | null;
    readonly cause?: string;
    readonly proof?: string;
    readonly mentionIds?: readonly number[];
  };
}

/** What the events add up to. */
export interface CaseLife {
  readonly state: CaseState;
  readonly owner: string | null;
  /** When the next thing is due from us: the answer, or the check-back; null while it is the customer's turn, or closed. */
  readonly dueAt: number | null;
  readonly snoozedUntil: number | null;
  readonly closedAt: number | null;
  /** Open time that was left for the answer when the clock was stopped. */
  readonly remainingMs: number | null;
}

/** How long an answer may take, and when we are open. */
export interface Promptness {
  readonly answerWithin: { readonly days: number } | { readonly ms: number };
  readonly time: BusinessTime;
}

const living: readonly CaseState[] = ['new', 'open', 'answered', 'fixed'];
const ours: readonly CaseState[] = ['new', 'open'];
const everywhere: readonly CaseState[] = [...living, ...closedStates];

/** From which states an event may happen, and what it leads to; `same`: the state stays. */
export const transitions: Readonly<Record<CaseEventKind, { from: readonly CaseState[]; to: CaseState | 'same' }>> = {
  found: { from: [], to: 'new' },
  joined: { from: living, to: 'same' },
  'spoke-again': { from: ['new', 'open', 'answered', 'fixed', 'happy', 'won-back', 'silent', 'lost'], to: 'open' },
  withdrawn: { from: ['new'], to: 'dismissed' },
  take: { from: living, to: 'same' },
  note: { from: everywhere, to: 'same' },
  answered: { from: living, to: 'answered' },
  snooze: { from: living, to: 'same' },
  fix: { from: living, to: 'fixed' },
  happy: { from: living, to: 'happy' },
  dismiss: { from: living, to: 'dismissed' },
  reopen: { from: ['answered', 'fixed', ...closedStates], to: 'open' },
};

/** Why an event may not happen now, as a sentence with the next step; null where it may. */
export function refusal(life: CaseLife, kind: CaseEventKind): string | null {
  if (transitions[kind].from.includes(life.state)) return null;
  if (kind === 'reopen') return `it is ${stateWord(life.state)} already: it is our turn.`;
  if (closedStates.includes(life.state))
    return `it is closed (${stateWord(life.state)}). Reopen it first: \`case reopen\`.`;
  return `it is ${stateWord(life.state)}.`;
}

/** The life of a case that has just been found. */
export function found(at: number, promptness: Promptness): CaseLife {
  const dueAt = dueAfter(at, promptness.answerWithin, promptness.time);
  return { state: 'new', owner: null, dueAt, snoozedUntil: null, closedAt: null, remainingMs: null };
}

/**
 * The life after one more event; pure, so that replaying all events gives what the store keeps in its columns.
 * @throws RangeError where the table forbids it: ask `refusal` first.
 */
export function afterEvent(life: CaseLife, event: CaseEvent, promptness: Promptness): CaseLife {
  if (refusal(life, event.kind) !== null)
    throw new RangeError(`${event.kind} cannot happen to a case that is ${life.state}`);
  const { to } = transitions[event.kind];
  // A person who takes or writes on a new case has opened it; Earshot's own events leave it new.
  const touched = life.state === 'new' && event.by !== 'earshot' ? 'open' : life.state;
  const state = to === 'same' ? touched : to === 'open' && life.state === 'new' ? 'new' : to;
  const owner = event.kind === 'note' || event.by === 'earshot' ? life.owner : (life.owner ?? event.by);
  return { ...clock(life, event, state, promptness), state, owner: event.kind === 'take' ? event.by : owner };
}

type ClockPart = Pick<CaseLife, 'dueAt' | 'snoozedUntil' | 'closedAt' | 'remainingMs'>;

function clock(life: CaseLife, event: CaseEvent, state: CaseState, { answerWithin, time }: Promptness): ClockPart {
  const stopped = { dueAt: null, snoozedUntil: null, closedAt: null, remainingMs: null };
  if (closedStates.includes(state))
    return { ...stopped, closedAt: closedStates.includes(life.state) ? life.closedAt : event.at };
  if (event.kind === 'answered') return stopped;
  if (event.kind === 'fix') return { ...stopped, dueAt: event.details.until ?? null };
  if (event.details.dueAt !== undefined) return { ...stopped, dueAt: event.details.dueAt };
  if (event.kind === 'snooze') {
    const remainingMs = life.remainingMs ?? (life.dueAt === null ? null : openTimeBetween(event.at, life.dueAt, time));
    const until = event.details.until ?? event.at;
    const dueAt = remainingMs === null ? null : afterOpenTime(until, remainingMs, time);
    return { dueAt, snoozedUntil: until, closedAt: null, remainingMs };
  }
  const turned = ours.includes(state) && !ours.includes(life.state);
  if (turned || (event.kind === 'spoke-again' && life.dueAt === null)) {
    return { ...stopped, dueAt: dueAfter(event.at, answerWithin, time) };
  }
  const { dueAt, snoozedUntil, closedAt, remainingMs } = life;
  return event.kind === 'spoke-again' ? { ...stopped, dueAt } : { dueAt, snoozedUntil, closedAt, remainingMs };
}

/** `answerWithin` of an urgency as the clock wants it: `1d` counts days on which we are open, all else open time. */
export function promptnessFor(
  urgency: Urgency,
  answerWithin: Readonly<Record<Urgency, string>>,
  time: BusinessTime,
  lengthMs: (text: string) => number | null,
): Promptness {
  const text = answerWithin[urgency];
  const days = /^(\d+)\s*d$/.exec(text.trim());
  return { answerWithin: days ? { days: Number(days[1]) } : { ms: lengthMs(text) ?? 0 }, time };
}

/** A state in the owner's words. */
export function stateWord(state: CaseState): string {
  const words: Record<CaseState, string> = {
    new: 'new',
    open: 'open',
    answered: 'answered',
    fixed: 'fixed, to be checked back',
    happy: 'happy',
    'won-back': 'won back',
    silent: 'silent',
    lost: 'lost',
    dismissed: 'dismissed',
  };
  return words[state];
}
