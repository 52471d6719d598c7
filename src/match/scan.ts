/** Walks a post once and collects, by brand, where its terms stand. */
import type { Field, Hit, Post } from '../mention.ts';
import { type Address, addressesIn, domainsOf, readAddress } from './addresses.ts';
import { isWordUnit } from './boundary.ts';
import { type Folded, fold } from './fold.ts';
import { capitalsOf } from './forms.ts';
import { type Called, handlesIn } from './handles.ts';
import type { Known, Term, Terms } from './terms.ts';

/** A place in one field; each link is a field of its own (`link 0`). */
export interface Stand {
  readonly field: string;
  readonly start: number;
  readonly end: number;
}
export interface StandingHit extends Stand {
  readonly hit: Hit;
}
export interface Found {
  readonly hits: StandingHit[];
  readonly excludes: Stand[];
  readonly requires: Stand[];
}

/** Beyond this nothing is looked for: the store cuts there too. */
const longestText = 100_000;
/** So that a text that is nothing but a name stays cheap. */
const mostStands = 400;

interface Stretch {
  readonly field: Field;
  readonly key: string;
  readonly text: string;
  readonly folded: Folded;
  readonly handles: readonly Called[];
  readonly addresses: readonly Address[];
}
interface Standing extends Stand {
  readonly term: Term;
}

/** By place of the brand; brands of which nothing stands in the post are not there. */
export function scan(post: Post, terms: Terms): ReadonlyMap<number, Found> {
  const byBrand = new Map<number, Found>();
  if (post.title) scanWords(read('title', post.title), terms, byBrand);
  if (post.text) scanWords(read('text', post.text), terms, byBrand);
  if (post.url !== null) scanAddress('url', 'url', post.url, terms, byBrand);
  for (const [i, link] of post.links.slice(0, mostStands).entries()) {
    scanAddress('link', `link ${i}`, link, terms, byBrand);
  }
  return byBrand;
}

function read(field: Field, whole: string): Stretch {
  const text = whole.length > longestText ? whole.slice(0, longestText) : whole;
  return { field, key: field, text, folded: fold(text), handles: handlesIn(text), addresses: addressesIn(text) };
}

function foundOf(byBrand: Map<number, Found>, brand: number): Found {
  const known = byBrand.get(brand);
  if (known) return known;
  const found: Found = { hits: [], excludes: [], requires: [] };
  byBrand.set(brand, found);
  return found;
}

function scanWords(stretch: Stretch, terms: Terms, byBrand: Map<number, Found>): void {
  const put = (known: Known, kind: Hit['kind'], start: number, end: number) => {
    const hit: Hit = { term: known.term, kind, field: stretch.field, at: [start, end] };
    foundOf(byBrand, known.brand).hits.push({ hit, field: stretch.key, start, end });
  };
  for (const called of stretch.handles) {
    const known = called.keys.map((key) => terms.handles.get(key)).find((each) => each !== undefined) ?? [];
    for (const each of known) put(each, 'handle', called.start, called.end);
  }
  for (const { host, start, end } of stretch.addresses) {
    if (stretch.handles.some((called) => called.start <= start && called.end >= end)) continue;
    for (const each of knownHost(host, terms)) put(each, 'domain', start, end);
  }
  const standings = standingsIn(stretch, terms);
  for (const stand of standings) {
    if (stand.term.role === 'exclude') foundOf(byBrand, stand.term.brand).excludes.push(stand);
    else if (stand.term.role === 'require') foundOf(byBrand, stand.term.brand).requires.push(stand);
    else if (stand.term.role !== 'rival' && isOwn(stand, stretch, standings, byBrand, terms)) {
      const tagged = stretch.text.charAt(stand.start - 1) === '#';
      put(stand.term, tagged ? 'hashtag' : stand.term.role, stand.start - (tagged ? 1 : 0), stand.end);
    }
  }
  for (const found of byBrand.values()) found.hits.sort((a, b) => (a.field === b.field ? a.start - b.start : 0));
}

function standingsIn(stretch: Stretch, terms: Terms): readonly Standing[] {
  const { folded, text } = stretch;
  const standings: Standing[] = [];
  const humpsAt = (start: number, place: number) => {
    const before = folded.start(start) - 1;
    return text.charAt(before) === '#' && /^\p{Lu}$/u.test(text.charAt(folded.start(place)));
  };
  terms.tree.walk(
    folded.text,
    (term, from, to) => {
      if (standings.length >= mostStands) return;
      const start = folded.start(from);
      const end = folded.end(to - 1);
      if (fits(term, text.slice(start, end))) standings.push({ term, field: stretch.key, start, end });
    },
    humpsAt,
  );
  return standings;
}

function fits(term: Term, written: string): boolean {
  if (term.capitals !== null && capitalsOf(written) !== term.capitals) return false;
  return !term.initials || written.split(/[\s_-]+/u).every((part) => /^\p{Lu}/u.test(part));
}

/** Whether a name stands for itself: not inside a longer name, somebody else's account or another site's address. */
function isOwn(
  stand: Standing,
  stretch: Stretch,
  standings: readonly Standing[],
  byBrand: ReadonlyMap<number, Found>,
  terms: Terms,
): boolean {
  const inside = (outer: { start: number; end: number }) => outer.start <= stand.start && outer.end >= stand.end;
  const longer = (outer: { start: number; end: number }) => outer.end - outer.start > stand.end - stand.start;
  const named = (other: Standing) => other.term.role !== 'exclude' && other.term.role !== 'require';
  if (standings.some((other) => named(other) && inside(other) && longer(other))) return false;
  const twin = standings.find((other) => other.term.brand === stand.term.brand && named(other) && inside(other));
  if (twin !== stand) return false;
  if (byBrand.get(stand.term.brand)?.hits.some((each) => each.field === stand.field && inside(each))) return false;
  const account = stretch.handles.find(inside);
  if (account)
    return (
      stand.start === account.end - longestKey(account) && /^[.@]|^$/.test(stretch.text.slice(stand.end, account.end))
    );
  const address = stretch.addresses.find(inside);
  return !address || mayNameAddress(stand, address, stretch.text, terms);
}

function longestKey(account: Called): number {
  return Math.max(...account.keys.map((key) => key.length));
}

/** As a host (`bluedoor.com`) only where we do not know the brand's own domains. */
function mayNameAddress(stand: Standing, address: Address, text: string, terms: Terms): boolean {
  const hostEnd = address.end - address.path.length;
  if (stand.start >= hostEnd) return tellsInPath(stand.term, text.slice(stand.end, address.end));
  const after = text.slice(stand.end, hostEnd);
  const alone = !isWordUnit(text.charCodeAt(stand.start - 1)) && text.charAt(stand.start - 1) !== '.';
  return (
    after === '' ||
    (alone && /^\.\p{Lu}/u.test(after)) ||
    (alone && !terms.hasDomains[stand.term.brand] && /^\.[a-z]{2,12}$/i.test(after))
  );
}

/** A name of several words tells in a path, but not as a host that somebody put there (`?to=bluedoor.example`). */
function tellsInPath(term: Term, after: string): boolean {
  return term.telling && (!/^\.[a-z]/i.test(after) || /^\.(?:html?|php|aspx?|jpe?g|png|webp|pdf|mp4)\b/i.test(after));
}

function knownHost(host: string, terms: Terms): readonly Known[] {
  if (terms.domains.size === 0 && terms.handles.size === 0) return [];
  const byDomain = domainsOf(host).flatMap((domain) => terms.domains.get(domain) ?? []);
  return byDomain.length > 0 ? byDomain : (terms.handles.get(host) ?? []);
}

function scanAddress(field: Field, key: string, address: string, terms: Terms, byBrand: Map<number, Found>): void {
  const read = readAddress(address.slice(0, longestAddress));
  if (!read) return;
  for (const known of knownHost(read.host, terms)) {
    const hit: Hit = { term: known.term, kind: 'domain', field, at: null };
    foundOf(byBrand, known.brand).hits.push({ hit, field: key, start: 0, end: 0 });
  }
  const path = fold(readable(read.path)).text;
  terms.tree.walk(path, (term, start, end) => {
    const found = foundOf(byBrand, term.brand);
    const stand = { field: key, start, end };
    if (term.role === 'exclude') found.excludes.push(stand);
    else if (term.role === 'require') found.requires.push(stand);
    else if (term.role !== 'rival' && found.hits.length < mostStands && tellsInPath(term, path.slice(end))) {
      found.hits.push({ hit: { term: term.term, kind: term.role, field, at: null }, ...stand });
    }
  });
}

const longestAddress = 2000;

function readable(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
