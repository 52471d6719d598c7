/** Turns the BBCode of forums and stores into the plain text a person wrote. */

/** Each tag by what stands in its place; what else is in brackets ("[sic]") is the author's own. */
const tags: readonly (readonly [tag: RegExp, instead: string])[] = [
  [/\s*\[\*\]\s*/g, '\n• '],
  [/\[\/(?:td|th)\]/gi, ' '],
  [/\[\/?(?:h[1-6]|list|olist|quote|code|table|tr|hr|p)(?:=[^\][]*)?\]/gi, '\n'],
  [/\[\/?(?:b|i|u|s|strike|spoiler|noparse|url|img|td|th)(?:=[^\][]*)?\]/gi, ''],
];

/** Headings, quotes, lists and table rows as lines of their own, the words of links kept. */
export function plainOfBbCode(text: string): string {
  const plain = tags.reduce((so, [tag, instead]) => so.replace(tag, instead), text);
  return plain
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
