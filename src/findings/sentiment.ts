/** How somebody feels: what the words, the emoji and the stars come to, and what judges say who learnt how people feel. */
import type { Rating, SentimentLabel } from '../mention.ts';
import type { Cue } from './cues.ts';
import { type FeelingPart, scoreEmoji, scoreWords } from './feeling-parts.ts';
import type { FeelingWords } from './feeling-words.ts';
import type { Lexicon } from './lexicon.ts';
import type { Reading } from './reading.ts';

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

/** Sum of values at which the score is about 0.7: `sum / sqrt(sum² + 15)`, as VADER (Hutto and Gilbert 2014) does it. */
const softness = 15;
const neutralBelow = 0.18;
/**
 * Whoever praises and blames is of mixed feelings: both sides are at least this strong and neither three times the other, or kind
 * words outweigh what they complain of; set on our own posts.
 */
const mixed = { from: 2.5, ratio: 3, blames: 0.3, complains: 0.45, kindFrom: 0, below: 0.75 };
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
 * How much what a judge learnt of feelings counts beside AFINN's words (1), and the stars beside both. Our own lists are shorter, so
 * they count less, and where a text has none of their words that, too, says something: nothing. Set on our development posts (first
 * and second) where VADER's tweets and GoEmotions, of which our judges learnt other rows, lost nothing.
 */
const learntWeight = { fast: 0.6, slow: 1 };
const wordsWeight = { afinn: 1, ours: 0.8 };
const silenceWeight = { afinn: 0, ours: 0.5 };
const starsShare = 0.6;

/**
 * Of our posts in the six other languages five are cross for four that are glad, so the fast judge, which learnt from hardly any others
 * there, takes the language itself for a bad sign: this much is taken off again.
 */
const learntLean = { afinn: 0, ours: -0.08 };

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
  const learnt = [
    ...(fast === null ? [] : [{ value: Math.min(1, fast - learntLean[by]), weight: learntWeight.fast }]),
    ...slow.flatMap((value) => (value === null ? [] : [{ value, weight: learntWeight.slow }])),
  ];
  if (learnt.length === 0 || (fast === null && learnt.length === 1 && words === null)) return spoken;
  let sum = (words ?? 0) * wordsWeight[by];
  let weights = words === null ? silenceWeight[by] : wordsWeight[by];
  for (const { value, weight } of learnt) {
    sum += value * weight;
    weights += weight;
  }
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
