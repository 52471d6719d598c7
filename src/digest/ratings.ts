/** Places' own overall figures, each beside what it was at the end of the month before. */
import { onOneLine } from '../text/clean.ts';
import type { DigestRows } from './digest.ts';

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

/** `Google 4.3 (212), was 4.4 (205) in October`. */
export function sayRatings({ ratings = [], timezone }: Pick<DigestRows, 'ratings' | 'timezone'>): readonly string[] {
  return ratings.map(({ brand, place, value, scale, count, before }) => {
    const month = (at: number) => new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: timezone }).format(at);
    const was = before === null ? '' : `, was ${figure(before.value, before.count)} in ${month(before.at)}`;
    const outOf = scale === 5 ? '' : ` of ${scale}`;
    return `${onOneLine(place)} ${figure(value, count)}${outOf}${was}${brand === null ? '' : ` · ${onOneLine(brand)}`}`;
  });
}

const figure = (value: number, count: number | null) =>
  `${Math.round(value * 100) / 100}${count === null ? '' : ` (${count})`}`;
