/** What an address in a feed really points to, and how a feed's own address may be shown. */
import { createHash } from 'node:crypto';

/** Who knows a Google Alert's address can read it: it is a password, and is never shown. */
export function isGoogleAlert(address: string): boolean {
  return /\/alerts\/feeds\/\d+\/\d+/.test(URL.parse(address)?.pathname ?? '');
}

/** Names of parameters that let in whoever knows them (`?feed=…&user=…` of Reddit, `?token=…` of many). */
const secretName = /token|secret|password|api_?key|^(auth|feed|hash|key|pass|sig|signature|user)$/i;

/** The address for people: what works like a password is left out, and a short mark tells such addresses apart. */
export function shownAddress(address: string): string {
  if (isGoogleAlert(address)) return `Google Alert ${markOf(address)}`;
  const shown = new URL(address);
  const secret = [...shown.searchParams.keys()].filter((name) => secretName.test(name));
  if (secret.length === 0 && !shown.username && !shown.password) return address;
  for (const name of secret) shown.searchParams.delete(name);
  shown.username = '';
  shown.password = '';
  return `${shown.href} (${markOf(address)})`;
}

/** The first 12 digits of the address's sha256. */
export const markOf = (address: string): string => createHash('sha256').update(address).digest('hex').slice(0, 12);

/** Redirects that carry their target: Google's `/url?url=` (`q=` in older ones) and Bing News' `apiclick.aspx?url=`. */
export function unwrapped(link: string): string {
  if (!URL.canParse(link)) return link;
  const { hostname, pathname, searchParams } = new URL(link);
  const google = /(^|\.)google\.[a-z.]{2,6}$/.test(hostname) && pathname === '/url';
  const bing = /(^|\.)bing\.com$/.test(hostname) && pathname === '/news/apiclick.aspx';
  if (!google && !bing) return link;
  const target = searchParams.get('url') ?? searchParams.get('q') ?? '';
  return URL.canParse(target) && /^https?:$/.test(new URL(target).protocol) ? new URL(target).href : link;
}

/** The publisher's name where nothing better is told: the host without `www.`. Of what a search finds it is the place, never the author. */
export const hostNamed = (url: string | null) => (url === null ? null : new URL(url).hostname.replace(/^www\./, ''));
