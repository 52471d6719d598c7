/** How people have talked of each brand, day by day, in places that were heard all the time; and whether that is alarming. */
import { dayMs } from '../clock.ts';
import { type Alarm, clumpIn, fallOf, type Heard, type Looked, spikeOf } from '../insight/alarms.ts';
import type { Before } from '../insight/chance.ts';
import type { WatchReport } from '../insight/health.ts';
import type { Tx } from '../store/tables.ts';
import { type ComplaintRow, complaintsBetween, type DayTally, dayTallies } from '../store/tallies.ts';
import { watchReports } from './status.ts';
import type { Tools } from './tools.ts';

/** Two years of baseline behind the longest stretch. */
const readDays = 730 + 365;
/** A place that was connected later is counted from here on: a month, and three before it. */
const steadyDays = 120;
/** Places are looked at once a day or more often. */
const deafAfterMs = 2 * dayMs;
const fewestToName = 3;
const shownMentions = 3;

type Kind = 'praise' | 'complaints';

/** What was heard of one brand in its steady places. */
export interface Talk {
  readonly praise: Heard;
  readonly complaints: Heard;
  /** What people call the places that are not counted. */
  readonly notCounted: readonly string[];
  readonly tallies: readonly DayTally[];
}

/** An alarm with what most of it is about. */
export interface ToldAlarm extends Alarm {
  readonly topics: readonly string[];
  /** Ids of sources. */
  readonly places: readonly string[];
  readonly mentionIds: readonly number[];
}

/** One a brand. @param reports read before, since nothing but the store is awaited inside */
export async function readTalk(
  tools: Tools,
  tx: Tx,
  brandIds: readonly string[],
  reports: readonly WatchReport[],
): Promise<ReadonlyMap<string, Talk>> {
  const now = tools.clock.now();
  const from = now - readDays * dayMs;
  const tallies = await dayTallies(tx, { brandIds, from, to: now + 1 });
  const byBrand = Map.groupBy(tallies, ({ brandId }) => brandId);
  return new Map(brandIds.map((id) => [id, talkOf(tools, id, byBrand.get(id) ?? [], reports, now)]));
}

export const readReports = (tools: Tools) => watchReports(tools);

function talkOf(
  tools: Tools,
  brandId: string,
  tallies: readonly DayTally[],
  reports: readonly WatchReport[],
  now: number,
): Talk {
  const places = placesOf(tools, brandId, reports, now);
  const ages = places.flatMap(({ days }) => days ?? []);
  const wanted = Math.min(steadyDays, Math.max(0, ...ages));
  const steady = places.filter(({ days }) => days !== null && days > 0 && days >= wanted);
  const days = Math.min(readDays, ...steady.map((place) => place.days ?? 0));
  const ids = new Set(steady.map(({ source }) => source));
  const counted = tallies.filter(({ source }) => ids.has(source));
  const heardDays = steady.length === 0 ? 0 : days;
  const praise = heard(counted, 'praise', heardDays);
  const complaints = heard(counted, 'complaints', heardDays);
  return {
    praise,
    complaints,

    notCounted: places.filter(({ source }) => !ids.has(source)).map(({ title }) => title),
    tallies,
  };
}

interface Place {
  /** As posts name it: a stream's are its twin's. */
  readonly source: string;
  readonly title: string;
  /** Heard for so many whole days; null where it was not heard lately, or never. */
  readonly days: number | null;
}

function placesOf(tools: Tools, brandId: string, reports: readonly WatchReport[], now: number): readonly Place[] {
  const sourceOf = (id: string) => tools.sources.find((one) => one.id === id)?.twin ?? id;
  const own = reports.filter(({ watch }) => watch.brands.includes(brandId));
  return [...Map.groupBy(own, ({ watch }) => sourceOf(watch.source))].map(([source, group]) => {
    const began = group.flatMap(({ firstRunAt }) => firstRunAt ?? []);
    const deaf = group.some(({ firstRunAt, lastGoodAt, watch }) => {
      return firstRunAt !== null && !watch.inbound && now - (lastGoodAt ?? 0) > deafAfterMs;
    });
    const days = began.length === 0 || deaf ? null : Math.floor((now - Math.min(...began)) / dayMs);
    return { source, title: group[0]?.title ?? source, days };
  });
}

function heard(tallies: readonly DayTally[], kind: Kind, days: number): Heard {
  const sums: number[] = [0];
  const byDay = new Map<number, number>();
  for (const tally of tallies) byDay.set(tally.ago, (byDay.get(tally.ago) ?? 0) + tally[kind]);
  for (let day = 0; day < days; day += 1) sums.push((sums[day] ?? 0) + (byDay.get(day) ?? 0));
  return { days, within: (length) => sums[Math.min(length, days)] ?? 0 };
}

/** What there was before the last `days`, as far back as the same places were heard. */
export function beforeOf(heard: Heard, days: number): Before {
  const count = heard.within(heard.days) - heard.within(days);
  return { days: Math.max(0, heard.days - days), count, clump: clumpIn(heard) };
}

export const looks = ({ praise, complaints }: Talk): readonly [fall: Looked, spike: Looked] => [
  fallOf(praise),
  spikeOf(complaints),
];

/** What rings now, with its topics, places and newest posts. */
export async function ringing(tx: Tx, brandId: string, talk: Talk, now: number): Promise<readonly ToldAlarm[]> {
  const told: ToldAlarm[] = [];
  for (const { alarm } of looks(talk).toReversed()) {
    if (alarm === null) continue;
    const between = { brandIds: [brandId], from: now - alarm.days * dayMs, to: now + 1 };
    const rows = alarm.kind === 'spike' ? await complaintsBetween(tx, between) : [];
    const places = placesBehind(talk.tallies, alarm);
    const mentionIds = rows
      .toSorted((one, other) => other.saidAt - one.saidAt)
      .slice(0, shownMentions)
      .map(({ mentionId }) => mentionId);
    told.push({ ...alarm, topics: topicsOf(rows), places, mentionIds });
  }
  return told;
}

/** Those that half of the complaints or more have. */
function topicsOf(rows: readonly ComplaintRow[]): readonly string[] {
  const counts = Map.groupBy(
    rows.flatMap(({ topics }) => topics.filter((topic) => topic !== 'other')),
    (topic) => topic,
  );
  return [...counts]
    .filter(([, all]) => all.length >= fewestToName && all.length * 2 >= rows.length)
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([topic]) => topic);
}

/** Those that alone make half of the difference or more. */
function placesBehind(tallies: readonly DayTally[], { kind, days, before, count, usual }: Alarm): readonly string[] {
  const what = kind === 'fall' ? 'praise' : 'complaints';
  const change = (group: readonly DayTally[]) => {
    const sum = (is: (tally: DayTally) => boolean) => group.filter(is).reduce((total, tally) => total + tally[what], 0);
    const usually = sum(({ ago }) => ago >= days && ago < days + before.days) * (days / before.days);
    return Math.abs(sum(({ ago }) => ago < days) - usually);
  };
  const whole = Math.abs(count - usual.value);
  return [...Map.groupBy(tallies, ({ source }) => source)]
    .map(([source, group]) => ({ source, change: change(group) }))
    .filter((one) => one.change * 2 >= whole)
    .toSorted((one, other) => other.change - one.change)
    .map(({ source }) => source);
}
