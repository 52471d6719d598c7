/** Places' own overall figures, each beside what it was at the end of the month before. */
import { onOneLine } from '../text/clean.ts';
import { count as counted } from '../text/count.ts';
import type { DigestRows } from './digest.ts';
import { onItsScale } from './why.ts';

export interface RatingRow {
  /** Only where the digest is about several. */
  readonly brand: string | null;
  /** `Google`, `App Store jp`. */
  readonly place: string;
  readonly value: number;
  readonly scale: number;
  /** Of how many ratings; null where the place does not tell. */
  readonly count: number | null;
  /** The figure that stood when the last month ended; null where there was none. */
  readonly before: { readonly value: number; readonly count: number | null; readonly at: number } | null;
}

/** `Google: 4.3 of 5 stars from 212 ratings, was 4.4 from 205 in October`. */
export function sayRatings({ ratings = [], timezone }: Pick<DigestRows, 'ratings' | 'timezone'>): readonly string[] {
  return ratings.filter(onItsScale).map(({ brand, place, value, scale, count, before }) => {
    const month = (at: number) => new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: timezone }).format(at);
    const was =
      before === null
        ? ''
        : `, was ${round(before.value)}${before.count === null ? '' : ` from ${before.count}`} in ${month(before.at)}`;
    const outOf = `of ${scale}${scale === 5 ? ' stars' : ''}`;
    const from = count === null ? '' : ` from ${counted(count, 'rating')}`;
    return `${onOneLine(place)}: ${round(value)} ${outOf}${from}${was}${brand === null ? '' : ` · ${onOneLine(brand)}`}`;
  });
}

const round = (value: number) => Math.round(value * 100) / 100;
