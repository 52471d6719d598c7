/** Makes the fast judge's weights: from the same posts and texts the same weights, bit for bit. */
import { createHash } from 'node:crypto';
import type { FastCard } from '../findings/judges/learned.ts';
import { places } from '../findings/judges/signs.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import { holdsForNobody, type PublicText, postOfText, signsOf } from './examples.ts';
import { calibrate, type Example, quantized, regress, scoreOf } from './logistic.ts';
import type { TrainingPost } from './posts.ts';

const folds = 5;
const nobodyWeight = 0.6;
const complaintTerms = { kind: 'logistic', rounds: 8, rate: 0.06, decay: 1e-5, seed: 5 } as const;
const severityTerms = { kind: 'linear', rounds: 10, rate: 0.04, decay: 1e-4, seed: 6 } as const;
/** Of the figure for how bad it is, how much is the matter itself; the rest is how hard the writer reproaches. */
const matterShare = 0.5;

export interface Made {
  readonly bytes: Buffer;
  readonly card: FastCard;
}

interface Told extends Example {
  /** -1: in every part. */
  readonly fold: number;
  /** One of our posts, asked for its brand: what the figures are counted on. */
  readonly own: boolean;
}

interface Aside {
  readonly odds: number;
  readonly truth: boolean;
}

/** A brand's posts are all in one fold, so that the figures tell of names and trades that were not learnt from. */
export function learn(posts: readonly TrainingPost[], texts: readonly PublicText[], knowledge: Knowledge): Made {
  const told = [
    ...posts.flatMap((each) => ownExamples(each, knowledge)),
    ...texts.map((each) => publicExample(each, knowledge)),
  ];
  const aside = Array.from({ length: folds }, (_, fold) => setAside(told, fold)).flat();
  const calibration = calibrate(aside);
  const whole = regress(told, complaintTerms);
  const grave = regress(
    posts.flatMap((each) => severityExample(each, knowledge)),
    severityTerms,
  );
  const complaint = quantized(whole);
  const severity = quantized(grave);
  const bytes = Buffer.concat([Buffer.from(complaint.bytes.buffer), Buffer.from(severity.bytes.buffer)]);
  const card = {
    signs: 1 as const,
    sha256: sha256(bytes),
    complaint: { scale: complaint.scale, bias: whole.bias },
    calibration,
    severity: { scale: severity.scale, bias: grave.bias },
    about: {
      what: 'Weights of the fast judge: whether a post complains about the brand, and how bad it is.',
      madeBy: 'EARSHOT_DATASETS=FOLDER npm run train',
      places,
      ownPosts: posts.length,
      otherTexts: texts.length,
      data: sha256([...posts.map(({ row }) => row.text), ...texts.map(({ text }) => text)].join('\n')).slice(0, 16),
      licences: 'own posts: MIT; GoEmotions: Apache-2.0; iSarcasmEval: MIT; CFPB narratives: public domain',
      onBrandsNotLearntFrom: [0.35, 0.5, 0.6, 0.7].map((line) => figuresAt(line, aside, calibration)),
    },
  };
  return { bytes, card };
}

function ownExamples(each: TrainingPost, knowledge: Knowledge): Told[] {
  const { row, brand, post } = each;
  const fold = createHash('sha256').update(brand.name).digest().readUInt32BE(0) % folds;
  const truth = row.complaint ? 1 : 0;
  const asked = { ...signsOf(post, brand, knowledge), truth, weight: 1, fold, own: true };
  if (!holdsForNobody(each)) return [asked];
  const bare = signsOf({ ...post, rating: null }, null, knowledge);
  return [asked, { ...bare, truth, weight: nobodyWeight, fold, own: false }];
}

function publicExample({ text, complaint, weight }: PublicText, knowledge: Knowledge): Told {
  return { ...signsOf(postOfText(text), null, knowledge), truth: complaint, weight, fold: -1, own: false };
}

function severityExample({ row, brand, post }: TrainingPost, knowledge: Knowledge): Example[] {
  if (!row.complaint) return [];
  const truth = matterShare * row.severity + (1 - matterShare) * row.reproach;
  return [{ ...signsOf(post, brand, knowledge), truth, weight: 1 }];
}

function setAside(told: readonly Told[], fold: number): Aside[] {
  const learnt = regress(
    told.filter((each) => each.fold !== fold),
    complaintTerms,
  );
  const asked = told.filter((each) => each.fold === fold && each.own);
  return asked.map((each) => ({ odds: scoreOf(each, learnt), truth: each.truth === 1 }));
}

function figuresAt(line: number, aside: readonly Aside[], { slope, offset }: FastCard['calibration']) {
  const sure = aside.map(({ odds, truth }) => ({ said: 1 / (1 + Math.exp(-(slope * odds + offset))) >= line, truth }));
  const right = sure.filter(({ said, truth }) => said && truth).length;
  const flagged = sure.filter(({ said }) => said).length;
  const wanted = sure.filter(({ truth }) => truth).length;
  const cent = (share: number) => Math.round(share * 1000) / 10;
  return {
    line,
    precision: cent(right / flagged),
    recall: cent(right / wanted),
    f1: cent((2 * right) / (flagged + wanted)),
  };
}

function sha256(what: string | Buffer): string {
  return createHash('sha256').update(what).digest('hex');
}
