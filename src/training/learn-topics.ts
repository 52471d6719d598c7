/** Makes the topic judge's weights from our own complaints: from the same posts the same weights, bit for bit. */
import type { TopicCard } from '../findings/judges/model.ts';
import { topicPlaces, topicSigns } from '../findings/judges/topic-signs.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import { isTopic, topicNames } from '../findings/lexicon.ts';
import { look, signsIn } from './examples.ts';
import { sha256 } from './fingerprint.ts';
import { foldOf } from './folds.ts';
import type { Made } from './learn.ts';
import { type Aside, type Folded, learnHeads } from './learn-heads.ts';
import type { TrainingPost } from './posts.ts';

/** `other` is what none of these is. */
const topics = topicNames.filter((name) => name !== 'other');
const shape = { heads: topics.length, places: topicPlaces, mostPlaces: 16_000 };
const terms = { ...shape, rounds: 4, rate: 0.06, decay: 1e-4, seed: 9 };
/** On brands set aside 2 is as good as any more, and with 0 one complaint in seven has no topic. */
const nearest = 2;

interface Told extends Folded {
  /** 1 for each topic that the word lists name. */
  readonly listed: Uint8Array;
}

export function learnTopics(posts: readonly TrainingPost[], knowledge: Knowledge): Made<TopicCard> {
  const complaints = posts.filter(({ row }) => row.complaint);
  const told = complaints.map((each) => exampleOf(each, knowledge));
  const { bytes, lines, aside } = learnHeads(told, terms);
  const best = topics.map((_, head) => bestLine(aside, head));
  const card = {
    signs: 1 as const,
    sha256: sha256(bytes),
    topics: topics.map((topic, head) => ({
      topic,
      ...(lines[head] ?? { scale: 1, bias: 0 }),
      line: rounded(best[head]?.line ?? 0),
      listed: best[head]?.listed ?? false,
    })),
    nearest,
    made: {
      what: 'Weights of the topic judge: what a complaint is about.',
      madeBy: 'npm run train -- topics',
      places: shape.mostPlaces,
      ownComplaints: complaints.length,
      data: sha256(complaints.map(({ row }) => `${row.text}\t${row.topics}`).join('\n')).slice(0, 16),
      licences: 'own posts: MIT',
      onBrandsNotLearntFrom: topics.map((topic, head) => ({ topic, ...best[head]?.figures })),
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

/** From which log-odds on a topic is named, and whether the word lists may name it too, so that its F1 is best. */
function bestLine(aside: readonly Aside<Told>[], head: number) {
  const [alone, withLists] = [false, true].map((listed) => lineWith(aside, head, listed));
  return alone && withLists && withLists.figures.f1 > alone.figures.f1 ? withLists : alone;
}

function lineWith(aside: readonly Aside<Told>[], head: number, listed: boolean) {
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
