/**
 * What people's marks teach about one brand: log-odds of words and word pairs, added to what the judges say. Made anew from
 * all its marks, so that neither their order nor one that was taken back leaves a trace; the shipped models never change.
 */
import { createHash } from 'node:crypto';
import type { Brand } from '../brand.ts';
import { commonWords } from '../text/language.ts';
import { withoutAccents } from '../text/letters.ts';
import { words } from '../text/words.ts';
import { oddsOf, probabilityOf } from './opinion.ts';
import type { Reading } from './reading.ts';

/** What one brand's marks come to. */
export interface Corrections {
  /** Of the weights: 8 hexadecimal digits. */
  readonly version: string;
  /** Log-odds by word (`refund`) and pair (`my refund`), for a post that says nothing else. */
  readonly relevance: ReadonlyMap<string, number>;
  readonly complaint: ReadonlyMap<string, number>;
}

/** A post that somebody marked. */
export interface Marked {
  /** No two have the same. */
  readonly id: number;
  readonly reading: Reading;
  /** What the judges say without any mark: probabilities. */
  readonly judged: { readonly relevance: number; readonly complaint: number };
  /** Null where nobody answered that question. */
  readonly said: { readonly us: boolean | null; readonly complaint: boolean | null };
}

/** What the marks say of a post, in log-odds. */
export interface Learnt {
  readonly relevance: number;
  readonly complaint: number;
}

/**
 * One mark moves the log-odds of a post just like its own by less than this, the more the surer the judges were of the
 * contrary: a flag of 95 % becomes unsure by the first no. Whether it is about us is moved with more care.
 */
const mostByOne = { relevance: 5, complaint: 11 } as const;
/** Marks may turn a verdict, never make it certain. */
const mostLearnt = 4;
/** No judge is taken to be surer than that (95 %) against what people said of posts like it. */
const surest = 3;
/** Less than that is chance: the posts have a word or two in common. */
const leastLearnt = 0.15;

/** Null where the marks teach nothing. */
export function learnFrom(marked: readonly Marked[], brand: Brand): Corrections | null {
  // The same sums in the same order, whoever was marked first.
  const inOrder = [...marked].sort((one, other) => one.id - other.id);
  const examples = (answer: (said: Marked['said']) => boolean | null, of: keyof Learnt) =>
    inOrder.flatMap(({ reading, judged, said }): Example[] => {
      const given = answer(said);
      if (given === null) return [];
      const odds = Math.max(-surest, Math.min(surest, oddsOf(judged[of])));
      return [{ signs: [...signsOf(reading, brand)], odds, answer: given ? 1 : -1 }];
    });
  // Who says that it is a complaint says that it is about us, unless they say otherwise.
  const relevance = weigh(
    examples(({ us, complaint }) => us ?? (complaint || null), 'relevance'),
    mostByOne.relevance,
  );
  const complaint = weigh(
    examples((said) => said.complaint, 'complaint'),
    mostByOne.complaint,
  );
  if (relevance.size + complaint.size === 0) return null;
  const written = JSON.stringify([relevance, complaint].map((weights) => [...weights].sort()));
  return { version: createHash('sha256').update(written).digest('hex').slice(0, 8), relevance, complaint };
}

/** What the marks say of this post: at most 4 either way, and 0 for one that has next to nothing in common with them. */
export function learntOf({ relevance, complaint }: Corrections, reading: Reading, brand: Brand): Learnt {
  const signs = [...signsOf(reading, brand)];
  const sum = (weights: ReadonlyMap<string, number>) => {
    const odds = signs.reduce((total, [sign, value]) => total + value * (weights.get(sign) ?? 0), 0);
    return Math.abs(odds) < leastLearnt ? 0 : Math.max(-mostLearnt, Math.min(mostLearnt, odds));
  };
  return { relevance: sum(relevance), complaint: sum(complaint) };
}

/** The judges' probability with what the marks say of it. */
export function movedBy(probability: number, learnt: number): number {
  if (learnt === 0) return probability;
  const odds = oddsOf(probability);
  return probabilityOf((learnt < 0 ? Math.min(surest, odds) : Math.max(-surest, odds)) + learnt);
}

interface Example {
  readonly signs: readonly Sign[];
  readonly odds: number;
  readonly answer: 1 | -1;
}

const mostRounds = 40;
const settled = 1e-3;

/**
 * Logistic regression on top of the judges' odds, with a strong pull to zero (ridge): each post in turn takes the weight that
 * is right for it given the others (dual coordinate ascent), until none moves any more.
 */
function weigh(examples: readonly Example[], most: number): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const placeOf = (sign: string) => {
    const place = places.get(sign) ?? places.size;
    places.set(sign, place);
    return place;
  };
  const rows = examples.map((example) => ({
    ...example,
    at: Uint32Array.from(example.signs, ([sign]) => placeOf(sign)),
    values: Float64Array.from(example.signs, ([, value]) => value),
    pull: 0,
  }));
  const weights = new Float64Array(places.size);
  for (let round = 0, moved = Number.POSITIVE_INFINITY; round < mostRounds && moved > settled; round++) {
    moved = 0;
    for (const row of rows) {
      const { at, values, answer } = row;
      if (at.length === 0) continue;
      let odds = row.odds;
      for (let i = 0; i < at.length; i++) odds += (values[i] ?? 0) * (weights[at[i] ?? 0] ?? 0);
      const pull = pullFor(answer * odds - row.pull, most);
      const step = answer * (pull - row.pull);
      row.pull = pull;
      moved = Math.max(moved, Math.abs(step));
      for (let i = 0; i < at.length; i++) {
        const place = at[i] ?? 0;
        weights[place] = (weights[place] ?? 0) + step * (values[i] ?? 0);
      }
    }
  }
  const rounded = [...places].map(([sign, place]) => [sign, Math.round((weights[place] ?? 0) * 100) / 100] as const);
  return new Map(rounded.filter(([, weight]) => weight !== 0));
}

/** What is `most` times the chance of being wrong once it is added to the margin. */
function pullFor(margin: number, most: number): number {
  let low = 0;
  let high = most;
  for (let half = 0; half < 24; half++) {
    const pull = (low + high) / 2;
    if (pull < most / (1 + Math.exp(margin + pull))) low = pull;
    else high = pull;
  }
  return low;
}

type Sign = readonly [sign: string, value: number];

/** What a post complains of stands at its beginning. */
const mostWords = 300;
/** Common words, numbers and what the business is stand in most posts about it. */
const little = 0.2;

/** A post's words, and pairs of neighbours, as a vector of length 1: two posts are as near as the cosine between them. */
function signsOf({ tokens }: Reading, brand: Brand): ReadonlyMap<string, number> {
  const own = ownWords(brand);
  const found = new Map<string, number>();
  const worth = (word: string) => {
    if (word.startsWith('<') || own.name.has(word)) return 0;
    return commonWords.has(word) || own.about.has(word) || word.length < 2 || /^\p{N}/u.test(word) ? little : 1;
  };
  let before: { readonly text: string; readonly sentence: number; readonly value: number } | null = null;
  for (const { text, sentence } of tokens.slice(0, mostWords)) {
    const value = worth(text);
    if (value > 0) found.set(text, value);
    if (before && before.sentence === sentence && before.value * value > 0)
      found.set(`${before.text} ${text}`, Math.sqrt(before.value * value));
    before = { text, sentence, value };
  }
  const length = Math.hypot(...found.values());
  return new Map([...found].map(([sign, value]) => [sign, value / length]));
}

interface OwnWords {
  readonly name: ReadonlySet<string>;
  readonly about: ReadonlySet<string>;
}

/** Worked out once a brand. */
const known = new WeakMap<Brand, OwnWords>();

function ownWords(brand: Brand): OwnWords {
  const there = known.get(brand);
  if (there) return there;
  const plain = (text: string) => words(text).map((word) => withoutAccents(word.text));
  const made = {
    name: new Set([brand.name, ...brand.aliases].flatMap(plain)),
    about: new Set(plain(brand.about ?? '')),
  };
  known.set(brand, made);
  return made;
}
