/** Keeps text from outside from acting on the place where it is shown. */

const escapes =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /(?:\u001b\[|\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]?|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c\n]{0,256}(?:\u0007|\u001b\\|\u009c)?/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/gu;
const directions = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const invisible = /[\u00ad\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Marks drawn over one letter; no language piles up so many, and terminals choke on thousands. */
const piled = /(\p{M}{8})\p{M}+/gu;

/** Without escape sequences, control characters (line breaks and tabs stay), direction overrides and invisible marks; half a surrogate pair becomes U+FFFD. */
export function forTerminal(text: string): string {
  const broken = text.replaceAll('\r\n', '\n');
  if (/^[\n\t -~]*$/u.test(broken)) return broken;
  return broken
    .replaceAll(escapes, '')
    .replaceAll(controls, '')
    .replaceAll(directions, '')
    .replaceAll(invisible, '')
    .replaceAll(piled, '$1')
    .toWellFormed();
}

/** The same on one line: every run of white space is one space. */
export function onOneLine(text: string): string {
  return forTerminal(text.replaceAll(/\s+/gu, ' ')).replaceAll(/ +/gu, ' ').trim();
}
