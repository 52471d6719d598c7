/** What learned judges look at: words, pairs of words, pieces of words and what the word lists found, as numbered signs. */
import type { Cue } from '../cues.ts';
import { kinds } from '../lexicon.ts';
import type { Reading } from '../reading.ts';
import { perWord } from '../spelling.ts';
import { hashOf, mix, named, placeOf } from './sign-places.ts';
import type { WordVectors } from './word-vectors.ts';

/** Signs one after the other: the place of each, and how strongly it is there. */
export interface SignList {
  readonly places: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Signs that stand in tokens `from` up to but without `to`, all of them equally strong. */
export interface PlacedSigns {
  readonly places: readonly number[];
  readonly value: number;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** The signs of what is said in a post: gathered once, and weighed by every learned judge. */
export interface Signs {
  /** Each token has those of its word (`wordSigns`), so many times as strong: a word says less in a longer text. */
  readonly share: number;
  readonly pairs: PlacedSigns;
  /** What the words mean together, by their vectors. */
  readonly meaning: SignList;
  readonly cues: PlacedSigns;
}

const pieceLength = 4;
const wordValue = 1;
const pairValue = 0.8;
const pieceValue = 0.35;
const meanValue = 4;
const edgeValue = 1;
/** A text of so many words has the values above; in longer ones each word says less, by the root of their number. */
const usualLength = 16;

/** Looks with these word vectors. */
export function signsBy(vectors: WordVectors): (reading: Reading, cues: readonly Cue[]) => Signs {
  const know = perWord((text): Known => ({ hash: hashOf(shapeOf(text)), vector: vectors.find(hashOf(text)) }));
  const meaningIn = meaningBy(vectors);
  return ({ tokens }, cues) => {
    const words = tokens.map(know);
    const share = shareOf(tokens.length);
    return {
      share,
      pairs: pairsOf(tokens, words, share),
      meaning: meaningIn(words, Math.min(1, share)),
      cues: cueSigns(cues, Math.min(1, share)),
    };
  };
}

/** What a word is: its hash, and where its vector begins (-1: it has none). */
interface Known {
  readonly hash: number;
  readonly vector: number;
}

/** Numbers are told by how long they are alone. */
const shapeOf = (word: string) => (/\d/.test(word) ? word.replaceAll(/\d/g, '0') : word);

/** The signs of a word by itself: the word, then its pieces of four letters, its ends marked; names and the like have none. */
export function wordSigns(word: string): SignList {
  const shape = shapeOf(word);
  const marked = `^${shape.slice(0, 40)}$`;
  const pieces = shape.startsWith('<') || marked.length <= pieceLength ? 0 : marked.length - pieceLength + 1;
  const found = new Int32Array(1 + pieces);
  found[0] = placeOf(hashOf(shape));
  for (let at = 0; at < pieces; at++) found[at + 1] = placeOf(hashOf(`\u0002${marked.slice(at, at + pieceLength)}`));
  return { places: found, values: Float64Array.from(found, (_place, at) => (at === 0 ? wordValue : pieceValue)) };
}

/** All signs one after the other, as they are learnt from: those of words and pairs as they are said, then the rest. */
export function listSigns(
  { tokens }: Reading,
  { share, pairs, meaning, cues }: Signs,
  ...more: readonly (SignList | PlacedSigns)[]
) {
  const found: { places: number[]; values: number[] } = { places: [], values: [] };
  const put = (place: number, value: number) => {
    found.places.push(place);
    found.values.push(value);
  };
  let pair = 0;
  for (const [at, { text }] of tokens.entries()) {
    const { places, values } = wordSigns(text);
    for (let each = 0; each < places.length; each++) put(places[each] ?? 0, (values[each] ?? 0) * share);
    for (; pairs.to[pair] === at + 1; pair++) put(pairs.places[pair] ?? 0, pairs.value);
  }
  for (const list of [meaning, cues, ...more])
    for (let each = 0; each < list.places.length; each++)
      put(list.places[each] ?? 0, 'value' in list ? list.value : (list.values[each] ?? 0));
  return found;
}

/** How much a word says in a text of so many. */
export const shareOf = (words: number) => Math.sqrt(usualLength / Math.max(usualLength / 2, words));

/** Words with the one before them, and with the one before that, within a sentence. */
function pairsOf(tokens: Reading['tokens'], words: readonly Known[], share: number): PlacedSigns {
  const [places, from, to]: [number[], number[], number[]] = [[], [], []];
  const put = (one: Known, other: Known, at: number, distance: number) => {
    places.push(placeOf(mix(one.hash, other.hash, distance)));
    from.push(at - distance);
    to.push(at + 1);
  };
  let before: Known | null = null;
  let beforeThat: Known | null = null;
  let sentence = -1;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    const known = words[at];
    if (!token || !known) continue;
    if (token.sentence !== sentence) {
      before = null;
      beforeThat = null;
      sentence = token.sentence;
    }
    if (before) put(before, known, at, 1);
    if (beforeThat) put(beforeThat, known, at, 2);
    beforeThat = before;
    before = known;
  }
  return { places, value: pairValue * share, from, to };
}

/** The mean, the least and the greatest of each number over all words of the post. */
function meaningBy({ size, numbers }: WordVectors): (words: readonly Known[], share: number) => SignList {
  const names = Array.from({ length: size }, (_none, at) =>
    ['mean', 'least', 'greatest'].map((of) => `vector ${of} ${at}`),
  );
  const places = Int32Array.from(names.flat(), (name) => named(name));
  const sums = new Int32Array(size);
  const leasts = new Int32Array(size);
  const greatests = new Int32Array(size);
  return (words, share) => {
    let count = 0;
    for (const { vector } of words) {
      if (vector < 0) continue;
      if (count === 0) for (const each of [sums, leasts, greatests]) each.fill(0);
      count += 1;
      for (let at = 0; at < size; at++) {
        const value = numbers[vector + at] ?? 0;
        const least = leasts[at] ?? 0;
        const greatest = greatests[at] ?? 0;
        sums[at] = (sums[at] ?? 0) + value;
        leasts[at] = lesser(value, least);
        greatests[at] = greatest - lesser(greatest - value, 0);
      }
    }
    if (count === 0) return none;
    const values: number[] = [];
    for (let at = 0; at < size; at++)
      values.push(
        (meanValue * (sums[at] ?? 0)) / count / 127,
        (edgeValue * share * (leasts[at] ?? 0)) / 127,
        (edgeValue * share * (greatests[at] ?? 0)) / 127,
      );
    return { places, values };
  };
}

const none: SignList = { places: new Int32Array(), values: [] };

/** The lesser of two whole numbers, without a branch: of a post's words no processor guesses which it is. */
function lesser(one: number, other: number): number {
  const over = one - other;
  return other + (over & (over >> 31));
}

const targets: readonly Cue['target'][] = ['us', 'them', 'unknown'];
const manners = ['', ' not', ' if', ' not if'];
/** By kind: the names of all that a cue of it may mean. */
const cueNames = Object.fromEntries(
  kinds.map((kind) => [kind, targets.flatMap((target) => manners.map((manner) => `cue ${kind} ${target}${manner}`))]),
);

function cueSigns(cues: readonly Cue[], share: number): PlacedSigns {
  const [places, begins, ends]: [number[], number[], number[]] = [[], [], []];
  for (const { kind, rule, target, negated, supposed, from, to } of cues) {
    const manner = (negated ? 1 : 0) + (supposed ? 2 : 0);
    const name = cueNames[kind]?.[targets.indexOf(target) * manners.length + manner] ?? '';
    places.push(named(name), named('rule', negated ? `${rule} not` : rule));
    begins.push(from, from);
    ends.push(to, to);
  }
  return { places, value: share, from: begins, to: ends };
}
