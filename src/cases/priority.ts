/** Which case comes first, and why in words: danger, what we promised, then urgency, audience and loyalty. Pure. */
import { hourMs } from '../clock.ts';
import { type CaseState, type Urgency, urgencies } from '../mention.ts';
import { onOneLine } from '../text/clean.ts';
import { hoursOrDays } from '../text/count.ts';
import { type Customer, isRegular, manyComplaints } from './regulars.ts';
import { asked, isPromiseDue, turnOf, type Waiting } from './turn.ts';

/** What is known of a case; times in milliseconds UTC. */
export interface Pressing {
  readonly id: number;
  readonly state: CaseState;
  readonly urgency: Urgency;
  /** The gravest of its posts, 0 to 4. */
  readonly severity: number;
  readonly dueAt: number | null;
  readonly snoozedUntil: number | null;
  /** What the customer was promised and is due first. */
  readonly promise?: Waiting['promise'];
  /** Since when the customer has waited for a word of ours. */
  readonly waitsSince: number;
  readonly exposure: { readonly low: number; readonly high: number; readonly counted: boolean } | null;
  readonly customer: Customer;
}

export interface Priority {
  /** Smaller comes first, number by number. */
  readonly rank: readonly number[];
  readonly because: readonly string[];
  /** Of these, how long it waits or is overdue; null where it is not our turn. */
  readonly waits: string | null;
  /** Of these, that a fan or a regular says it; null of whoever is none. */
  readonly comesBack: string | null;
}

/** From here on somebody may be hurt: severity 4 is somebody was. */
export const hurtFrom = 3.5;
/** Among the first so many, always: who has waited longest. */
export const oldestWithin = 5;

/**
 * Danger first, then what we promised and the check-backs that we said, then steps of urgency, of an audience that its platform
 * counts (one from 1,000 on, one more for ten times as many) and of loyalty (a third complaint; a fan or a regular). A guessed audience times the hours without an
 * answer only decides between equals; then what is due first, then the older case.
 */
export function priorityOf(one: Pressing, now: number): Priority {
  const { id, urgency, severity, dueAt, exposure, waitsSince } = one;
  const turn = turnOf(one, now);
  const hurt = severity >= hurtFrom;
  const promise = isPromiseDue(one, now) ? one.promise : null;
  const asks = asked.includes(one.state) && turn === 'ours' && dueAt !== null && dueAt <= now;
  const comesBack = loyalty(one.customer, now);
  const loyal = [thirdTime(one.customer), comesBack].filter((words) => words !== null);
  const crowd = exposure?.counted ? Math.max(0, Math.floor(Math.log10(Math.max(1, exposure.high))) - 2) : 0;
  const steps = urgencies.indexOf(urgency) + crowd + loyal.length;
  const waitsMs = Math.max(0, now - waitsSince);
  const audience = exposure === null ? 0 : Math.sqrt(exposure.low * exposure.high) * (waitsMs / hourMs);
  const kind = turn !== 'ours' ? 3 : hurt ? 0 : promise || asks ? 1 : 2;
  const over = promise ? promise.dueAt : dueAt;
  const late = turn === 'ours' && over !== null && over < now;
  const waits = late ? `overdue for ${length(now - over)}` : turn === 'ours' ? `waits for ${length(waitsMs)}` : null;
  const because = [
    hurt ? 'somebody may be hurt' : null,
    promise ? `you promised: “${onOneLine(promise.words)}”` : asks ? 'you said you would ask back' : null,
    urgency === 'critical' || urgency === 'high' ? (urgency === 'critical' ? 'very urgent' : 'urgent') : null,
    crowd > 0 ? `${exposure?.high.toLocaleString('en')} people have seen it` : null,
    ...loyal,
    waits,
  ];
  const rank = [kind, -steps, late ? 0 : 1, -Math.round(audience), over ?? waitsSince, id];
  return { rank, because: because.filter((words) => words !== null), waits, comesBack };
}

/** In order of priority; whoever has waited longest for us stands among the first, however small. */
export function inOrder<One extends { readonly pressing: Pressing }>(
  all: readonly One[],
  now: number,
): readonly (One & { readonly priority: Priority })[] {
  const ranked = all
    .map((one) => ({ ...one, priority: priorityOf(one.pressing, now) }))
    .sort((one, other) => compare(one.priority.rank, other.priority.rank));
  const waiting = ranked.filter(({ pressing }) => turnOf(pressing, now) === 'ours');
  const [oldest] = waiting.toSorted((one, other) => one.pressing.waitsSince - other.pressing.waitsSince);
  const at = oldestWithin - 1;
  if (!oldest || ranked.indexOf(oldest) <= at) return ranked;
  const { because } = oldest.priority;
  const named = { ...oldest, priority: { ...oldest.priority, because: [...because, 'nobody has waited longer'] } };
  return ranked.filter((one) => one !== oldest).toSpliced(at, 0, named);
}

function thirdTime({ complaints }: Customer): string | null {
  return complaints >= manyComplaints ? `their ${ordinal(complaints)} complaint in 60 days` : null;
}

function loyalty(customer: Customer, now: number): string | null {
  const { mentions, praise } = customer;
  if (praise > 0) return `praised you ${praise === 1 ? '' : `${praise} times `}before`;
  return isRegular(customer, now) ? `has spoken of you ${mentions} times` : null;
}

function ordinal(count: number): string {
  const ends: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };
  return `${count}${ends[new Intl.PluralRules('en', { type: 'ordinal' }).select(count)] ?? 'th'}`;
}

function length(ms: number): string {
  const hours = Math.round(ms / hourMs);
  return hours === 0 ? 'less than an hour' : hoursOrDays(hours);
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
