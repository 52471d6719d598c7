/** How much words look like each language's: by which pieces of three and four letters its own words are made of. */

/** Puts into `odds`, for each of the languages, how likely it is to have such words (a logarithm); gives how many pieces were known. */
export type Pieces = (words: readonly string[], odds: Float64Array) => number;

/** A piece that no word of a language has counts as if a tenth of a word had it. */
const unseen = 0.1;
/** Neighbouring pieces share letters, so each tells less than it would alone. */
const share = 0.6;
const mostCounted = 255;

/** `lists` has the words of one language each. */
export function bindPieces(lists: readonly string[]): Pieces {
  const rows = new Map<string, number>();
  const stands: (readonly [row: number, place: number])[] = [];
  for (const [place, list] of lists.entries())
    for (const word of list.split(/\s+/u))
      for (const piece of piecesOf(word)) {
        const row = rows.get(piece) ?? rows.size;
        rows.set(piece, row);
        stands.push([row, place]);
      }
  const counts = new Uint8Array(rows.size * lists.length);
  const totals = new Float64Array(lists.length);
  for (const [row, place] of stands) {
    const at = row * lists.length + place;
    counts[at] = Math.min(mostCounted, (counts[at] ?? 0) + 1);
    totals[place] = (totals[place] ?? 0) + 1;
  }
  const worth = Float64Array.from({ length: lists.length * (mostCounted + 1) }, (_none, at) => {
    const [count, place] = [Math.floor(at / lists.length), at % lists.length];
    return share * Math.log((count + unseen) / ((totals[place] ?? 0) + unseen * rows.size));
  });
  return (words, odds) => {
    let known = 0;
    for (const word of words)
      for (const piece of piecesOf(word)) {
        const row = rows.get(piece);
        if (row === undefined) continue;
        known++;
        for (let place = 0; place < lists.length; place++) {
          const count = counts[row * lists.length + place] ?? 0;
          odds[place] = (odds[place] ?? 0) + (worth[count * lists.length + place] ?? 0);
        }
      }
    return known;
  };
}

/** The word's ends are marked. */
function piecesOf(word: string): readonly string[] {
  const marked = `^${word.slice(0, 40)}$`;
  const found: string[] = [];
  for (const length of [3, 4])
    for (let at = 0; at + length <= marked.length; at++) found.push(marked.slice(at, at + length));
  return found;
}
