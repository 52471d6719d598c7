/** Makes feeds readable that are XML only nearly, and keeps out those that would hurt: pure text in, text out. */

/** XML allows no control characters but tab and line ends; one of them in a comment must not cost the whole feed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
const control = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Namespaces under which RSS elements come with a prefix of their own (`<r:item>`). */
const rssNamespace =
  /xmlns:([\w.-]+)\s*=\s*["']https?:\/\/(?:purl\.org\/rss\/1\.0|backend\.userland\.com\/rss|blogs\.law\.harvard\.edu\/tech\/rss|my\.netscape\.com\/rdf)[^"']*["']/i;

/** Lengths are bounded so that a text of nothing but openings stays cheap. */
const root = /<(?:[\w.-]{1,50}:)?(rss|feed|rdf)(?=[\s>/])[^<>]{0,20000}>/i;

/** Control characters, whatever stands before the first tag, and the DOCTYPE are gone. */
export function withoutJunk(text: string): string {
  const clean = text.replace(control, '');
  const start = clean.indexOf('<');
  return withoutDoctype(start > 0 ? clean.slice(start) : clean);
}

/** Entities that refer to entities or files have one use in a feed: to blow up who reads it. */
export function hasEntityBomb(text: string): boolean {
  const { inside } = doctypeOf(text);
  return /<!ENTITY\s+[^\s%]\S*\s+(?:SYSTEM\b|PUBLIC\b|"[^"]*[&%](?!#)|'[^']*[&%](?!#))/i.test(inside);
}

function withoutDoctype(text: string): string {
  const { start, end } = doctypeOf(text);
  return start === -1 ? text : text.slice(0, start) + text.slice(end);
}

function doctypeOf(text: string): { start: number; end: number; inside: string } {
  const rootAt = root.exec(text)?.index ?? text.length;
  const start = text.slice(0, rootAt).search(/<!DOCTYPE/i);
  if (start === -1) return { start, end: -1, inside: '' };
  const close = text.indexOf('>', start);
  const open = text.indexOf('[', start);
  const subset = open !== -1 && open < close;
  const subsetEnd = subset ? /\]\s*>/.exec(text.slice(open)) : null;
  const end = subsetEnd ? open + subsetEnd.index + subsetEnd[0].length : subset ? rootAt : close + 1;
  return { start, end: Math.max(end, start + 1), inside: text.slice(start, Math.max(end, start + 1)) };
}

/** `rss`, `feed` or `rdf`; null where the text has no such element. */
export function rootOf(text: string): 'rss' | 'feed' | 'rdf' | null {
  const name = root.exec(text)?.[1]?.toLowerCase();
  return name === 'rss' || name === 'feed' || name === 'rdf' ? name : null;
}

/** It stops before its root is closed: what it would have said nobody knows. A last `>` that is missing takes nothing away. */
export function isCutOff(text: string): boolean {
  const open = root.exec(text)?.[0];
  if (open === undefined || /\/\s*>$/.test(open)) return false;
  return !/<\/(?:[\w.-]{1,50}:)?(?:rss|feed|rdf)\s*(?:>|$)/i.test(text);
}

export function hasItems(text: string): boolean {
  return /<(?:[\w.-]{1,50}:)?(?:item|entry)[\s>]/i.test(text);
}

/** Elements that carry RSS's own namespace as a prefix lose it. */
export function withoutPrefix(text: string): string {
  const prefix = rssNamespace.exec(text)?.[1];
  return prefix === undefined ? text : text.replaceAll(new RegExp(`(</?)${prefix.replaceAll('.', '\\.')}:`, 'g'), '$1');
}

/**
 * Takes a document that cannot be read as a whole apart: its root, what stands before the first item (null where that
 * is broken itself), and every item that is complete. Linear in the length of the text.
 */
export function pieces(text: string): {
  document(items: readonly string[]): string;
  readonly items: readonly string[];
} {
  const open = root.exec(text);
  const kind = rootOf(text) ?? 'rss';
  const rootTag = (open?.[0] ?? '<rss version="2.0">').replace(/\/>$/, '>');
  const rootName = /^<([\w.:-]+)/.exec(rootTag)?.[1] ?? 'rss';
  const item = kind === 'feed' ? 'entry' : 'item';
  const channel = kind === 'rss' ? ['<channel>', '</channel>'] : ['', ''];
  return {
    document: (items) => `${rootTag}${channel[0]}${items.join('')}${channel[1]}</${rootName}>`,
    items: completeItems(text, item),
  };
}

function completeItems(text: string, item: string): string[] {
  const items: string[] = [];
  const opening = new RegExp(`<${item}(?=[\\s>])`, 'gi');
  const closing = new RegExp(`</${item}\\s*>`, 'gi');
  for (let open = opening.exec(text); open !== null; open = opening.exec(text)) {
    closing.lastIndex = open.index;
    const close = closing.exec(text);
    if (close === null) break;
    const end = close.index + close[0].length;
    items.push(text.slice(innermost(text, opening, open.index, close.index), end));
    opening.lastIndex = end;
  }
  return items;
}

/** An item that was never closed ends where the next one opens: only the last opening before the close is complete. */
function innermost(text: string, opening: RegExp, start: number, end: number): number {
  let last = start;
  for (let next = opening.exec(text); next !== null && next.index < end; next = opening.exec(text)) last = next.index;
  return last;
}
