/** Weighs the signs of a post for several questions at once: what the judges of topics and of who speaks do alike. */
import type { Token } from '../reading.ts';
import { perWord } from '../spelling.ts';
import { type PlacedSigns, type SignList, type Signs, wordSigns } from './signs.ts';
import type { WordVectors } from './word-vectors.ts';

/** One question: its weights are multiplied by `scale`; both in log-odds. */
export interface Head {
  readonly scale: number;
  readonly bias: number;
}

/** What is weighed of a post. */
export interface Weighed {
  readonly tokens: readonly Token[];
  readonly signs: Signs;
  /** Beside those of what is said. */
  readonly more: readonly PlacedSigns[];
  /** 1 for tokens that nothing is learnt from; null: none. */
  readonly muted: Uint8Array | null;
}

/** What was said of one post, for each question. */
export interface Weighing {
  /** Log-odds, by head. */
  odds(): readonly number[];
  /** Those of one head alone. */
  oddsOf(head: number): number;
  /** What each token says for one head: a sign of several words is shared by them. */
  byToken(head: number): readonly number[];
}

export type Weigher = (weighed: Weighed) => Weighing;

/** @param weights by a sign's place, one a head @param places as many as signs may have */
export function weigherOf(heads: readonly Head[], weights: WordVectors, places: number): Weigher {
  const count = heads.length;
  const biases = heads.map(({ bias }) => bias);
  // As log-odds, so that none is multiplied at each post.
  const rows = Float32Array.from(weights.numbers, (weight, at) => weight * (heads[at % count]?.scale ?? 0));
  const rowOf = rowsByPlace(weights, places);
  const alone = perWord((word) => {
    const odds = new Array<number>(count).fill(0);
    addAll(odds, wordSigns(word));
    return odds;
  });
  function add(odds: number[], row: number, value: number): void {
    if (row < 0) return;
    for (let head = 0; head < count; head++) odds[head] = (odds[head] ?? 0) + (rows[row + head] ?? 0) * value;
  }
  function addAll(odds: number[], { places, values }: SignList): void {
    for (let each = 0; each < places.length; each++) add(odds, rowOf(places[each] ?? 0), values[each] ?? 0);
  }
  /** What a post means has the same places in every post: their rows are put one after the other, once. */
  let meant: Float32Array | null = null;
  function rowsOfMeaning({ places }: SignList): Float32Array | null {
    if (places.length === 0) return null;
    const found = new Float32Array(places.length * count);
    for (let each = 0; each < places.length; each++) {
      const row = rowOf(places[each] ?? 0);
      if (row >= 0) found.set(rows.subarray(row, row + count), each * count);
    }
    return found;
  }
  /** The signs that have weights and are not muted, one after the other; a word's by its token. */
  function find({ tokens, signs, more, muted }: Weighed) {
    const words = tokens.map((token, at) => (muted?.[at] === 1 ? null : alone(token)));
    const placed: Placed = { row: [], value: [], from: [], to: [] };
    for (const { places, value, from, to } of [signs.pairs, signs.cues, ...more])
      for (let each = 0; each < places.length; each++) {
        const row = rowOf(places[each] ?? 0);
        if (row < 0) continue;
        const [first, end] = [from[each] ?? 0, to[each] ?? 0];
        if (muted !== null && isMuted(muted, first, end)) continue;
        placed.row.push(row);
        placed.value.push(value);
        placed.from.push(first);
        placed.to.push(end);
      }
    return { words, placed };
  }
  return (weighed) => {
    const { words, placed } = find(weighed);
    const { share, meaning } = weighed.signs;
    meant ??= rowsOfMeaning(meaning);
    const weights = meant ?? new Float32Array();
    return {
      odds: () => {
        const odds = [...biases];
        for (const word of words)
          if (word) for (let head = 0; head < count; head++) odds[head] = (odds[head] ?? 0) + (word[head] ?? 0) * share;
        for (let each = 0; each < placed.row.length; each++) add(odds, placed.row[each] ?? -1, placed.value[each] ?? 0);
        for (let each = 0; each < meaning.values.length; each++) {
          const value = meaning.values[each] ?? 0;
          for (let head = 0; head < count; head++)
            odds[head] = (odds[head] ?? 0) + (weights[each * count + head] ?? 0) * value;
        }
        return odds;
      },
      oddsOf: (head) => {
        let odds = biases[head] ?? 0;
        for (const word of words) if (word) odds += (word[head] ?? 0) * share;
        for (let each = 0; each < placed.row.length; each++)
          odds += (rows[(placed.row[each] ?? 0) + head] ?? 0) * (placed.value[each] ?? 0);
        for (let each = 0; each < meaning.values.length; each++)
          odds += (weights[each * count + head] ?? 0) * (meaning.values[each] ?? 0);
        return odds;
      },
      byToken: (head) => {
        const byToken = words.map((word) => (word ? (word[head] ?? 0) * share : 0));
        for (let each = 0; each < placed.row.length; each++) {
          const [from, to] = [placed.from[each] ?? 0, placed.to[each] ?? 0];
          const weight = ((rows[(placed.row[each] ?? 0) + head] ?? 0) * (placed.value[each] ?? 0)) / (to - from);
          for (let at = from; at < to; at++) byToken[at] = (byToken[at] ?? 0) + weight;
        }
        return byToken;
      },
    };
  };
}

/** Signs that stand in tokens `from` up to but without `to`: where their weights begin, and how strong they are. */
interface Placed {
  readonly row: number[];
  readonly value: number[];
  readonly from: number[];
  readonly to: number[];
}

/** Where a place's row of weights begins; -1 where it has none. */
function rowsByPlace({ find, size }: WordVectors, places: number): (place: number) => number {
  const rows = Uint16Array.from({ length: places }, (_none, place) => find(place) / size + 1);
  return (place) => ((rows[place] ?? 0) - 1) * size;
}

/** One of the tokens is; a sign that stands in none is never. */
function isMuted(muted: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (muted[at] === 1) return true;
  return false;
}
