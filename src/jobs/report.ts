/** Every figure of `report`, by brand: how people talk of it, how it answers, what was behind complaints, and beside whom it stands. */
import { openTimeBetween } from '../cases/hours.ts';
import { dayMs } from '../clock.ts';
import type { BrandConfig } from '../config/config.ts';
import type { Again } from '../insight/again.ts';
import { countFigure, type Figure, medianFigure, shareFigure, usualFigure } from '../insight/figure.ts';
import { daysToNoticeHalving } from '../insight/power.ts';
import { type CauseTally, causeTallies } from '../store/causes.ts';
import { ratingsSince, type StoredRating } from '../store/ratings.ts';
import {
  type AnswerRow,
  answersOf,
  type DayTally,
  dayTallies,
  type EndTally,
  endTallies,
  type TopicTally,
  topicTallies,
} from '../store/tallies.ts';
import { type BrandMended, readMended } from './mendings.ts';
import { readAgain } from './same-again.ts';
import type { Tools } from './tools.ts';
import { beforeOf, looks, readReports, readTalk, ringing, type Talk, type ToldAlarm } from './word-of-mouth.ts';

const monthDays = 30;
/** Longer stretches where the report reaches far back: at most so many lines. */
const mostStretches = 13;

/** A whole stretch of the time that is reported, the oldest first; what is left over in front is in none. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

export interface TopicFigures {
  readonly topic: string;
  readonly complaints: Figure;
  readonly share: Figure;
  readonly overTime: readonly (Stretch & { readonly complaints: number })[];
}

export interface BrandFigures {
  readonly brandId: string;
  readonly alarms: readonly ToldAlarm[];
  readonly again: readonly Again[];
  readonly balance: Figure;
  readonly praise: Figure;
  readonly usualPraise: Figure;
  readonly complaints: Figure;
  readonly usualComplaints: Figure;
  readonly heardDays: number;
  readonly notCounted: readonly string[];
  readonly halvingNoticedAfterDays: number | null;
  readonly complaintShare: Figure;
  readonly shareOverTime: readonly (Stretch & Figure)[];
  readonly topics: readonly TopicFigures[];
  readonly answerTime: Figure;
  readonly answeredInTime: Figure;
  readonly wonBack: Figure;
  readonly causes: readonly { readonly cause: string; readonly cases: number; readonly share: Figure }[];
  readonly withoutCause: number;
  readonly mended: readonly BrandMended[];
  readonly ratings: readonly StoredRating[];
}

/** @param since milliseconds UTC; until now. In the order of the ids. */
export async function readFigures(tools: Tools, brandIds: readonly string[], since: number): Promise<BrandFigures[]> {
  const now = tools.clock.now();
  const days = Math.max(1, Math.ceil((now - since) / dayMs));
  const stretchDays = Math.max(7, Math.ceil(days / mostStretches / 7) * 7);
  const between = { brandIds, from: since, to: now + 1 };
  const reports = await readReports(tools);
  return tools.store.read('the report', async (tx) => {
    const talks = await readTalk(tools, tx, brandIds, reports);
    const said = Map.groupBy(await dayTallies(tx, between), ({ brandId }) => brandId);
    const again = await readAgain(tx, brandIds, now);
    const topics = Map.groupBy(await topicTallies(tx, between, stretchDays), ({ brandId }) => brandId);
    const answers = Map.groupBy(await answersOf(tx, between), ({ brandId }) => brandId);
    const ends = Map.groupBy(await endTallies(tx, between), ({ brandId }) => brandId);
    const causes = Map.groupBy(await causeTallies(tx, between), ({ brandId }) => brandId);
    const mended = Map.groupBy(await readMended(tx, brandIds, now), ({ brandId }) => brandId);
    const ratings = await ratingsSince(tx, 0);
    const figures: BrandFigures[] = [];
    for (const brandId of brandIds) {
      const talk = talks.get(brandId);
      if (!talk) continue;
      const stretches = stretchesOf(days, stretchDays, now);
      const recent = said.get(brandId) ?? [];
      figures.push({
        brandId,
        alarms: await ringing(tx, brandId, talk, now),
        again: again.get(brandId) ?? [],
        ...wordOfMouth(talk, recent, days),
        ...complaintsIn(recent, stretches, stretchDays),
        topics: topicsOf(topics.get(brandId) ?? [], stretches),
        ...answering(answers.get(brandId) ?? [], timeOf(tools, brandId), now),
        wonBack: wonBackOf(ends.get(brandId) ?? []),
        ...causesOf(causes.get(brandId) ?? []),
        mended: mended.get(brandId) ?? [],
        ratings: ratings.filter(({ of }) => ofBrand(tools.brands.get(brandId), of)),
      });
    }
    return figures;
  });
}

const ofBrand = (brand: BrandConfig | undefined, of: string) =>
  brand !== undefined && (of === brand.id || brand.rivals.includes(of));

const sumOf = <Row>(rows: readonly Row[], of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0);

function wordOfMouth(talk: Talk, recent: readonly DayTally[], days: number) {
  const praise = sumOf(recent, (day) => day.praise);
  const complaints = sumOf(recent, (day) => day.complaints);
  const [fall, spike] = looks(talk);
  const before = beforeOf(talk.praise, days);
  return {
    balance: shareFigure(praise, praise + complaints, { praise, complaints }),
    praise: countFigure(praise, { praise, days }, fall.state),
    usualPraise: usualFigure(days, before),
    complaints: countFigure(complaints, { complaints, days }, spike.state),
    usualComplaints: usualFigure(days, beforeOf(talk.complaints, days)),
    heardDays: talk.praise.days,
    notCounted: talk.notCounted,
    halvingNoticedAfterDays:
      before.days < monthDays ? null : daysToNoticeHalving((before.count / before.days) * monthDays),
  };
}

function stretchesOf(days: number, stretchDays: number, now: number): readonly Stretch[] {
  return Array.from({ length: Math.max(1, Math.floor(days / stretchDays)) }, (_, ago) => ({
    from: now - Math.min(days, (ago + 1) * stretchDays) * dayMs,
    to: now - ago * stretchDays * dayMs,
  })).toReversed();
}

function complaintsIn(tallies: readonly DayTally[], stretches: readonly Stretch[], stretchDays: number) {
  const share = (group: readonly DayTally[]) => {
    const [complaints, mentions] = [sumOf(group, (day) => day.complaints), sumOf(group, (day) => day.mentions)];
    return shareFigure(complaints, mentions, { complaints, mentions });
  };
  const byStretch = Map.groupBy(tallies, ({ ago }) => Math.floor(ago / stretchDays));
  return {
    complaintShare: share(tallies),
    shareOverTime: stretches.map((stretch, at) => ({
      ...stretch,
      ...share(byStretch.get(stretches.length - 1 - at) ?? []),
    })),
  };
}

function topicsOf(tallies: readonly TopicTally[], stretches: readonly Stretch[]): readonly TopicFigures[] {
  const topics = [...Map.groupBy(tallies, ({ topic }) => topic)].map(([topic, rows]) => {
    return { topic, rows, complaints: sumOf(rows, (row) => row.complaints) };
  });
  const all = sumOf(topics, ({ complaints }) => complaints);
  return topics
    .filter(({ complaints }) => complaints > 0)
    .toSorted((one, other) => other.complaints - one.complaints)
    .map(({ topic, rows, complaints }) => ({
      topic,
      complaints: countFigure(complaints, { complaints }, complaints < fewestOfTopic ? 'baseline forming' : 'ok'),
      share: shareFigure(complaints, all, { complaints, all }),
      overTime: stretches.map((stretch, at) => {
        const own = rows.filter(({ ago }) => ago === stretches.length - 1 - at);
        return { ...stretch, complaints: sumOf(own, (row) => row.complaints) };
      }),
    }));
}
/** Of fewer, the range reaches down to less than one: it may have been one customer's bad day. */
const fewestOfTopic = 4;

function timeOf({ brands, config }: Tools, brandId: string) {
  return { hours: brands.get(brandId)?.hours ?? null, timezone: config.timezone };
}

/** Late ones without an answer are neither left out nor quick: they count as the longest. Those that have time count later. */
function answering(rows: readonly AnswerRow[], time: Parameters<typeof openTimeBetween>[2], now: number) {
  const isLate = ({ dueAt, answeredAt }: AnswerRow) => dueAt !== null && (answeredAt ?? now) > dueAt;
  const answered = rows.filter(({ answeredAt }) => answeredAt !== null);
  const waiting = rows.filter(({ answeredAt }) => answeredAt === null);
  const late = waiting.filter(isLate).length;
  const took = answered.map(({ openedAt, answeredAt }) => openTimeBetween(openedAt, answeredAt ?? now, time));
  const inTime = answered.filter((row) => !isLate(row)).length;
  const basis = { answered: answered.length, late, waiting: waiting.length - late };
  return {
    answerTime: medianFigure(took, late, basis),
    answeredInTime: shareFigure(inTime, answered.length + late, { inTime, ...basis }),
  };
}

/** Silence is counted by itself: it is neither happy nor lost, and the customer is not known to be won. */
function wonBackOf(tallies: readonly EndTally[]): Figure {
  const count = (state: string) =>
    sumOf(
      tallies.filter((one) => one.state === state),
      ({ cases }) => cases,
    );
  const [happy, wonBack, silent, lost] = [count('happy'), count('won-back'), count('silent'), count('lost')];
  return shareFigure(happy + wonBack, happy + wonBack + silent + lost, { happy, wonBack, silent, lost });
}

function causesOf(tallies: readonly CauseTally[]) {
  const known = tallies.filter((one): one is CauseTally & { cause: string } => one.cause !== null);
  const all = sumOf(known, ({ cases }) => cases);
  return {
    causes: known.map(({ cause, cases }) => ({ cause, cases, share: shareFigure(cases, all, { cases, all }) })),
    withoutCause: sumOf(tallies, ({ cases }) => cases) - all,
  };
}
