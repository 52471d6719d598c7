/** Whether praise has fallen or complaints have sprung up: each stretch of days against two baselines. Pure, over counts. */
import { type Before, chanceOfSoFew, chanceOfSoMany, clumpOf, usual } from './chance.ts';

/** What was counted of one kind, in whole days back from now. */
export interface Heard {
  /** As long as we have listened in the same places; nothing is known from before. */
  readonly days: number;
  /** How many in the last so many days. */
  readonly within: (days: number) => number;
}

export interface Alarm {
  readonly kind: 'fall' | 'spike';
  /** Of the last so many days. */
  readonly days: number;
  readonly count: number;
  /** How many there are usually in as many days, and the range of 95 of 100 such stretches. */
  readonly usual: { readonly value: number; readonly low: number; readonly high: number };
  /** What it is compared with: the days before, and how many there were. */
  readonly before: { readonly days: number; readonly count: number };
  /** That chance alone does this. */
  readonly chance: number;
}

export interface Looked {
  readonly state: 'ok' | 'baseline forming';
  readonly alarm: Alarm | null;
}

const yearDays = 365;
/** Weekdays differ: praise is never compared over less than a week, complaints also by the day, where they must spring high. */
export const stretches = { fall: [7, 30, 90, 180, 365], spike: [1, 7, 30] } as const;

/**
 * Each stretch may ring falsely so often a year. A stretch of t days is looked at every day; neighbouring looks share most
 * of their days and count together like some three looks a stretch, so that the chance at which it rings is
 * falseAYear · t / 365 / 3: one in 2,000 for a week, one in 450 for a month. Eight stretches may then ring 0.64 times a year
 * and brand; simulated years (test/insight/alarms.test.ts) give 0.3 or less, since counts are whole numbers, and 0.5
 * where posts come three at a time.
 */
const falseAYear = 0.08;
const looksApart = 3;
export const chanceFor = (days: number) => (falseAYear * days) / yearDays / looksApart;

/** What is surely less, but not by much, is nothing to be alarmed by. */
const worthwhile = { fall: 3 / 4, spike: 3 / 2 } as const;
const fewestOfSpike = 3;
/** The nearer baseline: three stretches just before, a year at most. The farther one: all that was heard, up to two years. */
export const nearDaysOf = (days: number): number => Math.min(3 * days, yearDays);
const farDays = 730;
/** Of complaints, which are compared by the day, too. */
const nearOfSpike = 28;

/** Fewer than before; when a halving is noticed stands beside `daysToNoticeHalving`. */
export function fallOf(heard: Heard): Looked {
  return look(heard, 'fall');
}

/** Many more than before, over a day, a week or a month. */
export function spikeOf(heard: Heard): Looked {
  return look(heard, 'spike');
}

/**
 * Both baselines must agree: against the near one alone a fall would ring behind every good month, against the far one
 * alone it would ring for as long as what is new stays.
 */
function look(heard: Heard, kind: Alarm['kind']): Looked {
  const clump = clumpIn(heard);
  const formed = stretches[kind].flatMap((days) => {
    const baselines = baselinesOf(heard, kind, days, clump);
    return baselines.length > 0 && mayRing(kind, days, baselines) ? [{ days, baselines }] : [];
  });
  const ringing = formed
    .flatMap(({ days, baselines }) => alarmOf(heard, kind, days, baselines) ?? [])
    .toSorted((one, other) => one.chance - other.chance);
  return { state: formed.length > 0 ? 'ok' : 'baseline forming', alarm: ringing[0] ?? null };
}

function baselinesOf({ days: heardDays, within }: Heard, kind: Alarm['kind'], days: number, clump: number): Before[] {
  const near = kind === 'fall' ? Math.min(nearDaysOf(days), heardDays - days) : Math.max(nearOfSpike, days);
  const far = Math.min(farDays, heardDays - days);
  if (near < days || far < near) return [];
  const count = within(days);
  return [near, far].map((length) => ({ count: within(days + length) - count, days: length, clump }));
}

/** A fall cannot be told as long as not even silence would be unlikely: then the baseline is still forming. */
function mayRing(kind: Alarm['kind'], days: number, baselines: readonly Before[]): boolean {
  return kind === 'spike' || baselines.every((before) => chanceOfSoFew(0, days, before) <= chanceFor(days));
}

function alarmOf(heard: Heard, kind: Alarm['kind'], days: number, baselines: readonly Before[]): Alarm | null {
  const count = heard.within(days);
  const rings = baselines.every((before) => {
    const expected = (before.count * days) / before.days;
    return kind === 'fall'
      ? count <= expected * worthwhile.fall && chanceOfSoFew(count, days, before) <= chanceFor(days)
      : count >= fewestOfSpike &&
          count >= expected * worthwhile.spike &&
          chanceOfSoMany(count, days, before) <= chanceFor(days);
  });
  if (!rings) return null;
  const chanceOf = kind === 'fall' ? chanceOfSoFew : chanceOfSoMany;
  const [told] = baselines.toSorted((one, other) => chanceOf(count, days, other) - chanceOf(count, days, one));
  if (told === undefined) return null;
  const { low, high, value } = usual(days, told);
  const chance = chanceOf(count, days, told);
  return { kind, days, count, usual: { value, low, high }, before: { days: told.days, count: told.count }, chance };
}

/** How many come together as a rule, by the weeks before the last one. */
export const clumpIn = (heard: Heard): number => clumpOf(weekly(heard));

/** At most a year of them. */
function weekly({ days, within }: Heard): readonly number[] {
  const weeks = Math.floor(Math.min(days - 7, yearDays) / 7);
  return Array.from({ length: Math.max(0, weeks) }, (_, week) => within(7 * (week + 2)) - within(7 * (week + 1)));
}
