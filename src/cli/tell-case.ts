/** A case in words: where it stands, everything done, oldest first, and what can be done next. */
import { stateWord } from '../cases/life.ts';
import { sayMoment } from '../digest/local-time.ts';
import { closedStates } from '../mention.ts';
import type { Case, CaseEvent, CaseSummary } from '../store/cases.ts';
import { clean, wrapped } from './format.ts';
import { readingWidth, type Telling } from './tell-mention.ts';

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
};

/** `c4 · new · answer by tomorrow 22:00 · nobody has taken it`. */
export function caseHead(known: CaseSummary, { now, timezone, paint, terminal }: Telling): string {
  const say = (at: number) => sayMoment(at, now, timezone);
  const { dueAt, snoozedUntil, state, owner } = known;
  const late = dueAt !== null && dueAt < now;
  const sleeps = snoozedUntil !== null && snoozedUntil > now;
  const what = state === 'fixed' ? 'ask whether they are happy' : 'answer';
  const due =
    dueAt === null || sleeps ? null : `${what} ${late ? `now: it was due ${say(dueAt)}` : `by ${say(dueAt)}`}`;
  const parts = [
    `c${known.id}`,
    stateWord(state),
    sleeps ? `put off until ${say(snoozedUntil)}` : null,
    due,
    state === 'answered' ? 'their turn' : null,
    owner === null ? (closedStates.includes(state) ? null : 'nobody has taken it') : `${clean(owner)}’s`,
  ];
  const head = wrapped(parts.filter((part) => part !== null).join(' · '), Math.min(terminal.columns, readingWidth));
  return late && !sleeps ? paint.bold(paint.red(head)) : paint.bold(head);
}

/** Everything done, a line each. */
export function caseHistory(known: Case, { now, timezone, terminal, paint }: Telling): string {
  const say = (at: number) => sayMoment(at, now, timezone);
  const width = Math.min(terminal.columns, readingWidth);
  const room = Math.max(...known.events.map((event) => say(event.at).length), 0) + 4;
  const lines = known.events.map(
    (event) =>
      `  ${paint.dim(say(event.at).padEnd(room - 2))}${wrapped(line(event, say), width, ' '.repeat(room)).trimStart()}`,
  );
  return `${paint.bold('What was done')}\n${lines.join('\n')}`;
}

function line({ kind, by, details }: CaseEvent, say: (at: number) => string): string {
  const where = typeof details.where === 'string' ? ` (${clean(details.where)})` : '';
  const told = ['words', 'why', 'cause', 'proof'].flatMap((key) =>
    typeof details[key] === 'string' ? [clean(details[key])] : [],
  );
  const until =
    typeof details.until === 'number' ? `${kind === 'fix' ? ', to be asked' : ' until'} ${say(details.until)}` : '';
  const who = by === 'earshot' ? 'Earshot' : clean(by);
  return `${who} ${did[kind] ?? clean(kind)}${where}${until}${told.length > 0 ? `: ${told.join(' · ')}` : ''}`;
}

/** What can be done next, as the words to type and why. */
export function nextForCase({ id, state, owner }: CaseSummary): readonly (readonly [words: string, why: string])[] {
  const act = (verb: string, why: string) => [`case ${verb} c${id}`, why] as const;
  const happy = act('happy', 'when the customer is happy again');
  const reopen = act('reopen', 'when it is your turn again');
  if (closedStates.includes(state)) return [act('reopen', 'when it comes up again')];
  if (state === 'answered') return [happy, act('fix', 'when what went wrong is mended'), reopen];
  if (state === 'fixed') return [happy, reopen];
  return [
    ...(owner === null ? [act('take', 'to make it yours')] : []),
    act('answered', 'when you have answered'),
    [`case snooze c${id} --until 2d`, 'to put it off'] as const,
    act('dismiss', 'when there is nothing to it'),
  ];
}
