/** How somebody feels: AFINN's word values, or our own lists', with negation, emphasis, contrast, emoji and the star rating. */
import Sentiment from 'sentiment';
import type { Rating, SentimentLabel } from '../mention.ts';
import type { Cue } from './cues.ts';
import { type FeelingWords, worthIn } from './feeling-words.ts';
import type { Lexicon } from './lexicon.ts';
import type { Reading, Token } from './reading.ts';
import { perWord } from './spelling.ts';

export interface Feeling {
  readonly label: SentimentLabel;
  /** From -1 to 1; null exactly where the label is `unknown`. */
  readonly score: number | null;
  /** Of the words alone, without the rating; null where they are not scored. */
  readonly words: number | null;
  /** Of the star rating alone; null where there is none. */
  readonly stars: number | null;
  readonly parts: readonly FeelingPart[];
}

/** One word, emoji or phrase and what it added, on AFINN's scale. */
export interface FeelingPart {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  /** The same as if its sentence neither turned nor cried out. */
  readonly alone: number;
  readonly rule: 'word' | 'emoji' | 'phrase';
}

/** Sum of values at which the score is about 0.7: `sum / sqrt(sum² + 15)`, as VADER (Hutto and Gilbert 2014) does it. */
const softness = 15;
const neutralBelow = 0.12;
/**
 * Whoever praises and blames is of mixed feelings: both sides are at least this strong and neither three times the other, or kind
 * words outweigh what they complain of; set on our own posts.
 */
const mixed = { from: 2.5, ratio: 3, blames: 0.3, complains: 0.45, kindFrom: 0, below: 0.75 };
const negationReach = 3;
/** A good word denied is not quite as bad as a bad one; a bad word denied is hardly good. */
const goodDenied = -0.75;
const badDenied = -0.5;

/** What stands after "but" in its sentence weighs more than what stands before. */
const beforeTurn = 0.6;
const afterTurn = 1.3;

const afinn = new Sentiment();

/** `lexicon` is English's, or null where the words are not scored: then emoji and the rating speak alone. */
export function feel(reading: Reading, cues: readonly Cue[], lexicon: Lexicon | null, rating: Rating | null): Feeling {
  const parts = lexicon ? scoreWords(reading, cues, lexicon) : scoreEmoji(reading);
  return feelingOf(parts, parts.length > 0 || (lexicon !== null && reading.written.length > 0), rating);
}

/** The same in a language that AFINN does not know: whoever says no word of our lists has said nothing of how they feel. */
export function feelWith(reading: Reading, cues: readonly Cue[], words: FeelingWords, rating: Rating | null): Feeling {
  const parts = scoreWords(reading, cues, words);
  return feelingOf(parts, parts.length > 0, rating);
}

function feelingOf(parts: readonly FeelingPart[], scored: boolean, rating: Rating | null): Feeling {
  const stars = starsOf(rating);
  const { good, bad, total } = sumsOf(parts);
  const words = scored ? total / Math.sqrt(total * total + softness) : null;
  if (words === null && stars === null) return { label: 'unknown', score: null, words, stars, parts };
  const score = stars === null ? (words ?? 0) : words === null ? stars : starsShare * stars + (1 - starsShare) * words;
  return { label: labelOf(score, good, bad, null), score, words, stars, parts };
}

/**
 * How much what a judge learnt of feelings counts beside AFINN's words (1), and the stars beside both; set, as `neutralBelow`,
 * on VADER's tweets and GoEmotions, of which our judges learnt other rows. Our own lists are short, so they count less (best on
 * our development posts).
 */
const learntWeight = { fast: 0.3, slow: 1 };
const wordsWeight = { afinn: 1, ours: 0.15 };
const starsShare = 0.6;

/**
 * The same with what judges say who learnt how people feel, each from -1 to 1 (null: no opinion); `complaint` is how probably it is one. A text of which neither they nor the words say
 * anything stays as it was.
 */
export function feltBy(
  spoken: Feeling,
  by: keyof typeof wordsWeight,
  fast: number | null,
  slow: readonly (number | null)[],
  complaint: number,
): Feeling {
  const { words, stars, parts } = spoken;
  let [sum, weights] = words === null ? [0, 0] : [words * wordsWeight[by], wordsWeight[by]];
  let given = words === null ? 0 : 1;
  const weigh = (value: number | null, weight: number) => {
    if (value === null) return;
    sum += value * weight;
    weights += weight;
    given++;
  };
  weigh(fast, learntWeight.fast);
  for (const each of slow) weigh(each, learntWeight.slow);
  if (fast === null && given < 2) return spoken;
  const told = sum / weights;
  const score = stars === null ? told : starsShare * stars + (1 - starsShare) * told;
  const { good, bad } = sumsOf(parts);
  return { ...spoken, score, label: labelOf(score, good, bad, complaint) };
}

/** Good and bad as if no sentence turned, and what all comes to. */
function sumsOf(parts: readonly FeelingPart[]): { good: number; bad: number; total: number } {
  const sums = { good: 0, bad: 0, total: 0 };
  for (const { value, alone } of parts) {
    sums.good += Math.max(0, alone);
    sums.bad += Math.max(0, -alone);
    sums.total += value;
  }
  return sums;
}

function labelOf(score: number, good: number, bad: number, complaint: number | null): SentimentLabel {
  if (isMixed(score, good, bad, complaint)) return 'mixed';
  if (score >= neutralBelow) return 'positive';
  return score <= -neutralBelow ? 'negative' : 'neutral';
}

/** `complaint` is how probably it is one; null where nobody asked. */
function isMixed(score: number, good: number, bad: number, complaint: number | null): boolean {
  const { from, ratio, blames, complains, kindFrom, below } = mixed;
  if (good < from || Math.abs(score) >= below) return false;
  const both = bad >= from && good < bad * ratio && bad < good * ratio;
  return (both && (complaint ?? 1) >= blames) || ((complaint ?? 0) >= complains && score > kindFrom);
}

/** A rating from -1 (the worst) to 1; null where there is none or it is not on its own scale. */
export function starsOf(rating: Rating | null): number | null {
  if (!rating || !Number.isFinite(rating.scale) || !(rating.value >= 0 && rating.value <= rating.scale)) return null;
  if (rating.scale <= 0) return null;
  const lowest = rating.scale >= 3 && rating.value >= 1 ? 1 : 0;
  return 2 * ((rating.value - lowest) / (rating.scale - lowest)) - 1;
}

/** AFINN's value of a word or emoji, 0 where it has none. */
const worthOf = (word: string): number => afinn.analyze(word).score;

const worthOfEmoji = (text: string): number => (/^\p{Extended_Pictographic}/u.test(text) ? worthOf(text) : 0);

const emojiOf = perWord((text) => ({ value: worthOfEmoji(text) }));

function scoreEmoji({ tokens }: Reading): readonly FeelingPart[] {
  return tokens.flatMap((token, from) => {
    const { value } = emojiOf(token);
    return value === 0 ? [] : [{ from, to: from + 1, value, alone: value, rule: 'emoji' as const }];
  });
}

/** What a language's word list and AFINN know of a word by itself. */
interface Felt {
  readonly value: number;
  readonly negates: boolean;
  readonly stronger: boolean;
  readonly weaker: boolean;
  readonly turns: boolean;
  /** A saying may begin with it. */
  readonly begins: boolean;
}

type WordList = Lexicon | FeelingWords;

/** Made ready once a word list. */
const readied = new WeakMap<WordList, (token: Token) => Felt>();

function feltWords(tokens: readonly Token[], list: WordList): readonly Felt[] {
  const { negators, stronger, weaker, turns } = list;
  const worthHere = (text: string) =>
    'sayings' in list ? worthIn(list, text) || worthOfEmoji(text) : (list.valence.get(text) ?? worthOf(text));
  const feltOf =
    readied.get(list) ??
    perWord((text) => ({
      value: worthHere(text),
      negates: negators.has(text),
      stronger: stronger.has(text),
      weaker: weaker.has(text),
      turns: turns.has(text),
      begins: 'sayings' in list && list.beginnings.has(text),
    }));
  readied.set(list, feltOf);
  return tokens.map(feltOf);
}

function scoreWords(reading: Reading, cues: readonly Cue[], list: WordList): readonly FeelingPart[] {
  const { tokens, exclaimed } = reading;
  const felt = feltWords(tokens, list);
  const spoken = new Set<number>();
  const parts: FeelingPart[] = [];
  const turns = turnsIn(tokens, felt);
  const weigh = (place: number, value: number) => {
    const sentence = tokens[place]?.sentence ?? 0;
    const turn = turns.get(sentence);
    const contrast = turn === undefined || turn === place ? 1 : place < turn ? beforeTurn : afterTurn;
    return value * contrast * (exclaimed.has(sentence) ? 1.15 : 1);
  };
  for (const { from, to, worth } of 'sayings' in list ? sayingsIn(tokens, felt, list) : []) {
    for (let place = from; place < to; place++) spoken.add(place);
    if (worth !== 0) parts.push({ from, to, value: weigh(from, worth), alone: worth, rule: 'phrase' });
  }
  for (const cue of cues) {
    const worth = spoken.has(cue.from) || spoken.has(cue.to - 1) ? null : worthOfCue(cue, felt);
    if (worth === null || cue.target === 'them') continue;
    for (let place = cue.from; place < cue.to; place++) spoken.add(place);
    const alone = cue.negated ? worth * badDenied : cue.supposed ? worth / 3 : worth;
    if (alone !== 0) parts.push({ from: cue.from, to: cue.to, value: weigh(cue.from, alone), alone, rule: 'phrase' });
  }
  for (const [place, { value }] of felt.entries()) {
    if (value === 0 || spoken.has(place)) continue;
    const alone = value * denial(place, value, tokens, felt) * emphasis(place, tokens, felt);
    const rule = /^\p{L}/u.test(tokens[place]?.text ?? '') ? 'word' : 'emoji';
    parts.push({ from: place, to: place + 1, value: weigh(place, alone), alone, rule });
  }
  return parts;
}

const longestSaying = 4;

/** Sayings of a list; of several that begin at one word the longest. */
function sayingsIn(tokens: readonly Token[], felt: readonly Felt[], { sayings }: FeelingWords) {
  const found: { readonly from: number; readonly to: number; readonly worth: number }[] = [];
  for (let from = 0; from < tokens.length; from++) {
    if (!felt[from]?.begins) continue;
    for (let to = Math.min(tokens.length, from + longestSaying); to > from + 1; to--) {
      const said = tokens.slice(from, to).map(({ text }) => text);
      const worth = tokens[from]?.clause === tokens[to - 1]?.clause ? sayings.get(said.join(' ')) : undefined;
      if (worth === undefined) continue;
      found.push({ from, to, worth });
      from = to - 1;
      break;
    }
  }
  return found;
}

/** What went wrong makes somebody unhappy though no bad word stands there: by kind, on AFINN's scale. */
const worthByKind: Readonly<Partial<Record<Cue['kind'], number>>> = { wrong: -1.5, bad: -2, grave: -3, help: -0.5 };

/** A phrase's own value, or the worse of its kind's and its words'; null where its words speak for themselves. */
function worthOfCue(cue: Cue, felt: readonly Felt[]): number | null {
  if (cue.valence !== null) return cue.valence;
  const usual = worthByKind[cue.kind];
  if (usual === undefined) return null;
  const inside = felt.slice(cue.from, cue.to);
  return Math.min(
    usual,
    inside.reduce((sum, { value }) => sum + value, 0),
  );
}

function denial(place: number, value: number, tokens: readonly Token[], felt: readonly Felt[]): number {
  const clause = tokens[place]?.clause;
  for (let back = 1; back <= negationReach; back++) {
    const before = tokens[place - back];
    if (!before || before.clause !== clause) return 1;
    if (felt[place - back]?.negates && tokens[place - back + 1]?.text !== 'only')
      return value > 0 ? goodDenied : badDenied;
  }
  return 1;
}

function emphasis(place: number, tokens: readonly Token[], felt: readonly Felt[]): number {
  const before = tokens[place - 1];
  const loud = tokens[place]?.loud ? 1.25 : 1;
  if (!before || before.sentence !== tokens[place]?.sentence) return loud;
  if (felt[place - 1]?.stronger) return loud * 1.3;
  return felt[place - 1]?.weaker ? loud * 0.7 : loud;
}

/** By sentence: where it turns ("but"). */
function turnsIn(tokens: readonly Token[], felt: readonly Felt[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [place, { turns }] of felt.entries()) if (turns) found.set(tokens[place]?.sentence ?? 0, place);
  return found;
}
