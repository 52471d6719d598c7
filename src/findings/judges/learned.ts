/** The learned fast judge: weighs the signs of a post by what `npm run train` found in our own posts. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { oddsOf, probabilityOf } from '../opinion.ts';
import { soundsBad, soundsGood } from '../reasons.ts';
import { criticalFrom } from '../severity.ts';
import type { Evidence, FastJudge, Features, Judgement } from './fast.ts';
import { ruleJudge } from './rules.ts';
import { type PutSigns, places, signsBy } from './signs.ts';
import { readWordVectors } from './word-vectors.ts';

const Line = z.strictObject({
  /** What a weight of 1 stands for. */
  scale: z.number().positive(),
  bias: z.number(),
});

/** The card beside the weights: what they are, and how they were made. */
export const FastCard = z.looseObject({
  signs: z.literal(2),
  sha256: z.string(),
  /** Log-odds of a complaint, before calibration. */
  complaint: Line,
  /** How much of the log-odds that the judge by rules gives is added: it knows plain words that our posts seldom have. */
  rules: z.number(),
  /** Platt's: the calibrated log-odds are `slope * odds + offset`. */
  calibration: z.strictObject({ slope: z.number().positive(), offset: z.number() }),
  /** From 0 to 4, of a complaint. */
  severity: Line,
  /** From -1 to 1. */
  feeling: Line,
});
export type FastCard = z.output<typeof FastCard>;

/** Three planes of int8, each with one weight a place: complaint, severity, feeling. */
export interface FastWeights {
  readonly card: FastCard;
  readonly complaint: Int8Array;
  readonly severity: Int8Array;
  readonly feeling: Int8Array;
  readonly putSigns: PutSigns;
}

export const modelFolder = new URL('../../../data/model/', import.meta.url);

/** Reads what ships with Earshot. @throws Error with a sentence where it is missing, damaged or of another version */
export function readFastWeights(folder: URL = modelFolder): FastWeights {
  const bytes = readWhole(new URL('fast.bin', folder));
  const told = FastCard.safeParse(JSON.parse(readWhole(new URL('fast.json', folder)).toString()));
  if (!told.success)
    throw new Error('The judge’s weights (data/model/fast.json) are of another version. Install Earshot again.');
  const { data: card } = told;
  if (bytes.length !== 3 * places || createHash('sha256').update(bytes).digest('hex') !== card.sha256)
    throw new Error('The judge’s weights (data/model/fast.bin) are damaged. Install Earshot again.');
  const plane = (from: number) => new Int8Array(bytes.buffer, bytes.byteOffset + from, places);
  return {
    card,
    complaint: plane(0),
    severity: plane(places),
    feeling: plane(2 * places),
    putSigns: signsOfShipped(folder),
  };
}

/** How signs are looked for with the word vectors that ship with Earshot. @throws Error with a sentence where they are missing or damaged */
export function signsOfShipped(folder: URL = modelFolder): PutSigns {
  const file = new URL('words.bin', folder);
  readWhole(file);
  return signsBy(readWordVectors(file));
}

function readWhole(file: URL): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new Error(
      `The judge’s weights (${file.pathname.split('/').slice(-3).join('/')}) are missing. Install Earshot again.`,
    );
  }
}

/** Reasons are looked for only where somebody may read them. */
const worthTelling = 0.2;
const mostStretches = 6;
const leastWeight = 0.25;

/** A judge without state. */
export function learnedJudge({ card, complaint, severity, feeling, putSigns }: FastWeights): FastJudge {
  const rules = ruleJudge();
  return {
    version: `fast-${card.sha256.slice(0, 8)}`,
    judge: (features) => {
      const ruled = rules.judge(features);
      const byToken = new Float64Array(features.reading.tokens.length);
      let odds = 0;
      let grave = 0;
      let felt = 0;
      putSigns(features, ruled, (place, value, from, to) => {
        const weight = (complaint[place] ?? 0) * value;
        odds += weight;
        grave += (severity[place] ?? 0) * value;
        felt += (feeling[place] ?? 0) * value;
        if (from < 0 || weight === 0) return;
        const each = weight / (to - from);
        for (let at = from; at < to; at++) byToken[at] = (byToken[at] ?? 0) + each;
      });
      const { slope, offset } = card.calibration;
      const both = odds * card.complaint.scale + card.complaint.bias + card.rules * oddsOf(ruled.complaint);
      const own = probabilityOf(slope * both + offset);
      const probability = isGrave(ruled) ? Math.max(own, ruled.complaint) : own;
      const bad = Math.max(0, Math.min(4, grave * card.severity.scale + card.severity.bias));
      const mood = Math.max(-1, Math.min(1, felt * card.feeling.scale + card.feeling.bias));
      const told = probability < worthTelling && ruled.complaint < worthTelling;
      const evidence = told ? ruled.evidence : evidenceOf(features, ruled, byToken, slope * card.complaint.scale);
      return { complaint: probability, severity: bad, feeling: mood, evidence };
    },
  };
}

/** Somebody may be hurt, robbed or sued: that is told by words that mean nothing else, however rare they are. */
function isGrave({ evidence }: Judgement): boolean {
  return evidence.some(({ cue, weight }) => cue?.kind === 'grave' && weight > 0 && cue.severity >= criticalFrom);
}

/** What the rules found, each with the weight that it has here; then the stretches of words that weighed most beside it. */
function evidenceOf(
  { reading: { tokens } }: Features,
  ruled: Judgement,
  weights: Float64Array,
  unit: number,
): readonly Evidence[] {
  const byToken = weights.map((weight) => weight * unit);
  const taken = new Set(ruled.evidence.flatMap(({ cue }) => (cue ? range(cue.from, cue.to) : [])));
  const stretches: Evidence[] = [];
  for (let from = 0; from < tokens.length; ) {
    const sign = Math.sign(byToken[from] ?? 0);
    let to = from;
    let weight = 0;
    while (
      to < tokens.length &&
      !taken.has(to) &&
      tokens[to]?.sentence === tokens[from]?.sentence &&
      Math.sign(byToken[to] ?? 0) === sign
    )
      weight += byToken[to++] ?? 0;
    if (to > from && Math.abs(weight) >= leastWeight)
      stretches.push({
        rule: sign > 0 ? soundsBad : soundsGood,
        cue: null,
        weight,
        words: { from, to },
      });
    from = Math.max(to, from + 1);
  }
  stretches.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return [...ruled.evidence, ...stretches.slice(0, mostStretches)];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}
