/** What stands in the cells of somebody else's file: stars in many spellings, dates of which the order must be found out. */

export type DateOrder = 'dmy' | 'mdy';

interface CellRating {
  readonly value: number;
  /** Null where the cell does not tell. */
  readonly scale: number | null;
}

const inWords = new Map([
  ...['zero', 'one', 'two', 'three', 'four', 'five'].map((word, value) => [word, value] as const),
]);

/** `4`, `4,5`, `4/5`, `4 out of 5`, `5 stars`, `FIVE`, `★★★★☆`, `80%`; null for what is none of them. */
export function cellRating(cell: string): CellRating | null {
  const text = cell.trim().toLowerCase();
  const stars = /^([★⭐]\uFE0F?)+(☆*)$/u.exec(text);
  if (stars) {
    const full = [...text].filter((sign) => sign === '★' || sign === '⭐').length;
    return { value: full, scale: stars[2] ? full + stars[2].length : 5 };
  }
  const word = inWords.get(text.replace(/[\s_-]*stars?$/, ''));
  if (word !== undefined) return { value: word, scale: 5 };
  const found = /^(\d{1,3}(?:[.,]\d+)?)\s*(?:(?:\/|out of|of|von|sur|de|su|van)\s*(\d{1,3})|(%)|([\p{L}\s]*))$/u.exec(
    text,
  );
  if (found === null) return null;
  const value = Number((found[1] ?? '').replace(',', '.'));
  const scale = found[3] ? 100 : found[2] ? Number(found[2]) : null;
  return scale !== null && value > scale ? null : { value, scale };
}

/** The least of 5, 10 and 100 that holds every rating of a file that does not tell its scale. */
export function usualScale(values: readonly number[]): number {
  const most = Math.max(0, ...values);
  return [5, 10, 100].find((scale) => most <= scale) ?? most;
}

const numbers = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[,\sT]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*([ap])\.?m\.?)?)?$/i;

/** Which of day and month comes first in a file's dates; null where each of them could be read both ways. */
export function dateOrder(cells: readonly string[]): DateOrder | null {
  const pairs = cells.flatMap((cell) => {
    const found = numbers.exec(cell.trim());
    return found ? [[Number(found[1]), Number(found[2])] as const] : [];
  });
  if (cells.some((cell) => /^\d{1,2}\.\d{1,2}\.\d{4}/.test(cell.trim()))) return 'dmy';
  if (pairs.some(([first]) => first > 12)) return 'dmy';
  if (pairs.some(([, second]) => second > 12)) return 'mdy';
  return pairs.length === 0 ? 'dmy' : null;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** ISO in UTC, as an import line wants it; the cell as it is where it is no date that we know. */
export function cellDate(cell: string, order: DateOrder): string {
  const text = cell.trim();
  const found = numbers.exec(text);
  if (found) {
    const [, one, two, year, hour = '0', minute = '0', second = '0', half] = found;
    const [day, month] = order === 'dmy' ? [one, two] : [two, one];
    const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour);
    return iso(Number(year), Number(month), Number(day), hours, Number(minute), Number(second)) ?? text;
  }
  const named =
    /^(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([a-z]{3})[a-z]*\.?,?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})$/i.exec(
      text,
    );
  if (named) {
    const month = months.indexOf((named[2] ?? '').toLowerCase()) + 1;
    return iso(Number(named[4]), month, Number(named[1] ?? named[3] ?? 1), 0, 0, 0) ?? text;
  }
  const slashed = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text);
  if (slashed) return iso(Number(slashed[1]), Number(slashed[2]), Number(slashed[3]), 0, 0, 0) ?? text;
  const clock = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(?:Z|UTC|([+-]\d{2}:?\d{2}))?$/.exec(
    text,
  );
  if (!clock) return text;
  const zone = clock[3] ? clock[3].replace(/(\d{2}):?(\d{2})$/, '$1:$2') : 'Z';
  return `${clock[1]}T${(clock[2] ?? '').length === 5 ? `${clock[2]}:00` : clock[2]}${zone}`;
}

/** Null for what is no day of a calendar. */
function iso(year: number, month: number, day: number, hour: number, minute: number, second: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString() : null;
}
