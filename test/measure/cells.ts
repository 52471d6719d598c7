/** How a measured number is written in a table. */
import type { Ranged } from './ranges.ts';

export type Cell = (measured: Ranged) => string;

const none = '–';

/** `65 (61–69)`; a range that is nothing but the value is left out. */
function ranged(write: (value: number) => string, writeEnds = write): Cell {
  return ({ value, low, high }) => {
    if (value === null) return none;
    const ends = low === null || high === null ? [] : [writeEnds(low), writeEnds(high)];
    return ends.every((end) => end === writeEnds(value)) ? write(value) : `${write(value)} (${ends.join('–')})`;
  };
}

function plain(write: (value: number) => string): Cell {
  return ({ value }) => (value === null ? none : write(value));
}

const cents = (value: number) => (100 * value).toFixed(0);
const fineCents = (value: number) => (100 * value).toFixed(1);

/** Shares as per cent, correlations as hundredths. */
export const percent = plain(cents);
export const finePercent = plain(fineCents);
export const rangedPercent = ranged(cents);
/** One more digit for the value than for its range. */
export const rangedFinePercent = ranged(fineCents, cents);
/** Up to 1, without the nought in front. */
export const threeDigits = plain((value) => value.toFixed(3).replace('0.', '.'));
/** Large numbers whole, small ones with a digit. */
export const amount = (unit: string): Cell =>
  plain((value) => `${value < 10 ? value.toFixed(1) : wholeNumber(value)}${unit}`);

export function wholeNumber(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** The figure of that name, or a dash where it is not there. */
export function cellOf(figures: readonly (Ranged & { readonly figure: string })[], name: string, cell: Cell): string {
  const found = figures.find(({ figure }) => figure === name);
  return found ? cell(found) : none;
}
