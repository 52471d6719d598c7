/** What the learned topic judge looks at beside what is said: the topics that the word lists name. */
import type { Cue } from '../cues.ts';
import { type TopicRule, topicNames } from '../lexicon.ts';
import type { Heard } from '../phrases.ts';
import { places } from './sign-places.ts';
import type { PlacedSigns } from './signs.ts';
import { type NamedTopic, wrongTopics } from './topics.ts';

/** The last of them stand for a topic each: named by the word lists, and of what went wrong. */
export const topicPlaces = places + 2 * topicNames.length;

/** The signs of each topic that is named. */
export function topicSigns(heard: readonly Heard<TopicRule>[], cues: readonly Cue[]): readonly PlacedSigns[] {
  const named = heard.map(({ rule: { topic }, from, to }) => ({ topic, from, to }));
  return [...signsOf(named, places), ...signsOf(wrongTopics(cues), places + topicNames.length)];
}

/** A whole list stands behind it, where a word only has itself. */
const listValue = 2;

/** Each naming says less than the one before: together the root of their number. */
function signsOf(named: readonly Pick<NamedTopic, 'topic' | 'from' | 'to'>[], first: number): PlacedSigns[] {
  return [...Map.groupBy(named, ({ topic }) => topic)].map(([topic, all]) => ({
    places: all.map(() => first + topicNames.indexOf(topic)),
    value: listValue / Math.sqrt(all.length),
    from: all.map(({ from }) => from),
    to: all.map(({ to }) => to),
  }));
}
