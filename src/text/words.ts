/** Splits text into words, each with its place, for scripts with and without spaces. */
import { isAscii } from './letters.ts';

export interface Word {
  /** As written, in lower case; a curly apostrophe is a straight one. */
  readonly text: string;
  /** UTF-16 units of the text that was split. */
  readonly start: number;
  readonly end: number;
}

const plain = /[a-z0-9]+(?:'[a-z0-9]+)*/g;
const any = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:['’ʼ＇][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Made when it is first needed: its dictionaries take longer to load than most texts to split. */
let segmenter: Intl.Segmenter | undefined;

/** Words in order. Letters and digits with their marks, apostrophes inside kept; hyphens, emoji and punctuation part words. */
export function words(text: string): readonly Word[] {
  const found: Word[] = [];
  if (isAscii(text)) {
    const lower = text.toLowerCase();
    for (const match of lower.matchAll(plain)) found.push(word(match[0], match.index));
    return found;
  }
  for (const match of text.matchAll(any)) {
    const run = match[0];
    if (unspaced.test(run)) splitUnspaced(run, match.index, found);
    else found.push(word(run, match.index));
  }
  return found;
}

function word(run: string, start: number): Word {
  return { text: run.toLowerCase().replace(/[’ʼ＇]/g, "'"), start, end: start + run.length };
}

function splitUnspaced(run: string, offset: number, found: Word[]): void {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' });
  for (const piece of segmenter.segment(run)) {
    if (piece.isWordLike) found.push(word(piece.segment, offset + piece.index));
  }
}
