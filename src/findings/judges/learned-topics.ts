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
  const addRow = (into: Float64Array, start: number, place: number, value: number) => {
    const row = weights.find(place);
    for (let head = 0; row >= 0 && head < heads; head++)
      into[start + head] = (into[start + head] ?? 0) + (rows[row + head] ?? 0) * value;
  };
  const putSigns = topicSignsBy(vectors, ({ places, values }) => {
    const alone = new Float64Array(heads);
    for (const [at, place] of places.entries()) addRow(alone, 0, place, values[at] ?? 0);
    return alone;
  });
  return {
    version: `topics-${card.sha256.slice(0, 8)}`,
    judge: (features, heard) => {
      const { tokens } = features.reading;
      const threats = threatsIn(features);
      const odds = Float64Array.from(topics, ({ bias }) => bias);
      /** A row a token, a number a topic. */
      const byToken = new Float64Array(tokens.length * heads);
      putSigns(
        features,
        heard,
        (word, share, at) => {
          if (threats[at] === 1) return;
          for (let head = 0; head < heads; head++) {
            const weight = (word[head] ?? 0) * share;
            odds[head] = (odds[head] ?? 0) + weight;
            byToken[at * heads + head] = (byToken[at * heads + head] ?? 0) + weight;
          }
        },
        (place, value, from, to) => {
          if (from >= 0 && threats.subarray(from, to).includes(1)) return;
          addRow(odds, 0, place, value);
          for (let at = from; at >= 0 && at < to; at++) addRow(byToken, at * heads, place, value / (to - from));
        },
      );
      const found = topics.flatMap(({ topic, line, listed }, head) => {
        const sure = listed ? heard.find(({ rule }) => rule.topic === topic) : undefined;
        const over = (odds[head] ?? 0) - line;
        if (!sure && over < -card.nearest) return [];
        const stretches = stretchesOf(
          tokens,
          Float64Array.from(tokens, (_, at) => byToken[at * heads + head] ?? 0),
        );
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
