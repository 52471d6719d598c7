/** The life of a case: one pure table of what may happen in which state, and what a case's events add up to. */
import { type CaseState, closedStates, type MarkKind, type Urgency } from '../mention.ts';
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
  'urgent',
  'undo',
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
    /** Of `found`, milliseconds UTC or null: it is found once more, and was due then before it was withdrawn. */
    readonly dueAt?: number | null;
    /** The case's urgency from this on. */
    readonly urgency?: Urgency;
    /** The mark that brought this about, or whose taking back did. */
    readonly mark?: MarkKind;
    /** How the case stood before this, so that it can be taken back. */
    readonly was?: CaseLife & { readonly urgency: Urgency };
    /** Of `undo`: what the case is again. */
    readonly life?: CaseLife;
    /** Of a note of Earshot's: the stars that the customer gave before and gives now. */
    readonly raised?: { readonly from: number; readonly to: number; readonly scale: number };
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

/** From which states an event may happen, and what it leads to; `same`: the state stays, or is told by the event. */
export const transitions: Readonly<Record<CaseEventKind, { from: readonly CaseState[]; to: CaseState | 'same' }>> = {
  found: { from: ['dismissed'], to: 'new' },
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
  urgent: { from: everywhere, to: 'same' },
  undo: { from: everywhere, to: 'same' },
};

/** Why an event may not happen now, as a sentence with the next step; null where it may. */
export function refusal(life: CaseLife, kind: CaseEventKind): string | null {
  if (kind === 'found' && !isWithdrawn(life)) return `it is ${stateWord(life.state)}.`;
  if (transitions[kind].from.includes(life.state)) return null;
  if (kind === 'reopen') return `it is ${stateWord(life.state)} already: it is your turn.`;
  if (closedStates.includes(life.state))
    return `it is closed (${stateWord(life.state)}). Reopen it first: \`case reopen\`.`;
  return `it is ${stateWord(life.state)}.`;
}

/** Closed by Earshot alone: whoever dismisses a case owns it, so nobody's was withdrawn. */
export function isWithdrawn({ state, owner }: CaseLife): boolean {
  return state === 'dismissed' && owner === null;
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
  if (event.kind === 'undo') return takenBack(event);
  const { to } = transitions[event.kind];
  // A person who takes or writes on a new case has opened it; Earshot's own events leave it new.
  const touched = life.state === 'new' && event.by !== 'earshot' ? 'open' : life.state;
  const state = to === 'same' ? touched : to === 'open' && life.state === 'new' ? 'new' : to;
  const owns = event.by !== 'earshot' && event.kind !== 'note' && event.kind !== 'urgent';
  const owner = event.kind === 'take' || (owns && life.owner === null) ? event.by : life.owner;
  return { ...clock(life, event, state, promptness), state, owner };
}

/** As it was, but no longer new: somebody has looked at it. */
function takenBack({ details: { life } }: CaseEvent): CaseLife {
  if (!life) throw new RangeError('undo does not say what the case is again');
  const { state, owner, dueAt, snoozedUntil, closedAt, remainingMs } = life;
  return { state: state === 'new' ? 'open' : state, owner, dueAt, snoozedUntil, closedAt, remainingMs };
}

type ClockPart = Pick<CaseLife, 'dueAt' | 'snoozedUntil' | 'closedAt' | 'remainingMs'>;

const stopped: ClockPart = { dueAt: null, snoozedUntil: null, closedAt: null, remainingMs: null };

function clock(life: CaseLife, event: CaseEvent, state: CaseState, { answerWithin, time }: Promptness): ClockPart {
  const { dueAt, snoozedUntil, closedAt, remainingMs } = life;
  const { until = null } = event.details;
  if (closedStates.includes(state))
    return { ...stopped, closedAt: closedStates.includes(life.state) ? closedAt : event.at };
  if (event.kind === 'answered') return stopped;
  if (event.kind === 'fix') return { ...stopped, dueAt: until };
  if (event.kind === 'found' && event.details.dueAt !== undefined) return { ...stopped, dueAt: event.details.dueAt };
  if (event.kind === 'snooze') return asleep(life, event.at, until ?? event.at, time);
  const turned = ours.includes(state) && !ours.includes(life.state);
  if (turned || (event.kind === 'spoke-again' && dueAt === null))
    return { ...stopped, dueAt: dueAfter(event.at, answerWithin, time) };
  if (event.kind === 'spoke-again') return awake(life, event.at, time);
  if (event.kind === 'urgent' && ours.includes(state)) return sooner(life, event.at, { answerWithin, time });
  return { dueAt, snoozedUntil, closedAt, remainingMs };
}

const sleeps = ({ snoozedUntil }: CaseLife, at: number): boolean => snoozedUntil !== null && snoozedUntil > at;

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
