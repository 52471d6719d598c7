/** How answers look in a terminal: widths, colours, links, steps and rows. Everything from outside is cleaned on its way out. */
import { createRequire } from 'node:module';
import picocolors from 'picocolors';
import type { Terminal } from '../edges.ts';
import { onOneLine } from '../text/clean.ts';

export type Colours = ReturnType<typeof picocolors.createColors>;

export const coloursOf = (terminal: Terminal): Colours => picocolors.createColors(terminal.colours);

/** Loaded when first needed: plain letters, which are most, can be counted without. */
const load = createRequire(import.meta.url);
/**
 * As many columns as UTF-16 units: Latin letters with the punctuation and currency signs that stand between them take one,
 * pictures beyond the basic plane two; not those that change or join their neighbours.
 */
const plain = String.raw`[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u203b\u20a0-\u20bf[[\p{Emoji_Presentation}&&[\u{10000}-\u{10ffff}]]--[\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]]]`;
/** Two units and two columns are also those that ask for a picture. */
const narrow = new RegExp(String.raw`^(?:${plain}|[[\u203c-\u3299]&&\p{Emoji}]\ufe0f)*$`, 'v');
/** All else, with the letter before it, which it may change, and after a joiner the one that it joins. */
const others = new RegExp(String.raw`.?(?!${plain}).(?:(?!${plain}).|(?<=\u200d).)*`, 'gsv');

/** The columns that sentences take at most: longer lines are hard to read. */
export const readingWidth = ({ columns }: Pick<Terminal, 'columns'>): number => Math.min(columns, 100);

/** How many columns a text without colours takes; wide letters count two. */
export function widthOf(text: string): number {
  if (narrow.test(text)) return text.length;
  const { default: counted } = load('string-width') as typeof import('string-width');
  return (text.match(others) ?? []).reduce((width, piece) => width - piece.length + counted(piece), text.length);
}

/** Cut or padded to exactly so many columns. */
export function toWidth(text: string, columns: number): string {
  const width = widthOf(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  if (narrow.test(text)) return `${text.slice(0, columns - 1)}…`;
  let cut = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    const wide = widthOf(segment);
    if (used + wide > columns - 1) break;
    cut += segment;
    used += wide;
  }
  return `${cut}…${' '.repeat(columns - used - 1)}`;
}

/** Wrapped to the terminal, each line behind `indent`. */
export function wrapped(text: string, columns: number, indent = ''): string {
  const width = Math.max(20, columns - indent.length);
  return linesOf(text, width)
    .map((line) => indent + line)
    .join('\n');
}

const unbroken = '\u00a0';

function linesOf(text: string, width: number): readonly string[] {
  const given = text.split(' ');
  // Single spaces: what wraps any text is loaded for any other.
  if (!narrow.test(text) || given.includes('')) {
    const wrap = (load('wrap-ansi') as typeof import('wrap-ansi')).default;
    const whole = text.replaceAll(/`npx earshot [^`]*`/g, (command) =>
      command.length > width ? command : command.replaceAll(' ', unbroken),
    );
    return wrap(whole, width, { hard: true, trim: true }).replaceAll(unbroken, ' ').split('\n');
  }
  const lines: string[] = [];
  for (const word of wordsOf(text, width).flatMap((one) => jointsOf(one, width))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Half a command cannot be pasted: one that fits a line stays whole. */
function wordsOf(text: string, width: number): readonly string[] {
  const words = text.match(/[^ `]*`(?:npx earshot|chmod) [^`]*`[^ ]*|[^ ]+/g) ?? [];
  return words.flatMap((word) => (word.length > width ? word.split(' ') : [word]));
}

/** A word that is too long for a line, an address mostly, in pieces that end behind its own signs where it has any. */
function jointsOf(word: string, width: number): readonly string[] {
  if (word.length <= width) return [word];
  const end = /^.*[/.?&=#_-]/.exec(word.slice(0, width))?.[0].length ?? 0;
  const cut = end > width / 3 ? end : width;
  return [word.slice(0, cut), ...jointsOf(word.slice(cut), width)];
}

/** The text as a link where a person is looking, else as it is. Only http and https. */
export function link(text: string, url: string | null, terminal: Terminal): string {
  if (!terminal.colours || url === null || !/^https?:\/\//i.test(url)) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an address must not end the escape that carries it
  return `\u001b]8;;${url.replace(/[\u0000-\u0020\u007f-\u009f]/g, '')}\u0007${text}\u001b]8;;\u0007`;
}

export { count } from '../text/count.ts';

/** Below a list stand what its signs mean, its count, what is next, and where one types on. */
const linesBelow = 8;
const fewestLines = 5;

/** How many lines of a list are seen with all that stands below it; null where nobody looks, or all may be shown. */
export function linesThatFit({ rows }: Terminal): number | null {
  return rows === undefined ? null : Math.max(fewestLines, rows - linesBelow);
}

export const clean = onOneLine;

/** Words to type and why, one under the other; the why goes below where the line is too short for both. */
export function steps(list: readonly (readonly [words: string, why: string])[], { columns }: Terminal): string {
  const room = Math.max(...list.map(([words]) => widthOf(words)));
  const fits = list.every(([, why]) => room + widthOf(why) + 4 <= columns);
  return list
    .map(([words, why]) => (fits ? `  ${toWidth(words, room)}  ${why}` : `  ${words}\n      ${why}`))
    .join('\n');
}

export interface Row {
  /** One column wide, colours included. */
  readonly sign: string;
  readonly left: string;
  readonly right: string;
  /** What stands under the right side, fainter. */
  readonly below?: string;
}

/** The columns that the left side takes, for rows that come one by one. */
export function leftRoom(lefts: readonly string[], { columns }: Terminal): number {
  return Math.min(Math.floor(Math.min(columns, tableWidth) * 0.38), Math.max(8, ...lefts.map(widthOf)));
}
const tableWidth = 120;

/** Rows under each other; what is too long for its side goes on under itself. */
export function twoColumns(
  rows: readonly Row[],
  terminal: Terminal,
  room = leftRoom(
    rows.map(({ left }) => left),
    terminal,
  ),
) {
  const width = Math.min(terminal.columns, tableWidth);
  const paint = coloursOf(terminal);
  const split = (text: string, columns: number) => wrapped(text, columns).split('\n');
  return rows
    .flatMap(({ sign, left, right, below = '' }) => {
      const lefts = split(left, room);
      const rights = split(right, width - room - 4);
      const belows = below === '' ? [] : split(below, width - room - 4).map((line) => paint.dim(line));
      const all = [...rights, ...belows];
      return Array.from({ length: Math.max(lefts.length, all.length) }, (_, index) =>
        `${index === 0 ? sign : ' '} ${toWidth(lefts[index] ?? '', room)}  ${all[index] ?? ''}`.trimEnd(),
      );
    })
    .join('\n');
}
