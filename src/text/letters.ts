/** What letters a text is made of: whether plain ones alone, and the same without accents. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII is meant
const ascii = /^[\u0000-\u007f]*$/;

export const isAscii = (text: string): boolean => ascii.test(text);

/** Letters without the marks above and below them; composed ones are left apart (NFD). */
export const withoutAccents = (text: string): string => text.normalize('NFD').replaceAll(/[\u0300-\u036f]+/gu, '');
