/** The report as `report --json` prints it. */
import type { IndustryFigure } from '../config/config.ts';
import type { BrandReport, FigureFace, MendedFace, ReportFace } from '../face/report.ts';
import { meanRange } from '../insight/chance.ts';
import { enoughForShare, type Figure } from '../insight/figure.ts';
import { readBrands } from '../store/brands.ts';
import type { StoredRating } from '../store/ratings.ts';
import type { BrandMended } from './mendings.ts';
import { type BrandFigures, readFigures } from './report.ts';
import { titlesOf } from './source-titles.ts';
import type { Tools } from './tools.ts';
import type { ToldAlarm } from './word-of-mouth.ts';

/** @param since milliseconds UTC */
export async function reportFace(tools: Tools, brandIds: readonly string[], since: number): Promise<ReportFace> {
  const figures = await readFigures(tools, brandIds, since);
  const known = await tools.store.read('brands', (tx) => readBrands(tx));
  // A rival that is listened to like a brand of its own has figures, too.
  const rivals = new Set(brandIds.flatMap((id) => tools.brands.get(id)?.rivals ?? []));
  const beside = known.filter(({ id, name }) => rivals.has(name) && !brandIds.includes(id)).map(({ id }) => id);
  const others = [...figures, ...(beside.length > 0 ? await readFigures(tools, beside, since) : [])];
  const nameOf = (id: string) => known.find((brand) => brand.id === id)?.name ?? id;
  return {
    since: iso(since),
    until: iso(tools.clock.now()),
    brands: figures.map((own) => brandReport(tools, own, others, nameOf)),
  };
}

function brandReport(
  tools: Tools,
  own: BrandFigures,
  all: readonly BrandFigures[],
  nameOf: (id: string) => string,
): BrandReport {
  const { balance, praise, usualPraise, complaints, usualComplaints, heardDays, halvingNoticedAfterDays } = own;
  const mendedBy = new Map(own.mended.toReversed().map((one) => [one.cause, one]));
  const sideBySide = besideRivals(tools, own, all, nameOf);
  return {
    brand: nameOf(own.brandId),
    alarms: own.alarms.map(alarmFace),
    again: own.again.map(({ kind, name, times, since, mentionIds }) => ({
      ...{ kind, subject: name, times, since: iso(since), mentions: [...mentionIds] },
    })),
    wordOfMouth: {
      balance: face(balance),
      praise: face(praise),
      usualPraise: face(usualPraise),
      complaints: face(complaints),
      usualComplaints: face(usualComplaints),
      heardDays,
      notCounted: [...own.notCounted],
      halvingNoticedAfterDays,
    },
    complaintShare: {
      ...face(own.complaintShare),
      overTime: own.shareOverTime.map(({ from, to, ...figure }) => ({ from: iso(from), to: iso(to), ...face(figure) })),
    },
    topics: own.topics.map(({ topic, complaints, share, overTime }) => ({
      topic,
      ...face(complaints),
      share: face(share),
      overTime: overTime.map((one) => ({ ...one, from: iso(one.from), to: iso(one.to) })),
    })),
    answerTime: face(own.answerTime),
    answeredInTime: face(own.answeredInTime),
    wonBack: face(own.wonBack),
    causes: own.causes.map(({ cause, cases, share }) => {
      const mended = mendedBy.get(cause);
      return { cause, cases, ...face(share), mended: mended ? mendedFace(mended) : null };
    }),
    mended: own.mended.map((one) => ({ cause: one.cause, ...mendedFace(one) })),
    sideBySide,
    industry: tools.config.industry.map((one) => ({ ...one, ours: oursBeside(one, own, sideBySide[0]) })),
  };
}

function besideRivals(
  tools: Tools,
  own: BrandFigures,
  all: readonly BrandFigures[],
  nameOf: (id: string) => string,
): BrandReport['sideBySide'] {
  const nothing: FigureFace = { value: null, low: null, high: null, basis: {}, state: 'baseline forming' };
  const rivals = tools.brands.get(own.brandId)?.rivals ?? [];
  const row = (name: string, figures: BrandFigures | undefined, of: string) => ({
    name,
    own: of === own.brandId,
    stars: starsOf(
      tools,
      own.ratings.filter((one) => one.of === of),
    ),
    complaintShare: figures ? face(figures.complaintShare) : nothing,
    answerTime: figures ? face(figures.answerTime) : nothing,
  });
  return [
    row(nameOf(own.brandId), own, own.brandId),
    ...rivals.map((name) =>
      row(
        name,
        all.find(({ brandId }) => nameOf(brandId) === name),
        name,
      ),
    ),
  ];
}

/** The newest figure of each place, with Hoeffding's range: of the single stars nothing is known. */
function starsOf(tools: Tools, ratings: readonly StoredRating[]): BrandReport['sideBySide'][number]['stars'] {
  const newest = new Map(ratings.map((one) => [`${one.source} ${one.place}`, one]));
  return [...newest.values()].map(({ source, place, rating: { value, scale }, count }) => {
    const title = titlesOf(tools).get(source);
    const range = count
      ? meanRange(value, count, { least: scale > 1 ? 1 : 0, most: scale })
      : { low: null, high: null };
    return {
      place: title ? `${title} ${place}` : place,
      scale,
      value,
      low: range.low,
      high: range.high,
      basis: basisOf(count),
      state: (count ?? 0) < enoughForShare ? 'baseline forming' : 'ok',
    };
  });
}

const basisOf = (ratings: number | null): Record<string, number> => (ratings === null ? {} : { ratings });

function oursBeside(
  { figure }: IndustryFigure,
  own: BrandFigures,
  row: BrandReport['sideBySide'][number] | undefined,
): FigureFace | null {
  switch (figure) {
    case 'complaint-share':
      return face(own.complaintShare);
    case 'kind-share':
      return face(own.balance);
    case 'answer-time':
      return face(own.answerTime);
    case 'in-time':
      return face(own.answeredInTime);
    case 'happy-again':
      return face(own.wonBack);
    case 'stars': {
      const most = row?.stars.toSorted((one, other) => (other.basis.ratings ?? 0) - (one.basis.ratings ?? 0))[0];
      if (!most) return null;
      const { value, low, high, basis, state } = most;
      return { value, low, high, basis, state };
    }
  }
}

export function alarmFace({ places, topics, mentionIds, usual, ...alarm }: ToldAlarm): BrandReport['alarms'][number] {
  const { value, low, high } = usual;
  return { ...alarm, usual: { value, low, high }, topics: [...topics], places: [...places], mentions: [...mentionIds] };
}

export function mendedFace({ what, by, at, state, watchedUntil, back }: BrandMended): MendedFace {
  return { what, by, at: iso(at), state, watchedUntil: iso(watchedUntil), back: [...back] };
}

const face = ({ value, low, high, basis, state }: Figure): FigureFace => ({
  value,
  low,
  high,
  basis: { ...basis },
  state,
});

const iso = (at: number) => new Date(at).toISOString();
