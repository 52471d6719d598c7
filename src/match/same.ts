/** When two posts are places of one mention, and when they are only shown as alike. */
import { distance } from 'fastest-levenshtein';
import { dayMs } from '../clock.ts';
import { hash53, partWithin, plainWords, sharedPart } from '../text/fingerprint.ts';

/** What the rule looks at. */
export interface Said {
  readonly source: string;
  readonly kind: 'posts' | 'reviews' | 'articles';
  /** As `canonicalUrl` gives it, or its fingerprint. */
  readonly address: string | number | null;
  /** Id or address on its home platform. */
  readonly origin: string | null;
  /** The origin in the form of `address`; null where it is no address. */
  readonly originAddress: string | number | null;
  /** Whatever tells authors of one source apart; null where unknown: an unknown author is never the same as another. */
  readonly author: string | number | null;
  /** The author's name as people see it: namesakes share it. */
  readonly name: string | null;
  /** Milliseconds UTC: when it was published, else first seen. */
  readonly at: number;
  /** Where on its platform. */
  readonly place: string | null;
  readonly title: string | null;
  readonly rating: number | null;
  /** How many words the text has, also where its words may not be kept. */
  readonly wordCount: number;
  /** The text as `plainWords` gives it; asked for only where it matters. */
  words(): readonly string[];
}

export type Sameness = 'origin' | 'address' | 'article' | 'author' | 'review';

const articleWords = 40;
const nearlyAll = 0.8;
const repeatedWithinMs = 7 * dayMs;
/** Longest text that is compared letter by letter, and how much of it must agree. */
const shortText = 400;
const nearlyEqual = 0.9;
/** Shorter titles (“News - May”) and pieces tell too little of a page. */
const longTitle = 15;
const siteBehind = /^\s+[-–—|·:]\s+\S/u;
const pieceWords = 8;
/** So many words of a review tell where its twin is looked for: mails give its beginning only. */
const reviewBegins = 3;

/** Why two posts are one thing said; null where they are two. Symmetric. */
export function sameThing(one: Said, other: Said): Sameness | null {
  if (one.origin !== null && one.origin === other.origin) return 'origin';
  if (pointsTo(one, other) || pointsTo(other, one)) return 'origin';
  if (one.address !== null && one.address === other.address && addressSpeaks(one, other)) return 'address';
  const articles = one.kind === 'articles' && other.kind === 'articles';
  if (articles && mayBeAlike(one, other) && alikeWords(one.words(), other.words())) return 'article';
  if (sameReview(one, other)) return 'review';
  if (!sameAuthor(one, other) || one.rating !== other.rating) return null;
  if (Math.abs(one.at - other.at) > repeatedWithinMs) return null;
  return nearlySameWords(one, other) ? 'author' : null;
}

/** Told from the number of words alone. */
export function mayBeAlike({ wordCount: one }: Said, { wordCount: other }: Said): boolean {
  return Math.min(one, other) >= articleWords && mayShareNearlyAll(one, other);
}

/** A text can share no more than all it has. */
function mayShareNearlyAll(one: number, other: number): boolean {
  return Math.min(one, other) - 1 >= nearlyAll * (Math.max(one, other) - 1);
}

/** Whether two texts of `articleWords` or more share nearly all their words; posts of two people are shown together then. */
export function alikeWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length >= articleWords && other.length >= articleWords && sharedPart(one, other) >= nearlyAll;
}

/** Whoever has read one has read the other: all words of a short text, nearly all of a longer one. */
export function readsAlike(one: readonly string[], other: readonly string[]): boolean {
  if (one.length === 0) return false;
  if (one.length === other.length && one.every((word, at) => word === other[at])) return true;
  if (Math.min(one.length, other.length) < someWords || !mayShareNearlyAll(one.length, other.length)) return false;
  return sharedPart(one, other) >= nearlyAll;
}
/** Of fewer, each may turn what is said. */
export const someWords = 12;

/** Two people would hardly say so by chance: what one says reads like what the other says, with the same numbers in it. */
export function isDouble(one: readonly string[], other: readonly string[]): boolean {
  return one.length >= someWords && numbersIn(one) === numbersIn(other) && readsAlike(one, other);
}

/** A story that is nothing but a link to an article, and a copy that names the page it was first printed on. */
function pointsTo(one: Said, { kind, address }: Said): boolean {
  return kind === 'articles' && address !== null && one.originAddress === address;
}

/**
 * One review that two sources bring: a page and the mail about it, the store's public list and the owner's own. A name
 * alone makes nobody the same person; name, stars, days and words together do, unless the words are such as many write.
 */
function sameReview(one: Said, other: Said): boolean {
  if (one.kind !== 'reviews' || other.kind !== 'reviews' || one.source === other.source) return false;
  const name = nameOf(one);
  if (name === null || name !== nameOf(other) || one.rating === null || one.rating !== other.rating) return false;
  if (Math.abs(one.at - other.at) > repeatedWithinMs) return false;
  const [short, long] = one.wordCount < other.wordCount ? [one, other] : [other, one];
  if (short.wordCount < pieceWords)
    return one.title !== null && one.title === other.title && nearlySameWords(one, other);
  return nearlySameWords(one, other) || quotes(short.words(), long.words());
}

/** What platforms call those who gave no name. */
const nobody = /^(?:an? )?(?:anonymous|google user|guest|customer|verified (?:buyer|customer)|user)$/;

function nameOf({ name }: Pick<Said, 'name'>): string | null {
  const folded = plainWords(name ?? '').join(' ');
  return folded === '' || nobody.test(folded) ? null : folded;
}

/** A number that the same review has in every source; null for what is no review, or has no name, stars or words. */
export function reviewMark(said: Pick<Said, 'kind' | 'name' | 'rating'>, words: readonly string[]): number | null {
  const name = said.kind === 'reviews' && said.rating !== null ? nameOf(said) : null;
  if (name === null || words.length === 0) return null;
  return hash53(JSON.stringify([name, said.rating, ...words.slice(0, reviewBegins)]));
}

function sameAuthor(one: Said, other: Said): boolean {
  return one.source === other.source && one.author !== null && one.author === other.author;
}

/**
 * All reviews of an app share its page's address, all replies may share their thread's, and all items of a feed may point
 * to one page: within a source the words must agree too.
 */
function addressSpeaks(one: Said, other: Said): boolean {
  if (one.kind === 'reviews' || other.kind === 'reviews') return false;
  if (one.source !== other.source || isAlert(one) !== isAlert(other)) return true;
  const articles = one.kind === 'articles' && other.kind === 'articles';
  if (!articles && !sameAuthor(one, other) && one.author !== null && other.author !== null) return false;
  if (sameTitle(one.title, other.title) || nearlySameWords(one, other)) return true;
  return articles && (quotes(one.words(), other.words()) || quotes(other.words(), one.words()));
}

/** An alert is a feed like others, but each of its items is a page of its own, and has the title that Google gives it. */
const isAlert = ({ place }: Said) => /^Google Alerts?\b/.test(place ?? '');

/** Search engines put the site's name behind the title: “Kitchen closed - Leeds Daily”. */
function sameTitle(one: string | null, other: string | null): boolean {
  if (one === null || other === null || one === other) return one !== null && one === other;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= longTitle && long.startsWith(short) && siteBehind.test(long.slice(short.length));
}

/** The first text is a piece of the second, as an alert or a feed of summaries gives it. */
export function quotes(piece: readonly string[], whole: readonly string[]): boolean {
  return piece.length >= pieceWords && piece.length <= whole.length && partWithin(piece, whole) >= nearlyAll;
}

function nearlySameWords(first: Said, second: Said): boolean {
  // Before the costly comparisons: nearly equal texts have nearly as many words.
  const most = Math.max(first.wordCount, second.wordCount);
  if (Math.abs(first.wordCount - second.wordCount) > 2 + most / 5) return false;
  return nearlySame(first.words(), second.words());
}

function nearlySame(one: readonly string[], other: readonly string[]): boolean {
  if (one.length === 0 || other.length === 0) return false;
  if (numbersIn(one) !== numbersIn(other)) return false;
  const [first, second] = [one.join(' '), other.join(' ')];
  if (first === second) return true;
  const longest = Math.max(first.length, second.length);
  if (Math.abs(first.length - second.length) > longest * (1 - nearlyEqual)) return false;
  if (longest > shortText) return sharedPart(one, other) >= nearlyAll;
  return 1 - distance(first, second) / longest >= nearlyEqual;
}

/** "Order 4512 is late" and "order 4513 is late" are two complaints. */
function numbersIn(words: readonly string[]): string {
  return words.filter((word) => /\d/.test(word)).join(' ');
}
