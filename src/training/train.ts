/** `npm run train`: makes the fast judge's weights (data/model/fast.*) from our posts and the public sets of EARSHOT_DATASETS. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { modelFolder } from '../findings/judges/learned.ts';
import { places } from '../findings/judges/signs.ts';
import { loadKnowledge } from '../findings/knowledge.ts';
import { holdsForNobody, postOfText, publicTexts, signsOf } from './examples.ts';
import { calibrate, type Example, quantized, regress, scoreOf } from './logistic.ts';
import { trainingPosts } from './posts.ts';

const folds = 5;
const nobodyWeight = 0.6;
const complaintTerms = { kind: 'logistic', rounds: 10, rate: 0.08, decay: 1e-5, seed: 5 } as const;
const severityTerms = { kind: 'linear', rounds: 10, rate: 0.04, decay: 1e-4, seed: 6 } as const;
/** Of the figure for how bad it is, how much is the matter itself; the rest is how hard the writer reproaches. */
const matterShare = 0.5;

const folder = process.env.EARSHOT_DATASETS;
if (!folder) {
  process.stderr.write('EARSHOT_DATASETS must name the folder of the public sets (goemotions, isarcasm-en, cfpb).\n');
  process.exit(1);
}
const progress = (what: string) => process.stderr.write(`${what} …\n`);

progress('reading posts');
const knowledge = loadKnowledge();
const posts = trainingPosts();
const texts = publicTexts(folder);

/** The brand's fold: a brand's posts are all in one. */
function foldOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % folds;
}

interface Told extends Example {
  /** -1: in every part. */
  readonly fold: number;
  /** The number of our post; -1 of others'. */
  readonly own: number;
}
const told: Told[] = [];
const severities: (Example & { readonly fold: number })[] = [];
for (const [own, each] of posts.entries()) {
  const { row, brand, post } = each;
  const fold = foldOf(brand.name);
  const truth = row.complaint ? 1 : 0;
  const signs = signsOf(post, brand, knowledge);
  told.push({ ...signs, truth, weight: 1, fold, own });
  if (row.complaint) {
    const bad = matterShare * row.severity + (1 - matterShare) * row.reproach;
    severities.push({ ...signs, truth: bad, weight: 1, fold });
  }
  if (holdsForNobody(each)) {
    const bare = signsOf({ ...post, rating: null }, null, knowledge);
    told.push({ ...bare, truth, weight: nobodyWeight, fold, own: -1 });
  }
}
for (const { text, complaint, weight } of texts)
  told.push({ ...signsOf(postOfText(text), null, knowledge), truth: complaint, weight, fold: -1, own: -1 });

progress(`learning from ${posts.length} posts of our own and ${texts.length} others`);
const aside: { odds: number; truth: boolean }[] = [];
for (let fold = 0; fold < folds; fold++) {
  const learnt = regress(
    told.filter((each) => each.fold !== fold),
    complaintTerms,
  );
  for (const each of told)
    if (each.fold === fold && each.own >= 0) aside.push({ odds: scoreOf(each, learnt), truth: each.truth === 1 });
}
const calibration = calibrate(aside);
const whole = regress(told, complaintTerms);
const bad = regress(severities, severityTerms);
const complaint = quantized(whole);
const severity = quantized(bad);

const bytes = Buffer.concat([Buffer.from(complaint.bytes.buffer), Buffer.from(severity.bytes.buffer)]);
const card = {
  signs: 1,
  sha256: createHash('sha256').update(bytes).digest('hex'),
  complaint: { scale: complaint.scale, bias: whole.bias },
  calibration,
  severity: { scale: severity.scale, bias: bad.bias },
  about: {
    what: 'Weights of the fast judge: a complaint about the brand, and how bad it is.',
    madeBy: 'EARSHOT_DATASETS=… npm run train',
    places,
    ownPosts: posts.length,
    otherTexts: texts.length,
    data: createHash('sha256')
      .update(posts.map(({ row }) => row.text).join('\n'))
      .digest('hex')
      .slice(0, 16),
    licences: 'own posts: MIT; GoEmotions: Apache-2.0; iSarcasmEval: MIT; CFPB narratives: public domain',
    setAside: figures(),
  },
};
mkdirSync(modelFolder, { recursive: true });
writeFileSync(new URL('fast.bin', modelFolder), bytes);
writeFileSync(new URL('fast.json', modelFolder), `${JSON.stringify(card, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(card.about.setAside)}\n`);

/** On brands that were set aside in turn: what the learned judge does with trades and names it has not seen. */
function figures() {
  const sure = aside.map(({ odds, truth }) => ({
    p: 1 / (1 + Math.exp(-(calibration.slope * odds + calibration.offset))),
    truth,
  }));
  const at = (line: number) => {
    const right = sure.filter(({ p, truth }) => p >= line && truth).length;
    const flagged = sure.filter(({ p }) => p >= line).length;
    const wanted = sure.filter(({ truth }) => truth).length;
    return {
      line,
      precision: cent(right / flagged),
      recall: cent(right / wanted),
      f1: cent((2 * right) / (flagged + wanted)),
    };
  };
  return [0.35, 0.5, 0.6, 0.7].map(at);
}

function cent(share: number): number {
  return Math.round(share * 1000) / 10;
}
