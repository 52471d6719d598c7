/**
 * The small language in which the word lists say what to look for, and the search for all of it at once.
 *
 * A phrase is words with spaces between them. `a|b` is either, `refund*` any word that begins so, `<time>` a word of the
 * list of that name, `N` a number in digits, `word?` may be missing, `..` stands for up to three words and `...` for up
 * to seven of the same sentence, a leading `^` for the beginning of a sentence.
 */
import type { Token } from './reading.ts';
import { perWord } from './spelling.ts';

/** What one word of a phrase may be, numbered, so that a text's word knows at once which steps it fits; or a gap. */
interface Step {
  /** -1 for a gap. */
  readonly id: number;
  readonly optional: boolean;
  /** Words that a gap may hold. */
  readonly upTo: number;
}

interface Phrase<Rule> {
  readonly rule: Rule;
  readonly steps: readonly Step[];
  readonly first: boolean;
  /** The word that must follow its first, and how many words on at most; -1 where none must. Most phrases end here, unlooked at. */
  readonly next: number;
  readonly within: number;
}

/** A phrase that stands in a reading: tokens `from` up to but without `to`. */
export interface Heard<Rule> {
  readonly rule: Rule;
  readonly from: number;
  readonly to: number;
}

export interface Phrasebook<Rule> {
  /** Every rule of which a phrase stands at a place, by place; of one rule's phrases there the longest. */
  find(tokens: readonly Token[]): readonly Heard<Rule>[];
}

export type Lists = Readonly<Record<string, readonly string[]>>;

/** What is known of a word that stands in texts: the steps it fits, and the phrases that may begin with it. */
interface Known<Rule> {
  readonly fits: readonly number[];
  readonly heads: readonly Phrase<Rule>[];
  /** Those of its steps that some phrase waits for. */
  readonly awaited: readonly number[];
}

/** Most words: no phrase has them. */
const nothing: Known<never> = { fits: [], heads: [], awaited: [] };

const prefixLength = 3;

/** Rules and the lists of words that their phrases name. */
export interface Chapter<Rule> {
  readonly rules: readonly Rule[];
  readonly lists: Lists;
}

/** Prepares the phrases of many rules for one search. Throws with the phrase where it cannot be read. */
export function bindPhrases<Rule extends { readonly say: readonly string[] }>(
  chapters: readonly Chapter<Rule>[],
): Phrasebook<Rule> {
  const steps = numberSteps();
  const heads = new Map<number, Phrase<Rule>[]>();
  for (const { rules, lists } of chapters) {
    const read = stepsBy(lists, steps);
    for (const rule of rules) {
      for (const said of rule.say) {
        const phrase = readPhrase(rule, said, read);
        const [head] = phrase.steps;
        if (!head || head.id < 0 || head.optional) throw new Error(`"${said}" does not begin with a word`);
        put(heads, head.id, phrase);
      }
    }
  }

  const all = [...heads.values()].flat();
  const awaited = new Set(all.map(({ next }) => next));
  const furthest = Math.max(0, ...all.map(({ within }) => within));
  const know = perWord((text): Known<Rule> => {
    const fits = steps.fitting(text);
    if (fits.length === 0) return nothing;
    const begun = fits.flatMap((id) => heads.get(id) ?? []);
    return { fits, heads: begun, awaited: fits.filter((id) => awaited.has(id)) };
  });

  /** By step: when a word last fitted it. Texts are walked from their end, so that is how far on the next such word stands. */
  const fitted = new Float64Array(steps.count()).fill(Number.NEGATIVE_INFINITY);
  let now = 0;

  function find(tokens: readonly Token[]): readonly Heard<Rule>[] {
    const words = tokens.map(know);
    const places: (readonly Heard<Rule>[])[] = [];
    // The words of the text before this one are out of reach.
    now += furthest;
    for (let at = words.length - 1; at >= 0; at--) {
      now++;
      const word = words[at] ?? nothing;
      let likely: Phrase<Rule>[] | null = null;
      for (const phrase of word.heads)
        if (phrase.next < 0 || now - (fitted[phrase.next] ?? 0) <= phrase.within) {
          likely ??= [];
          likely.push(phrase);
        }
      if (likely) places.push(heardAt(at, likely, tokens, words));
      for (const id of word.awaited) fitted[id] = now;
    }
    const heard: Heard<Rule>[] = [];
    for (let place = places.length - 1; place >= 0; place--) heard.push(...(places[place] ?? []));
    return heard;
  }

  return { find };
}

/** Of the phrases that may begin at this place, those that stand there; of one rule's the longest. */
function heardAt<Rule>(
  at: number,
  likely: readonly Phrase<Rule>[],
  tokens: readonly Token[],
  words: readonly Known<Rule>[],
): readonly Heard<Rule>[] {
  const heard: Heard<Rule>[] = [];
  for (const { rule, steps, first } of likely) {
    if (first && at > 0 && tokens[at - 1]?.sentence === tokens[at]?.sentence) continue;
    const to = matchEnd(steps, 1, tokens, words, at + 1);
    if (to < 0) continue;
    const twin = heard.findIndex((each) => each.rule === rule);
    if (twin < 0) heard.push({ rule, from: at, to });
    else if ((heard[twin]?.to ?? 0) < to) heard[twin] = { rule, from: at, to };
  }
  return heard;
}

function isFit(word: Known<unknown> | undefined, id: number): boolean {
  return word?.fits.includes(id) === true;
}

/** The token after the phrase, or -1. Gaps hold at most seven words, so the search is short whatever the text. */
function matchEnd(
  steps: readonly Step[],
  step: number,
  tokens: readonly Token[],
  words: readonly Known<unknown>[],
  at: number,
): number {
  const wanted = steps[step];
  if (!wanted) return at;
  const sentence = tokens[at - 1]?.sentence;
  if (wanted.id < 0) {
    for (let skip = 0; skip <= wanted.upTo; skip++) {
      const end = matchEnd(steps, step + 1, tokens, words, at + skip);
      if (end >= 0) return end;
      if (tokens[at + skip]?.sentence !== sentence) return -1;
    }
    return -1;
  }
  if (isFit(words[at], wanted.id) && tokens[at]?.sentence === sentence) {
    const end = matchEnd(steps, step + 1, tokens, words, at + 1);
    if (end >= 0) return end;
  }
  return wanted.optional ? matchEnd(steps, step + 1, tokens, words, at) : -1;
}

function put<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function readPhrase<Rule>(rule: Rule, said: string, stepOf: (piece: string, said: string) => Step): Phrase<Rule> {
  const pieces = said.replace(/^\^\s*/, '').split(/\s+/);
  const steps = pieces.map((piece) => stepOf(piece, said));
  return { rule, steps, first: said.startsWith('^'), ...nextOf(steps) };
}

/** The first word that must follow, and how many words on. */
function nextOf(steps: readonly Step[]): Pick<Phrase<unknown>, 'next' | 'within'> {
  let within = 1;
  for (const { id, optional, upTo } of steps.slice(1)) {
    if (id >= 0 && !optional) return { next: id, within };
    within += id < 0 ? upTo : 1;
  }
  return { next: -1, within: 0 };
}

/** The same piece is the same step; most stand in many phrases, so each is read once. */
function stepsBy(lists: Lists, numbers: Steps): (piece: string, said: string) => Step {
  const known = new Map<string, Step>([
    ['..', { id: -1, optional: false, upTo: 3 }],
    ['...', { id: -1, optional: false, upTo: 7 }],
  ]);
  return (piece, said) => {
    const before = known.get(piece);
    if (before) return before;
    const optional = piece.endsWith('?');
    const words = (optional ? piece.slice(0, -1) : piece).split('|').flatMap((each) => listed(each, lists, said));
    const made = { id: numbers.idOf(words, said), optional, upTo: 0 };
    known.set(piece, made);
    return made;
  };
}

function listed(word: string, lists: Lists, said: string): readonly string[] {
  const name = word.startsWith('<') && word.endsWith('>') ? word.slice(1, -1) : '';
  if (name === '' || ['us', 'them', 'account', 'link'].includes(name)) return [word];
  const list = lists[name];
  if (!list) throw new Error(`"${said}" names a list that is not there: <${name}>`);
  return list;
}

interface Steps {
  /** The number of a step; equal sets of words have one. */
  idOf(words: readonly string[], said: string): number;
  /** The steps that a word fits. */
  fitting(word: string): readonly number[];
  count(): number;
}

function numberSteps(): Steps {
  const ids = new Map<string, number>();
  const byWord = new Map<string, number[]>();
  const byPrefix = new Map<string, (readonly [prefix: string, id: number])[]>();
  const numbers: number[] = [];

  function idOf(words: readonly string[], said: string): number {
    const key = words.length === 1 ? (words[0] ?? '') : [...new Set(words)].sort().join('|');
    const before = ids.get(key);
    if (before !== undefined) return before;
    const id = ids.size;
    ids.set(key, id);
    for (const word of key.split('|')) {
      if (word === 'N') numbers.push(id);
      else if (!word.endsWith('*')) put(byWord, word, id);
      else if (word.length <= prefixLength) throw new Error(`"${said}": ${word} has too few letters`);
      else put(byPrefix, word.slice(0, prefixLength), [word.slice(0, -1), id]);
    }
    return id;
  }

  function fitting(word: string): readonly number[] {
    const found = new Set(byWord.get(word));
    for (const [prefix, id] of byPrefix.get(word.slice(0, prefixLength)) ?? [])
      if (word.startsWith(prefix)) found.add(id);
    const code = word.charCodeAt(0);
    if (code >= 0x30 && code <= 0x39) for (const id of numbers) found.add(id);
    return [...found];
  }
  return { idOf, fitting, count: () => ids.size };
}
