/** A case in words: where it stands, everything done, oldest first, and what can be done next. */
import { echoed } from '../cases/again.ts';
import { stateWord } from '../cases/life.ts';
import { sayRegular } from '../cases/regulars.ts';
import { lastStep } from '../cases/take-back.ts';
import { asked, isPromiseDue } from '../cases/turn.ts';
import { sayAnswered } from '../digest/answered.ts';
import { sayMoment } from '../digest/local-time.ts';
import { saySameWords } from '../digest/wording.ts';
import { sayExposure } from '../insight/exposure.ts';
import { accountsIn, type CaseRow } from '../jobs/case-rows.ts';
import { closedStates } from '../mention.ts';
import type { CaseEvent } from '../store/case-events.ts';
import type { CaseSummary } from '../store/case-rows.ts';
import type { Case } from '../store/cases.ts';
import { clean, readingWidth, wrapped } from './format.ts';
import { labelled, type Telling } from './tell-mention.ts';
import { length } from './when.ts';

const did: Readonly<Record<string, string>> = {
  found: 'found it',
  joined: 'joined another complaint to it',
  'spoke-again': 'heard the customer again',
  withdrawn: 'took it back',
  take: 'took it',
  note: 'noted',
  answered: 'answered',
  snooze: 'put it off',
  fix: 'fixed it',
  happy: 'says the customer is happy',
  dismiss: 'dismissed it',
  reopen: 'reopened it',
  urgent: 'called it urgent',
  undo: 'took the last step back',
  assign: 'gave it to',
  escalated: 'passed it on to',
  'won-back': 'says the customer was won back',
  silent: 'closed it: the customer says no more',
  lost: 'says the customer is lost',
  join: 'joined another case to it',
  'joined-into': 'joined it to another case',
  split: 'split it',
  promised: 'promised',
  kept: 'kept a promise',
  resolved: 'heard the customer say that it was put right',
};

/** `c4 · new · answer by tomorrow 22:00 · nobody has taken it`. */
export function caseHead(known: CaseSummary, { now, timezone, paint, terminal }: Telling): string {
  const say = (at: number) => sayMoment(at, now, timezone);
  const { dueAt, snoozedUntil, state, owner, promise, hint } = known;
  const isOpen = !closedStates.includes(state);
  const broken = isOpen && promise !== null && promise.dueAt < now;
  const late = broken || (dueAt !== null && dueAt < now);
  const sleeps = snoozedUntil !== null && snoozedUntil > now;
  const what = asked.includes(state) ? 'ask whether they are happy' : 'answer';
  const due =
    dueAt === null || sleeps ? null : `${what} ${late ? `now: it was due ${say(dueAt)}` : `by ${say(dueAt)}`}`;
  const parts = [
    `c${known.id}`,
    stateWord(state),
    hint === 'resolved' ? 'said to be put right' : null,
    sleeps ? `put off until ${say(snoozedUntil)}` : null,
    due,
    isOpen && promise !== null
      ? `${broken ? 'you promised something for' : 'promised for'} ${say(promise.dueAt)}`
      : null,
    state === 'answered' && !late ? 'their turn' : null,
    owner === null ? (closedStates.includes(state) ? null : 'nobody has taken it') : whose(owner),
  ];
  const head = wrapped(parts.filter((part) => part !== null).join(' · '), readingWidth(terminal));
  return late && !sleeps ? paint.bold(paint.red(head)) : paint.bold(head);
}

/** Whoever is not logged in by a name is called “you”. */
const whose = (owner: string) => (owner === 'you' ? 'yours' : `${clean(owner)}’s`);

/** Why it stands where it does, who may have seen it, what was behind it and how its clock stands, a line each. */
export function casePriority(
  { priority, exposure, clock, cause, customer, promises, mentions }: CaseRow,
  { now, timezone, terminal, paint }: Telling,
) {
  const width = readingWidth(terminal);
  const { oursMs, solveDueAt } = clock;
  const by = solveDueAt === null ? 'the clock stands still' : `solve it by ${sayMoment(solveDueAt, now, timezone)}`;
  const voices = saySameWords(accountsIn({ mentions }));
  const regular = sayRegular(customer, now, timezone);
  const spent = oursMs < 60_000 ? '' : `; it was your turn for ${length(oursMs)}`;
  return [
    ...(priority.because.length > 0 ? [labelled('First', priority.because.join('; '), width, paint)] : []),
    ...(regular === null ? [] : [labelled('Customer', regular, width, paint)]),
    ...(voices === null ? [] : [labelled('Voices', voices, width, paint)]),
    labelled('Seen', sayExposure(exposure), width, paint),
    ...(cause === null ? [] : [labelled('Cause', clean(cause), width, paint)]),
    ...promises.map(({ words, dueAt, keptAt }) =>
      labelled(
        'Promised',
        `“${clean(words)}” by ${sayMoment(dueAt, now, timezone)}${keptAt === null ? '' : ', kept'}`,
        width,
        paint,
      ),
    ),
    labelled('Clock', `${by}${spent}`, width, paint),
  ].join('\n');
}

/** Everything done, a line each. */
export function caseHistory(known: Case, telling: Telling): string {
  const { now, timezone, terminal, paint } = telling;
  const say = (at: number) => sayMoment(at, now, timezone);
  const width = readingWidth(terminal);
  const room = Math.max(...known.events.map((event) => say(event.at).length), 0) + 4;
  const lines = known.events.map(
    (event) =>
      `  ${paint.dim(say(event.at).padEnd(room - 2))}${wrapped(line(event, telling), width, ' '.repeat(room)).trimStart()}`,
  );
  return `${paint.bold('What was done')}\n${lines.join('\n')}`;
}

function answeredThere({ where, answeredAt }: CaseEvent['details'], telling: Telling): string {
  const place = typeof where === 'string' ? clean(where) : 'its platform';
  return sayAnswered(place, typeof answeredAt === 'number' ? answeredAt : null, telling);
}

function line({ kind, by, details }: CaseEvent, telling: Telling): string {
  if (kind === 'answered' && by === 'earshot') return `Earshot saw that it was ${answeredThere(details, telling)}`;
  const say = (at: number) => sayMoment(at, telling.now, telling.timezone);
  const where = typeof details.where === 'string' ? ` (${clean(details.where)})` : '';
  const said = ['words', 'why', 'cause', 'proof'].map((key) => details[key]);
  const told = [...new Set(said.filter((text) => typeof text === 'string'))].map(clean);
  const until = typeof details.until === 'number' ? `${untilWords[kind] ?? ', to be asked'} ${say(details.until)}` : '';
  const whose = typeof details.to === 'string' ? ` ${clean(details.to)}` : '';
  const which =
    typeof details.caseId === 'number'
      ? ` (c${details.caseId})`
      : kind === 'resolved' || details.why === echoed
        ? sayer(details)
        : '';
  const who = by === 'earshot' ? 'Earshot' : clean(by);
  const what = kind === 'spoke-again' && details.why === echoed ? 'heard it again' : (did[kind] ?? clean(kind));
  return `${who} ${what}${whose}${which}${where}${until}${told.length > 0 ? `: ${told.join(' · ')}` : ''}`;
}

/** ` (m17)`: which of them say so. */
function sayer({ mentionIds }: CaseEvent['details']): string {
  return Array.isArray(mentionIds) ? ` (${mentionIds.map((id) => `m${id}`).join(', ')})` : '';
}

const untilWords: Readonly<Record<string, string>> = { snooze: ' until', promised: ' by' };

/** What can be done next, as the words to type and why. */
export function nextForCase(known: Case, now: number): readonly (readonly [words: string, why: string])[] {
  const kept = [`case kept c${known.id}`, 'when you have done what you promised'] as const;
  const next = closing(known, nextWithout(known, now));
  if (known.promise === null || closedStates.includes(known.state)) return next;
  return isPromiseDue(known, now) ? [kept, ...next] : [...next, kept];
}

/** First where its customer says that it was put right, with where they say so. */
function closing(
  { id, hint, events, mentionIds }: Case,
  next: readonly (readonly [words: string, why: string])[],
): readonly (readonly [words: string, why: string])[] {
  if (hint !== 'resolved') return next;
  const close = `case happy c${id}`;
  const ids = events.findLast(({ kind }) => kind === 'resolved')?.details.mentionIds;
  const elsewhere = (Array.isArray(ids) ? ids : []).filter((one) => !mentionIds.includes(one));
  return [
    [close, 'to close it: the customer says that it was put right'],
    ...elsewhere.map((one) => [`show m${one}`, 'to read where they say so'] as const),
    ...next.filter(([words]) => words !== close),
  ];
}

function nextWithout(
  { id, state, owner, snoozedUntil, dueAt, events }: Case,
  now: number,
): readonly (readonly [words: string, why: string])[] {
  const act = (verb: string, why: string) => [`case ${verb} c${id}`, why] as const;
  const happy = act('happy', 'when the customer is happy again');
  const reopen = act('reopen', 'when it is your turn again');
  if (closedStates.includes(state)) return [act('reopen', 'when it comes up again')];
  const toBeAsked = asked.includes(state) && dueAt !== null && dueAt <= now;
  const ask = toBeAsked ? [act('answered', 'when you have asked whether all is well')] : [];
  if (state === 'answered') return [...ask, happy, act('fix', 'when what went wrong is mended'), reopen];
  if (state === 'fixed') return [...ask, happy, reopen];
  const sleeps = snoozedUntil !== null && snoozedUntil > now;
  const off = [
    `case snooze c${id} --until ${sleeps ? '7d' : '2d'}`,
    sleeps ? 'to put it off for longer' : 'to put it off',
  ] as const;
  const back = sleeps && lastStep(events)?.event.kind === 'snooze' ? [act('undo', 'to have it back today')] : [];
  return [
    ...(owner === null ? [act('take', 'to make it yours')] : []),
    act('answered', 'when you have answered'),
    ...back,
    off,
    act('dismiss', 'when there is nothing to it'),
  ];
}
