/** The life of a case: one pure table of what may happen in which state, and what a case's events add up to. */
import { type CaseState, closedStates, type MarkKind, type Urgency } from '../mention.ts';
import { clockAfter, sleeps, stopped } from './clock.ts';
import { type BusinessTime, dueAfter } from './hours.ts';
import { ours } from './turn.ts';

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
  'assign',
  'escalated',
  'won-back',
  'silent',
  'lost',
  'join',
  'joined-into',
  'split',
  'promised',
  'kept',
  'resolved',
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
    /** Of `undo` and `split`: what the case is again. Of `join`: how the case stands that comes in. */
    readonly life?: CaseLife;
    /** Of `assign` and `escalated`: whose it is now. */
    readonly to?: string;
    /** Of `join`, `joined-into` and `split`: the other case. */
    readonly caseId?: number;
    /** Of `joined`, `join` and `split`: those that came or went. Of `resolved`: the one that says so. */
    readonly mentionIds?: readonly number[];
    /** Of `answered` by Earshot: when the business answered there, as the platform says; milliseconds UTC. */
    readonly answeredAt?: number;
    /** Of a note of Earshot's: the stars that the customer gave before and gives now. */
    readonly raised?: { readonly from: number; readonly to: number; readonly scale: number };
    readonly cause?: string;
    readonly proof?: string;
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
const everywhere: readonly CaseState[] = [...living, ...closedStates];

/** From which states an event may happen, and what it leads to; `same`: the state stays, or is told by the event. */
const transitions: Readonly<Record<CaseEventKind, { from: readonly CaseState[]; to: CaseState | 'same' }>> = {
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
  'won-back': { from: [...living, 'happy', 'silent', 'lost'], to: 'won-back' },
  silent: { from: ['answered', 'fixed'], to: 'silent' },
  lost: { from: living, to: 'lost' },
  dismiss: { from: living, to: 'dismissed' },
  reopen: { from: ['answered', 'fixed', ...closedStates], to: 'open' },
  urgent: { from: everywhere, to: 'same' },
  undo: { from: everywhere, to: 'same' },
  assign: { from: living, to: 'same' },
  escalated: { from: living, to: 'same' },
  join: { from: everywhere.filter((state) => state !== 'dismissed'), to: 'same' },
  'joined-into': { from: everywhere, to: 'same' },
  split: { from: everywhere, to: 'same' },
  promised: { from: living, to: 'same' },
  kept: { from: everywhere, to: 'same' },
  resolved: { from: living, to: 'same' },
};

/** Why an event may not happen now, as a sentence with the next step; null where it may. */
export function refusal(life: CaseLife, kind: CaseEventKind): string | null {
  if (kind === 'found' && !isWithdrawn(life)) return `it is ${stateWord(life.state)}.`;
  if (transitions[kind].from.includes(life.state)) return null;
  if (kind === 'reopen') return `it is ${stateWord(life.state)} already: it is your turn.`;
  if (kind === 'silent' && ours.includes(life.state))
    return 'it is your turn: answer first, and the customer may still write.';
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

/** What an event must not be without, as a sentence with the next step; null where nothing is missing. */
export function lacking(kind: CaseEventKind, { why, words, proof, to }: CaseEvent['details']): string | null {
  const said = [why, words, proof].some((text) => text !== undefined && text.trim() !== '');
  if (kind === 'lost' && !said)
    return 'only the customer can say so. Write down what they said: `--proof "never again"`. One who says nothing is `case silent`.';
  if ((kind === 'join' || kind === 'split') && !said) return 'write down why, as in `--why "the same person"`.';
  if (kind === 'assign' && !to?.trim()) return 'say to whom.';
  return null;
}

/**
 * The life after one more event; pure, so that replaying all events gives what the store keeps in its columns.
 * @throws RangeError where the table forbids it: ask `refusal` first.
 */
export function afterEvent(life: CaseLife, event: CaseEvent, promptness: Promptness): CaseLife {
  if (refusal(life, event.kind) !== null)
    throw new RangeError(`${event.kind} cannot happen to a case that is ${life.state}`);
  const { kind, by, details } = event;
  if (kind === 'undo' || (kind === 'split' && details.life)) return takenBack(event);
  if (kind === 'join' && details.life) return together(life, details.life, event.at);
  const { to } = transitions[kind];
  // A person who takes or writes on a new case has opened it; Earshot's own events leave it new.
  const touched = life.state === 'new' && by !== 'earshot' ? 'open' : life.state;
  const state = to === 'same' ? touched : to === 'open' && life.state === 'new' ? 'new' : to;
  return { ...clockAfter(life, event, state, promptness), state, owner: ownerAfter(life, event) };
}

/** These say nothing of whose it is. */
const impersonal: readonly CaseEventKind[] = ['note', 'urgent', 'join', 'joined-into', 'split'];

function ownerAfter({ owner }: CaseLife, { kind, by, details }: CaseEvent): string | null {
  if (kind === 'take') return by;
  if (kind === 'assign' || kind === 'escalated') return details.to ?? owner;
  return owner === null && by !== 'earshot' && !impersonal.includes(kind) ? by : owner;
}

/** As it was, but no longer new: somebody has looked at it. */
function takenBack({ kind, details: { life } }: CaseEvent): CaseLife {
  if (!life) throw new RangeError(`${kind} does not say what the case is again`);
  const { state, owner, dueAt, snoozedUntil, closedAt, remainingMs } = life;
  return { state: state === 'new' ? 'open' : state, owner, dueAt, snoozedUntil, closedAt, remainingMs };
}

/** What waits in either of the two waits in both, and no later than it did. */
function together(life: CaseLife, other: CaseLife, at: number): CaseLife {
  const owner = life.owner ?? other.owner;
  const opened = life.state === 'new' ? 'open' : life.state;
  if (!ours.includes(other.state) || sleeps(other, at)) return { ...life, state: opened, owner };
  const waits = ours.includes(life.state) && !sleeps(life, at);
  const dues = [waits ? life.dueAt : null, other.dueAt].filter((due) => due !== null);
  return { ...stopped, state: 'open', owner, dueAt: dues.length > 0 ? Math.min(...dues) : null };
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
