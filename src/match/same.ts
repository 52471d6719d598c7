/** When two posts are places of one mention, and when they are only shown as alike. */
import { distance } from 'fastest-levenshtein';
import { plainWords, sharedPart } from '../text/fingerprint.ts';

/** What the rule looks at. */
export interface Said {
  readonly source: string;
  readonly kind: 'posts' | 'reviews' | 'articles';
  /** As `canonicalUrl` gives it. */
  readonly address: string | null;
  /** Id or address on its home platform. */
  readonly origin: string | null;
  /** Whatever tells authors of one source apart; null where unknown: an unknown author is never the same as another. */
  readonly author: string | number | null;
  /** Milliseconds UTC: when it was published, else first seen. */
  readonly at: number;
  readonly text: string;
  readonly rating: number | null;
}

export type Sameness = 'origin' | 'address' | 'article' | 'author';

const articleWords = 40;
const nearlyAll = 0.8;
const repeatedWithinMs = 7 * 86_400_000;
/** Longest text that is compared letter by letter. */
const shortText = 400;

/** Why two posts are one thing said; null where they are two. Symmetric. */
export function sameThing(one: Said, other: Said): Sameness | null {
  const oneAuthor = one.source === other.source && one.author !== null && one.author === other.author;
  if (one.origin !== null && one.origin === other.origin) return 'origin';
  if (one.address !== null && one.address === other.address && (oneAuthor || addressSpeaks(one, other))) return 'address';
  const articles = one.kind === 'articles' && other.kind === 'articles';
  const repeated = oneAuthor && Math.abs(one.at - other.at) <= repeatedWithinMs && one.rating === other.rating;
  if (!articles && !repeated) return null;
  const words = [plainWords(one.text), plainWords(other.text)] as const;
  if (articles && nearlySameArticle(...words)) return 'article';
  return repeated && nearlySameWords(...words) ? 'author' : null;
}

/** Whether two posts, of whomever, say nearly the same in `articleWords` or more: shown together, never made one. */
export function alikeTexts(one: string, other: string): boolean {
  return nearlySameArticle(plainWords(one), plainWords(other));
}

/** All reviews of an app share its page's address, and all replies may share their thread's: then the author decides. */
function addressSpeaks(one: Said, other: Said): boolean {
  if (one.kind === 'reviews' || other.kind === 'reviews') return false;
  const twoAuthors = one.author !== null && other.author !== null;
  return !(one.source === other.source && twoAuthors && one.kind === 'posts');
}

function nearlySameArticle(one: readonly string[], other: readonly string[]): boolean {
  return one.length >= articleWords && other.length >= articleWords && sharedPart(one, other) >= nearlyAll;
}

function nearlySameWords(one: readonly string[], other: readonly string[]): boolean {
  if (one.length === 0 || other.length === 0 || numbersIn(one) !== numbersIn(other)) return false;
  const [first, second] = [one.join(' '), other.join(' ')];
  if (first === second) return true;
  const longest = Math.max(first.length, second.length);
  if (longest > shortText) return sharedPart(one, other) >= nearlyAll;
  return 1 - distance(first, second) / longest >= 0.9;
}

/** "Order 4512 is late" and "order 4513 is late" are two complaints. */
function numbersIn(words: readonly string[]): string {
  return words.filter((word) => /\d/.test(word)).join(' ');
}
