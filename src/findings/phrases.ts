/**
 * The small language in which the word lists say what to look for, and the search for all of it at once.
 *
 * A phrase is words with spaces between them. `a|b` is either, `refund*` any word that begins so, `<time>` a word of the
 * list of that name, `N` a number in digits, `word?` may be missing, `..` stands for up to three words and `...` for up to seven
 * of the same sentence, a leading `^` for the beginning of a sentence.
 */
import type { Token } from './reading.ts';

interface Words {
  readonly words: ReadonlySet<string>;
  readonly prefixes: readonly string[];
  readonly number: boolean;
  readonly optional: boolean;
}
interface Gap {
  readonly upTo: number;
}
type Step = Words | Gap;

interface Phrase<Rule> {
  readonly rule: Rule;
  readonly steps: readonly Step[];
  readonly first: boolean;
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

const prefixLength = 3;

/** Prepares the phrases of many rules. Throws with the phrase where it cannot be read. */
export function bindPhrases<Rule extends { readonly say: readonly string[] }>(
  rules: readonly Rule[],
  lists: Lists,
): Phrasebook<Rule> {
  const byWord = new Map<string, Phrase<Rule>[]>();
  const byPrefix = new Map<string, Phrase<Rule>[]>();
  const numbered: Phrase<Rule>[] = [];
  for (const rule of rules) {
    for (const said of rule.say) {
      const phrase = { rule, steps: stepsOf(said, lists), first: said.startsWith('^') };
      const [head] = phrase.steps;
      if (!head || !('words' in head) || head.optional) throw new Error(`"${said}" does not begin with a word`);
      if (head.prefixes.some((each) => each.length < prefixLength))
        throw new Error(`"${said}" begins with too few letters`);
      for (const word of head.words) push(byWord, word, phrase);
      for (const prefix of head.prefixes) push(byPrefix, prefix.slice(0, prefixLength), phrase);
      if (head.number) numbered.push(phrase);
    }
  }

  function find(tokens: readonly Token[]): readonly Heard<Rule>[] {
    const heard: Heard<Rule>[] = [];
    for (const [at, token] of tokens.entries()) {
      const here = heard.length;
      tryAll(byWord.get(token.text), tokens, at, heard, here);
      tryAll(byPrefix.get(token.text.slice(0, prefixLength)), tokens, at, heard, here);
      if (isNumber(token.text)) tryAll(numbered, tokens, at, heard, here);
    }
    return heard;
  }
  return { find };
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function tryAll<Rule>(
  phrases: readonly Phrase<Rule>[] | undefined,
  tokens: readonly Token[],
  at: number,
  heard: Heard<Rule>[],
  here: number,
): void {
  if (!phrases) return;
  for (const { rule, steps, first } of phrases) {
    if (first && at > 0 && tokens[at - 1]?.sentence === tokens[at]?.sentence) continue;
    const to = matchEnd(steps, 0, tokens, at);
    if (to < 0) continue;
    const twin = heard.findIndex((other, i) => i >= here && other.rule === rule);
    if (twin < 0) heard.push({ rule, from: at, to });
    else if ((heard[twin]?.to ?? 0) < to) heard[twin] = { rule, from: at, to };
  }
}

/** The token after the phrase, or -1. Gaps hold at most seven words, so the search is short whatever the text. */
function matchEnd(steps: readonly Step[], step: number, tokens: readonly Token[], at: number): number {
  const wanted = steps[step];
  if (!wanted) return at;
  if ('upTo' in wanted) {
    const sentence = tokens[at - 1]?.sentence;
    for (let skip = 0; skip <= wanted.upTo; skip++) {
      const end = matchEnd(steps, step + 1, tokens, at + skip);
      if (end >= 0) return end;
      if (tokens[at + skip]?.sentence !== sentence) return -1;
    }
    return -1;
  }
  const token = tokens[at];
  const follows = token && (step === 0 || token.sentence === tokens[at - 1]?.sentence);
  if (follows && fits(wanted, token.text)) {
    const end = matchEnd(steps, step + 1, tokens, at + 1);
    if (end >= 0) return end;
  }
  return wanted.optional ? matchEnd(steps, step + 1, tokens, at) : -1;
}

function fits(wanted: Words, word: string): boolean {
  if (wanted.words.has(word)) return true;
  if (wanted.number && isNumber(word)) return true;
  return wanted.prefixes.length > 0 && wanted.prefixes.some((prefix) => word.startsWith(prefix));
}

function isNumber(word: string): boolean {
  const code = word.charCodeAt(0);
  return code >= 0x30 && code <= 0x39;
}

function stepsOf(said: string, lists: Lists): readonly Step[] {
  return said
    .replace(/^\^\s*/, '')
    .split(/\s+/)
    .map((piece): Step => {
      if (piece === '..') return { upTo: 3 };
      if (piece === '...') return { upTo: 7 };
      const optional = piece.endsWith('?');
      const words = (optional ? piece.slice(0, -1) : piece).split('|').flatMap((each) => listed(each, lists, said));
      const prefixes = words.filter((each) => each.endsWith('*')).map((each) => each.slice(0, -1));
      const number = words.includes('N');
      return {
        words: new Set(words.filter((each) => !each.endsWith('*') && each !== 'N')),
        prefixes,
        number,
        optional,
      };
    });
}

function listed(word: string, lists: Lists, said: string): readonly string[] {
  const name = /^<(.+)>$/.exec(word)?.[1];
  if (name === undefined || ['us', 'them', 'account', 'link'].includes(name)) return [word];
  const list = lists[name];
  if (!list) throw new Error(`"${said}" names a list that is not there: <${name}>`);
  return list;
}
