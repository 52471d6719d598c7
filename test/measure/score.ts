/** How right a verdict is: precision, recall and F1 of a yes or no, macro-F1 of any. */
import { type Draw, type Figure, rangesOf } from './ranges.ts';

export interface YesNo {
  readonly said: boolean;
  readonly truth: boolean;
}

/** Shares from 0 to 1; `low` and `high` are F1's range. */
export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly low: number;
  readonly high: number;
}

/** Without a yes precision is 0, without a true one recall. */
export function scoreOf(answers: readonly YesNo[]): Score {
  const { precision, recall, f1 } = rangesOf(answers.length, yesNoFigures(answers));
  return {
    precision: precision.value ?? 0,
    recall: recall.value ?? 0,
    f1: f1.value ?? 0,
    low: f1.low ?? 0,
    high: f1.high ?? 0,
  };
}

/** The same as figures whose ranges can be drawn. */
export function yesNoFigures(answers: readonly YesNo[]): Record<'f1' | 'precision' | 'recall', Figure> {
  return figuresOf(counter(answers));
}

/** Names of which several may hold of a row. */
export interface Names {
  readonly said: readonly string[];
  readonly truth: readonly string[];
}

/** The same of all names together, and the mean F1 of the names that are true of some row drawn. */
export function namesFigures(rows: readonly Names[]): Record<'f1' | 'precision' | 'recall' | 'macroF1', Figure> {
  const names = [...new Set(rows.flatMap(({ said, truth }) => [...said, ...truth]))];
  const counts = names.map((name) =>
    counter(rows.map(({ said, truth }) => ({ said: said.includes(name), truth: truth.includes(name) }))),
  );
  return {
    ...figuresOf((drawn) => counts.map((count) => count(drawn)).reduce(together, { right: 0, wrong: 0, missed: 0 })),
    macroF1: meanF1Of(counts),
  };
}

function together(one: Counts, other: Counts): Counts {
  return { right: one.right + other.right, wrong: one.wrong + other.wrong, missed: one.missed + other.missed };
}

function figuresOf(count: (drawn: Draw) => Counts): Record<'f1' | 'precision' | 'recall', Figure> {
  return {
    f1: (drawn) => f1Of(count(drawn)),
    precision: (drawn) => {
      const { right, wrong } = count(drawn);
      return right / Math.max(1, right + wrong);
    },
    recall: (drawn) => {
      const { right, missed } = count(drawn);
      return right / Math.max(1, right + missed);
    },
  };
}

/** The share of rows for which something holds. */
export function shareFigure(rows: readonly boolean[]): Figure {
  const count = counter(rows.map((holds) => ({ said: holds, truth: true })));
  return (drawn) => {
    const { right, missed } = count(drawn);
    return right + missed === 0 ? null : right / (right + missed);
  };
}

/** The mean of the F1 of each class that is the truth of some row drawn; what is only said costs the others precision or recall. */
export function macroF1Figure<Class extends string | boolean>(
  answers: readonly { readonly said: Class; readonly truth: Class }[],
): Figure {
  const classes = [...new Set(answers.map(({ truth }) => truth))];
  const counts = classes.map((one) =>
    counter(answers.map(({ said, truth }) => ({ said: said === one, truth: truth === one }))),
  );
  return meanF1Of(counts);
}

function meanF1Of(counts: readonly ((drawn: Draw) => Counts)[]): Figure {
  return (drawn) => {
    const there = counts.map((count) => count(drawn)).filter(({ right, missed }) => right + missed > 0);
    return there.length === 0 ? null : there.reduce((sum, each) => sum + f1Of(each), 0) / there.length;
  };
}

interface Counts {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

function f1Of({ right, wrong, missed }: Counts): number {
  return (2 * right) / Math.max(1, 2 * right + wrong + missed);
}

/** Thousands of draws are counted: each row is coded once as one of four cells. */
function counter(answers: readonly YesNo[]): (drawn: Draw) => Counts {
  const cells = Uint8Array.from(answers, ({ said, truth }) => Number(said) * 2 + Number(truth));
  return (drawn) => {
    const sums = [0, 0, 0, 0];
    for (let row = 0; row < cells.length; row++) {
      const cell = cells[row] ?? 0;
      sums[cell] = (sums[cell] ?? 0) + (drawn[row] ?? 0);
    }
    const [, missed = 0, wrong = 0, right = 0] = sums;
    return { right, wrong, missed };
  };
}
