/** The judge that says what a complaint is about: the seam for a trained one, and the word lists as the first of them. */
import type { Cue } from '../cues.ts';
import type { TopicName, TopicRule } from '../lexicon.ts';
import type { Heard } from '../phrases.ts';
import type { Features } from './fast.ts';

/** A topic, and the words by which it is one. */
export interface NamedTopic {
  readonly topic: TopicName;
  /** Tokens `from` up to but without `to`. */
  readonly from: number;
  readonly to: number;
  /** 1 for words of a list; else log-odds. */
  readonly weight: number;
}

export interface TopicJudge {
  /** Changes whenever the same post could get other topics. */
  readonly version: string;
  /** Of a complaint; several of one topic where several words say so. `heard` are the topics that the word lists find. */
  judge(features: Features, heard: readonly Heard<TopicRule>[]): readonly NamedTopic[];
}

/** What the word lists name. */
export function listedTopics(heard: readonly Heard<TopicRule>[]): readonly NamedTopic[] {
  const first = new Map<TopicName, NamedTopic>();
  for (const { rule, from, to } of heard)
    if (!first.has(rule.topic)) first.set(rule.topic, { topic: rule.topic, from, to, weight: 1 });
  return [...first.values()];
}

/** Goes by the word lists alone: the topics that they name, and those of what went wrong. */
export function listTopicJudge(): TopicJudge {
  return {
    version: 'lists',
    judge: ({ cues }, heard) => {
      const named = listedTopics(heard);
      const known = new Set(named.map(({ topic }) => topic));
      const wrong = wrongTopics(cues).filter(({ topic }) => topic !== 'other' && !known.has(topic));
      return [...named, ...wrong.filter(({ topic }, at) => wrong.findIndex((each) => each.topic === topic) === at)];
    },
  };
}

/** Topics of what is said to have gone wrong, one for each cue and topic. */
export function wrongTopics(cues: readonly Cue[]): readonly NamedTopic[] {
  const told = cues.filter((cue) => !cue.negated && cue.target !== 'them' && cue.kind !== 'help');
  return told.flatMap(({ topics, from, to }) => topics.map((topic) => ({ topic, from, to, weight: 1 })));
}
