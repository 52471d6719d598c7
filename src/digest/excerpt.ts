/** The part of a long text around the words that matter, cut at words, with those words marked. */
import { forTerminal } from '../text/clean.ts';
import type { Segment } from './digest.ts';

export type Span = readonly [start: number, end: number];

/** So much may stand before the words that matter, and at most a third of the room: enough to know what they are about. */
const leadIn = 90;
/** A word longer than this is cut inside. */
const longestWord = 40;

/**
 * At most about `limit` UTF-16 units of `text`, chosen around the first of `marks` (the heaviest first), as pieces of
 * well-formed text on one line; “…” stands where something was left out. Marks outside the text are ignored.
 */
export function excerpt(text: string, marks: readonly Span[], limit: number): readonly Segment[] {
  const spans = marks
    .map(([start, end]): Span => [whole(text, Math.max(0, start), -1), whole(text, Math.min(text.length, end), 1)])
    .filter(isSome);
  const [from, to] = chooseWindow(text, spans[0] ?? null, limit);
  const pieces: Segment[] = [];
  let at = from;
  for (const [start, end] of merge(spans)) {
    const [first, last] = [Math.max(start, at), Math.min(end, to)];
    if (first >= last) continue;
    pieces.push({ text: text.slice(at, first), telling: false }, { text: text.slice(first, last), telling: true });
    at = last;
  }
  pieces.push({ text: text.slice(at, to), telling: false });
  return tidy(pieces, from > 0, to < text.length);
}

function chooseWindow(text: string, main: Span | null, limit: number): Span {
  if (text.length <= limit) return [0, text.length];
  const [start, end] = main ?? [0, 0];
  const before = Math.min(leadIn, Math.floor(limit / 3));
  const wanted = start <= before ? 0 : Math.min(start - before, text.length - limit);
  const from = wanted === 0 ? 0 : Math.min(wordStart(text, wanted), start);
  if (from + limit >= text.length) return [from, text.length];
  return [from, wordEnd(text, Math.max(from + 1, Math.min(end, from + limit)), from + limit)];
}

/** The start of the first word at or after `at`. */
function wordStart(text: string, at: number): number {
  const near = text.slice(at, at + longestWord);
  const gap = /\s/.test(text[at - 1] ?? ' ') ? 0 : near.search(/\s\S/) + 1;
  return gap > 0 || /\s/.test(text[at - 1] ?? ' ') ? at + gap : at + firstBoundary(near);
}

/** The end of the last word that ends at or before `to`, but not before `least`. */
function wordEnd(text: string, least: number, to: number): number {
  if (/\s/.test(text[to] ?? ' ')) return to;
  const start = Math.max(least, to - longestWord);
  const gap = text.slice(start, to).search(/\s\S*$/);
  if (gap >= 0) return start + gap;
  const near = text.slice(start, to + longestWord);
  return start + (boundaries(near).findLast((boundary) => boundary <= to - start && boundary > 0) ?? to - start);
}

/** Where characters as people see them begin, so that no emoji or accent is torn. */
function boundaries(text: string): readonly number[] {
  if (/^[ -~]*$/.test(text)) return [...text].map((_, at) => at);
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ index }) => index);
}

function firstBoundary(text: string): number {
  return boundaries(text)[1] ?? 0;
}

/** `at`, or beside it where it would tear a surrogate pair. */
function whole(text: string, at: number, step: 1 | -1): number {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(Math.max(0, at - 1), at + 1)) ? at + step : at;
}

function isSome([start, end]: Span): boolean {
  return start < end;
}

function merge(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((one, other) => one[0] - other[0])) {
    const last = merged.at(-1);
    if (last !== undefined && span[0] <= last[1]) merged.splice(-1, 1, [last[0], Math.max(last[1], span[1])]);
    else merged.push(span);
  }
  return merged;
}

/** One line: no run of white space inside or across pieces, none at the ends. */
function tidy(pieces: readonly Segment[], cutBefore: boolean, cutAfter: boolean): readonly Segment[] {
  const tidied: { text: string; telling: boolean }[] = [];
  for (const { text, telling } of pieces) {
    const before = tidied.at(-1)?.text ?? ' ';
    const plain = forTerminal(text.replaceAll(/\s+/gu, ' '));
    const joined = before.endsWith(' ') ? plain.trimStart() : plain;
    if (joined !== '') tidied.push({ text: joined, telling });
  }
  const last = tidied.at(-1);
  if (last !== undefined) last.text = last.text.trimEnd();
  if (cutBefore) tidied.unshift({ text: '… ', telling: false });
  if (cutAfter) tidied.push({ text: ' …', telling: false });
  return tidied.filter(({ text }) => text !== '');
}
