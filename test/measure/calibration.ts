/** Whether a probability means what it says: expected calibration error and Brier score. */
import type { Figure } from './ranges.ts';

export interface Guess {
  /** From 0 to 1. */
  readonly probability: number;
  readonly truth: boolean;
}

const bins = 10;

/** In ten bins of equal width: how far the mean probability lies from the share of true ones, bins weighed by their rows (Guo et al. 2017). */
export function calibrationErrorFigure(guesses: readonly Guess[]): Figure {
  const binOf = guesses.map(({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)));
  const off = offOf(guesses);
  return (drawn) => {
    const surplus = new Float64Array(bins);
    let all = 0;
    for (let row = 0; row < off.length; row++) {
      const times = drawn[row] ?? 0;
      const bin = binOf[row] ?? 0;
      all += times;
      surplus[bin] = (surplus[bin] ?? 0) + times * (off[row] ?? 0);
    }
    return all === 0 ? null : surplus.reduce((sum, bin) => sum + Math.abs(bin), 0) / all;
  };
}

/** The mean square of what the probability was off; 0 is best, 0.25 is what "half" for all gets. */
export function brierFigure(guesses: readonly Guess[]): Figure {
  const off = offOf(guesses);
  return (drawn) => {
    let squares = 0;
    let all = 0;
    for (let row = 0; row < off.length; row++) {
      const times = drawn[row] ?? 0;
      squares += times * (off[row] ?? 0) ** 2;
      all += times;
    }
    return all === 0 ? null : squares / all;
  };
}

function offOf(guesses: readonly Guess[]): Float64Array {
  return Float64Array.from(guesses, ({ probability, truth }) => probability - Number(truth));
}
