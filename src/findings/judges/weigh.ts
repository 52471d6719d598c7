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

export interface Weigher {
  /** Log-odds, by head. */
  odds(weighed: Weighed): readonly number[];
  /** Those of one head alone. */
  oddsOf(weighed: Weighed, head: number): number;
  /** What each token says for one head: a sign of several words is shared by them. */
  byToken(weighed: Weighed, head: number): readonly number[];
}

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
  function addMeaning(odds: number[], { values }: SignList, from: Float32Array): void {
    for (let each = 0; each < values.length; each++) {
      const value = values[each] ?? 0;
      for (let head = 0; head < count; head++)
        odds[head] = (odds[head] ?? 0) + (from[each * count + head] ?? 0) * value;
    }
  }
  /** What each token says by itself. */
  function eachWord({ tokens, muted }: Weighed, visit: (odds: readonly number[], at: number) => void): void {
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at];
      if (token && muted?.[at] !== 1) visit(alone(token), at);
    }
  }
  /** What else is said somewhere in the text, tokens `from` up to but without `to`. */
  function eachPlaced(
    { signs, more, muted }: Weighed,
    visit: (row: number, value: number, from: number, to: number) => void,
  ): void {
    for (const { places, value, from, to } of [signs.pairs, signs.cues, ...more])
      for (let each = 0; each < places.length; each++) {
        const row = rowOf(places[each] ?? 0);
        const [first, end] = [from[each] ?? 0, to[each] ?? 0];
        if (row >= 0 && !isMuted(muted, first, end)) visit(row, value, first, end);
      }
  }
  return {
    odds: (weighed) => {
      const odds = [...biases];
      const { share, meaning } = weighed.signs;
      eachWord(weighed, (word) => {
        for (let head = 0; head < count; head++) odds[head] = (odds[head] ?? 0) + (word[head] ?? 0) * share;
      });
      eachPlaced(weighed, (row, value) => add(odds, row, value));
      meant ??= rowsOfMeaning(meaning);
      if (meant) addMeaning(odds, meaning, meant);
      return odds;
    },
    oddsOf: (weighed, head) => {
      let odds = biases[head] ?? 0;
      const { share, meaning } = weighed.signs;
      eachWord(weighed, (word) => {
        odds += (word[head] ?? 0) * share;
      });
      eachPlaced(weighed, (row, value) => {
        odds += (rows[row + head] ?? 0) * value;
      });
      meant ??= rowsOfMeaning(meaning);
      const { values } = meaning;
      for (let each = 0; each < values.length; each++)
        odds += (meant?.[each * count + head] ?? 0) * (values[each] ?? 0);
      return odds;
    },
    byToken: (weighed, head) => {
      const byToken = new Array<number>(weighed.tokens.length).fill(0);
      eachWord(weighed, (word, at) => {
        byToken[at] = (word[head] ?? 0) * weighed.signs.share;
      });
      eachPlaced(weighed, (row, value, from, to) => {
        const weight = ((rows[row + head] ?? 0) * value) / (to - from);
        for (let at = from; at < to; at++) byToken[at] = (byToken[at] ?? 0) + weight;
      });
      return byToken;
    },
  };
}

/** Where a place's row of weights begins; -1 where it has none. */
function rowsByPlace({ find, size }: WordVectors, places: number): (place: number) => number {
  const rows = Uint16Array.from({ length: places }, (_none, place) => find(place) / size + 1);
  return (place) => ((rows[place] ?? 0) - 1) * size;
}

/** One of the tokens is; a sign that stands in none is never. */
function isMuted(muted: Uint8Array | null, from: number, to: number): boolean {
  if (muted) for (let at = from; at < to; at++) if (muted[at] === 1) return true;
  return false;
}
