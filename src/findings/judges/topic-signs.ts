/** What the learned topic judge looks at beside what is said: the topics that the word lists name. */
import type { Cue } from '../cues.ts';
import { type TopicRule, topicNames } from '../lexicon.ts';
import type { Heard } from '../phrases.ts';
import { type PlacedSigns, places } from './signs.ts';
import { type NamedTopic, wrongTopics } from './topics.ts';

/** The last of them stand for a topic each: named by the word lists, and of what went wrong. */
export const topicPlaces = places + 2 * topicNames.length;

export function topicSigns(heard: readonly Heard<TopicRule>[], cues: readonly Cue[]): PlacedSigns {
  const named = heard.map(({ rule: { topic }, from, to }) => ({ topic, from, to }));
  const found: Found = { places: [], values: [], from: [], to: [] };
  put(named, places, found);
  put(wrongTopics(cues), places + topicNames.length, found);
  return found;
}

type Found = Readonly<Record<keyof PlacedSigns, number[]>>;

/** A whole list stands behind it, where a word only has itself. */
const listValue = 2;

/** Each naming says less than the one before: together the root of their number. */
function put(named: readonly Pick<NamedTopic, 'topic' | 'from' | 'to'>[], first: number, found: Found): void {
  for (const [topic, all] of Map.groupBy(named, (each) => each.topic)) {
    for (const { from, to } of all) {
      found.places.push(first + topicNames.indexOf(topic));
      found.values.push(listValue / Math.sqrt(all.length));
      found.from.push(from);
      found.to.push(to);
    }
  }
}
