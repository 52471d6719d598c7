/** What the learned judge looks at: words, pairs of words, pieces of words and what the word lists found, as numbered signs. */
import type { Cue } from '../cues.ts';
import { kinds } from '../lexicon.ts';
import type { Reading } from '../reading.ts';
import { type Feeling, starsOf } from '../sentiment.ts';
import { perWord } from '../spelling.ts';
import type { Features, Judgement } from './fast.ts';
import type { WordVectors } from './word-vectors.ts';

/** Signs share this many places; two of one place are taken for the same. */
export const places = 2 ** 18;

/** One sign: its place, how strongly it is there, and the tokens it stands in (`from` -1: in no words). */
export type PutSign = (place: number, value: number, from: number, to: number) => void;

/** Puts the signs of one word by itself: the word, and its pieces. */
export type PutWord<Word> = (word: Word, share: number, at: number) => void;

/** Puts all signs of a post; `ruled` is what the judge by rules says of it. */
export type PutSigns<Word> = (features: Features, ruled: Judgement, putWord: PutWord<Word>, put: PutSign) => void;

/** The signs of a word by itself in a text of usual length. */
export interface WordSigns {
  readonly places: Int32Array;
  readonly values: Float64Array;
}

/** What a word is. */
interface Known<Word> {
  readonly hash: number;
  /** What whoever looks makes of its signs. */
  readonly word: Word;
  /** Where its vector begins; -1 where it has none. */
  readonly vector: number;
}

const pieceLength = 4;
const wordValue = 1;
const pairValue = 0.8;
const pieceValue = 0.35;
const meanValue = 4;
const edgeValue = 1;
/** A text of so many words has the values above; in longer ones each word says less, by the root of their number. */
const usualLength = 16;

/** Looks with these word vectors; `wordOf` is asked once a word what it makes of it. */
export function signsBy<Word>(vectors: WordVectors, wordOf: (signs: WordSigns) => Word): PutSigns<Word> {
  const putSaid = saidSignsBy(vectors, wordOf);
  return (features, ruled, putWord, put) => {
    putSaid(features, putWord, put);
    putManner(features, ruled, put);
  };
}

/** Puts the signs of what is said, without how it is said. */
export type PutSaidSigns<Word> = (features: Features, putWord: PutWord<Word>, put: PutSign) => void;

/** The same of what is said alone. */
export function saidSignsBy<Word>(vectors: WordVectors, wordOf: (signs: WordSigns) => Word): PutSaidSigns<Word> {
  const know = perWord((text): Known<Word> => {
    const shape = /\d/.test(text) ? text.replaceAll(/\d/g, '0') : text;
    const hash = hashOf(shape);
    return { hash, word: wordOf(wordSigns(hash, shape)), vector: vectors.find(hashOf(text)) };
  });
  const putMeaning = meaningOf(vectors);
  return (features, putWord, put) => {
    const words = features.reading.tokens.map(know);
    putWords(features, words, putWord, put);
    putMeaning(words, put);
    putCues(features, put);
  };
}

const shareOf = (words: number) => Math.sqrt(usualLength / Math.max(usualLength / 2, words));

/** The mean, the least and the greatest of each number over all words of the post. */
function meaningOf({ size, numbers }: WordVectors): (words: readonly Known<unknown>[], put: PutSign) => void {
  const placesOf = (what: string) => Int32Array.from({ length: size }, (_none, at) => named(`vector ${what} ${at}`));
  const [means, leasts, greatests] = [placesOf('mean'), placesOf('least'), placesOf('greatest')];
  return (words, put) => {
    const vectors: number[] = [];
    for (const { vector } of words) if (vector >= 0) vectors.push(vector);
    if (vectors.length === 0) return;
    const share = Math.min(1, shareOf(words.length));
    for (let at = 0; at < size; at++) {
      let sum = 0;
      let least = 0;
      let greatest = 0;
      for (let each = 0; each < vectors.length; each++) {
        const value = numbers[(vectors[each] ?? 0) + at] ?? 0;
        sum += value;
        least = lesser(value, least);
        greatest -= lesser(greatest - value, 0);
      }
      put(means[at] ?? 0, (meanValue * sum) / vectors.length / 127, -1, -1);
      put(leasts[at] ?? 0, (edgeValue * share * least) / 127, -1, -1);
      put(greatests[at] ?? 0, (edgeValue * share * greatest) / 127, -1, -1);
    }
  };
}

/** The lesser of two whole numbers, without a branch: of a post's words no processor guesses which it is. */
function lesser(one: number, other: number): number {
  const over = one - other;
  return other + (over & (over >> 31));
}

function putWords<Word>(
  { reading: { tokens } }: Features,
  words: readonly Known<Word>[],
  putWord: PutWord<Word>,
  put: PutSign,
): void {
  const share = shareOf(tokens.length);
  let before: Known<Word> | null = null;
  let beforeThat: Known<Word> | null = null;
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
    putWord(known.word, share, at);
    if (before) put(placeOf(mix(before.hash, known.hash, 1)), pairValue * share, at - 1, at + 1);
    if (beforeThat) put(placeOf(mix(beforeThat.hash, known.hash, 2)), pairValue * share, at - 2, at + 1);
    beforeThat = before;
    before = known;
  }
}

const targets: readonly Cue['target'][] = ['us', 'them', 'unknown'];
const manners = ['', ' not', ' if', ' not if'];
/** By kind: the names of all that a cue of it may mean. */
const cueNames = Object.fromEntries(
  kinds.map((kind) => [kind, targets.flatMap((target) => manners.map((manner) => `cue ${kind} ${target}${manner}`))]),
);

function putCues({ cues, reading }: Features, put: PutSign): void {
  const share = Math.min(1, shareOf(reading.tokens.length));
  for (const { kind, rule, target, negated, supposed, from, to } of cues) {
    const manner = (negated ? 1 : 0) + (supposed ? 2 : 0);
    const name = cueNames[kind]?.[targets.indexOf(target) * manners.length + manner] ?? '';
    put(named(name), share, from, to);
    put(named('rule', negated ? `${rule} not` : rule), share, from, to);
  }
}

const lengths = [4, 8, 14, 22, 35, 60, 120];

function putManner(features: Features, ruled: Judgement, put: PutSign): void {
  const { reading, language, spoken, rating, addressed, reply } = features;
  const { tokens, asked, exclaimed } = reading;
  const whole = (place: number, value = 1) => put(place, value, -1, -1);
  const odds = Math.log(ruled.complaint / (1 - ruled.complaint));
  whole(named('rules'), Math.max(-6, Math.min(6, odds)) / 2);
  whole(named('rules', Math.round(Math.max(-4, Math.min(4, odds)))));
  putFeeling(spoken, tokens, whole);
  const stars = starsOf(rating);
  if (stars !== null) whole(named('stars', Math.round(stars * 2)));
  if (addressed) whole(named('addressed'));
  if (reply) whole(named('reply'));
  whole(named('language', language ?? 'unknown'));
  if (asked.size > 0) whole(named('asked'));
  if (tokens.length > 0 && asked.has(tokens.at(-1)?.sentence ?? -1)) whole(named('asked last'));
  if (exclaimed.size > 0) whole(named(exclaimed.size > 1 ? 'exclaimed often' : 'exclaimed'));
  if (tokens.some(({ loud }) => loud)) whole(named('loud'));
  whole(
    named(
      'length',
      lengths.findIndex((length) => tokens.length < length),
    ),
  );
}

/** Good and bad by themselves, since a text may have both; and how it ends, since the sum of a review stands there. */
function putFeeling(
  { words, parts }: Feeling,
  tokens: Reading['tokens'],
  whole: (place: number, value?: number) => void,
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
  whole(named('mood'), words * 2);
  whole(named('mood', Math.round(words * 4)));
  const share = Math.min(1, shareOf(tokens.length));
  whole(named('good'), Math.log1p(good * share));
  whole(named('bad'), Math.log1p(bad * share));
  whole(named('mostly bad'), bad / (good + bad + 1));
  whole(named('worst', Math.round(worst)));
  whole(named('ends'), Math.max(-2, Math.min(2, last / 3)));
}

/** By name and by what stands behind it; both come from our own lists alone, so these maps stay small. */
const namedPlaces = new Map<string, Map<string | number, number>>();

function named(name: string, which: string | number = ''): number {
  const known = namedPlaces.get(name);
  const before = known?.get(which);
  if (before !== undefined) return before;
  const place = placeOf(hashOf(which === '' ? `\u0001${name}` : `\u0001${name} ${which}`));
  namedPlaces.set(name, (known ?? new Map<string | number, number>()).set(which, place));
  return place;
}

/** The word itself, then its pieces: four letters each, the word's ends marked; none of names and the like. */
function wordSigns(hash: number, word: string): WordSigns {
  const marked = `^${word.slice(0, 40)}$`;
  const pieces = word.startsWith('<') || marked.length <= pieceLength ? 0 : marked.length - pieceLength + 1;
  const found = new Int32Array(1 + pieces);
  found[0] = placeOf(hash);
  for (let at = 0; at < pieces; at++) found[at + 1] = placeOf(hashOf(`\u0002${marked.slice(at, at + pieceLength)}`));
  return { places: found, values: Float64Array.from(found, (_place, at) => (at === 0 ? wordValue : pieceValue)) };
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
