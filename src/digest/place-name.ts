/** Where something was said, in a word or two: `r/Leeds`, `leedsfood.example`, `App Store jp`, `Google Alert`. */
import type { MentionFace } from '../face/mention.ts';
import { onOneLine } from '../text/clean.ts';
import type { Watch } from '../watch.ts';
import { titleOf } from './wording.ts';

/** By source id, what people call a platform. */
export type Titles = ReadonlyMap<string, string>;

/** On one line, without anything that acts on a terminal. */
export function placeName(said: Pick<MentionFace, 'source' | 'url' | 'place'>, titles: Titles): string {
  return onOneLine(named(said, titles));
}

function named({ source, url, place: given }: Parameters<typeof placeName>[0], titles: Titles): string {
  const place = given ?? '';
  const title = titles.get(source);
  // A mailbox is no place, its senders are; one that is not proven says so in front.
  if (source === 'mailbox') return place || (title ?? titleOf(source));
  if (/^Google Alerts?\b/.test(place)) return 'Google Alert';
  switch (source) {
    case 'reddit':
      return place || 'Reddit';
    case 'app-store':
      return `App Store ${place}`.trim();
    case 'hacker-news':
    case 'bluesky':
    case 'mastodon':
    case 'lemmy':
      return title ?? titleOf(source);
    // A feed, a forum or a site is one of many: its own address says more than what kind of place it is.
    case 'feed':
    case 'file':
      return hostOf(url) ?? (place || (title ?? titleOf(source)));
    // Whom a news search took it from says more than which search it was.
    case 'google-news':
      return place || (title ?? titleOf(source));
    case 'bing-news':
    case 'gdelt':
    case 'searxng':
    case 'brave-search':
    case 'wordpress':
    case 'discourse':
    case 'nodebb':
    case 'stack-exchange':
      return hostOf(url) ?? title ?? titleOf(source);
    default:
      return title ?? (place || titleOf(source));
  }
}

/** What a watch looks at: `Bluesky`, `Reddit r/coffee`, `leedsfood.example/feed.xml`. @param title of its source */
export function watchName({ source, key }: Pick<Watch, 'source' | 'key'>, title = titleOf(source)): string {
  if (key === 'search' || key === 'stream') return onOneLine(title);
  const bare = onOneLine(key)
    .replace(/^https?:\/\//, '')
    .replace(/\/$/, '');
  if (['feed', 'google-alerts', 'wordpress', 'discourse', 'nodebb', 'file'].includes(source)) return bare;
  // An app has one number and many countries.
  return onOneLine(`${title} ${source === 'app-store' ? bare.replace(/^\d+ /, '') : bare}`);
}

/** As every screen and mail calls it: where a platform is searched for several brands, for which. @param brands names by id */
export function watchTitle(
  watch: Pick<Watch, 'source' | 'key' | 'scope' | 'brands'>,
  title: string,
  brands: Readonly<Record<string, string>>,
): string {
  const name = watchName(watch, title);
  return watch.scope === 'brand' && Object.keys(brands).length > 1 ? forBrands(name, watch, brands) : name;
}

export function forBrands(
  name: string,
  { brands: ids }: Pick<Watch, 'brands'>,
  brands: Readonly<Record<string, string>>,
): string {
  return `${name} for ${onOneLine(ids.map((id) => brands[id] ?? id).join(', '))}`;
}

/** A number is no name that anybody knows. */
function hostOf(url: string | null): string | null {
  const host = url === null ? undefined : URL.parse(url)?.hostname.replace(/^www\./, '');
  return host === undefined || host === '' || /^[\d.]+$|^\[/.test(host) ? null : host;
}
