/** What several heads have learnt of all examples, made small; and what they would say of each had its fold not been learnt from. */
import { folds } from './folds.ts';
import { type Heads, type ManyTrue, oddsOfAll, regressAll } from './heads.ts';
import type { FitTerms } from './logistic.ts';
import { packed, pruned, scaleOf } from './packed.ts';

export interface Folded extends ManyTrue {
  readonly fold: number;
}

export interface HeadTerms extends Omit<FitTerms, 'kind'> {
  readonly heads: number;
  readonly places: number;
  /** So many places keep their weights, those that move most in our posts. */
  readonly mostPlaces: number;
}

/** An example with the log-odds that each head gives it, its fold set aside. */
export type Aside<Example extends Folded> = Example & { readonly odds: Float64Array };

export interface LearntHeads<Example extends Folded> {
  readonly bytes: Buffer;
  /** What the card says of each head, in the order of the weights. */
  readonly lines: readonly { readonly scale: number; readonly bias: number }[];
  readonly aside: readonly Aside<Example>[];
}

export function learnHeads<Example extends Folded>(told: readonly Example[], terms: HeadTerms): LearntHeads<Example> {
  const aside = Array.from({ length: folds }, (_, fold) => setAside(told, fold, terms)).flat();
  const whole = learnt(told, terms);
  const scales = [...whole.biases.keys()].map((head) => scaleOf(whole, head));
  const lines = scales.map((scale, head) => ({ scale, bias: whole.biases[head] ?? 0 }));
  return { bytes: packed(whole, scales), lines, aside };
}

function setAside<Example extends Folded>(told: readonly Example[], fold: number, terms: HeadTerms): Aside<Example>[] {
  const heads = learnt(
    told.filter((each) => each.fold !== fold),
    terms,
  );
  return told.filter((each) => each.fold === fold).map((each) => ({ ...each, odds: oddsOfAll(each, heads) }));
}

const learnt = (told: readonly ManyTrue[], terms: HeadTerms): Heads =>
  pruned(regressAll(told, terms, terms), told, terms.mostPlaces);
