/** How far chance alone moves a figure: the same rows drawn again and again with replacement (bootstrap, percentiles). */

/** How often each row counts: once for the figure itself, as often as it was drawn for its range. */
export type Draw = ArrayLike<number>;

/** A figure of any draw of the rows; null where the draw cannot tell it (no complaint among them, say). */
export type Figure = (drawn: Draw) => number | null;

/** `low` and `high` hold 95 of 100 draws of as many rows. */
export interface Ranged {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

const draws = 2000;

/** All figures of the same draws. The same rows give the same ranges: the draws are numbered, not random. */
export function rangesOf<Name extends string>(
  rows: number,
  figures: Readonly<Record<Name, Figure>>,
): Record<Name, Ranged> {
  const names = Object.keys(figures) as Name[];
  const values = new Map<Name, number[]>(names.map((name) => [name, []]));
  const next = numbersFrom(7);
  const drawn = new Uint16Array(rows);
  for (let draw = 0; draw < draws; draw++) {
    drawn.fill(0);
    for (let taken = 0; taken < rows; taken++) {
      const row = Math.floor(next() * rows);
      drawn[row] = (drawn[row] ?? 0) + 1;
    }
    for (const name of names) {
      const value = figures[name](drawn);
      if (value !== null) values.get(name)?.push(value);
    }
  }
  const once = new Uint16Array(rows).fill(1);
  const ranged = names.map((name): [Name, Ranged] => {
    const sorted = Float64Array.from(values.get(name) ?? []).sort();
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? null;
    return [name, { value: figures[name](once), low: at(0.025), high: at(0.975) }];
  });
  return Object.fromEntries(ranged) as Record<Name, Ranged>;
}

/** Numbers from 0 to 1 (linear congruential, constants of Numerical Recipes). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
