/** Whether a draft says whom the customer will reach, and where: then it invites and does not order. */
import type { Token } from '../findings/reading.ts';
import { withoutAccents } from '../text/letters.ts';
import { type Draft, marksOf } from './draft.ts';
import { isWithin, type Span } from './quoted.ts';
import type { Rulebook } from './rules.ts';

export const mailAddress = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})+/gu;

const numberRun = /(?<![\p{L}\p{N}.,/@-])[+(]?\d[\d ()./-]{5,20}\d(?![\p{L}\p{N}])/gu;
const dateLike = /^\(?\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b/;

/** Telephone numbers as people write them; dates, prices and order numbers are none. */
export function phoneNumbers(text: string): readonly Span[] {
  return [...text.matchAll(numberRun)].flatMap(({ index, 0: run }): Span[] => {
    const digits = run.replaceAll(/\D/g, '');
    const groups = run.split(/[^\d]+/).filter(Boolean);
    const grouped =
      groups.length >= 3 && digits.length >= 9 && digits.length <= 13 && groups.every((each) => each.length <= 5);
    const led = /^[+(0]/.test(run) && digits.length >= 7 && digits.length <= 15;
    const local = /^\d{3}-\d{4}$/.test(run);
    return !dateLike.test(run) && (grouped || led || local) ? [[index, index + run.length]] : [];
  });
}

/** @param strangers names and words that are not ours to invite with: the brand's own and the customer's */
export function invites(draft: Draft, book: Rulebook, strangers: ReadonlySet<string>, order: Span): boolean {
  return hasWay(draft) && hasName(draft, book, strangers, order);
}

function hasWay(draft: Draft): boolean {
  return (
    draft.text.match(mailAddress) !== null ||
    phoneNumbers(draft.text).length > 0 ||
    draft.tokens.some(({ text }) => text === '<link>' || text === '<account>') ||
    marksOf(draft, 'way').length > 0
  );
}

function hasName(draft: Draft, book: Rulebook, strangers: ReadonlySet<string>, order: Span): boolean {
  const isSomebody = (word: string) => !book.nobody.has(word) && !strangers.has(word);
  const boxes = [...draft.text.matchAll(mailAddress)].map(([box]) => box.split('@')[0] ?? '');
  const byMail = boxes.some(
    (box) => /^[\p{L}]+(?:[._-][\p{L}]+)?$/u.test(box) && box.toLowerCase().split(/[._-]/).every(isSomebody),
  );
  return byMail || signed(draft, isSomebody) || namedBeside(draft, isSomebody, order);
}

/** A name alone, or behind a comma, at the very end. */
function signed({ text }: Draft, isSomebody: (word: string) => boolean): boolean {
  const last =
    text
      .trimEnd()
      .split(/[.!?\n](?=\s|$)\s*/u)
      .filter((piece) => piece.trim() !== '')
      .at(-1)
      ?.trim() ?? '';
  const words = last.split(/\s+/);
  if (words.length > 8) return false;
  const name =
    /(?:^|[,–—-]\s*)(?:the |die |der |la |il |a |o )?(\p{Lu}\p{Ll}[\p{L}'’-]*)(?=$|,[^,\d]{1,30}$|\s\p{Lu}|\s\()/gu;
  const alone = words.length <= 2 ? /(\p{Lu}\p{Ll}[\p{L}'’-]*)/gu : name;
  return [...last.matchAll(alone)].some(([, word = '']) => isSomebody(bare(word)));
}

/** A word with a capital inside the sentence of the order, or of the one before or after it. */
function namedBeside(draft: Draft, isSomebody: (word: string) => boolean, order: Span): boolean {
  const { tokens, text } = draft;
  const here = tokens.find(({ start }) => start >= order[0])?.sentence ?? 0;
  const tongue = draft.found.find(({ at }) => at[0] === order[0])?.tongue;
  return tokens.some((token, at) => {
    const before = tokens[at - 1];
    if (Math.abs(token.sentence - here) > 1 || before?.sentence !== token.sentence) return false;
    const word = text.slice(token.start, token.end);
    if (!/^\p{Lu}\p{Ll}/u.test(word) || isWithin(draft.quoted, [token.start, token.end])) return false;
    if (!isSomebody(token.text) || isCalledOut(text, token.start, token.end)) return false;
    return !tongue?.capitals || !hasArticle(tokens.slice(Math.max(0, at - 2), at), token, tongue.articles);
  });
}

function hasArticle(before: readonly Token[], { clause }: Token, articles: ReadonlySet<string>): boolean {
  return before.some((token) => token.clause === clause && articles.has(token.text));
}

/** "Hello Tim, …", "Please call, Tim, …": the customer's own name. */
function isCalledOut(text: string, start: number, end: number): boolean {
  if (!/^\s*[,.!?:;]|^\s*\n/.test(text.slice(end))) return false;
  return /,\s*$/.test(text.slice(0, start)) || /^\s*(?:[\p{L}.]+\s+){1,3}$/u.test(text.slice(0, start));
}

const bare = (word: string) => withoutAccents(word.toLowerCase()).replaceAll('ß', 'ss');
