/** What the transformer made of single words, cut down to a few numbers each: the fast judge knows words so that none of our posts has. */
/** `size` numbers a word, each of -127 to 127. */
export interface WordVectors {
  readonly size: number;
  /** Of all words, one after the other. */
  readonly numbers: Int8Array;
  /** Where the word's numbers begin; -1 where it is not known. @param hash of the word, as signs.ts has it */
  find(hash: number): number;
}

/**
 * The file that `src/training/precise/words.py` writes: how many words and numbers (little-endian, 32 bits each), the
 * words' hashes in order, the numbers of each. Null where it is damaged.
 */
export function readWordVectors(bytes: Buffer): WordVectors | null {
  const [count, size] = bytes.length < 8 ? [0, 0] : [bytes.readUInt32LE(0), bytes.readUInt32LE(4)];
  if (count === 0 || bytes.length !== 8 + count * (4 + size)) return null;
  const hashes = Uint32Array.from({ length: count }, (_none, at) => bytes.readUInt32LE(8 + 4 * at));
  const numbers = new Int8Array(bytes.buffer, bytes.byteOffset + 8 + 4 * count, count * size);
  return {
    size,
    numbers,
    find: (hash) => {
      const wanted = hash >>> 0;
      let [from, to] = [0, count];
      while (from < to) {
        const middle = (from + to) >> 1;
        if ((hashes[middle] ?? 0) < wanted) from = middle + 1;
        else to = middle;
      }
      return hashes[from] === wanted ? from * size : -1;
    },
  };
}
