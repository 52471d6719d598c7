/** How answers look in a terminal: widths, colours, links, ids, times. Everything from outside is cleaned on its way out. */
import picocolors from 'picocolors';
import stringWidth from 'string-width';
import { Temporal } from 'temporal-polyfill';
import wrapAnsi from 'wrap-ansi';
import type { Terminal } from '../edges.ts';
import { onOneLine } from '../text/clean.ts';

export type Colours = ReturnType<typeof picocolors.createColors>;

export const coloursOf = (terminal: Terminal): Colours => picocolors.createColors(terminal.colours);

/** Cut or padded to exactly so many columns; wide letters count two. */
export function toWidth(text: string, columns: number): string {
  const width = stringWidth(text);
  if (width <= columns) return text + ' '.repeat(columns - width);
  let cut = '';
  let used = 0;
  for (const { segment } of segments.segment(text)) {
    const wide = stringWidth(segment);
    if (used + wide > columns - 1) break;
    cut += segment;
    used += wide;
  }
  return `${cut}…${' '.repeat(columns - used - 1)}`;
}
const segments = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Wrapped to the terminal, each line behind `indent`. */
export function wrapped(text: string, columns: number, indent = ''): string {
  const width = Math.max(20, columns - indent.length);
  return wrapAnsi(text, width, { hard: true, trim: true })
    .split('\n')
    .map((line) => indent + line)
    .join('\n');
}

/** The text as a link where a person is looking, else as it is. Only http and https. */
export function link(text: string, url: string | null, terminal: Terminal): string {
  if (!terminal.colours || url === null || !/^https?:\/\//i.test(url)) return text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an address must not end the escape that carries it
  return `\u001b]8;;${url.replace(/[\u0000-\u0020\u007f-\u009f]/g, '')}\u0007${text}\u001b]8;;\u0007`;
}

/** `2 h`, `3 days`: a length as a person says it. */
export function length(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return `${hours} h`;
  return `${Math.round(hours / 24)} days`;
}

/** `2 complaints`, `1 complaint`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

export const clean = onOneLine;

/**
 * A day or a length back from now, as `--since` and `--until` take it: `2026-11-01`, a full ISO time, `7d`, `12h`.
 * @returns milliseconds UTC, or null where it is neither
 */
export function moment(text: string, now: number, timezone: string, direction: 'back' | 'ahead'): number | null {
  const span = /^(\d+)\s*([mhdw])$/.exec(text.trim());
  if (span) {
    const unit = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }[span[2] as 'm' | 'h' | 'd' | 'w'];
    return now + (direction === 'back' ? -1 : 1) * Number(span[1]) * unit;
  }
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text))
      return Temporal.PlainDate.from(text).toZonedDateTime(timezone).epochMilliseconds;
    return Temporal.Instant.from(text).epochMilliseconds;
  } catch {
    return null;
  }
}

/** As a word for a shell: in double quotes where that is enough, else in single ones. */
export function quoted(text: string): string {
  const plain = onOneLine(text);
  return /["$`\\!]/.test(plain) ? `'${plain.replaceAll("'", "'\\''")}'` : `"${plain}"`;
}
