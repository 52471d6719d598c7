/** Finds the reviews and the overall ratings among what a page says of itself in schema.org's words. */
import { dayMs } from '../../clock.ts';
import type { PlaceRating, Rating } from '../../mention.ts';
import { parseFeedDate } from '../../net/feed-date.ts';
import { plainText } from '../../text/plain.ts';
import { markedIn } from '../../text/schema-org.ts';
import { declaredLanguage } from '../language.ts';
import { parseJsonLd } from './json-ld.ts';

export interface Review {
  /** The site's own id or address for it; null where it has none. */
  readonly id: string | null;
  readonly url: string | null;
  readonly author: { readonly name: string | null; readonly url: string | null };
  readonly title: string | null;
  readonly text: string;
  readonly rating: Rating | null;
  readonly publishedAt: number | null;
  readonly editedAt: number | null;
  readonly language: string | null;
  /** Where the page has it from, when it says so. */
  readonly publisher: string | null;
  readonly likes: number | null;
  readonly replies: number | null;
}

export interface PageReviews {
  readonly reviews: readonly Review[];
  /** `place` is the name of what was rated; empty where it has none. */
  readonly ratings: readonly PlaceRating[];
  /** Whether the page says anything at all in schema.org's words. */
  readonly isMarked: boolean;
  /** JSON-LD that cannot be read even with patience: how much of it. */
  readonly damaged: number;
}

/** Deeper than this nobody nests a review. */
const deepest = 30;

type Node = Readonly<Record<string, unknown>>;
type ById = ReadonlyMap<string, Node>;

/** @param page its address: relative ones are meant from there */
export function reviewsIn(html: string, page: string): PageReviews {
  const { blocks, items } = markedIn(html);
  const parsed = blocks.map(parseJsonLd);
  const nodes = [...parsed, ...items].flatMap((root) => [...nodesIn(root, 0)]);
  const byId: ById = new Map(
    nodes.flatMap((node) => (typeof node['@id'] === 'string' && keysOf(node) > 1 ? [[node['@id'], node]] : [])),
  );
  const reviews = nodes
    .filter((node) => isA(node, /(?<!Claim|Media)Review$/))
    .map((node) => reviewOf(node, byId, page));
  return {
    reviews: withoutTwins(reviews),
    ratings: nodes.flatMap((node) => ratingsOf(node, byId)),
    isMarked: nodes.some((node) => isA(node, /./)),
    damaged: parsed.filter((block) => block === undefined).length,
  };
}

function* nodesIn(value: unknown, depth: number): Iterable<Node> {
  if (depth > deepest || typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Node;
  for (const child of Object.values(value)) yield* nodesIn(child, depth + 1);
}

const keysOf = (node: Node) => Object.keys(node).length;

function isA(node: Node, type: RegExp): boolean {
  return listOf(node['@type']).some((one) => typeof one === 'string' && type.test(one.split(/[/#:]/).at(-1) ?? ''));
}

function reviewOf(node: Node, byId: ById, page: string): Review {
  const get = (...names: readonly string[]) => wordsOf(names.map((name) => first(node[name])).find(isWord));
  const author = nodeOf(node.author ?? node.creator, byId);
  const publisher = nodeOf(node.publisher, byId);
  return {
    id: get('identifier') ?? ownAddress(get('@id'), page) ?? ownAddress(get('url'), page),
    url: addressOf(get('url'), page) ?? addressOf(get('@id'), page),
    author: {
      name:
        lineOf(author.name) ?? ([author.givenName, author.familyName].map(lineOf).filter(Boolean).join(' ') || null),
      url: profileOf(wordsOf(author.url) ?? wordsOf(author.sameAs), page),
    },
    title: lineOf(node.name) ?? lineOf(node.headline),
    text: get('reviewBody', 'description', 'text') ?? '',
    rating: starsOf(first(node.reviewRating) ?? first(node.rating), byId),
    publishedAt: dateOf(first(node.datePublished) ?? first(node.dateCreated)),
    editedAt: dateOf(first(node.dateModified)),
    language: declaredLanguage(wordsOf(nodeOf(node.inLanguage, byId).alternateName) ?? get('inLanguage')),
    publisher: lineOf(publisher.name),
    likes: countOf(first(node.upvoteCount)),
    replies: node.comment === undefined ? countOf(first(node.commentCount)) : listOf(node.comment).length,
  };
}

/** JSON-LD and microdata of one page often say the same twice. */
function withoutTwins(reviews: readonly Review[]): readonly Review[] {
  const unlike = new Map<string, Review>();
  for (const review of reviews) {
    const { author, publishedAt, text, title, rating } = review;
    if (text === '' && title === null && rating === null) continue;
    const said = `${title ?? ''} ${text}`.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ');
    const key = JSON.stringify([author.name?.toLowerCase(), publishedAt && Math.floor(publishedAt / dayMs), said]);
    if (!unlike.has(key)) unlike.set(key, review);
  }
  return [...unlike.values()];
}

function ratingsOf(node: Node, byId: ById): PlaceRating[] {
  return listOf(node.aggregateRating).flatMap((given) => {
    const figure = nodeOf(given, byId);
    const rating = starsOf(figure, byId);
    const count = countOf(first(figure.reviewCount) ?? first(figure.ratingCount));
    // A figure that nobody gave.
    if (rating === null || count === 0) return [];
    return [{ place: lineOf(node.name) ?? '', rating, count }];
  });
}

/** `4`, `"4,5"`, `"4/5"`, `"80%"`, alone or with what is best there; 5 is best where nothing is said. */
function starsOf(given: unknown, byId: ById): Rating | null {
  const node = nodeOf(given, byId);
  const [, figure = '', unit = '', of = ''] =
    /^\s*(\d+(?:[.,]\d+)?)\s*(%|\/|out of|von|sur)?\s*(\d+)?/i.exec(wordsOf(node.ratingValue ?? node.name) ?? '') ?? [];
  const best = numberOf(wordsOf(first(node.bestRating)) ?? '');
  const scale = unit === '%' ? 100 : of !== '' ? Number(of) : (best ?? 5);
  const value = numberOf(figure);
  return value === null || scale <= 0 || value > scale ? null : { value, scale };
}

/** Itself, or what it refers to; mere words are taken for its name. */
function nodeOf(given: unknown, byId: ById): Node {
  const one = first(given);
  if (typeof one === 'string' || typeof one === 'number') return { name: one };
  if (typeof one !== 'object' || one === null) return {};
  const node = one as Node;
  const id = node['@id'];
  return (keysOf(node) === 1 && typeof id === 'string' ? byId.get(id) : undefined) ?? node;
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
const first = (value: unknown): unknown => listOf(value)[0];
const isWord = (value: unknown) => wordsOf(value) !== null;

/** JSON-LD may wrap a value, as in `{ "@value": "…", "@language": "en" }`. */
function wordsOf(value: unknown): string | null {
  const one = first(value);
  const given = typeof one === 'object' && one !== null ? (one as Node)['@value'] : one;
  if (typeof given === 'number') return String(given);
  return typeof given === 'string' ? plainText(given) || null : null;
}

const lineOf = (value: unknown) => wordsOf(value)?.replaceAll(/\s+/gu, ' ') ?? null;

function numberOf(text: string): number | null {
  const number = Number(text.replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(number) || number < 0 ? null : number;
}

function countOf(value: unknown): number | null {
  const number = numberOf((wordsOf(value) ?? '').replaceAll(/[^\d]/g, ''));
  return number !== null && Number.isSafeInteger(number) ? number : null;
}

function dateOf(value: unknown): number | null {
  return parseFeedDate(wordsOf(value) ?? undefined);
}

/** `#review-3` may be the third review today and another one tomorrow: only an address of its own is an id. */
function ownAddress(text: string | null, page: string): string | null {
  const address = text?.startsWith('_:') ? null : addressOf(text, page);
  return address?.split('#')[0] === page.split('#')[0] ? null : address;
}

/** The page itself and its site's front are nobody's: whoever stood there would be one person with all who stand there. */
function profileOf(text: string | null, page: string): string | null {
  const address = ownAddress(text, page);
  const url = address === null ? null : URL.parse(address);
  return url !== null && url.pathname === '/' && url.search === '' && url.host === URL.parse(page)?.host
    ? null
    : address;
}

function addressOf(text: string | null, page: string): string | null {
  const url = text === null ? null : URL.parse(text, page);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}
