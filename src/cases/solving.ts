/** How long a case has been ours to work on, and by when it should be solved: only open time counts in which it was our turn. Pure. */
import { afterOpenTime, dueAfter, openTimeBetween } from './hours.ts';
import { afterEvent, type CaseEvent, type CaseLife, found, type Promptness, refusal } from './life.ts';
import { ours } from './turn.ts';

/** All in milliseconds. */
export interface SolvingClock {
  /** Open time in which it was our turn, until now. */
  readonly oursMs: number;
  /** So much of it had gone when we first answered; null: nobody has. */
  readonly answeredAfterMs: number | null;
  /** UTC; null while the clock stands still, and when it is over. */
  readonly solveDueAt: number | null;
}

interface Past {
  readonly openedAt: number;
  readonly events: readonly CaseEvent[];
}

/** @param within how long solving may take, and when we are open */
export function solvingClock({ openedAt, events }: Past, within: Promptness, now: number): SolvingClock {
  const { time } = within;
  let [oursMs, left]: [number, number | null] = [0, null];
  let solveDueAt: number | null = null;
  const answer = events.find(({ kind }) => kind === 'answered' || kind === 'fix');
  let answeredAfterMs: number | null = null;
  for (const { from, to } of ourTimes(openedAt, events)) {
    const until = Math.min(to ?? now, now);
    if (until < from) break;
    const due = left === null ? dueAfter(from, within.answerWithin, time) : afterOpenTime(from, left, time);
    if (answer && answeredAfterMs === null && answer.at < from) answeredAfterMs = oursMs;
    oursMs += openTimeBetween(from, until, time);
    if (answer && answeredAfterMs === null && answer.at <= until) answeredAfterMs = oursMs;
    left = openTimeBetween(until, due, time);
    solveDueAt = to === null || to > now ? due : null;
  }
  return { oursMs, answeredAfterMs: answeredAfterMs ?? (answer ? oursMs : null), solveDueAt };
}

/** From when to when it was our turn and not put off; the last one may last (null). In order, none of them overlapping. */
function* ourTimes(openedAt: number, events: readonly CaseEvent[]): Generator<{ from: number; to: number | null }> {
  let life: CaseLife = found(openedAt, timeless);
  let since = openedAt;
  for (const event of events.slice(1)) {
    if (refusal(life, event.kind) !== null) continue;
    const at = Math.max(since, event.at);
    const span = running(life, since, at);
    if (span) yield span;
    life = afterEvent(life, event, timeless);
    since = at;
  }
  const last = running(life, since, null);
  if (last) yield last;
}

/** What counts here, state and snooze, follows from the events alone. */
const timeless: Promptness = { answerWithin: { ms: 0 }, time: { hours: null, timezone: 'UTC' } };

function running({ state, snoozedUntil }: CaseLife, since: number, to: number | null) {
  const from = Math.max(since, snoozedUntil ?? since);
  return ours.includes(state) && (to === null || to > from) ? { from, to } : null;
}
