/** Where a draft quotes somebody: those words are not ours. */

/** UTF-16 units of the draft. */
export type Span = readonly [start: number, end: number];

/** A quotation holds at most so much; beyond it one of the marks was something else (5" of screen). */
const pieces = [
  /[“„][^“”„\n]{1,400}[”“"]/gu,
  /«[^«»]{1,400}»/gu,
  /»[^«»]{1,400}«/gu,
  /"[^"\n]{1,400}"/gu,
  /(?<![\p{L}\p{N}])[‘‚](?:[^‘’‚\n]|’(?=\p{L})){1,400}[’‘](?!\p{L})/gu,
  /(?<![\p{L}\p{N}])'(?=\S)(?:[^'\n]|'(?=\p{L})){1,400}'(?!\p{L})/gu,
  /^[ \t]*>.*$/gmu,
];

/** A draft that stands in quotation marks as a whole is ours all the same. */
const wholeShare = 0.8;

export function quotations(text: string): readonly Span[] {
  const spans = pieces.flatMap((piece) =>
    [...text.matchAll(piece)].map(({ index, 0: found }): Span => [index, index + found.length]),
  );
  return spans.filter(([start, end]) => end - start < text.trim().length * wholeShare);
}

export function isWithin(spans: readonly Span[], [start, end]: Span): boolean {
  return spans.some((span) => span[0] <= start && end <= span[1]);
}
