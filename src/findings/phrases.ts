/**
 * The small language in which the word lists say what to look for, and the search for all of it at once.
 *
 * A phrase is words with spaces between them. `a|b` is either, `refund*` any word that begins so, `<time>` a word of the
 * list of that name, `N` a number in digits, `word?` may be missing, `..` stands for up to three words and `...` for up
 * to seven of the same sentence, a leading `^` for the beginning of a sentence.
 */
import type { Token } from './reading.ts';

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
  /** The second word, where one must follow at once. */
  readonly second: number;
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
  readonly fits: Uint32Array;
  readonly heads: readonly Phrase<Rule>[];
}

/** Most words: no phrase has them. */
const nothing: Known<never> = { fits: new Uint32Array(0), heads: [] };

const prefixLength = 3;
const mostKnown = 20_000;

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
    for (const [rule, said] of rules.flatMap((each) => each.say.map((phrase) => [each, phrase] as const))) {
      const phrase = readPhrase(rule, said, lists, steps);
      const [head] = phrase.steps;
      if (!head || head.id < 0 || head.optional) throw new Error(`"${said}" does not begin with a word`);
      heads.set(head.id, [...(heads.get(head.id) ?? []), phrase]);
    }
  }

  let known = new Map<string, Known<Rule>>();
  function know(word: string): Known<Rule> {
    const before = known.get(word);
    if (before) return before;
    const ids = steps.fitting(word);
    if (known.size >= mostKnown) known = new Map();
    if (ids.length === 0) {
      known.set(word, nothing);
      return nothing;
    }
    const fits = new Uint32Array((steps.count() >> 5) + 1);
    for (const id of ids) fits[id >> 5] = (fits[id >> 5] ?? 0) | (1 << (id & 31));
    const made = { fits, heads: ids.flatMap((id) => heads.get(id) ?? []) };
    known.set(word, made);
    return made;
  }

  return { find: (tokens) => findAll(tokens, know) };
}

function findAll<Rule>(tokens: readonly Token[], know: (word: string) => Known<Rule>): readonly Heard<Rule>[] {
  const words = tokens.map((token) => know(token.text));
  const heard: Heard<Rule>[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? nothing;
    if (word === nothing) continue;
    const here = heard.length;
    for (const { rule, steps, first, second } of word.heads) {
      if (second >= 0 && !isFit(words[at + 1], second)) continue;
      if (first && at > 0 && tokens[at - 1]?.sentence === tokens[at]?.sentence) continue;
      const to = matchEnd(steps, 1, tokens, words, at + 1);
      if (to < 0) continue;
      let twin = here;
      while (twin < heard.length && heard[twin]?.rule !== rule) twin++;
      if ((heard[twin]?.to ?? 0) < to) heard[twin] = { rule, from: at, to };
    }
  }
  return heard;
}

function isFit(word: Known<unknown> | undefined, id: number): boolean {
  return word !== undefined && ((word.fits[id >> 5] ?? 0) & (1 << (id & 31))) !== 0;
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

function readPhrase<Rule>(rule: Rule, said: string, lists: Lists, numbers: Steps): Phrase<Rule> {
  const steps = said
    .replace(/^\^\s*/, '')
    .split(/\s+/)
    .map((piece): Step => {
      if (piece === '..') return { id: -1, optional: false, upTo: 3 };
      if (piece === '...') return { id: -1, optional: false, upTo: 7 };
      const optional = piece.endsWith('?');
      const words = (optional ? piece.slice(0, -1) : piece).split('|').flatMap((each) => listed(each, lists, said));
      return { id: numbers.idOf(words, said), optional, upTo: 0 };
    });
  const next = steps[1];
  return { rule, steps, first: said.startsWith('^'), second: next && !next.optional ? next.id : -1 };
}

function listed(word: string, lists: Lists, said: string): readonly string[] {
  const name = /^<(.+)>$/.exec(word)?.[1];
  if (name === undefined || ['us', 'them', 'account', 'link'].includes(name)) return [word];
  const list = lists[name];
  if (!list) throw new Error(`"${said}" names a list that is not there: <${name}>`);
  return list;
}

interface Steps {
  /** The number of a step; equal sets of words have one. */
  idOf(words: readonly string[], said: string): number;
  fitting(word: string): readonly number[];
  count(): number;
}

function numberSteps(): Steps {
  const ids = new Map<string, number>();
  const byWord = new Map<string, number[]>();
  const byPrefix = new Map<string, (readonly [prefix: string, id: number])[]>();
  const numbers: number[] = [];

  function idOf(words: readonly string[], said: string): number {
    const key = [...new Set(words)].sort().join('|');
    const before = ids.get(key);
    if (before !== undefined) return before;
    const id = ids.size;
    ids.set(key, id);
    for (const word of key.split('|')) {
      if (word === 'N') numbers.push(id);
      else if (!word.endsWith('*')) byWord.set(word, [...(byWord.get(word) ?? []), id]);
      else if (word.length <= prefixLength) throw new Error(`"${said}": ${word} has too few letters`);
      else {
        const start = word.slice(0, prefixLength);
        byPrefix.set(start, [...(byPrefix.get(start) ?? []), [word.slice(0, -1), id]]);
      }
    }
    return id;
  }

  function fitting(word: string): readonly number[] {
    const begun = byPrefix.get(word.slice(0, prefixLength))?.filter(([prefix]) => word.startsWith(prefix)) ?? [];
    const code = word.charCodeAt(0);
    const numbered = code >= 0x30 && code <= 0x39 ? numbers : [];
    return [...new Set([...(byWord.get(word) ?? []), ...begun.map(([, id]) => id), ...numbered])];
  }
  return { idOf, fitting, count: () => ids.size };
}
