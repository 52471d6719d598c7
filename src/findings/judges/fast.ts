/** The judge that every post goes before: the seam for a trained one. */
import type { Rating } from '../../mention.ts';
import type { Cue } from '../cues.ts';
import type { Reading } from '../reading.ts';
import type { Feeling } from '../sentiment.ts';
import type { Signs } from './signs.ts';

/** What a fast judge is given: nothing it would have to look up or wait for. */
export interface Features {
  readonly reading: Reading;
  /** Phrases of the word lists that stand in it, with who they speak of. */
  readonly cues: readonly Cue[];
  /** ISO 639-1; null where unknown. */
  readonly language: string | null;
  /** How it sounds by AFINN and by its stars. */
  readonly spoken: Feeling;
  readonly rating: Rating | null;
  /** The brand is named, or spoken to. */
  readonly addressed: boolean;
  /** Said to somebody in a thread. */
  readonly reply: boolean;
  readonly signs: Signs;
}

/** One thing that spoke for or against a complaint, in log-odds. */
export interface Evidence {
  readonly rule: string;
  /** Null where it is no words (a star rating). */
  readonly cue: Cue | null;
  readonly weight: number;
  /** Tokens `from` up to but without `to`, where it is words that no list holds. */
  readonly words?: { readonly from: number; readonly to: number };
}

export interface Judgement {
  /** Of a complaint, from 0 to 1. */
  readonly complaint: number;
  /** From 0 to 4, should it be one; null where the judge has no opinion of its own. */
  readonly severity: number | null;
  /** How the writer feels, from -1 to 1; null where the judge has no opinion of its own. */
  readonly feeling: number | null;
  /** Log-odds that the brand's name stands for the brand, by the words around it; null where the judge has no opinion of its own. */
  readonly about: number | null;
  readonly evidence: readonly Evidence[];
}

export interface FastJudge {
  /** Changes whenever the same features could be judged otherwise. */
  readonly version: string;
  judge(features: Features): Judgement;
}
