/** What is wrong with a query: where, what should stand there, and what was probably meant. */

export interface QueryTrouble {
  /** UTF-16 units from the beginning of the query. */
  readonly at: number;
  /** What is wrong and what to write, as sentences. */
  readonly sentence: string;
}

/** Thrown inside the reading of a query and caught there. */
export class WrongQuery extends Error {
  readonly at: number;

  constructor(at: number, sentence: string) {
    super(sentence);
    this.at = at;
  }
}

const shown = 24;

/** `Character 11, at “AND coffee”: …`; characters are counted from 1, as editors do. */
export function sayTrouble(text: string, { at, sentence }: QueryTrouble): string {
  const before = text.slice(0, at).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const where = before.length > 1 ? `Line ${before.length}, character ${column}` : `Character ${column}`;
  const rest = text.slice(at).replaceAll(/\s+/gu, ' ').trim();
  const cut = rest.length > shown ? `${rest.slice(0, shown).trimEnd()}…` : rest;
  return `${where}, at ${cut === '' ? 'the end' : `“${cut}”`}: ${sentence}`;
}
