/** The learned topic judge: weighs the signs of a complaint by what `npm run train` found in our own posts, and shows the words. */
import type { Token } from '../reading.ts';
import type { Features } from './fast.ts';
import type { TopicFiles } from './model.ts';
import { topicSignsBy } from './topic-signs.ts';
import type { NamedTopic, TopicJudge } from './topics.ts';

/** Words are shown in stretches of at most so many; each adds so much of what the heaviest of all weighs. */
const longestStretch = 8;
const leastOfHeaviest = 0.1;
/** A second stretch is shown where it weighs so much (log-odds), and so much of the first; a topic below its line where any does. */
const mostStretches = 2;
const leastSecond = 0.4;
const leastOfFirst = 0.5;
/** Hardly any of our posts has more. */
const mostTopics = 3;
/** Below this (log-odds) words say nothing of a topic. */
const leastWeight = 0.1;

/** A judge that remembers words, and nothing of what was said with them. */
export function learnedTopics({ card, weights, vectors }: TopicFiles): TopicJudge {
  const { topics } = card;
  const heads = topics.length;
  const rows = scaledRows({ card, weights, vectors });
  const putSigns = topicSignsBy(vectors, ({ places, values }) => {
    const alone = new Float32Array(heads);
    for (const [at, place] of places.entries()) {
      const row = weights.find(place);
      for (let head = 0; row >= 0 && head < heads; head++)
        alone[head] = (alone[head] ?? 0) + (rows[row + head] ?? 0) * (values[at] ?? 0);
    }
    return alone;
  });
  return {
    version: `topics-${card.sha256.slice(0, 8)}`,
    judge: (features, heard) => {
      const { tokens } = features.reading;
      const threats = threatsIn(features);
      const odds = Float64Array.from(topics, ({ bias }) => bias);
      const inWords: Weighed[] = [];
      const weigh = (sign: Weighed) => {
        for (let head = 0; head < heads; head++) odds[head] = (odds[head] ?? 0) + weightOf(sign, head);
        if (sign.from >= 0) inWords.push(sign);
      };
      putSigns(
        features,
        heard,
        (word, value, at) => {
          if (threats[at] === 0) weigh({ by: word, row: 0, value, from: at, to: at + 1 });
        },
        (place, value, from, to) => {
          const row = weights.find(place);
          if (row >= 0 && (from < 0 || !threats.subarray(from, to).includes(1)))
            weigh({ by: rows, row, value, from, to });
        },
      );
      const found = topics.flatMap(({ topic, line, listed }, head) => {
        const sure = listed ? heard.find(({ rule }) => rule.topic === topic) : undefined;
        const over = (odds[head] ?? 0) - line;
        if (!sure && over < -card.nearest) return [];
        const stretches = stretchesOf(tokens, byTokenOf(inWords, head, tokens.length));
        const told = stretches.length === 0 && sure ? [{ from: sure.from, to: sure.to, weight: 1 }] : stretches;
        return [{ over: sure ? Math.max(0, over) : over, told: told.map((each): NamedTopic => ({ topic, ...each })) }];
      });
      // What nothing in the text speaks for is not named.
      const shown = found.filter(({ told }) => told.length > 0).sort((one, other) => other.over - one.over);
      const over = shown.filter((each) => each.over >= 0);
      const nearest = shown.slice(0, 1).filter((each) => (each.told[0]?.weight ?? 0) >= leastSecond);
      return (over.length > 0 ? over.slice(0, mostTopics) : nearest).flatMap(({ told }) => told);
    },
  };
}

/** A sign that stands in the text: a row of weights, one a topic, and how strongly it is there. */
interface Weighed {
  readonly by: Float32Array;
  /** Where its row begins. */
  readonly row: number;
  readonly value: number;
  /** The tokens it stands in; -1 where it stands in none. */
  readonly from: number;
  readonly to: number;
}

const weightOf = ({ by, row, value }: Weighed, head: number): number => (by[row + head] ?? 0) * value;

/** What each token says for one topic: a sign of several words is shared by them. */
function byTokenOf(signs: readonly Weighed[], head: number, count: number): Float64Array {
  const byToken = new Float64Array(count);
  for (const sign of signs) {
    const each = weightOf(sign, head) / (sign.to - sign.from);
    for (let at = sign.from; at < sign.to; at++) byToken[at] = (byToken[at] ?? 0) + each;
  }
  return byToken;
}

/** The weights as log-odds, so that none is multiplied at each post. */
function scaledRows({ card: { topics }, weights: { numbers } }: TopicFiles): Float32Array {
  return Float32Array.from(numbers, (weight, at) => weight * (topics[at % topics.length]?.scale ?? 0));
}

type Stretch = Pick<NamedTopic, 'from' | 'to' | 'weight'>;

/** Tokens of clauses that threaten to sue: that is done whatever it is about. */
function threatsIn({ reading: { tokens }, cues }: Features): Uint8Array {
  const threats = cues.filter(({ kind, topics }) => kind === 'grave' && topics.join() === 'other');
  const clauses = new Set(threats.map(({ from }) => tokens[from]?.clause));
  return Uint8Array.from(tokens, ({ clause }) => Number(clauses.has(clause)));
}

/** The stretches within a sentence that weighed most for a topic. */
function stretchesOf(tokens: readonly Token[], byToken: Float64Array): readonly Stretch[] {
  // Names, accounts and links tell nothing to whoever reads why.
  const left = byToken.map((weight, at) => (tokens[at]?.text.startsWith('<') ? Math.min(0, weight) : weight));
  const each = leastOfHeaviest * left.reduce((most, weight) => Math.max(most, weight), 0);
  const stretches: Stretch[] = [];
  while (stretches.length < mostStretches) {
    const next = heaviest(tokens, left, each);
    const [first] = stretches;
    if (!next || next.weight < (first ? Math.max(leastSecond, leastOfFirst * first.weight) : leastWeight)) break;
    stretches.push(next);
    left.fill(-Infinity, next.from, next.to);
  }
  return stretches;
}

function heaviest(tokens: readonly Token[], byToken: Float64Array, each: number): Stretch | null {
  let best: Stretch | null = null;
  let most = 0;
  for (let from = 0; from < tokens.length; from++) {
    let weight = 0;
    for (let to = from + 1; to <= Math.min(tokens.length, from + longestStretch); to++) {
      if (tokens[to - 1]?.sentence !== tokens[from]?.sentence) break;
      weight += byToken[to - 1] ?? 0;
      const worth = weight - each * (to - from);
      if (worth <= most) continue;
      best = { from, to, weight };
      most = worth;
    }
  }
  return best;
}
