/** Who comes back: what the same customer's posts add up to over time, and what that asks of us. Pure. */
import { Temporal } from 'temporal-polyfill';
import { dayMs } from '../clock.ts';

/** One thing that a customer said of us. */
export interface Said {
  readonly mentionId: number;
  /** Milliseconds UTC. */
  readonly saidAt: number;
  readonly kind: 'praise' | 'complaint' | 'other';
}

/** An answer to another customer, about us. */
export interface Helped {
  readonly mentionId: number;
  readonly saidAt: number;
  /** The author who was answered. */
  readonly to: number;
}

export interface Person {
  /** In any order. */
  readonly said: readonly Said[];
  readonly helped: readonly Helped[];
  /** Until when the places where they speak could be heard: a silence that nobody could have heard is none; absent: until now. */
  readonly heardUntil?: number;
}

/** The most pressing first. */
export const signKinds = ['turned', 'third-complaint', 'gone-quiet', 'helper', 'regular'] as const;
export type SignKind = (typeof signKinds)[number];

export interface Sign {
  readonly kind: SignKind;
  /** A sentence's end, with the customer as who does it. */
  readonly why: string;
  /** Milliseconds UTC: when it began to be so. */
  readonly since: number;
  /** The posts that say so, oldest first. */
  readonly mentionIds: readonly number[];
}

/** How far back complaints are counted together, and how many of them are one too many (issue 6, point 4). */
export const complaintsWithinMs = 60 * dayMs;
export const manyComplaints = 3;
/** Who praised us twice and has said nothing for a quarter of a year: by then most who come back have come back (issue 6, point 4). */
const quiet = { praise: 2, forMs: 90 * dayMs } as const;
/**
 * Who comes back: two kind words are hardly chance, and three posts over a month are no single visit told in pieces.
 * Chosen by reason, not measured: no set of ours tells which customers came back.
 */
const regular = { praise: 2, mentions: 3, overMs: 30 * dayMs } as const;
/** One answer may be chance, and is often small talk. */
const helpsFrom = 2;

/** What the same customer has said of us, in numbers. */
export interface Customer {
  readonly mentions: number;
  readonly praise: number;
  /** In the last 60 days, this one included. */
  readonly complaints: number;
  /** Milliseconds UTC. */
  readonly firstAt: number | null;
}

export function isRegular({ mentions, praise, firstAt }: Customer, now: number): boolean {
  return (
    praise >= regular.praise || (mentions >= regular.mentions && firstAt !== null && now - firstAt >= regular.overMs)
  );
}

/** `regular: 5 posts since March, praised you 3 times`; null of whoever is none. */
export function sayRegular(customer: Customer, now: number, timezone: string): string | null {
  const { mentions, praise, firstAt } = customer;
  if (!isRegular(customer, now) || firstAt === null) return null;
  const kind = praise === 0 ? '' : `, praised you ${times(praise)}`;
  return `regular: ${mentions} posts since ${monthOf(firstAt, now, timezone)}${kind}`;
}

/** What is worth knowing of a customer, the most pressing first; empty of most. */
export function signsOf({ said, helped, heardUntil }: Person, now: number): readonly Sign[] {
  const all = said.toSorted((one, other) => one.saidAt - other.saidAt || one.mentionId - other.mentionId);
  const signs = [
    turned(all, now),
    thirdComplaint(all, now),
    goneQuiet(all, Math.min(now, heardUntil ?? now)),
    helper(helped),
    comesBack(all, now),
  ];
  return signs.filter((sign) => sign !== null);
}

/** Praised us, and the last thing that was neither here nor there is a complaint of the last 60 days. */
function turned(all: readonly Said[], now: number): Sign | null {
  const first = all.findIndex(({ kind }) => kind === 'praise');
  const last = all.findLastIndex(({ kind }) => kind === 'praise');
  const praise = all.filter(({ kind }) => kind === 'praise');
  const complaints = all.slice(last + 1).filter(({ kind }) => kind === 'complaint');
  const [since] = complaints;
  const newest = complaints.at(-1);
  if (first < 0 || !since || !newest || now - newest.saidAt > complaintsWithinMs) return null;
  const why = `praised you ${praise.length === 1 ? 'before' : `${times(praise.length)} before`}, and complains now`;
  return { kind: 'turned', why, since: since.saidAt, mentionIds: idsOf([...praise, ...complaints]) };
}

function thirdComplaint(all: readonly Said[], now: number): Sign | null {
  const complaints = all.filter(({ kind, saidAt }) => kind === 'complaint' && now - saidAt <= complaintsWithinMs);
  const third = complaints[manyComplaints - 1];
  if (!third) return null;
  const why = `complained ${times(complaints.length)} in 60 days`;
  return { kind: 'third-complaint', why, since: third.saidAt, mentionIds: idsOf(complaints) };
}

function goneQuiet(all: readonly Said[], until: number): Sign | null {
  const praise = all.filter(({ kind }) => kind === 'praise');
  const last = all.at(-1);
  if (!last || praise.length < quiet.praise || until - last.saidAt < quiet.forMs) return null;
  const months = Math.floor((until - last.saidAt) / (30 * dayMs));
  const unhappy = last.kind === 'complaint' ? ', a complaint at last' : '';
  const why = `praised you ${times(praise.length)}${unhappy}, and has said nothing for ${months} months`;
  return { kind: 'gone-quiet', why, since: last.saidAt, mentionIds: idsOf(praise) };
}

function helper(helped: readonly Helped[]): Sign | null {
  const people = new Set(helped.map(({ to }) => to));
  const all = helped.toSorted((one, other) => one.saidAt - other.saidAt);
  const [first] = all;
  if (!first || people.size < helpsFrom) return null;
  const why = `answered ${people.size} other customers about you`;
  return { kind: 'helper', why, since: first.saidAt, mentionIds: idsOf(all) };
}

function comesBack(all: readonly Said[], now: number): Sign | null {
  const [first] = all;
  const praise = all.filter(({ kind }) => kind === 'praise').length;
  const counted = { mentions: all.length, praise, complaints: 0, firstAt: first?.saidAt ?? null };
  if (!first || !isRegular(counted, now)) return null;
  const kind = praise === 0 ? '' : `, and praised you ${times(praise)}`;
  return {
    kind: 'regular',
    why: `has spoken of you ${times(all.length)}${kind}`,
    since: first.saidAt,
    mentionIds: idsOf(all),
  };
}

const idsOf = (all: readonly { readonly mentionId: number }[]) => all.map(({ mentionId }) => mentionId);

/** `once`, `twice`, `3 times`. */
function times(count: number): string {
  return ['never', 'once', 'twice'][count] ?? `${count} times`;
}

function monthOf(at: number, now: number, timezone: string): string {
  const local = (moment: number) => Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO(timezone);
  const [then, today] = [local(at), local(now)];
  const month = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: timezone }).format(at);
  return then.year === today.year ? month : `${month} ${then.year}`;
}
