/** Short numbers that stand for a text: equal for equal words, and mostly equal for nearly equal ones. */
import { isAscii } from './letters.ts';

/** A text as words: lower case, without diacritics, marks, addresses, `@names` and the signs of hashtags. */
export function plainWords(text: string): string[] {
  const lower = (text.includes('@') || text.includes('://') ? bare(text) : text).toLowerCase();
  if (isAscii(lower)) return plainRuns(lower);
  const folded = lower
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFC');
  return folded.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** `match(/[a-z0-9]+/g)`, in a third of the time. */
function plainRuns(lower: string): string[] {
  const found: string[] = [];
  for (let at = 0; at < lower.length; at += 1) {
    const start = at;
    while (isPlain(lower.charCodeAt(at))) at += 1;
    if (at > start) found.push(lower.slice(start, at));
  }
  return found;
}

const isPlain = (unit: number) => (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);

function bare(text: string): string {
  return text.replace(/https?:\/\/\S+/gi, ' ').replace(/(^|[^\p{L}\p{N}_])@[\p{L}\p{N}_.@-]+/gu, '$1 ');
}

/** 53 bits (a safe integer) of a text, well mixed; not for secrets. After cyrb53 by bryc, public domain. */
export function hash53(text: string, seed = 0): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 2654435761);
    low = Math.imul(low ^ unit, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}

/** The same for texts of the same words; null for a text without any. */
export function wordsHash(words: readonly string[]): number | null {
  return words.length === 0 ? null : hash53(words.join(' '));
}

const bandCount = 4;
const rowsPerBand = 3;

/**
 * Four numbers of which two texts that share 80 % of their pairs of words nearly always have one in common (with
 * probability 0.94; with 90 %: 0.995): min-hashing with 4 bands of 3 rows (Leskovec, Rajaraman, Ullman, "Mining of Massive
 * Datasets", ch. 3.4), all rows from one hash a pair (one permutation hashing: Li, Owen, Zhang 2012), empty rows filled
 * from the next one (Shrivastava, Li 2014).
 */
export function wordBands(words: readonly string[]): number[] {
  const rows = leastHashes(words);
  const bands: number[] = [];
  for (let band = 0; band < bandCount; band += 1)
    bands.push(hash53(rows.slice(band * rowsPerBand, (band + 1) * rowsPerBand).join(' '), band + 1));
  return bands;
}

const noHash = 0xffffffff;

function leastHashes(words: readonly string[]): number[] {
  const rows = new Array<number>(bandCount * rowsPerBand).fill(noHash);
  let before = 0;
  for (const word of words) {
    const own = hash32(word);
    const pair = mixed(Math.imul(before, 31) ^ own);
    before = own;
    const row = pair % rows.length;
    if (pair < (rows[row] ?? 0)) rows[row] = pair;
  }
  return rows.map((least, row) => {
    for (let step = 0; step < rows.length; step += 1) {
      const next = rows[(row + step) % rows.length];
      if (next !== undefined && next !== noHash) return next + step;
    }
    return least;
  });
}

/** How much of both texts' pairs of neighbouring words they share, 0 to 1 (Jaccard over multisets); order counts. */
export function sharedPart(one: readonly string[], other: readonly string[]): number {
  const { first, second, shared } = pairsOf(one, other);
  return shared === 0 ? 0 : shared / (first + second - shared);
}

/** How much of the first text's pairs of neighbouring words stand in the second, 0 to 1. */
export function partWithin(one: readonly string[], other: readonly string[]): number {
  const { first, shared } = pairsOf(one, other);
  return shared === 0 ? 0 : shared / first;
}

function pairsOf(one: readonly string[], other: readonly string[]) {
  const first = sortedPairs(one);
  const second = sortedPairs(other);
  let shared = 0;
  for (let i = 0, j = 0; i < first.length && j < second.length; ) {
    const a = first[i] ?? 0;
    const b = second[j] ?? 0;
    if (a === b) shared += 1;
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return { first: first.length, second: second.length, shared };
}

/** By list of words: one text is compared with many. */
const knownPairs = new WeakMap<readonly string[], Float64Array>();

/** A number of 52 bits for each pair of neighbours. */
function sortedPairs(words: readonly string[]): Float64Array {
  const known = knownPairs.get(words);
  if (known) return known;
  const hashes = words.map(hash32);
  const pairs = new Float64Array(Math.max(0, words.length - 1));
  for (let at = 0; at < pairs.length; at += 1)
    pairs[at] = ((hashes[at] ?? 0) & 0xfffff) * 4294967296 + (hashes[at + 1] ?? 0);
  pairs.sort();
  knownPairs.set(words, pairs);
  return pairs;
}

function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** The finaliser of MurmurHash3: every bit depends on every other. */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
