/** A case in full: where it stands, and everything done, oldest first. */
import { type CaseEventKind, stateWord } from '../cases/life.ts';
import { sayMoment } from '../digest/local-time.ts';
import type { Case, CaseEvent } from '../store/cases.ts';
import { clean, coloursOf, wrapped } from './format.ts';
import type { Telling } from './tell-mention.ts';

const did: Readonly<Record<CaseEventKind, string>> = {
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
};

export function caseInFull(known: Case, telling: Telling): string {
  const { terminal, now, timezone } = telling;
  const say = (at: number) => sayMoment(at, now, timezone);
  const paint = coloursOf(terminal);
  const late = known.dueAt !== null && known.dueAt < now;
  const due = known.dueAt === null ? '' : late ? `, was due ${say(known.dueAt)}` : `, due ${say(known.dueAt)}`;
  const sleeps =
    known.snoozedUntil !== null && known.snoozedUntil > now ? `, sleeps until ${say(known.snoozedUntil)}` : '';
  const head = `Case c${known.id} · ${stateWord(known.state)}${due}${sleeps} · ${known.owner === null ? 'nobody’s yet' : clean(known.owner)}`;
  const lines = known.events.map((event) => wrapped(line(event, say), Math.min(terminal.columns, 100), '  '));
  const next =
    known.closedAt === null
      ? `\nNext: \`npx earshot case answered c${known.id}\`, or take, note, snooze, fix, happy, dismiss.`
      : '';
  return `${late ? paint.red(head) : paint.bold(head)}\n${lines.join('\n')}${next}`;
}

function line({ kind, at, by, details }: CaseEvent, say: (at: number) => string): string {
  const told = ['where', 'words', 'why', 'cause', 'proof'].flatMap((key) =>
    typeof details[key] === 'string' ? [clean(details[key])] : [],
  );
  const until = typeof details.until === 'number' ? ` until ${say(details.until)}` : '';
  const who = by === 'earshot' ? 'Earshot' : clean(by);
  return `${say(at)} ${who} ${did[kind as CaseEventKind] ?? clean(kind)}${until}${told.length > 0 ? `: ${told.join(' · ')}` : ''}`;
}
