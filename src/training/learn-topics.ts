/** Makes the topic judge's weights from our own complaints: from the same posts the same weights, bit for bit. */
import type { TopicCard } from '../findings/judges/model.ts';
import { topicPlaces, topicSigns } from '../findings/judges/topic-signs.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import { isTopic, topicNames } from '../findings/lexicon.ts';
import { look, signsIn } from './examples.ts';
import { sha256 } from './fingerprint.ts';
import { type ManyTrue, oddsOfAll, regressAll } from './heads.ts';
import { foldOf, folds } from './learn.ts';
import { packed, pruned, scaleOf } from './packed.ts';
import type { TrainingPost } from './posts.ts';

/** `other` is what none of these is. */
const topics = topicNames.filter((name) => name !== 'other');
const shape = { heads: topics.length, places: topicPlaces };
const terms = { rounds: 4, rate: 0.06, decay: 1e-4, seed: 9 };
/** So many places keep their weights, those that move most in our posts. */
const mostPlaces = 16_000;
/** On brands set aside 2 is as good as any more, and with 0 one complaint in seven has no topic. */
const nearest = 2;

export interface MadeTopics {
  readonly bytes: Buffer;
  readonly card: TopicCard;
}

interface Told extends ManyTrue {
  readonly fold: number;
  /** 1 for each topic that the word lists name. */
  readonly listed: Uint8Array;
}

type Aside = Pick<Told, 'truths' | 'listed'> & { readonly odds: Float64Array };

/** A brand's posts are all in one fold, so that lines and figures tell of names and trades that were not learnt from. */
export function learnTopics(posts: readonly TrainingPost[], knowledge: Knowledge): MadeTopics {
  const complaints = posts.filter(({ row }) => row.complaint);
  const told = complaints.map((each) => exampleOf(each, knowledge));
  const aside = Array.from({ length: folds }, (_, fold) => setAside(told, fold)).flat();
  const whole = pruned(regressAll(told, shape, terms), told, mostPlaces);
  const scales = topics.map((_, head) => scaleOf(whole, head));
  const lines = topics.map((_, head) => bestLine(aside, head));
  const bytes = packed(whole, scales);
  const card = {
    signs: 1 as const,
    sha256: sha256(bytes),
    topics: topics.map((topic, head) => ({
      topic,
      scale: scales[head] ?? 1,
      bias: whole.biases[head] ?? 0,
      line: rounded(lines[head]?.line ?? 0),
      listed: lines[head]?.listed ?? false,
    })),
    nearest,
    made: {
      what: 'Weights of the topic judge: what a complaint is about.',
      madeBy: 'npm run train -- topics',
      places: mostPlaces,
      ownComplaints: complaints.length,
      data: sha256(complaints.map(({ row }) => `${row.text}\t${row.topics}`).join('\n')).slice(0, 16),
      licences: 'own posts: MIT',
      onBrandsNotLearntFrom: topics.map((topic, head) => ({ topic, ...lines[head]?.figures })),
    },
  };
  return { bytes, card };
}

function exampleOf({ row, brand, post }: TrainingPost, knowledge: Knowledge): Told {
  const { features, heard } = look(post, brand, knowledge);
  const named = heard.filter(isTopic);
  const listed = new Set(named.map(({ rule }) => rule.topic));
  return {
    ...signsIn(features, ...topicSigns(named, features.cues)),
    truths: Uint8Array.from(topics, (topic) => Number(row.topics.includes(topic))),
    listed: Uint8Array.from(topics, (topic) => Number(listed.has(topic))),
    fold: foldOf(brand.name),
  };
}

function setAside(told: readonly Told[], fold: number): Aside[] {
  const taught = told.filter((each) => each.fold !== fold);
  const learnt = pruned(regressAll(taught, shape, terms), taught, mostPlaces);
  return told
    .filter((each) => each.fold === fold)
    .map((each) => ({ odds: oddsOfAll(each, learnt), truths: each.truths, listed: each.listed }));
}

/** From which log-odds on a topic is named, and whether the word lists may name it too, so that its F1 is best. */
function bestLine(aside: readonly Aside[], head: number) {
  const [alone, withLists] = [false, true].map((listed) => lineWith(aside, head, listed));
  return alone && withLists && withLists.figures.f1 > alone.figures.f1 ? withLists : alone;
}

function lineWith(aside: readonly Aside[], head: number, listed: boolean) {
  const order = aside
    .map((each) => ({
      odds: listed && each.listed[head] === 1 ? Infinity : (each.odds[head] ?? 0),
      truth: each.truths[head] ?? 0,
    }))
    .sort((one, other) => (one.odds === other.odds ? 0 : other.odds - one.odds));
  const wanted = order.reduce((sum, { truth }) => sum + truth, 0);
  let best = { line: Infinity, right: 0, said: 1, f1: 0 };
  let right = 0;
  for (const [at, { odds, truth }] of order.entries()) {
    right += truth;
    const f1 = (2 * right) / (at + 1 + wanted);
    if (f1 > best.f1 && odds < Infinity) best = { line: odds, right, said: at + 1, f1 };
  }
  const cent = (share: number) => Math.round(share * 1000) / 10;
  const figures = {
    wanted,
    precision: cent(best.right / best.said),
    recall: cent(best.right / wanted),
    f1: cent(best.f1),
  };
  return { line: best.line, listed, figures };
}

const rounded = (odds: number) => Math.round(odds * 1000) / 1000;
