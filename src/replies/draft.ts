/** A draft as it is read: its words, its quotations, and in which languages what stands. */
import { readPost, type Token } from '../findings/reading.ts';
import { barePost } from '../mention.ts';
import { detectLanguage, readLanguages } from '../text/language.ts';
import { quotations, type Span } from './quoted.ts';
import type { Mark, Rulebook, Saying, Tongue } from './rules.ts';

/** Some words of a draft that the rulebook knows. */
export interface Found {
  readonly saying: Saying;
  readonly tongue: Tongue;
  readonly at: Span;
  readonly sentence: number;
}

export interface Draft {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly quoted: readonly Span[];
  readonly found: readonly Found[];
  /** Of each that stands in it; null where the words are too few to tell. */
  readonly languages: readonly (string | null)[];
  /** Where it is written in a language whose words the rulebook does not know. */
  readonly unread: readonly Span[];
}

interface Paragraph {
  readonly at: Span;
  readonly language: string | null;
  /** Too short for its language to be certain: read with what the rulebook knows of any. */
  readonly short: boolean;
}

/** @param declared the language it should be in, where that is known */
export function readDraft(text: string, declared: string | null, book: Rulebook): Draft {
  // A line that is only wrapped goes on: its sentence does too.
  const flowing = text.replaceAll(/^[^\n>][^\n]*\n(?![\r\n>])/gmu, (line) =>
    line.replace(/\r?\n$/, (end) => ' '.repeat(end.length)),
  );
  const { tokens } = readPost(barePost('reply', flowing), []);
  const paragraphs = paragraphsOf(text, declared);
  const found = paragraphs.flatMap(({ at, language, short }) => {
    const own = tokens.filter(({ start, end }) => start >= at[0] && end <= at[1]);
    const unsure = language === null || (short && language !== declared && book.tongue(language) !== null);
    const spoken = unsure ? readLanguages : [language];
    return spoken.flatMap((each) => {
      const tongue = book.tongue(each);
      return tongue ? findIn(own, tongue) : [];
    });
  });
  return {
    text,
    tokens,
    quoted: quotations(text),
    found,
    languages: [...new Set(paragraphs.map(({ language }) => language))],
    unread: paragraphs.flatMap(({ at, language }) => (language !== null && !book.tongue(language) ? [at] : [])),
  };
}

function findIn(tokens: readonly Token[], tongue: Tongue): readonly Found[] {
  return tongue.phrases.find(tokens).flatMap(({ rule, from, to }) => {
    const [first, last] = [tokens[from], tokens[to - 1]];
    return first && last
      ? [{ saying: rule, tongue, at: [first.start, last.end] as const, sentence: first.sentence }]
      : [];
  });
}

/** A shorter paragraph (a greeting, a name) is in the language of the whole. */
const tellingLength = 60;
/** In so few words Italian passes for Portuguese. */
const certainLength = 120;

function paragraphsOf(text: string, declared: string | null): readonly Paragraph[] {
  const whole = languageOf(text, declared);
  const found: Paragraph[] = [];
  for (const { index, 0: piece } of text.matchAll(/\S(?:[^\n]|\n(?!\s*\n))*/gu)) {
    const at = [index, index + piece.length] as const;
    const language = piece.length < tellingLength ? whole : languageOf(piece, whole);
    found.push({ at, language, short: text.length < certainLength });
  }
  return found;
}

/** Of few words their pieces tell too little to name a language. */
function languageOf(text: string, declared: string | null): string | null {
  const { language, by } = detectLanguage(text, declared);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: Latin letters and what stands between them
  const isLatin = /^[\u0000-\u024f\u2000-\u2bff\u{1f000}-\u{1ffff}]*$/u.test(text);
  return by === 'letters' && isLatin && text.length < tellingLength ? declared : language;
}

export function marksOf(draft: Draft, mark: Mark): readonly Found[] {
  return draft.found.filter(({ saying }) => saying.part === 'mark' && saying.mark === mark);
}

/** The sentence that a place stands in. */
export function sentenceAt({ tokens }: Draft, start: number): number {
  return tokens.findLast((token) => token.start <= start)?.sentence ?? 0;
}

export function overlaps(one: Span, other: Span): boolean {
  return one[0] < other[1] && other[0] < one[1];
}
