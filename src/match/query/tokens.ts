/** Cuts a query into words, phrases, fields and signs; whatever could mean two things is refused with what to write. */
import { closest, distance } from 'fastest-levenshtein';
import { phraseForms } from '../forms.ts';
import { type Comparison, comparisons, type FactTerm, type Within, type WordsTerm } from './query.ts';
import { WrongQuery } from './trouble.ts';

export type Token = { readonly at: number } & (
  | { readonly kind: 'term'; readonly term: WordsTerm | FactTerm; readonly written: string }
  | { readonly kind: 'near'; readonly ordered: boolean; readonly most: number }
  | { readonly kind: 'and' | 'or' | 'not' | 'open' | 'close' | 'end' }
);

const longestQuery = 20_000;
const farthest = 1000;
const quotes = '"“”„‟«»';
/** What ends a word that stands without quotation marks. */
const stops = new RegExp(`[\\s()${quotes}]`, 'u');
const fields = ['author', 'site', 'title', 'lang', 'source', 'rating'] as const;
type FieldName = (typeof fields)[number];

/** @throws WrongQuery */
export function tokensOf(text: string): readonly Token[] {
  if (text.length > longestQuery)
    throw new WrongQuery(longestQuery, `it is longer than ${longestQuery} characters. Make it shorter.`);
  const tokens: Token[] = [];
  for (let at = 0; ; ) {
    at = pastBlanks(text, at);
    if (at >= text.length) return [...tokens, { kind: 'end', at: text.length }];
    const { token, end } = tokenAt(text, at);
    tokens.push(token);
    at = end;
  }
}

/** Past blanks and comments. */
function pastBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/u.test(text.charAt(at))) at++;
    if (!text.startsWith('/*', at)) return at;
    const end = text.indexOf('*/', at + 2);
    if (end < 0) throw new WrongQuery(at, 'this comment is never closed. Write */ where it ends.');
    at = end + 2;
  }
}

interface Read {
  readonly token: Token;
  readonly end: number;
}

function tokenAt(text: string, at: number): Read {
  const first = text.charAt(at);
  if (first === '(') return { token: { kind: 'open', at }, end: at + 1 };
  if (first === ')') return { token: { kind: 'close', at }, end: at + 1 };
  if (quotes.includes(first)) {
    const { words, end } = phraseAt(text, at);
    return { token: term(text, at, end, wordsTerm(words, at + 1, 'words')), end };
  }
  const run = runAt(text, at);
  const end = at + run.length;
  const sign = signOf(run, at);
  if (sign) return { token: sign, end };
  const colon = run.indexOf(':');
  if (colon > 0) return fieldAt(text, at, run, colon);
  refuseOddities(run, at);
  return { token: term(text, at, end, wordsTerm(run, at, 'words')), end };
}

const term = (text: string, at: number, end: number, one: WordsTerm | FactTerm): Token => ({
  kind: 'term',
  at,
  term: one,
  written: text.slice(at, end),
});

/** What stands together without quotation marks; a comment ends it. */
function runAt(text: string, at: number): string {
  let end = at;
  while (end < text.length && !stops.test(text.charAt(end)) && !text.startsWith('/*', end)) end++;
  return text.slice(at, end);
}

function phraseAt(text: string, at: number): { readonly words: string; readonly end: number } {
  let end = at + 1;
  while (end < text.length && !quotes.includes(text.charAt(end))) end++;
  if (end >= text.length)
    throw new WrongQuery(at, 'this quotation mark is never closed. Write another one where the phrase ends.');
  return {
    words: text
      .slice(at + 1, end)
      .replaceAll(/\s+/gu, ' ')
      .trim(),
    end: end + 1,
  };
}

function wordsTerm(said: string, at: number, within: Within): WordsTerm {
  const star = said.indexOf('*');
  const words = star < 0 ? said : said.slice(0, -1);
  if (star >= 0 && star !== said.length - 1)
    throw new WrongQuery(at + star, 'a star stands only at the end of a word or phrase, as in refund*.');
  if (phraseForms(words).length === 0 || (star >= 0 && !/[\p{L}\p{N}\p{M}]$/u.test(words)))
    throw new WrongQuery(at, 'there is nothing here to look for. Write a word with letters or digits.');
  return { kind: 'words', words, begins: star >= 0, within };
}

function signOf(run: string, at: number): Token | null {
  if (run === 'AND' || run === 'OR' || run === 'NOT') return { kind: run.toLowerCase() as 'and' | 'or' | 'not', at };
  if (/^(?:and|or|not)$/i.test(run)) {
    const meant = run.toUpperCase();
    throw new WrongQuery(at, `did you mean ${meant}? Write it in capitals; to look for the word, write "${run}".`);
  }
  const near = /^(o?)near\/(\d{1,6})$/i.exec(run);
  if (near) {
    const most = Number(near[2]);
    if (most > farthest) throw new WrongQuery(at, `a number from 0 to ${farthest} should stand here. Or write AND.`);
    return { kind: 'near', at, ordered: near[1] !== '', most };
  }
  if (/^o?near(?:$|[/\d~:])/i.test(run)) {
    const meant = /^o/i.test(run) ? 'onear/5' : 'near/5';
    throw new WrongQuery(at, `did you mean ${meant}? To look for the word, write "${run}".`);
  }
  return null;
}

/** What other searches understand, and we would not. */
function refuseOddities(run: string, at: number): void {
  const wrong = (offset: number, sentence: string) => {
    throw new WrongQuery(at + offset, sentence);
  };
  if (/^&+$/.test(run)) wrong(0, 'did you mean AND?');
  if (/^\|+$/.test(run)) wrong(0, 'did you mean OR?');
  if (/^w\/\d+$/i.test(run)) wrong(0, `did you mean near/${run.slice(2)}?`);
  if (/^~\d+$/.test(run)) wrong(0, `did you mean near/${run.slice(1)}, between the two words?`);
  if (/^[-!]./u.test(run)) wrong(0, `did you mean NOT ${run.slice(1)}?`);
  if (run.startsWith('+')) wrong(0, 'a plus is not needed. Write AND between words that must all be there.');
  const bracket = run.search(/[[\]{}]/);
  if (bracket >= 0) wrong(bracket, 'did you mean a round bracket: ( or )?');
  const comma = run.search(/[,;|]/);
  if (comma >= 0) wrong(comma, `did you mean OR? To look for the sign itself, write "${run}".`);
  const odd = run.search(/[^\p{L}\p{N}\p{M}'’&+#@._*/%$€£-]/u);
  if (odd >= 0) wrong(odd, `${run.charAt(odd)} has no meaning here. To look for the words, write "${run}".`);
}

function fieldAt(text: string, at: number, run: string, colon: number): Read {
  const name = run.slice(0, colon).toLowerCase();
  const field = fields.find((one) => one === name);
  if (!field) throw new WrongQuery(at, unknownField(name, run));
  const from = at + colon + 1;
  const next = text.charAt(from);
  if (next === '(')
    throw new WrongQuery(from, `after ${field}: stands one value. Write (${field}:one OR ${field}:other).`);
  if (quotes.includes(next) && next !== '') {
    const { words, end } = phraseAt(text, from);
    return { token: term(text, at, end, fieldTerm(field, words, from + 1)), end };
  }
  const value = run.slice(colon + 1);
  if (value === '') throw new WrongQuery(from, `${wants[field]} right behind ${field}:, without a blank.`);
  return { token: term(text, at, at + run.length, fieldTerm(field, value, from)), end: at + run.length };
}

const wants: Readonly<Record<FieldName, string>> = {
  author: 'the name of an account should stand, as in author:ana,',
  site: 'a web address should stand, as in site:forum.example,',
  title: 'a word or "phrase" should stand',
  lang: 'a language should stand in two letters, as in lang:en,',
  source: 'the id of a place should stand, as in source:bluesky,',
  rating: 'a number of stars should stand, as in rating:<=2,',
};

function unknownField(name: string, run: string): string {
  if (/^https?$/.test(name))
    return `did you mean site:${run.replace(/^https?:\/*/i, '') || '…'}? To look for the words, write them in quotation marks.`;
  const near = closest(name, [...fields]);
  const meant =
    distance(name, near) <= 2 ? `did you mean ${near}:?` : `there is ${fields.join(':, ')}:, and no ${name}:.`;
  return `${meant} To look for the words, write "${run}".`;
}

const languages: Readonly<Record<string, string>> = {
  english: 'en', german: 'de', french: 'fr', spanish: 'es', italian: 'it', portuguese: 'pt', dutch: 'nl',
  deutsch: 'de', español: 'es', français: 'fr', italiano: 'it', português: 'pt', nederlands: 'nl',
}; // biome-ignore format: a table

function fieldTerm(field: FieldName, value: string, at: number): WordsTerm | FactTerm {
  if (field === 'title' || field === 'author') return wordsTerm(value, at, field);
  if (field === 'rating') return ratingTerm(value, at);
  const given = value.trim().toLowerCase();
  if (given.includes('*')) throw new WrongQuery(at + given.indexOf('*'), `no star can stand behind ${field}:.`);
  if (field === 'lang' && !/^[a-z]{2}$/.test(given)) {
    const meant = languages[given] ?? /^([a-z]{2})[-_]/.exec(given)?.[1];
    throw new WrongQuery(at, meant ? `did you mean lang:${meant}?` : `${wants.lang} and nothing else.`);
  }
  if (field === 'site' && !/^(?:https?:\/\/)?[^\s/?#]+\.[^\s/?#]+\S*$/i.test(given))
    throw new WrongQuery(at, `${wants.site} with a dot in it.`);
  if (!/[\p{L}\p{N}]/u.test(given)) throw new WrongQuery(at, `${wants[field]} and nothing else.`);
  const plain =
    field === 'site'
      ? given
          .replace(/^https?:\/\//, '')
          .replace(/^www\./, '')
          .replace(/\/+$/, '')
      : given;
  return { kind: field, value: plain };
}

function ratingTerm(value: string, at: number): FactTerm {
  const [, sign = '', stars = ''] = /^([<>=≤≥]*)(\d{1,3}(?:[.,]\d{1,2})?)$/.exec(value.trim()) ?? [];
  const meant = { '≤': '<=', '≥': '>=', '=<': '<=', '=>': '>=', '==': '=' }[sign] ?? (sign || '=');
  const is = comparisons.find((one): one is Comparison => one === meant);
  const number = Number(stars.replace(',', '.'));
  if (!is || stars === '') throw new WrongQuery(at, `${wants.rating} with <=, <, =, > or >= before it.`);
  if (number > 5)
    throw new WrongQuery(at, 'ratings are counted as stars of five: a number from 0 to 5 should stand here.');
  return { kind: 'rating', is, stars: number };
}
