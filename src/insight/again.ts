/** The same thing again: three customers with one complaint within two weeks. Pure. */
import { dayMs } from '../clock.ts';
import { type Before, chanceOfSoMany } from './chance.ts';

export const againDays = 14;
const enoughCustomers = 3;
/** What comes up that often anyway is news only where it does more often than chance would have it. */
const unusual = 0.01;
const shownPosts = 3;

/** `cause`: as a person called it when the case was closed. */
export interface Subject {
  readonly kind: 'topic' | 'cause';
  readonly name: string;
}

/** One complaint; times in milliseconds UTC. */
export interface Voice {
  readonly mentionId: number;
  /** Whoever has one of them with another voice is the same customer: their account, their case. */
  readonly customer: readonly string[];
  readonly saidAt: number;
  readonly subjects: readonly Subject[];
}

export interface Again extends Subject {
  /** How many customers. */
  readonly times: number;
  /** When the first of them spoke. */
  readonly since: number;
  /** The newest post of each of the last three, the newest first. */
  readonly mentionIds: readonly number[];
}

/**
 * Of each topic and cause that three customers or more have spoken of within 14 days, the last of them within the last
 * 14 days: causes first, then the most customers. What says nearly the same of the same posts is told once: each but the
 * first has three customers of its own.
 * @param before how often a subject came up in the days before; null where nothing is known
 */
export function sameAgain(
  voices: readonly Voice[],
  now: number,
  before: (subject: Subject) => Before | null = () => null,
): readonly Again[] {
  const customerOf = customersOf(voices);
  const bySubject = Map.groupBy(
    voices.flatMap((voice) => voice.subjects.map((subject) => ({ voice, subject }))),
    ({ subject }) => `${subject.kind} ${subject.name}`,
  );
  const found = [...bySubject.values()].flatMap((group) => {
    const [first] = group;
    const within = lately(
      group.map(({ voice }) => voice),
      now,
    );
    return first ? [{ subject: first.subject, within, customers: byCustomer(within, customerOf) }] : [];
  });
  const told: Again[] = [];
  const covered = new Set<Voice>();
  const rank = ({ subject, customers }: (typeof found)[number]) => [
    subject.kind === 'cause' ? 0 : 1,
    -customers.length,
  ];
  for (const one of found.toSorted((some, other) => compare(rank(some), rank(other)))) {
    const own = byCustomer(
      one.within.filter((voice) => !covered.has(voice)),
      customerOf,
    );
    const times = one.customers.length;
    if (own.length < enoughCustomers || !isUnusual(times, before(one.subject))) continue;
    for (const voice of one.within) covered.add(voice);
    const mentionIds = one.customers.flatMap(([last]) => last?.mentionId ?? []).slice(0, shownPosts);
    told.push({ ...one.subject, times, since: one.within.at(-1)?.saidAt ?? now, mentionIds });
  }
  return told;
}

/** The 14 days that end with the newest one, where that is of the last 14 days; the newest first. */
function lately(voices: readonly Voice[], now: number): readonly Voice[] {
  const past = voices.filter(({ saidAt }) => saidAt <= now).toSorted((one, other) => other.saidAt - one.saidAt);
  const newest = past[0]?.saidAt ?? 0;
  const reach = againDays * dayMs;
  return newest < now - reach ? [] : past.filter(({ saidAt }) => saidAt >= newest - reach);
}

/** What each has said, the newest first. */
function byCustomer(voices: readonly Voice[], customerOf: ReadonlyMap<Voice, number>): readonly (readonly Voice[])[] {
  return [...Map.groupBy(voices, (voice) => customerOf.get(voice)).values()];
}

const compare = ([one = 0, two = 0]: readonly number[], [other = 0, second = 0]: readonly number[]) =>
  one - other || two - second;

function isUnusual(times: number, before: Before | null): boolean {
  if (before === null || (before.count * againDays) / before.days < enoughCustomers) return true;
  return chanceOfSoMany(times, againDays, before) <= unusual;
}

/** Who shares a sign with somebody shares the customer with all who share one with either. */
function customersOf(voices: readonly Voice[]): ReadonlyMap<Voice, number> {
  const bySign = new Map<string, number>();
  const joined: number[] = [];
  const rootOf = (at: number): number => {
    const up = joined[at] ?? at;
    return up === at ? at : rootOf(up);
  };
  for (const [at, { customer }] of voices.entries()) {
    joined.push(at);
    for (const sign of customer) {
      const known = bySign.get(sign);
      if (known === undefined) bySign.set(sign, at);
      else joined[rootOf(at)] = rootOf(known);
    }
  }
  return new Map(voices.map((voice, at) => [voice, rootOf(at)]));
}
