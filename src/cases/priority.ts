/** Which case comes first, and why in words: danger, what is late or promised, then urgency, audience and loyalty. Pure. */
import { dayMs, hourMs } from '../clock.ts';
import { type CaseState, type Urgency, urgencies } from '../mention.ts';
import { onOneLine } from '../text/clean.ts';
import { grouped, hoursOrDays } from '../text/count.ts';
import { type Grave, sayGrave } from './grave.ts';
import { type Customer, isRegular, manyComplaints } from './regulars.ts';
import { asked, isPromiseDue, turnOf, type Waiting } from './turn.ts';

/** What is known of a case; times in milliseconds UTC. */
export interface Pressing {
  readonly id: number;
  readonly state: CaseState;
  readonly urgency: Urgency;
  /** What is gravest in its posts; null where nothing is grave. */
  readonly grave: Grave | null;
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
  /** Why it stands before more urgent ones; null where it does not. */
  readonly before: string | null;
}

/** Among the first so many: who has waited much longer than they. */
export const oldestWithin = 5;
/** Less is no reason to stand before what is more urgent. */
export const muchLongerMs = dayMs;

/**
 * Danger first, then what is very urgent, then what is overdue, what we promised and the check-backs that we said. Among
 * these and the rest: steps of urgency, of an audience that its platform counts (one from 1,000 on, one more for ten times
 * as many) and of loyalty (a third complaint; a fan or a regular). A guessed audience times the hours without an answer (at least
 * one) only decides between equals; then what is due first, then the older case.
 */
export function priorityOf(one: Pressing, now: number): Priority {
  const { id, urgency, grave, dueAt, exposure, waitsSince } = one;
  const turn = turnOf(one, now);
  const promise = isPromiseDue(one, now) ? one.promise : null;
  const asks = asked.includes(one.state) && turn === 'ours' && dueAt !== null && dueAt <= now;
  const comesBack = loyalty(one.customer, now);
  const loyal = [thirdTime(one.customer), comesBack].filter((words) => words !== null);
  const crowd = exposure?.counted ? Math.max(0, Math.floor(Math.log10(Math.max(1, exposure.high))) - 2) : 0;
  const steps = urgencies.indexOf(urgency) + crowd + loyal.length;
  const waitsMs = Math.max(0, now - waitsSince);
  const audience = exposure === null ? 0 : Math.sqrt(exposure.low * exposure.high) * Math.max(1, waitsMs / hourMs);
  const over = promise ? promise.dueAt : dueAt;
  const late = turn === 'ours' && over !== null && over < now;
  const danger = grave === 'hurt' ? 0 : grave !== null || urgency === 'critical' ? 1 : null;
  const kind = turn !== 'ours' ? 4 : (danger ?? (promise || asks || late ? 2 : 3));
  const waits = late ? `overdue for ${length(now - over)}` : turn === 'ours' ? `waits for ${length(waitsMs)}` : null;
  const because = [
    grave === null ? null : sayGrave(grave),
    promise ? `you promised: “${onOneLine(promise.words)}”` : asks ? 'you said you would ask back' : null,
    urgency === 'critical' || urgency === 'high' ? (urgency === 'critical' ? 'very urgent' : 'urgent') : null,
    crowd > 0 ? `${grouped(exposure?.high ?? 0)} people have seen it` : null,
    ...loyal,
    waits,
  ];
  const rank = [kind, -steps, late ? 0 : 1, -Math.round(audience), over ?? waitsSince, id];
  return { rank, because: because.filter((words) => words !== null), waits, comesBack, before: null };
}

const longest = 'nobody has waited longer';

/** In order of priority; whoever has waited much longer than the first ones stands among them, however small. */
export function inOrder<One extends { readonly pressing: Pressing }>(
  all: readonly One[],
  now: number,
): readonly (One & { readonly priority: Priority })[] {
  const ranked = all
    .map((one) => ({ ...one, priority: priorityOf(one.pressing, now) }))
    .sort((one, other) => compare(one.priority.rank, other.priority.rank));
  const waiting = ranked.filter(({ pressing }) => turnOf(pressing, now) === 'ours');
  const [oldest] = waiting.toSorted((one, other) => one.pressing.waitsSince - other.pressing.waitsSince);
  const first = waiting.slice(0, oldestWithin);
  if (!oldest || first.includes(oldest)) return ranked;
  const longestOfFirst = Math.min(...first.map(({ pressing }) => pressing.waitsSince));
  if (longestOfFirst - oldest.pressing.waitsSince < muchLongerMs) return ranked;
  const { because } = oldest.priority;
  const named = { ...oldest, priority: { ...oldest.priority, because: [...because, longest], before: longest } };
  return ranked.filter((one) => one !== oldest).toSpliced(oldestWithin - 1, 0, named);
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
