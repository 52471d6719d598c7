/** The learned fast judge: weighs the signs of a post by what `npm run train` found in our own posts. */
import { oddsOf, probabilityOf } from '../opinion.ts';
import { soundsBad, soundsGood } from '../reasons.ts';
import { criticalFrom } from '../severity.ts';
import { perWord } from '../spelling.ts';
import type { Evidence, FastJudge, Features, Judgement } from './fast.ts';
import { mannerSigns } from './manner-signs.ts';
import { type FastCard, modelFolder, readFastFiles } from './model.ts';
import { ruleJudge } from './rules.ts';
import { places } from './sign-places.ts';
import { type PlacedSigns, type SignList, wordSigns } from './signs.ts';

/** What is shipped: four planes of int8 (complaint, severity, feeling, about us), each with one weight a place. */
export interface FastWeights {
  readonly card: FastCard;
  /** Four a place, so that one look at memory fetches all: complaint, severity, feeling, about us. */
  readonly weights: Int8Array;
}

/** Reads what ships with Earshot. @throws ModelTrouble where it is missing, damaged or of another version */
export function readFastWeights(folder: URL = modelFolder): FastWeights {
  const { card, bytes } = readFastFiles(folder);
  const weights = new Int8Array(4 * places);
  for (let at = 0; at < bytes.length; at++) weights[4 * (at % places) + Math.floor(at / places)] = bytes.readInt8(at);
  return { card, weights };
}

/** Reasons are looked for only where somebody may read them. */
const worthTelling = 0.2;
const mostStretches = 6;
const leastWeight = 0.25;

/** What is said by signs, before scale and bias. */
interface Said {
  complaint: number;
  severity: number;
  feeling: number;
  about: number;
}

/** A judge that remembers words, and nothing of what was said with them. */
export function learnedJudge({ card, weights }: FastWeights): FastJudge {
  const rules = ruleJudge();
  const say = (said: Said, place: number, value: number): number => {
    const complaint = (weights[4 * place] ?? 0) * value;
    said.complaint += complaint;
    said.severity += (weights[4 * place + 1] ?? 0) * value;
    said.feeling += (weights[4 * place + 2] ?? 0) * value;
    said.about += (weights[4 * place + 3] ?? 0) * value;
    return complaint;
  };
  const alone = perWord((word): Said => {
    const { places, values } = wordSigns(word);
    const said = { complaint: 0, severity: 0, feeling: 0, about: 0 };
    for (let at = 0; at < places.length; at++) say(said, places[at] ?? 0, values[at] ?? 0);
    return said;
  });
  const sayAll = (said: Said, { places, values }: SignList): void => {
    for (let at = 0; at < places.length; at++) say(said, places[at] ?? 0, values[at] ?? 0);
  };
  /** A sign of several words is shared by them. */
  const sayPlaced = (said: Said, byToken: number[], { places, value, from, to }: PlacedSigns): void => {
    for (let each = 0; each < places.length; each++) {
      const complaint = say(said, places[each] ?? 0, value);
      const [first, end] = [from[each] ?? 0, to[each] ?? 0];
      if (complaint === 0) continue;
      for (let at = first; at < end; at++) byToken[at] = (byToken[at] ?? 0) + complaint / (end - first);
    }
  };
  const { slope, offset } = card.calibration;
  return {
    version: `fast-${card.sha256.slice(0, 8)}`,
    judge: (features) => {
      const ruled = rules.judge(features);
      const { tokens } = features.reading;
      const { share, pairs, meaning, cues } = features.signs;
      const byToken = new Array<number>(tokens.length).fill(0);
      const said: Said = { complaint: 0, severity: 0, feeling: 0, about: 0 };
      for (let at = 0; at < tokens.length; at++) {
        const token = tokens[at];
        if (!token) continue;
        const word = alone(token);
        said.complaint += word.complaint * share;
        said.severity += word.severity * share;
        said.feeling += word.feeling * share;
        said.about += word.about * share;
        byToken[at] = word.complaint * share;
      }
      for (const list of [pairs, cues]) sayPlaced(said, byToken, list);
      for (const list of [meaning, mannerSigns(features, ruled)]) sayAll(said, list);
      const odds = said.complaint * card.complaint.scale + card.complaint.bias + card.rules * oddsOf(ruled.complaint);
      const own = probabilityOf(slope * odds + offset);
      const probability = isGrave(ruled) ? Math.max(own, ruled.complaint) : own;
      const bad = Math.max(0, Math.min(4, said.severity * card.severity.scale + card.severity.bias));
      const mood = Math.max(-1, Math.min(1, said.feeling * card.feeling.scale + card.feeling.bias));
      const about = said.about * card.about.scale + card.about.bias;
      const told = probability < worthTelling && ruled.complaint < worthTelling;
      const evidence = told ? ruled.evidence : evidenceOf(features, ruled, byToken, slope * card.complaint.scale);
      return { complaint: probability, severity: bad, feeling: mood, about, evidence };
    },
  };
}

/** Somebody may be hurt, robbed or sued: that is told by words that mean nothing else, however rare they are. */
function isGrave({ evidence }: Judgement): boolean {
  return evidence.some(({ cue, weight }) => cue?.kind === 'grave' && weight > 0 && cue.severity >= criticalFrom);
}

/** Longer is no phrase any more. */
const longestPhrase = 6;
/** Of what its heaviest word weighs: lighter ones at its ends belong to something else. */
const lightest = 0.2;

/** The words of a stretch without the light ones at its ends, and what they weigh. */
function heartOf(
  byToken: readonly number[],
  from: number,
  to: number,
): { weight: number; words: { from: number; to: number } } {
  const weightAt = (at: number) => Math.abs(byToken[at] ?? 0);
  let heaviest = 0;
  for (let at = from; at < to; at++) heaviest = Math.max(heaviest, weightAt(at));
  while (to - from > 1) {
    const [first, last] = [weightAt(from), weightAt(to - 1)];
    if (to - from <= longestPhrase && Math.min(first, last) >= lightest * heaviest) break;
    if (first < last) from += 1;
    else to -= 1;
  }
  let weight = 0;
  for (let at = from; at < to; at++) weight += byToken[at] ?? 0;
  return { weight, words: { from, to } };
}

/** What the rules found, each with the weight that it has here; then the stretches of words that weighed most beside it. */
function evidenceOf(
  { reading: { tokens } }: Features,
  ruled: Judgement,
  byToken: number[],
  unit: number,
): readonly Evidence[] {
  for (let at = 0; at < byToken.length; at++) byToken[at] = (byToken[at] ?? 0) * unit;
  const taken = new Uint8Array(tokens.length);
  for (const { cue } of ruled.evidence) if (cue) taken.fill(1, cue.from, cue.to);
  const stretches: Evidence[] = [];
  for (let from = 0; from < tokens.length; ) {
    const sign = Math.sign(byToken[from] ?? 0);
    const sentence = tokens[from]?.sentence;
    let to = from;
    let weight = 0;
    while (
      to < tokens.length &&
      taken[to] === 0 &&
      tokens[to]?.sentence === sentence &&
      Math.sign(byToken[to] ?? 0) === sign
    )
      weight += byToken[to++] ?? 0;
    if (to > from && Math.abs(weight) >= leastWeight) {
      const heart = heartOf(byToken, from, to);
      stretches.push({ rule: sign > 0 ? soundsBad : soundsGood, cue: null, ...heart });
    }
    from = Math.max(to, from + 1);
  }
  stretches.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return [...ruled.evidence, ...stretches.slice(0, mostStretches)];
}
