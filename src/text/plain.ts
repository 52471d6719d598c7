/** Turns the HTML that platforms give into the plain text a person wrote. */
import { createRequire } from 'node:module';
import type { FormatCallback, HtmlToTextOptions } from 'html-to-text';

const deepest = 60;
/** More is cut: deeply nested HTML takes time with the square of its length. */
const longest = 200_000;

/** A heading or a table cell is read like a paragraph: nothing is shouted, ruled or drawn. */
const asBlock = { format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } };

const limits = { maxDepth: deepest, maxInputLength: longest, ellipsis: '' };

/** Loaded with the first HTML: reading the config, which every command does, needs every source and no HTML. */
const load = createRequire(import.meta.url);
const converter = (options: HtmlToTextOptions): ((html: string) => string) => {
  let convert: ((html: string) => string) | null = null;
  return (html) => {
    convert ??= (load('html-to-text') as typeof import('html-to-text')).compile(options);
    return convert(html);
  };
};

const toText = converter({
  wordwrap: false,
  limits,
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'p', options: { leadingLineBreaks: 2, trailingLineBreaks: 2 } },
    ...['td', 'th'].map((selector) => ({ selector, format: 'inlineSurround', options: { suffix: ' ' } })),
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'tr', 'hr'].map((selector) => ({ selector, ...asBlock })),
    ...['img', 'script', 'style', 'head', 'svg', 'iframe'].map((selector) => ({ selector, format: 'skip' })),
    { selector: 'ul', options: { itemPrefix: '• ' } },
    { selector: 'blockquote', ...asBlock },
  ],
});

/** For text that only has entities in it: its own line breaks mean something. */
const toDecoded = converter({ wordwrap: false, limits, preserveNewlines: true });

const writeAddress: FormatCallback = (element, _walk, builder) => {
  const { href, rel }: { readonly href?: unknown; readonly rel?: unknown } = element.attribs ?? {};
  if (typeof href !== 'string' || href.trim() === '') return;
  if (typeof rel === 'string' && rel.toLowerCase().split(/\s+/u).includes('tag')) return;
  builder.openBlock();
  builder.addInline(href.trim().replaceAll(/\s+/gu, '%20'));
  builder.closeBlock();
};

const toAddresses = converter({
  wordwrap: false,
  limits: { maxDepth: deepest, maxInputLength: longest, maxBaseElements: 1000 },
  baseElements: { selectors: ['a'], returnDomByDefault: false },
  formatters: { writeAddress },
  selectors: [{ selector: 'a', format: 'writeAddress' }],
});

/** Tags dropped, `<br>` and paragraphs as line breaks, entities decoded once, the text of links kept. Text without HTML is unchanged but trimmed. */
export function plainText(html: string): string {
  if (!/[<&]/u.test(html)) return html.trim();
  const convert = /<[a-z/!]/iu.test(html) ? toText : toDecoded;
  return convert(html.slice(0, longest)).replaceAll('\u00a0', ' ').trim();
}

const blocks = '(?:p|div|ul|ol|li|blockquote|table|section|article|body|html|h[1-6])';
const opens = new RegExp(`^<${blocks}(?:\\s[^<>]*)?>`, 'iu');
const closes = new RegExp(`</${blocks}>$`, 'iu');

/** As `plainText`, where all of the text stands between tags, as in `<p>…</p>`; a text that only speaks of tags is unchanged. */
export function withoutHtml(text: string): string {
  const said = text.trim();
  return opens.test(said) && closes.test(said.slice(-20)) ? plainText(said) : text;
}

/** Where a word may be broken: nobody sees it, and it would part the word. */
const unseen = /^[\u00ad\u200b\u2060\ufeff]+$/u;
const leftover = /<br\s*\/?>|&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});|[\u00ad\u200b\u2060\ufeff]+/giu;

function readAs(left: string): string {
  if (left.startsWith('<')) return '\n';
  const read = left.startsWith('&') ? toDecoded(left).replaceAll('\u00a0', ' ') || ' ' : left;
  return unseen.test(read) ? '' : read;
}

/** Entities, line breaks and unseen letters that some program left in a text of words (`Blue&nbsp;Door`, `can&#39;t`), as a person reads them; all else is unchanged. */
export function withoutLeftovers(text: string): string {
  return /[<&\u00ad\u200b\u2060\ufeff]/u.test(text) ? text.replaceAll(leftover, readAs) : text;
}

/** Where in a text stands what stands at `at` without its leftovers. */
export function placeWithLeftovers(text: string, at: number): number {
  let longer = 0;
  for (const { 0: left, index } of text.matchAll(leftover)) {
    if (at + longer <= index) break;
    const { length } = readAs(left);
    if (at + longer < index + length) return index;
    longer += left.length - length;
  }
  return at + longer;
}

/** The addresses that the HTML's links point to, in order, without repeats, as they are written (they may be relative); a hashtag's own page (`rel="tag"`) is none. */
export function links(html: string): readonly string[] {
  if (!/<a\s/iu.test(html)) return [];
  return [...new Set(toAddresses(html.slice(0, longest)).split('\n').filter(Boolean))];
}
