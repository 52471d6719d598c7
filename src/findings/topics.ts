/** What it is about: billing, refund, delivery … */
import type { Reason } from '../mention.ts';
import type { NamedTopic } from './judges/topics.ts';
import { topicNames } from './lexicon.ts';
import type { Reading } from './reading.ts';
import { reasonOf } from './reasons.ts';

export interface Topics {
  readonly topics: readonly string[];
  readonly reasons: readonly Reason[];
}

/** Topics that a judge names, the brand's own first; a complaint of which nothing is known is about `other`. */
export function findTopics(
  reading: Reading,
  named: readonly NamedTopic[],
  complains: boolean,
  own: ReadonlyMap<string, Reason>,
): Topics {
  // One that the brand has of its own is told by the brand's words.
  const told = named.filter(({ topic }) => !own.has(topic));
  const reasons = told.map(({ topic, from, to, weight }) =>
    reasonOf('topic', { rule: topic, from, to }, weight, reading),
  );
  if (own.size + told.length === 0) return { topics: complains ? ['other'] : [], reasons: [] };
  const topics = topicNames.filter((name) => told.some(({ topic }) => topic === name));
  return { topics: [...own.keys(), ...topics], reasons: [...own.values(), ...reasons] };
}
