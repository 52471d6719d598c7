/** The subject line: what there is to do, and never “nothing” alone while a place could not be read. */
import { dayMs } from '../clock.ts';
import { onOneLine } from '../text/clean.ts';
import { count, lastDays } from '../text/count.ts';
import type { DigestRows, PlaceLine } from './digest.ts';
import { loudest } from './news.ts';
import { unreadNames } from './places.ts';
import { nameFew } from './wording.ts';

/** What stands before the brand, and as the digest's own heading. @param needing complaints that wait for us */
export function headlineOf(rows: DigestRows, places: readonly PlaceLine[], needing: number): string {
  const unread = sayUnread(places);
  if (rows.kind === 'welcome') return welcome(rows, places);
  if (needing > 0) return `${count(needing, 'complaint needs', 'complaints need')} you`;
  const alarm = loudest(rows);
  const news = whatIsNew(rows);
  const found = alarm === null ? news : `${alarm}; ${news === null ? 'nothing else is new' : lowerFirst(news)}`;
  if (unread !== null) return `${found ?? 'Nothing new'}, but I ${unread}`;
  if (found !== null) return found;
  if (places.length === 0) return 'Nothing new: no place to look at is set up';
  return `Nothing new; I looked in ${count(places.length, 'place')}`;
}

/** “Blue Door Coffee”, “Blue Door Coffee and 2 more”. */
export function brandsOf(rows: Pick<DigestRows, 'brandNames'>): string {
  const [first = 'your business', ...others] = rows.brandNames.map((name) => onOneLine(name));
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** “could not look at Reddit, and was slowed down at Lemmy”; null where all was read. */
function sayUnread(places: readonly PlaceLine[]): string | null {
  const { deaf, slowed } = unreadNames(places);
  const parts = [
    deaf.length > 0 ? `could not look at ${nameFew(deaf, 'other places')}` : null,
    slowed.length > 0 ? `was slowed down at ${nameFew(slowed, 'other places')}` : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', and ');
}

function welcome(rows: DigestRows, places: readonly PlaceLine[]): string {
  const { all: unread } = unreadNames(places);
  const days = lastDays(Math.round((rows.window.to - rows.window.from) / dayMs));
  if (places.every(({ unread }) => unread)) return 'Earshot is set up, but could not look anywhere yet';
  if (unread.length > 0) return `Earshot is listening: ${days}, without ${nameFew(unread, 'other places')}`;
  return `Earshot is listening: ${days}`;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

function whatIsNew(rows: DigestRows): string | null {
  if (rows.unsure.length > 0) return `No clear complaint, ${count(rows.unsure.length, 'post')} to check`;
  return rows.fresh > 0 ? `${count(rows.fresh, 'new mention')}, no complaint` : null;
}
