/** Short numbers that stand for a text: equal for equal words, and mostly equal for nearly equal ones. */

/** A text as words: lower case, without diacritics, marks, addresses, `@names` and the signs of hashtags. */
export function plainWords(text: string): string[] {
  const bare = text.replace(/https?:\/\/\S+/gi, ' ').replace(/(^|[^\p{L}\p{N}_])@[\p{L}\p{N}_.@-]+/gu, '$1 ');
  return folded(bare).match(/[\p{L}\p{N}]+/gu) ?? [];
}

function folded(text: string): string {
  const lower = text.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII needs no folding, and most texts are that
  return /^[\x00-\x7f]*$/.test(lower)
    ? lower
    : lower
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .normalize('NFC');
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
 * Four numbers of which two texts that share 80 % of their pairs of words have at least one in common with probability
 * 0.94, and with 90 % 0.995: min-hashing with 4 bands of 3 (Broder 1997; Leskovec, Rajaraman, Ullman,
 * "Mining of Massive Datasets", ch. 3.4).
 */
export function wordBands(words: readonly string[]): number[] {
  const least = new Uint32Array(bandCount * rowsPerBand).fill(0xffffffff);
  let before: number | null = null;
  for (const word of words) {
    const own = hash32(word);
    const base = before === null ? own : Math.imul(before, 31) ^ own;
    before = own;
    for (let row = 0; row < least.length; row += 1) {
      const value = mixed(base, row);
      if (value < (least[row] ?? 0)) least[row] = value;
    }
  }
  const bands: number[] = [];
  for (let band = 0; band < bandCount; band += 1) {
    const rows = least.subarray(band * rowsPerBand, (band + 1) * rowsPerBand);
    bands.push(hash53(rows.join(' '), band + 1));
  }
  return bands;
}

/** How much of both texts' pairs of neighbouring words they share, 0 to 1 (Jaccard over multisets); order counts. */
export function sharedPart(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  const first = pairs(one);
  const second = pairs(other);
  if (first.length === 0 || second.length === 0) return 0;
  for (const pair of first) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of second) {
    const left = counts.get(pair) ?? 0;
    if (left === 0) continue;
    counts.set(pair, left - 1);
    shared += 1;
  }
  return shared / (first.length + second.length - shared);
}

function pairs(words: readonly string[]): string[] {
  const list: string[] = [];
  for (let at = 1; at < words.length; at += 1) list.push(`${words[at - 1]} ${words[at]}`);
  return list;
}

function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** A different permutation of the 32-bit numbers for each row (the finaliser of MurmurHash3). */
function mixed(value: number, row: number): number {
  let hash = value ^ Math.imul(row + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
