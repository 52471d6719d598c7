/** How well a score puts things in order: AUC, recall at a purity, Spearman's rank correlation; ties share their ranks. */
import type { Draw, Figure } from './ranges.ts';

export interface Scored {
  /** On any scale: the more, the surer. */
  readonly score: number;
  readonly truth: boolean;
}

/** The chance that a true one scores above a false one (Mann–Whitney; a tie is half a chance). Null without both. */
export function aucFigure(rows: readonly Scored[]): Figure {
  const groups = tiedGroups(rows.map(({ score }) => score));
  return (drawn) => {
    let above = 0;
    let falseBelow = 0;
    let allTrue = 0;
    for (const group of groups) {
      const [trueOnes, falseOnes] = countTruth(group, rows, drawn);
      above += trueOnes * (falseBelow + falseOnes / 2);
      falseBelow += falseOnes;
      allTrue += trueOnes;
    }
    return allTrue === 0 || falseBelow === 0 ? null : above / (allTrue * falseBelow);
  };
}

/** The largest share of true ones that some threshold finds while at least `purity` of what it takes is true. Null without a true one. */
export function recallAtFigure(purity: number, rows: readonly Scored[]): Figure {
  const groups = tiedGroups(rows.map(({ score }) => score)).reverse();
  return (drawn) => {
    let trueOnes = 0;
    let taken = 0;
    let most = 0;
    for (const group of groups) {
      const [moreTrue, moreFalse] = countTruth(group, rows, drawn);
      trueOnes += moreTrue;
      taken += moreTrue + moreFalse;
      if (trueOnes >= purity * taken) most = trueOnes;
    }
    return trueOnes === 0 ? null : most / trueOnes;
  };
}

/** Spearman's rank correlation, from -1 to 1. Null where one side is the same for all. */
export function spearmanFigure(pairs: readonly { readonly said: number; readonly truth: number }[]): Figure {
  const said = tiedGroups(pairs.map((pair) => pair.said));
  const truth = tiedGroups(pairs.map((pair) => pair.truth));
  return (drawn) => {
    const saidRanks = ranksOf(said, pairs.length, drawn);
    const truthRanks = ranksOf(truth, pairs.length, drawn);
    return correlation(saidRanks, truthRanks, drawn);
  };
}

/** Rows of equal value together, from the lowest value up. */
function tiedGroups(values: readonly number[]): number[][] {
  const order = values.map((_, row) => row).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const groups: number[][] = [];
  for (const row of order) {
    const last = groups.at(-1);
    const [first] = last ?? [];
    if (last && first !== undefined && values[first] === values[row]) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

function countTruth(
  group: readonly number[],
  rows: readonly Scored[],
  drawn: Draw,
): [trueOnes: number, falseOnes: number] {
  let trueOnes = 0;
  let all = 0;
  for (const row of group) {
    const times = drawn[row] ?? 0;
    all += times;
    if (rows[row]?.truth) trueOnes += times;
  }
  return [trueOnes, all - trueOnes];
}

/** Each row's mean rank in the draw. */
function ranksOf(groups: readonly (readonly number[])[], rows: number, drawn: Draw): Float64Array {
  const ranks = new Float64Array(rows);
  let before = 0;
  for (const group of groups) {
    let all = 0;
    for (const row of group) all += drawn[row] ?? 0;
    for (const row of group) ranks[row] = before + (all + 1) / 2;
    before += all;
  }
  return ranks;
}

function correlation(a: Float64Array, b: Float64Array, drawn: Draw): number | null {
  let count = 0;
  for (let row = 0; row < a.length; row++) count += drawn[row] ?? 0;
  const mean = (count + 1) / 2;
  let both = 0;
  let ofA = 0;
  let ofB = 0;
  for (let row = 0; row < a.length; row++) {
    const times = drawn[row] ?? 0;
    const fromA = (a[row] ?? 0) - mean;
    const fromB = (b[row] ?? 0) - mean;
    both += times * fromA * fromB;
    ofA += times * fromA * fromA;
    ofB += times * fromB * fromB;
  }
  return ofA === 0 || ofB === 0 ? null : both / Math.sqrt(ofA * ofB);
}
