/** What the learned topic judge looks at: what the fast judge does, but for the manner, and the topics that the word lists name. */
import { type TopicRule, topicNames } from '../lexicon.ts';
import type { Heard } from '../phrases.ts';
import type { Features } from './fast.ts';
import { type PutSign, type PutWord, places, saidSignsBy, type WordSigns } from './signs.ts';
import { type NamedTopic, wrongTopics } from './topics.ts';
import type { WordVectors } from './word-vectors.ts';

/** The last of them stand for a topic each: named by the word lists, and of what went wrong. */
export const topicPlaces = places + 2 * topicNames.length;

/** Puts all signs of a complaint's topics. */
export type PutTopicSigns<Word> = (
  features: Features,
  heard: readonly Heard<TopicRule>[],
  putWord: PutWord<Word>,
  put: PutSign,
) => void;

/** Looks with these word vectors; `wordOf` is asked once a word what it makes of it. */
export function topicSignsBy<Word>(vectors: WordVectors, wordOf: (signs: WordSigns) => Word): PutTopicSigns<Word> {
  const putSaid = saidSignsBy(vectors, wordOf);
  return (features, heard, putWord, put) => {
    putSaid(features, putWord, put);
    putNamed(
      heard.map(({ rule: { topic }, from, to }) => ({ topic, from, to })),
      places,
      put,
    );
    putNamed(wrongTopics(features.cues), places + topicNames.length, put);
  };
}

/** A whole list stands behind it, where a word only has itself. */
const listValue = 2;

/** Each naming says less than the one before: together the root of their number. */
function putNamed(named: readonly Pick<NamedTopic, 'topic' | 'from' | 'to'>[], first: number, put: PutSign): void {
  for (const [topic, all] of Map.groupBy(named, (each) => each.topic)) {
    const place = first + topicNames.indexOf(topic);
    for (const { from, to } of all) put(place, listValue / Math.sqrt(all.length), from, to);
  }
}
