/** Finds posts that say nearly the same, among many: so that nothing is learnt twice, and nothing that we measure on is learnt. */
import { distance } from 'fastest-levenshtein';
import { plainWords, sharedPart } from '../../src/text/fingerprint.ts';

export interface Said {
  readonly text: string;
  /** Names and accounts of the brand that it is about: the same words about another brand are a copy. */
  readonly names: readonly string[];
  /** Two posts that one word tells apart are no copies where the truth changes with it: that is what they teach. Null: not known. */
  readonly truth: string | null;
}

/** Of the pairs of neighbouring words, so much is shared. */
const sharedPairs = 0.6;
/** Of the letters, so much is equal. */
const equalLetters = 0.75;
/** Runs of three words: the fewest that tell a part from what everybody says, and how many of them stand in the other. */
const parts = { later: { fewest: 4, share: 0.5 }, earlier: { fewest: 8, share: 0.6 } };

interface Read extends Said {
  readonly words: readonly string[];
  readonly letters: string;
  readonly runs: ReadonlySet<string>;
}

/** Two posts by their places in the list, the earlier first. */
export interface Alike {
  readonly places: readonly [number, number];
  /** Both say nearly the same; else one stands, by and large, in the other. */
  readonly copy: boolean;
}

/** Every two that say nearly the same, among those that share three words in a row or have no more. Some seconds for twenty thousand. */
export function alikeAmong(all: readonly Said[]): readonly Alike[] {
  const read = all.map(readSaid);
  const byRun = new Map<string, number[]>();
  return read.flatMap((other, at) => {
    const shared = new Map<number, number>();
    for (const run of other.runs.size > 0 ? other.runs : [other.letters]) {
      const before = byRun.get(run);
      for (const place of before ?? []) shared.set(place, (shared.get(place) ?? 0) + 1);
      if (before) before.push(at);
      else byRun.set(run, [at]);
    }
    return [...shared].flatMap(([place, runs]): Alike[] => {
      const one = read[place];
      if (!one) return [];
      const isPart = ({ size }: Read['runs'], { fewest, share }: (typeof parts)['later']) =>
        size >= fewest && runs > share * size;
      const copy = isCopy(one, other);
      const part = isPart(other.runs, parts.later) || isPart(one.runs, parts.earlier);
      return copy || part ? [{ places: [place, at], copy }] : [];
    });
  });
}

function isCopy(one: Read, other: Read): boolean {
  if (one.letters !== '' && one.letters === other.letters) return true;
  if (one.truth !== null && other.truth !== null && one.truth !== other.truth) return false;
  const [fewer = 0, more = 0] = [one.words.length, other.words.length].sort((a, b) => a - b);
  // Before the costly comparisons: of so different lengths are no copies.
  if (fewer - 1 < sharedPairs * (more - 1)) return false;
  if (sharedPart(one.words, other.words) >= sharedPairs) return true;
  const longest = Math.max(one.letters.length, other.letters.length);
  return distance(one.letters, other.letters) <= (1 - equalLetters) * longest;
}

/** Without the brand, and with its emoji: a post of nothing else is not the same as any other. */
function readSaid(said: Said): Read {
  const bare = nameless(said);
  const words = plainWords(bare);
  const letters = [...words, ...(said.text.match(/\p{Extended_Pictographic}/gu) ?? [])].join(' ');
  const runs = new Set(words.slice(2).map((word, at) => `${words[at]} ${words[at + 1]} ${word}`));
  return { ...said, words, letters, runs };
}

function nameless({ text, names }: Said): string {
  const longestFirst = [...names].filter(Boolean).sort((a, b) => b.length - a.length);
  const pattern = longestFirst.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  return pattern === '' ? text : text.replaceAll(new RegExp(pattern, 'gi'), ' ');
}
