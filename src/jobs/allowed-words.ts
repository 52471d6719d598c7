/** Which words of a post its author allowed to be shown: kept as a place in it, and read from it each time. */
import type { PraiseDetails } from '../cases/praise.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import type { Tools } from './tools.ts';

/** Its words may be kept for good, and its author has not taken them away. */
export function isQuotable({ post }: Pick<MentionRow, 'post'>): boolean {
  return post.words === 'kept' && post.wordsUntil === null && post.goneAt === null;
}

/** The place of the allowed words in the post, where they stand there: words of a post are kept nowhere but there. */
export function allowing(tools: Tools, { post }: MentionRow, { words, ...details }: PraiseDetails): PraiseDetails {
  const at = words === undefined ? wholeOf(post.text) : placeOf(words, post.text);
  if (at === null) return { ...details, ...(words !== undefined && { words: words.trim() }) };
  return { ...details, at, print: tools.store.keyedHash(post.text.slice(at[0], at[1])) };
}

function wholeOf(text: string): readonly [number, number] | null {
  return text.trim() === '' ? null : [text.length - text.trimStart().length, text.trimEnd().length];
}

const escaped = (sign: string) => `\\u{${sign.codePointAt(0)?.toString(16) ?? ''}}`;

/** Spaces may differ; nothing else. */
function placeOf(words: string, text: string): readonly [number, number] | null {
  const parts = words
    .trim()
    .split(/\s+/)
    .map((part) => part.replaceAll(/[^\p{L}\p{N}]/gu, escaped));
  const found = new RegExp(parts.join('\\s+'), 'u').exec(text);
  return found && words.trim() !== '' ? [found.index, found.index + found[0].length] : null;
}

/** Null where they no longer stand in the post as they were allowed. */
export function allowedWords(
  tools: Tools,
  { post }: Pick<MentionRow, 'post'>,
  { at, print, words }: PraiseDetails,
): string | null {
  if (!at) return words ?? null;
  const said = post.text.slice(at[0], at[1]);
  return said !== '' && tools.store.keyedHash(said) === print ? said : null;
}
