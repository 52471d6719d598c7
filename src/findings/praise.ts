/** Whether kind words may stand as praise: the one rule that the queue, the mail, the report and the wall go by. */
import type { Rating, SentimentLabel } from '../mention.ts';
import { type Cue, isTold } from './cues.ts';
import type { Reading } from './reading.ts';

/** More than this of a complaint, and nobody should be asked whether we may quote it; */
const quietBelow = 0.1;
/** where the word lists heard a kind word about us, up to here: of six of our languages the judge learnt less. */
const saidKindlyBelow = 0.3;
/** One phrase of the word lists that is surely no customer's weighs so much. */
const apartFrom = 2;
/** So many links are a list of places, or somebody who is paid by the click. */
const manyLinks = 3;
/** A name behind its number, so often: a list of the best of the town. */
const manyPlaces = 3;

export interface Sounds {
  readonly label: SentimentLabel;
  /** Probability of a complaint, when all was weighed. */
  readonly complaint: number;
  readonly cues: readonly Cue[];
  readonly reading: Reading;
  readonly rating: Rating | null;
}

/** Positive, surely no complaint, a customer's own voice, and nothing told in it that went wrong. */
export function isPraise({ label, complaint, cues, reading, rating }: Sounds): boolean {
  const below = cues.some(isKind) ? saidKindlyBelow : quietBelow;
  return label === 'positive' && complaint < below && !isApart(reading, cues, rating) && !cues.some(isTrouble);
}

/** Advert, giveaway, job, news, list: no customer speaks. Who gives stars is one, whatever it reads like. */
export function isApart(reading: Reading, cues: readonly Cue[], rating: Rating | null): boolean {
  if (rating) return false;
  const weight = cues.filter(({ kind }) => kind === 'apart').reduce((sum, cue) => sum + cue.weight, 0);
  return weight >= apartFrom || isList(reading);
}

function isList({ tokens }: Reading): boolean {
  const numbered = new Set<string>();
  let links = 0;
  for (const [at, { text, sentence }] of tokens.entries()) {
    if (text === '<link>') links++;
    else if (text.length === 1 && /\d/.test(text) && tokens[at - 1]?.sentence !== sentence) numbered.add(text);
  }
  return links >= manyLinks || numbered.size >= manyPlaces;
}

function isKind(cue: Cue): boolean {
  return cue.kind === 'praise' && isTold(cue) && cue.target !== 'them';
}

/** Something went wrong with us, or was put right after it had. */
function isTrouble(cue: Cue): boolean {
  const { kind, target } = cue;
  return isTold(cue) && (kind === 'settled' || ((kind === 'grave' || kind === 'wrong') && target !== 'them'));
}
