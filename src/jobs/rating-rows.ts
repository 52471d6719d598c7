/** The overall figures that stand now, each beside the one that stood when the last month ended. */
import { Temporal } from 'temporal-polyfill';
import { dayMs } from '../clock.ts';
import type { RatingRow } from '../digest/ratings.ts';
import { ratingsSince, type StoredRating } from '../store/ratings.ts';
import type { Tx } from '../store/tables.ts';
import { titlesOf } from './source-titles.ts';
import type { Tools } from './tools.ts';

/** A figure that nobody has seen for longer is no news. */
const newsForMs = 70 * dayMs;

export async function ratingRows(tools: Tools, tx: Tx): Promise<RatingRow[]> {
  const { config, brands, clock } = tools;
  const titles = titlesOf(tools);
  const now = clock.now();
  const month = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(config.timezone)
    .with({ day: 1 })
    .startOfDay();
  const stored = await ratingsSince(tx, now - newsForMs);
  const groups = Map.groupBy(stored, (one) => JSON.stringify([one.source, one.place, one.of]));
  return [...groups.values()].flatMap((figures) => {
    const last = figures.at(-1);
    const brand = last && brands.get(last.of);
    if (!last || !brand) return [];
    const title = titles.get(last.source);
    const { rating, count } = last;
    return [
      {
        brand: brands.size > 1 ? brand.name : null,
        place: title ? `${title} ${last.place}` : last.place,
        ...rating,
        count,
        before: before(figures, month.epochMilliseconds),
      },
    ];
  });
}

/** Null where the figure of then was on another scale: the two say nothing of each other. */
function before(figures: readonly StoredRating[], monthBegan: number): RatingRow['before'] {
  const then = figures.findLast((one) => one.firstSeenAt < monthBegan);
  if (!then || then.rating.scale !== figures.at(-1)?.rating.scale) return null;
  return { value: then.rating.value, count: then.count, at: Math.min(then.lastSeenAt, monthBegan - 1) };
}
