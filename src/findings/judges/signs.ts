/** What the learned judge looks at: words, pairs of words, pieces of words and what the word lists found, as numbered signs. */
import type { Reading } from '../reading.ts';
import { type Feeling, starsOf } from '../sentiment.ts';
import type { Features, Judgement } from './fast.ts';
import type { WordVectors } from './word-vectors.ts';

/** Signs share this many places; two of one place are taken for the same. */
export const places = 2 ** 18;

/** One sign: its place, how strongly it is there, and the tokens it stands in (`from` -1: in no words). */
export type PutSign = (place: number, value: number, from: number, to: number) => void;

/** Puts all signs of a post; `ruled` is what the judge by rules says of it. */
export type PutSigns = (features: Features, ruled: Judgement, put: PutSign) => void;

/** What a word is as signs; the same few thousand stand in most posts, so each is worked out once. */
interface WordSigns {
  readonly hash: number;
  readonly pieces: Int32Array;
  readonly vector: Int8Array | null;
}

const mostKnown = 100_000;
const pieceLength = 4;
const wordValue = 1;
const pairValue = 0.8;
const pieceValue = 0.35;
const meanValue = 4;
const edgeValue = 1;
/** A text of so many words has the values above; in longer ones each word says less, by the root of their number. */
const usualLength = 16;

/** Looks with these word vectors. */
export function signsBy(vectors: WordVectors): PutSigns {
  const known = new Map<string, WordSigns>();
  const signsOf = (word: string): WordSigns => {
    const before = known.get(word);
    if (before) return before;
    const shape = /\d/.test(word) ? word.replaceAll(/\d/g, '0') : word;
    const made = { hash: hashOf(shape), pieces: piecesOf(shape), vector: vectors.find(hashOf(word)) };
    if (known.size < mostKnown) known.set(word, made);
    return made;
  };
  const meaning = meaningOf(vectors.size);
  return (features, ruled, put) => {
    const words = features.reading.tokens.map((token) => signsOf(token.text));
    putWords(features, words, put);
    meaning(words, put);
    putCues(features, put);
    putManner(features, ruled, put);
  };
}

const shareOf = (words: number) => Math.sqrt(usualLength / Math.max(usualLength / 2, words));

/** The mean, the least and the greatest of each number over all words of the post. */
function meaningOf(size: number): (words: readonly WordSigns[], put: PutSign) => void {
  const placesOf = (what: string) => Int32Array.from({ length: size }, (_none, at) => named(`vector ${what} ${at}`));
  const [means, leasts, greatests] = [placesOf('mean'), placesOf('least'), placesOf('greatest')];
  const sums = new Int32Array(size);
  const least = new Int8Array(size);
  const greatest = new Int8Array(size);
  return (words, put) => {
    sums.fill(0);
    least.fill(0);
    greatest.fill(0);
    let count = 0;
    for (const { vector } of words) {
      if (vector === null) continue;
      count++;
      for (let at = 0; at < size; at++) {
        const value = vector[at] ?? 0;
        sums[at] = (sums[at] ?? 0) + value;
        if (value < (least[at] ?? 0)) least[at] = value;
        if (value > (greatest[at] ?? 0)) greatest[at] = value;
      }
    }
    if (count === 0) return;
    const share = Math.min(1, shareOf(words.length));
    for (let at = 0; at < size; at++) {
      put(means[at] ?? 0, (meanValue * (sums[at] ?? 0)) / count / 127, -1, -1);
      put(leasts[at] ?? 0, (edgeValue * share * (least[at] ?? 0)) / 127, -1, -1);
      put(greatests[at] ?? 0, (edgeValue * share * (greatest[at] ?? 0)) / 127, -1, -1);
    }
  };
}

function putWords({ reading: { tokens } }: Features, words: readonly WordSigns[], put: PutSign): void {
  const share = shareOf(tokens.length);
  let before: WordSigns | null = null;
  let beforeThat: WordSigns | null = null;
  let sentence = -1;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) continue;
    if (token.sentence !== sentence) {
      before = null;
      beforeThat = null;
      sentence = token.sentence;
    }
    const word = words[at];
    if (!word) continue;
    put(placeOf(word.hash), wordValue * share, at, at + 1);
    for (const piece of word.pieces) put(piece, pieceValue * share, at, at + 1);
    if (before) put(placeOf(mix(before.hash, word.hash, 1)), pairValue * share, at - 1, at + 1);
    if (beforeThat) put(placeOf(mix(beforeThat.hash, word.hash, 2)), pairValue * share, at - 2, at + 1);
    beforeThat = before;
    before = word;
  }
}

function putCues({ cues, reading }: Features, put: PutSign): void {
  const share = Math.min(1, shareOf(reading.tokens.length));
  for (const cue of cues) {
    const manner = `${cue.kind} ${cue.target}${cue.negated ? ' not' : ''}${cue.supposed ? ' if' : ''}`;
    put(named(`cue ${manner}`), share, cue.from, cue.to);
    put(named(`rule ${cue.rule}${cue.negated ? ' not' : ''}`), share, cue.from, cue.to);
  }
}

const lengths = [4, 8, 14, 22, 35, 60, 120];

function putManner(features: Features, ruled: Judgement, put: PutSign): void {
  const { reading, language, spoken, rating, addressed, reply } = features;
  const { tokens, asked, exclaimed } = reading;
  const whole = (name: string, value = 1) => put(named(name), value, -1, -1);
  const odds = Math.log(ruled.complaint / (1 - ruled.complaint));
  whole('rules', Math.max(-6, Math.min(6, odds)) / 2);
  whole(`rules ${Math.round(Math.max(-4, Math.min(4, odds)))}`);
  putFeeling(spoken, tokens, whole);
  const stars = starsOf(rating);
  if (stars !== null) whole(`stars ${Math.round(stars * 2)}`);
  if (addressed) whole('addressed');
  if (reply) whole('reply');
  whole(`language ${language ?? 'unknown'}`);
  if (asked.size > 0) whole('asked');
  if (tokens.length > 0 && asked.has(tokens.at(-1)?.sentence ?? -1)) whole('asked last');
  if (exclaimed.size > 0) whole(exclaimed.size > 1 ? 'exclaimed often' : 'exclaimed');
  if (tokens.some(({ loud }) => loud)) whole('loud');
  whole(`length ${lengths.findIndex((length) => tokens.length < length)}`);
}

/** Good and bad by themselves, since a text may have both; and how it ends, since the sum of a review stands there. */
function putFeeling(
  { words, parts }: Feeling,
  tokens: Reading['tokens'],
  whole: (name: string, value?: number) => void,
): void {
  if (words === null) return;
  let [good, bad, worst, last] = [0, 0, 0, 0];
  const ending = tokens.at(-1)?.sentence ?? -1;
  for (const { value, from } of parts) {
    if (value > 0) good += value;
    else bad -= value;
    worst = Math.min(worst, value);
    if (tokens[from]?.sentence === ending) last += value;
  }
  whole('mood', words * 2);
  whole(`mood ${Math.round(words * 4)}`);
  const share = Math.min(1, shareOf(tokens.length));
  whole('good', Math.log1p(good * share));
  whole('bad', Math.log1p(bad * share));
  whole('mostly bad', bad / (good + bad + 1));
  whole(`worst ${Math.round(worst)}`);
  whole('ends', Math.max(-2, Math.min(2, last / 3)));
}

const namedPlaces = new Map<string, number>();

/** Only names from our own lists come here, so the map stays small. */
function named(name: string): number {
  const before = namedPlaces.get(name);
  if (before !== undefined) return before;
  const place = placeOf(hashOf(`\u0001${name}`));
  namedPlaces.set(name, place);
  return place;
}

/** Four letters each, the word's ends marked; none of names and the like. */
function piecesOf(word: string): Int32Array {
  const marked = `^${word.slice(0, 40)}$`;
  if (word.startsWith('<') || marked.length <= pieceLength) return new Int32Array(0);
  const pieces: number[] = [];
  for (let at = 0; at + pieceLength <= marked.length; at++)
    pieces.push(placeOf(hashOf(`\u0002${marked.slice(at, at + pieceLength)}`)));
  return Int32Array.from(pieces);
}

/** FNV-1a over UTF-16 units, 32 bits. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

function mix(one: number, other: number, distance: number): number {
  return Math.imul(one ^ ((other << 13) | (other >>> 19)) ^ distance, 0x9e3779b1);
}

function placeOf(hash: number): number {
  const folded = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (folded ^ (folded >>> 13)) & (places - 1);
}
