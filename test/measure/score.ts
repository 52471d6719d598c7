/** How right a yes or no is: precision, recall and F1, with the range that chance alone explains. */

export interface Answer {
  readonly said: boolean;
  readonly truth: boolean;
}

/** Shares from 0 to 1; `low` and `high` hold 95 of 100 draws of as many rows with replacement (bootstrap, percentiles). */
export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly low: number;
  readonly high: number;
}

const draws = 2000;

/** The same rows give the same score: the draws are numbered, not random. */
export function scoreOf(answers: readonly Answer[]): Score {
  const next = numbersFrom(7);
  const drawn = Array.from(
    { length: draws },
    () => shares(answers.map(() => answers[Math.floor(next() * answers.length)])).f1,
  );
  drawn.sort((a, b) => a - b);
  const at = (share: number) => drawn[Math.floor(share * (draws - 1))] ?? 0;
  return { ...shares(answers), low: at(0.025), high: at(0.975) };
}

function shares(answers: readonly (Answer | undefined)[]): Pick<Score, 'precision' | 'recall' | 'f1'> {
  const count = (said: boolean, truth: boolean) =>
    answers.filter((answer) => answer?.said === said && answer.truth === truth).length;
  const right = count(true, true);
  const wrong = count(true, false);
  const missed = count(false, true);
  return {
    precision: right / Math.max(1, right + wrong),
    recall: right / Math.max(1, right + missed),
    f1: (2 * right) / Math.max(1, 2 * right + wrong + missed),
  };
}

/** Numbers from 0 to 1 (linear congruential, constants of Numerical Recipes). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}
