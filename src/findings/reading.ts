/** Reads a post into words with their places: what every rule and judge looks at. */
import type { Field, Post } from '../mention.ts';
import { spell, type Word, wordOf } from './spelling.ts';

/** A word where it stands; contractions are written out. */
export interface Token extends Word {
  /** The field's own words: `at` of reasons. */
  readonly field: Field;
  readonly start: number;
  readonly end: number;
  /** Counts up over the whole post. */
  readonly sentence: number;
  /** Counts up at commas, dashes and brackets too. */
  readonly clause: number;
  /** Written all in capitals, in a text that is not. */
  readonly loud: boolean;
}

export interface Reading {
  readonly tokens: readonly Token[];
  /** Sentences that end in ? and in !, by number. */
  readonly asked: ReadonlySet<number>;
  readonly exclaimed: ReadonlySet<number>;
  /** Words as written, in lower case, without names, accounts and links: what tells the language. */
  readonly written: readonly string[];
}

/** Whether the token stands in a question. */
export function isAsked({ tokens, asked }: Reading, at: number): boolean {
  const token = tokens[at];
  return token !== undefined && asked.has(token.sentence);
}

/** A name that stands in the post: ours or a rival's. */
export interface Named {
  readonly as: '<us>' | '<them>';
  readonly field: Field;
  readonly start: number;
  readonly end: number;
}

/** Beyond this a post is not judged; what people complain of stands at the beginning. */
export const judgedLength = 10_000;

const pieces =
  /https?:\/\/[^\s<>"']{1,500}|www\.[^\s<>"']{1,500}|@[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,60}|\p{N}{1,9}(?:[.,:]\p{N}{1,9}){1,3}|[\p{L}\p{N}][\p{L}\p{N}\p{M}]{0,60}(?:['’ʼ][\p{L}\p{M}]{1,30}){0,2}|\p{Extended_Pictographic}|[.!?…。！？]{1,20}|\n|[:;]['’]?[-^]?(?:\){1,9}|\({1,9}|\/(?!\/))(?![\p{L}\p{N}])|(?<![\p{L}\p{N}])[:;][-^]?[DPp](?![\p{L}\p{N}])|<3(?!\p{N})|[,:;–—()，、]/uy;

/** The longest word of `pieces`, apostrophes aside. */
const longestWord = 61;

/** By code: letter, digit or what else of ASCII `pieces` may begin with; the rest of ASCII is in no piece. */
const letter = 1;
const digit = 2;
const sign = 3;
const kinds = Uint8Array.from({ length: 128 }, (_none, code) => {
  const written = String.fromCharCode(code);
  if (/[a-z]/i.test(written)) return letter;
  return /\d/.test(written) ? digit : /[@.!?\n,:;()<]/.test(written) ? sign : 0;
});

/** Moves `found` on to the next piece; false where there is none. Most are words of plain letters: no pattern is tried on them. */
function findPiece(text: string, found: { start: number; end: number }): boolean {
  for (let at = found.end; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? kinds[code] : sign;
    if (kind === 0) continue;
    const end = kind === letter ? plainEnd(text, at) : -1;
    pieces.lastIndex = at;
    if (end < 0 && !pieces.test(text)) continue;
    found.start = at;
    found.end = end < 0 ? pieces.lastIndex : end;
    return true;
  }
  return false;
}

/** Where the word of ASCII letters and digits ends that begins here; -1 where the pattern may make more of it. */
function plainEnd(text: string, start: number): number {
  let end = start + 1;
  let code = text.charCodeAt(end);
  while (kinds[code] === letter || kinds[code] === digit) code = text.charCodeAt(++end);
  if (end - start > longestWord || code > 127 || code === 0x27) return -1;
  return text.startsWith('http', start) || text.startsWith('www', start) ? -1 : end;
}

/** Tags and entities left in the text, blanked so that places stay as they are. */
const leftovers = /<[a-z/!][^<>]{0,300}>|&(?:#\d{1,6}|#x[\da-f]{1,6}|[a-z]{2,8});/giu;

/** The post's title and text as words; a title that the text repeats is read once, and that of a reply is its thread's. */
export function readPost(post: Post, named: readonly Named[]): Reading {
  const reader = openReader();
  const title = post.parentId === null ? (post.title?.slice(0, judgedLength) ?? '') : '';
  const text = post.text.slice(0, judgedLength);
  if (title !== '' && !text.startsWith(title)) reader.read(title, 'title', named);
  reader.read(text, 'text', named);
  return reader.close();
}

function openReader() {
  const tokens: Token[] = [];
  const asked = new Set<number>();
  const exclaimed = new Set<number>();
  let sentence = 0;
  let clause = 0;
  const written: string[] = [];

  function read(raw: string, field: Field, named: readonly Named[]): void {
    const text = /[<&]/.test(raw) ? raw.replaceAll(leftovers, (tag) => ' '.repeat(tag.length)) : raw;
    const names = named.filter((each) => each.field === field);
    const shouting = isShouting(text);
    const put = ({ text, number }: Word, start: number, end: number, loud: boolean) =>
      tokens.push({ text, number, field, start, end, sentence, clause, loud });
    const found = { start: 0, end: 0 };
    while (findPiece(text, found)) {
      const { start, end } = found;
      const piece = text.slice(start, end);
      const { kind, lower, words, loud } = spell(piece);
      const name = nameAt(names, start, end);
      if (name) {
        put(wordOf(name.as), name.start, name.end, false);
        // Scripts without spaces write on behind a name.
        found.end = kind === 'word' ? name.end : Math.max(end, name.end);
        continue;
      }
      for (const word of words) put(word, start, end, loud && !shouting);
      if (kind === 'word') written.push(lower);
      else if (kind === 'pause' || kind === 'smiley') clause++;
      else if (kind === 'stop') endSentence(piece, text, end);
    }
    sentence++;
    clause++;
  }

  function endSentence(stop: string, text: string, end: number): void {
    if (stop === '.' && /[\p{L}\p{N}]/u.test(text.charAt(end))) return;
    if (stop.includes('?') || stop.includes('？')) asked.add(sentence);
    if (stop.includes('!') || stop.includes('！')) exclaimed.add(sentence);
    sentence++;
    clause++;
  }

  return { read, close: (): Reading => ({ tokens, asked, exclaimed, written }) };
}

function nameAt(names: readonly Named[], start: number, end: number): Named | null {
  for (const each of names) if (each.start < end && each.end > start) return each;
  return null;
}

/** Nearly all letters are capitals: then capitals mean nothing. */
function isShouting(text: string): boolean {
  const head = text.slice(0, 300);
  // As nearly all texts.
  if (/[a-z]/.test(head)) return false;
  return head.length > 12 && head === head.toUpperCase() && head !== head.toLowerCase();
}
