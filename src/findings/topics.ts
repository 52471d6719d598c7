/** What it is about: billing, refund, delivery … */
import type { Reason } from '../mention.ts';
import type { Cue } from './cues.ts';
import { type TopicRule, topicNames } from './lexicon.ts';
import type { Heard } from './phrases.ts';
import type { Reading } from './reading.ts';
import { reasonOf } from './reasons.ts';

export interface Topics {
  readonly topics: readonly string[];
  readonly reasons: readonly Reason[];
}

/** Topics that the words name, the brand's own first; a complaint also has those of what went wrong, or `other` where none is known. */
export function findTopics(
  reading: Reading,
  heard: readonly Heard<TopicRule>[],
  cues: readonly Cue[],
  complains: boolean,
  own: ReadonlyMap<string, Reason>,
): Topics {
  const reasons = new Map(own);
  for (const { rule, from, to } of heard) {
    if (!reasons.has(rule.topic))
      reasons.set(rule.topic, reasonOf('topic', { rule: rule.topic, from, to }, 1, reading));
  }
  const told = cues.filter((cue) => complains && !cue.negated && cue.target !== 'them' && cue.kind !== 'help');
  for (const cue of told) {
    for (const topic of cue.topics) {
      if (topic !== 'other' && !reasons.has(topic))
        reasons.set(topic, reasonOf('topic', { rule: topic, from: cue.from, to: cue.to }, 1, reading));
    }
  }
  if (reasons.size === 0) return { topics: complains ? ['other'] : [], reasons: [] };
  const topics = [...own.keys(), ...topicNames.filter((topic) => reasons.has(topic) && !own.has(topic))];
  return { topics, reasons: [...reasons.values()] };
}
