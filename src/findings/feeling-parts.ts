/** What each word, emoji and phrase adds to how a post feels: AFINN's values, or our own lists', with negation, emphasis and contrast. */
import Sentiment from 'sentiment';
import type { Cue } from './cues.ts';
import { type FeelingWords, worthIn } from './feeling-words.ts';
import type { Lexicon } from './lexicon.ts';
import type { Reading, Token } from './reading.ts';
import { perWord } from './spelling.ts';

/** One word, emoji or phrase and what it added, on AFINN's scale. */
export interface FeelingPart {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  /** The same as if its sentence neither turned nor cried out. */
  readonly alone: number;
  readonly rule: 'word' | 'emoji' | 'phrase';
}

const negationReach = 3;
/** A good word denied is not quite as bad as a bad one; a bad word denied is hardly good. */
const goodDenied = -0.75;
const badDenied = -0.5;

/** What stands after "but" in its sentence weighs more than what stands before. */
const beforeTurn = 0.6;
const afterTurn = 1.3;

const afinn = new Sentiment();

/** AFINN's value of a word or emoji, 0 where it has none. */
const worthOf = (word: string): number => afinn.analyze(word).score;

/** Smileys as spelling.ts writes them; and signs that AFINN takes for feelings though they tell who, not how. */
const smileys: ReadonlyMap<string, number> = new Map([
  [':)', 2], [':D', 3], [';)', 1], [';D', 2], [':P', 1], [';P', 1], ['<3', 3], [':(', -2], [';(', -2], [":'(", -2], [":')", 2], [':/', -1],
  ['♀', 0], ['♂', 0],
]); // biome-ignore format: a table

const worthOfEmoji = (text: string): number =>
  smileys.get(text) ?? (/^\p{Extended_Pictographic}/u.test(text) ? worthOf(text) : 0);

/** Laughing and swearing is nobody's to deny: "not today lol", "no fucking idea". */
const outcry = /^(?:lol|lmao|rofl|ha(?:ha)+h?|he(?:he)+|xd|fucking?|damn)$/;

const isWord = (text: string): boolean => /^\p{L}/u.test(text);

const emojiOf = perWord((text) => ({ value: worthOfEmoji(text) }));

/** Of a language whose words are not scored. */
export function scoreEmoji({ tokens }: Reading): readonly FeelingPart[] {
  return tokens.flatMap((token, from) => {
    const { value } = emojiOf(token);
    return value === 0 ? [] : [{ from, to: from + 1, value, alone: value, rule: 'emoji' as const }];
  });
}

/** What a language's word list and AFINN know of a word by itself. */
interface Felt {
  readonly value: number;
  /** Words alone can be denied: emoji, smileys, laughter and curses are how it is said. */
  readonly deniable: boolean;
  /** Only where somebody likes has it a value. */
  readonly likes: boolean;
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
    'sayings' in list
      ? worthIn(list, text) || worthOfEmoji(text)
      : (list.valence.get(text) ?? (isWord(text) ? worthOf(text) : worthOfEmoji(text)));
  const feltOf =
    readied.get(list) ??
    perWord((text) => ({
      value: worthHere(text),
      deniable: isWord(text) && !outcry.test(text),
      likes: text === 'like' && !('sayings' in list),
      negates: negators.has(text),
      stronger: stronger.has(text),
      weaker: weaker.has(text),
      turns: turns.has(text),
      begins: 'sayings' in list && list.beginnings.has(text),
    }));
  readied.set(list, feltOf);
  return tokens.map(feltOf);
}

/** Words, sayings and emoji in their sentences: denied, stressed, and set against each other. */
export function scoreWords(reading: Reading, cues: readonly Cue[], list: WordList): readonly FeelingPart[] {
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
    const denied = cue.negated && felt[cue.from]?.deniable !== false;
    const alone = denied ? worth * badDenied : cue.supposed ? worth / 3 : worth;
    if (alone !== 0) parts.push({ from: cue.from, to: cue.to, value: weigh(cue.from, alone), alone, rule: 'phrase' });
  }
  for (const [place, { value: usual, likes }] of felt.entries()) {
    const value = likes && isLiked(place, tokens) ? liking : usual;
    if (value === 0 || spoken.has(place)) continue;
    const alone = value * denial(place, value, tokens, felt) * emphasis(place, tokens, felt);
    const rule = isWord(tokens[place]?.text ?? '') ? 'word' : 'emoji';
    parts.push({ from: place, to: place + 1, value: weigh(place, alone), alone, rule });
  }
  return parts;
}

/** AFINN's value of "like" holds where somebody likes; most often it only compares. */
const liking = 2;
const likers: ReadonlySet<string> = new Set(['i', 'we', 'you', 'they', 'really', 'also', 'always', 'still']);
const helpers: ReadonlySet<string> = new Set(['do', 'does', 'did']);

function isLiked(place: number, tokens: readonly Token[]): boolean {
  const clause = tokens[place]?.clause;
  const before = (back: number) => {
    const token = tokens[place - back];
    return token?.clause === clause ? (token?.text ?? '') : '';
  };
  return likers.has(before(1)) || (before(1) === 'not' && helpers.has(before(2)));
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

/**
 * A phrase's own value, or the worse of its kind's and its words'; null where its words speak for themselves: a harsh phrase
 * ("thanks a lot") is one where business is talked of; elsewhere its words mean what they say.
 */
function worthOfCue(cue: Cue, felt: readonly Felt[]): number | null {
  const usual = worthByKind[cue.kind];
  if (cue.valence === null && usual === undefined) return null;
  let inside = 0;
  for (let place = cue.from; place < cue.to; place++) inside += felt[place]?.value ?? 0;
  if (cue.valence !== null) return cue.valence < 0 && !cue.aimed && inside !== 0 ? null : cue.valence;
  return Math.min(usual ?? 0, inside);
}

function denial(place: number, value: number, tokens: readonly Token[], felt: readonly Felt[]): number {
  if (!felt[place]?.deniable) return 1;
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
