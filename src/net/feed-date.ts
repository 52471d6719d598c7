/** Dates as feeds really write them: RFC 822 with every zone, ISO in all its halves, asctime, epochs. */
import { hourMs, minuteMs } from '../clock.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Hours east of Greenwich. RFC 822's own, and those that blogs use beside them; any other name counts as UTC. */
const zones: Readonly<Record<string, number>> = {
  ...{ EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7, AKST: -9, AKDT: -8, HST: -10 },
  ...{ WET: 0, WEST: 1, BST: 1, CET: 1, MEZ: 1, CEST: 2, MESZ: 2, SAST: 2, EET: 2, EEST: 3, MSK: 3 },
  ...{ IST: 5.5, SGT: 8, AWST: 8, JST: 9, KST: 9, AEST: 10, AEDT: 11, NZST: 12, NZDT: 13 },
};

interface Parts {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly time: string;
}

/**
 * Milliseconds UTC; a date without a zone is taken as UTC, one without a time as midnight. Null where it cannot be read or
 * lies before 1970 (software that has no date often writes the year 1). A far future is kept: callers judge.
 */
export function parseFeedDate(text: string | undefined): number | null {
  const given = text?.trim() ?? '';
  if (/^\d{9,10}$/.test(given)) return Number(given) * 1000;
  if (/^\d{12,13}$/.test(given)) return Number(given);
  if (given.length > 100) return null;
  const parts = isoParts(given) ?? writtenParts(given);
  return parts && timeOf(parts);
}

function isoParts(given: string): Parts | null {
  const found = /^(\d{4})-?(\d{2})(?:-?(\d{2}))?(?:(?:[T\s]+)(.*))?$/i.exec(given);
  if (!found) return null;
  const [, year, month, day = '1', time = ''] = found;
  return { year: Number(year), month: Number(month), day: Number(day), time };
}

/** `Thu, 01 Jan 2004 19:48:21 GMT`, `1 January 04 9:05 pm EST`, `Thu Jan 1 19:48:21 2004`, `January 5, 2004`. */
function writtenParts(given: string): Parts | null {
  const name = /\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?/i.exec(given);
  if (!name) return null;
  const month = 1 + months.indexOf(name[1]?.toLowerCase() ?? '');
  const before = /(\d{1,2})(?:st|nd|rd|th)?[\s.,-]*(?:of\s+)?$/i.exec(given.slice(0, name.index));
  const rest = given.slice(name.index + name[0].length);
  const after = before ? null : /^[\s.,-]*(\d{1,2})(?:st|nd|rd|th)?\b(?!:)/i.exec(rest);
  const day = before ?? after;
  if (!day) return null;
  const tail = after ? rest.slice(after[0].length) : rest;
  const year = /^[\s.,-]*(\d{4}|\d{2})\b(?!:)/.exec(tail) ?? /\b(\d{4})\s*$/.exec(tail);
  if (!year) return null;
  return { year: fullYear(year[1] ?? ''), month, day: Number(day[1]), time: tail.replace(year[0], ' ') };
}

/** RFC 822 wrote two digits; nothing on the web is older than 1970. */
function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function timeOf({ year, month, day, time }: Parts): number | null {
  const clock = /(\d{1,2})(?::?(\d{2}))(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*([ap]m\b)?/i.exec(time);
  const [read = '', hours = '0', minutes = '0', seconds = '0', fraction = '0', half = ''] = clock ?? [];
  const hour = half === '' ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  const zone = time.slice(clock ? clock.index + read.length : 0);
  if (month < 1 || month > 12 || hour > 24 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (year < 1970 || midnight.getUTCDate() !== day) return null;
  const sinceMidnightMs = ((hour * 60 + Number(minutes)) * 60 + Number(seconds) + Number(`0.${fraction}`)) * 1000;
  return Math.max(0, Math.round(midnight.getTime() + sinceMidnightMs - offsetMs(zone)));
}

function offsetMs(zone: string): number {
  const numeric = /([+-])(\d{1,2}):?(\d{2})?/.exec(zone);
  if (numeric) {
    const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0);
    return (numeric[1] === '-' ? -1 : 1) * minutes * minuteMs;
  }
  const name = /[A-Z]{3,4}/.exec(zone.toUpperCase())?.[0] ?? '';
  return (zones[name] ?? 0) * hourMs;
}
