/** How platforms turn plain words into HTML and XML. */
import { createHash } from 'node:crypto';

// What XML 1.0 forbids even when escaped.
const unprintable = /(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/gu;

/** For text and attributes, in HTML and in XML. */
export function escaped(text: string): string {
  return text
    .replace(unprintable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Paragraphs with links, as forums and blogs cook them. */
export function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((part) => `<p>${linked(escaped(part)).replaceAll('\n', '<br>')}</p>`)
    .join('\n');
}

/** @param html escaped already. */
export function linked(html: string): string {
  return html.replace(/https?:\/\/[^\s<]*[^\s<.,;:!?)]/g, (url) => `<a href="${url}">${url}</a>`);
}

/** `what-is-eating-my-fig-tree`: what addresses carry for people. */
export function slugOf(title: string): string {
  return (
    title
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join('-')
      .slice(0, 60) ?? '-'
  );
}

/** A number of so many digits that belongs to a name: a platform's ids of accounts and communities. */
export function numberOf(name: string, digits: number): string {
  const hash = BigInt(`0x${createHash('sha256').update(name).digest('hex')}`);
  return String(10n ** BigInt(digits - 1) + (hash % (9n * 10n ** BigInt(digits - 1))));
}
