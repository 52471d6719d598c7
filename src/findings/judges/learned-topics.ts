/** The learned topic judge: weighs the signs of a complaint by what `npm run train` found in our own posts, and shows the words. */
import type { Cue } from '../cues.ts';
import type { TopicName, TopicRule } from '../lexicon.ts';
import type { Heard } from '../phrases.ts';
import type { Token } from '../reading.ts';
import type { TopicFiles } from './model.ts';
import { topicPlaces, topicSigns } from './topic-signs.ts';
import type { NamedTopic, TopicJudge } from './topics.ts';
import { weigherOf } from './weigh.ts';

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
export function learnedTopics({ card, weights }: TopicFiles): TopicJudge {
  const { topics } = card;
  const weigh = weigherOf(topics, weights, topicPlaces);
  return {
    version: `topics-${card.sha256.slice(0, 8)}`,
    judge: ({ reading: { tokens }, cues, signs }, heard) => {
      const weighing = weigh({ tokens, signs, more: topicSigns(heard, cues), muted: threatsIn(tokens, cues) });
      const odds = weighing.odds();
      const found = topics.map(({ topic, line, listed }, head): Found => {
        const sure = listed ? heard.find(({ rule }) => rule.topic === topic) : undefined;
        const over = (odds[head] ?? 0) - line;
        return { topic, head, over: sure ? Math.max(0, over) : over, sure };
      });
      const order = found.filter(({ over }) => over >= -card.nearest).sort((one, other) => other.over - one.over);
      // What nothing in the text speaks for is not named.
      const tell = ({ topic, head, sure }: Found): readonly NamedTopic[] => {
        const stretches = stretchesOf(tokens, weighing.byToken(head));
        const told = stretches.length === 0 && sure ? [{ from: sure.from, to: sure.to, weight: 1 }] : stretches;
        return told.map(({ from, to, weight }) => ({ topic, from, to, weight }));
      };
      const over = order
        .filter((each) => each.over >= 0)
        .map(tell)
        .filter((told) => told.length > 0);
      if (over.length > 0) return over.slice(0, mostTopics).flat();
      for (const each of order) {
        const told = each.over < 0 ? tell(each) : [];
        if (told.length > 0) return (told[0]?.weight ?? 0) >= leastSecond ? told : [];
      }
      return [];
    },
  };
}

/** A topic that a complaint may be about. */
interface Found {
  readonly topic: TopicName;
  readonly head: number;
  /** How far over its line (log-odds). */
  readonly over: number;
  /** Words by which the lists name it, where that is enough. */
  readonly sure: Heard<TopicRule> | undefined;
}

type Stretch = Pick<NamedTopic, 'from' | 'to' | 'weight'>;

/** 1 for tokens of clauses that threaten to sue: that is done whatever it is about. Null where nobody does. */
function threatsIn(tokens: readonly Token[], cues: readonly Cue[]): Uint8Array | null {
  const threats = cues.filter(({ kind, topics }) => kind === 'grave' && topics.join() === 'other');
  if (threats.length === 0) return null;
  const clauses = new Set(threats.map(({ from }) => tokens[from]?.clause));
  return Uint8Array.from(tokens, ({ clause }) => Number(clauses.has(clause)));
}

/** The stretches within a sentence that weighed most for a topic. */
function stretchesOf(tokens: readonly Token[], byToken: readonly number[]): readonly Stretch[] {
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

function heaviest(tokens: readonly Token[], byToken: readonly number[], each: number): Stretch | null {
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
