/** JSON as text: read where it may be none, and written so that it may be looked at in a terminal. */

/** `JSON.stringify` writes only what is below U+0020 so; these act too: C1 controls, and marks that turn a line around. */
const acting = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * What could act in a terminal is written as `\u…`, and reads back the same.
 * @param indent spaces a level; without it everything stands on one line
 */
export function jsonText(value: object, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(
    acting,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Undefined where the text is no JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
