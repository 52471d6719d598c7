/** Table `ratings`: places' own overall figures, one row each time a figure changes. */
import type { Selectable } from 'kysely';
import type { PlaceRating } from '../mention.ts';
import type { RatingsTable, Tx } from './tables.ts';

export interface RatingDraft extends PlaceRating {
  readonly source: string;
  /** The brand's id, or the rival's name. */
  readonly of: string;
}

export interface StoredRating extends RatingDraft {
  readonly firstSeenAt: number;
  /** The figure was the same from `firstSeenAt` until here. */
  readonly lastSeenAt: number;
}

export async function saveRatings(tx: Tx, ratings: readonly RatingDraft[], seenAt: number): Promise<void> {
  for (const { source, place, of, rating, count } of ratings) {
    const last = await tx
      .selectFrom('ratings')
      .selectAll()
      .where('source', '=', source)
      .where('place', '=', place)
      .where('of', '=', of)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last && last.value === rating.value && last.scale === rating.scale && last.count === count) {
      await tx.updateTable('ratings').set({ last_seen_at: seenAt }).where('id', '=', last.id).execute();
      continue;
    }
    const { value, scale } = rating;
    await tx
      .insertInto('ratings')
      .values({ source, place, of, value, scale, count, first_seen_at: seenAt, last_seen_at: seenAt })
      .execute();
  }
}

/** Figures that were true at any time since then, oldest first. */
export async function ratingsSince(tx: Tx, since: number): Promise<StoredRating[]> {
  const rows = await tx.selectFrom('ratings').selectAll().where('last_seen_at', '>=', since).orderBy('id').execute();
  return rows.map(storedRating);
}

function storedRating(row: Selectable<RatingsTable>): StoredRating {
  return {
    source: row.source,
    place: row.place,
    of: row.of,
    rating: { value: row.value, scale: row.scale },
    count: row.count,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
  };
}
