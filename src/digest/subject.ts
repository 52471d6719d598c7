/** The subject line: what there is to do, and never “nothing” alone while a place could not be read. */
import { onOneLine } from '../text/clean.ts';
import type { DigestRows, PlaceLine } from './digest.ts';
import { counted, nameFew, titleOf } from './wording.ts';

/** What stands before the brand, and as the digest's own heading. */
export function headlineOf(rows: DigestRows, needing: number): string {
  const deaf = unreadPlaces(rows);
  if (rows.kind === 'welcome') return welcome(rows, deaf);
  if (needing > 0) return `${counted(needing, 'complaint needs', 'complaints need')} you`;
  const found = whatIsNew(rows);
  if (deaf.length > 0) return `${found ?? 'Nothing new'}, but I could not look at ${nameFew(deaf, 'other places')}`;
  if (found !== null) return found;
  if (rows.places.length === 0) return 'Nothing new: no place to look at is set up';
  return `Nothing new; I looked in ${counted(rows.places.length, 'place', 'places')}`;
}

/** “Blue Door Coffee”, “Blue Door Coffee and 2 more”. */
export function brandsOf(rows: DigestRows): string {
  const [first = 'your business', ...others] = rows.brandNames.map((name) => onOneLine(name));
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

/** Names of what could not be read: a source's own where none of its places could, else the place's. */
export function unreadPlaces(rows: DigestRows): readonly string[] {
  const read = new Set(rows.places.filter((place) => !isUnread(place)).map(({ source }) => source));
  const names = rows.places.filter(isUnread).map((place) => {
    const title = rows.sourceTitles[place.source] ?? titleOf(place.source);
    return onOneLine(read.has(place.source) ? place.title : title);
  });
  return [...new Set(names)];
}

function isUnread({ state }: PlaceLine): boolean {
  return state === 'blind' || state === 'never-worked';
}

function welcome(rows: DigestRows, deaf: readonly string[]): string {
  const days = `the last ${rows.counts.days} days`;
  if (rows.places.every(isUnread)) return 'Earshot is set up, but could not look anywhere yet';
  if (deaf.length > 0) return `Earshot is listening: ${days}, without ${nameFew(deaf, 'other places')}`;
  return `Earshot is listening: ${days}`;
}

function whatIsNew(rows: DigestRows): string | null {
  if (rows.unsure.length > 0) return `No clear complaint, ${counted(rows.unsure.length, 'post', 'posts')} to check`;
  return rows.fresh > 0 ? `${counted(rows.fresh, 'new mention', 'new mentions')}, no complaint` : null;
}
