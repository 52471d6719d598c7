/** Cuts a text into stretches that can be left out one at a time, to see which of them the precise judge listened to. */

/** Start and end in UTF-16 units. */
export type Stretch = readonly [start: number, end: number];

/** A stretch has at least so many letters, and there are at most so many. */
const fewestLetters = 12;
const mostStretches = 8;

/** Clauses, whole sentences where those would be too many, and phrases where there is only one; together they are the text. */
export function stretchesOf(text: string): readonly Stretch[] {
  const clauses = cut(text, /[.!?…,;:\n]+\s*|\s[–—-]\s/gu);
  if (clauses.length === 1) return phrasesOf(text);
  if (clauses.length <= mostStretches) return clauses;
  const sentences = cut(text, /[.!?…\n]+\s*/gu);
  const each = Math.ceil(sentences.length / mostStretches);
  return Array.from({ length: Math.ceil(sentences.length / each) }, (_, place) => {
    const group = sentences.slice(place * each, (place + 1) * each);
    return [group[0]?.[0] ?? 0, group.at(-1)?.[1] ?? 0] as const;
  });
}

const phraseWords = 3;

/** A text that is one clause, in pieces of a few words: the whole of it is no answer to why. */
function phrasesOf(text: string): readonly Stretch[] {
  const starts = [...text.matchAll(/\S+/gu)].map(({ index }) => index);
  const pieces = Math.min(mostStretches, Math.max(1, Math.floor(starts.length / phraseWords)));
  const from = Array.from({ length: pieces }, (_, piece) =>
    piece === 0 ? 0 : (starts[Math.floor((piece * starts.length) / pieces)] ?? text.length),
  );
  return from.map((start, piece) => [start, from[piece + 1] ?? text.length] as const);
}

function cut(text: string, at: RegExp): Stretch[] {
  const ends = [...text.matchAll(at)].map((found) => found.index + found[0].length);
  const stretches: Stretch[] = [];
  let start = 0;
  for (const end of [...ends, text.length]) {
    if (end === start || (end < text.length && letters(text.slice(start, end)) < fewestLetters)) continue;
    const last = stretches.at(-1);
    // A short end belongs to what stands before it.
    if (last && end === text.length && letters(text.slice(start, end)) < fewestLetters)
      stretches[stretches.length - 1] = [last[0], end];
    else stretches.push([start, end]);
    start = end;
  }
  return stretches;
}

function letters(text: string): number {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '').length;
}
