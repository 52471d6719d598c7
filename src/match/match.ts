/** Finds which brands a post may be about: all terms of all brands in one pass. */
import type { Brand } from '../brand.ts';
import type { Hit, Post } from '../mention.ts';
import { handleKeys } from './handles.ts';
import { parseQuery } from './query/parse.ts';
import { type Because, compileQueries } from './query/queries.ts';
import { sayTrouble } from './query/trouble.ts';
import { type Found, type StandingHit, scan } from './scan.ts';
import { type Terms, termsOf } from './terms.ts';

export interface Match {
  readonly brandId: string;
  /** Only `mention` is kept; the others say why the post was set aside for this brand. */
  readonly verdict: 'mention' | 'own-post' | 'excluded' | 'required-missing' | 'query-missed';
  /** Where the brand's terms stand; empty where the place alone speaks for the brand. */
  readonly hits: readonly Hit[];
}

export interface Where {
  /** Ids of brands that every post of this place is about (an app's reviews, a shop's own page). */
  readonly certain: readonly string[];
}

export interface Matcher {
  /** At most one match a brand, in the order of the brands; empty where the post matches nobody. */
  find(post: Post, where?: Where): readonly Match[];
}

/** How far from the name, in UTF-16 units, a phrase of `exclude` still drops it (about ten words). */
const excludeNear = 60;
/** How far from the name a word of `require` still vouches for it; in another field it always does. */
const requireNear = 300;
const mostHits = 20;

/** Prepares all brands at once; do it once per config, not per post. @throws RangeError where a query cannot be read */
export function compileBrands(brands: readonly Brand[]): Matcher {
  const terms = termsOf(brands);
  const queries = compileQueries(brands.map(queryOf));
  const placeOf = new Map(brands.map((brand, place) => [brand.id, place]));
  const placesOf = (ids: readonly string[]) => new Set(ids.flatMap((id) => placeOf.get(id) ?? []));

  function find(post: Post, where?: Where): readonly Match[] {
    const found = scan(post, terms);
    const held = queries.find(post);
    const own = ownersOf(post, terms);
    const certain = where === undefined || where.certain.length === 0 ? nobody : placesOf(where.certain);
    const speaking = own.size + certain.size + held.size;
    const candidates = speaking === 0 ? found.keys() : new Set([...own, ...certain, ...found.keys(), ...held.keys()]);
    const matches: Match[] = [];
    for (const place of [...candidates].sort((one, other) => one - other)) {
      const brand = brands[place];
      const known = { own: own.has(place), certain: certain.has(place), held: held.get(place) ?? null };
      const match = brand && judge(brand, found.get(place), known);
      if (match) matches.push(match);
    }
    return matches;
  }
  return { find };
}

function queryOf({ name, query }: Brand) {
  if (query === null) return null;
  const { query: parsed, trouble } = parseQuery(query);
  if (trouble) throw new RangeError(`The query of ${name} cannot be read. ${sayTrouble(query, trouble)}`);
  return parsed;
}

const nobody: ReadonlySet<number> = new Set();

function ownersOf(post: Post, terms: Terms): ReadonlySet<number> {
  const account = post.author.handle ?? post.author.url;
  if (account === null || terms.owners.size === 0) return nobody;
  return new Set(handleKeys(account).flatMap((key) => terms.owners.get(key)?.map(({ brand }) => brand) ?? []));
}

interface KnownOf {
  readonly own: boolean;
  readonly certain: boolean;
  /** What makes the brand's query hold; null where it does not, or there is none. */
  readonly held: readonly Because[] | null;
}

/**
 * A hit counts unless a phrase of `exclude` covers it or stands near; a post whose hits are all so covered is dropped. Where
 * only the query found the post, what it found counts as names do.
 */
function judge(brand: Brand, found: Found = nothing, { own, certain, held }: KnownOf): Match | null {
  const all = found.hits.length > 0 ? found.hits : (held ?? []).map(standing);
  const hits = all.slice(0, mostHits).map(({ hit }) => hit);
  if (own) return { brandId: brand.id, verdict: 'own-post', hits };
  if (certain) return { brandId: brand.id, verdict: 'mention', hits };
  if (all.length === 0) return null;
  if (brand.query !== null && held === null) return { brandId: brand.id, verdict: 'query-missed', hits };
  const left = all.filter((each) => !found.excludes.some((phrase) => drops(phrase, each, all)));
  if (left.length === 0) return { brandId: brand.id, verdict: 'excluded', hits };
  const kept = left.slice(0, mostHits).map(({ hit }) => hit);
  const vouched =
    brand.require.length === 0 ||
    left.some(({ hit }) => hit.kind === 'handle' || hit.kind === 'domain') ||
    left.some((each) => found.requires.some((word) => word.field !== each.field || near(each, word, requireNear)));
  return { brandId: brand.id, verdict: vouched ? 'mention' : 'required-missing', hits: kept };
}

const nothing: Found = { hits: [], excludes: [], requires: [] };

function standing({ term, field, at }: Because): StandingHit {
  const [start, end] = at ?? [0, 0];
  return { hit: { term, kind: 'query', field, at }, field: at === null ? `${field} itself` : field, start, end };
}

/** A phrase that holds the name drops the name in it; one without drops the names that stand near. */
function drops(phrase: Span, each: Span, all: readonly Span[]): boolean {
  return all.some((hit) => near(hit, phrase, 0)) ? near(each, phrase, 0) : near(each, phrase, excludeNear);
}

/** A place inside one field of the post; links are fields of their own. */
interface Span {
  readonly field: string;
  readonly start: number;
  readonly end: number;
}

function near(a: Span, b: Span, within: number): boolean {
  return a.field === b.field && a.start - b.end <= within && b.start - a.end <= within;
}
