/** Posts as people write them, as many as wanted: always the same ones, since they come from a fixed seed. */
import type { Post } from '../../src/mention.ts';
import { type Mood, moods, type Speech, speeches } from './said.ts';

/** Businesses that nobody has. */
export const brandNames = ['Copper Kettle', 'Osteria Juniper', 'Velo Marsh'] as const;

export interface PostsWish {
  readonly count: number;
  /** How many of a hundred name one of the brands. */
  readonly naming: number;
  /** The newest is said then, the others up to twenty days before; milliseconds UTC. */
  readonly until: number;
}

const strangers = ['the bakery next door', 'Northern Rail', 'my bank', 'that new place', 'the museum'];
const spanMs = 20 * 86_400_000;
/** Sentences a post, as often as they stand here: most posts are short, some are stories; together as long as the demo's. */
const lengths = [1, 1, 1, 1, 2, 2, 2, 3, 3, 6];

export function inventPosts({ count, naming, until }: PostsWish): Post[] {
  const random = seeded(20_261_120);
  const pick = <Value>(values: readonly Value[]): Value => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new RangeError('nothing to pick from');
    return value;
  };
  return Array.from({ length: count }, (_, number): Post => {
    const names = random() * 100 < naming;
    const us = names ? pick(brandNames) : pick(strangers);
    const speech = byShare(speeches, ({ share }) => share, random);
    const mood = byShare(moods, ([, share]) => share, random)[0];
    const text = talk({ speech, mood, us, sentences: pick(lengths) }, pick);
    const reviewed = random() < 0.3;
    return {
      source: 'bench',
      externalId: `post-${number}-of-the-bench`,
      url: `https://talk.example/${number % 97}/${number}`,
      author: { handle: `person${Math.floor(random() * count * 0.7)}`, name: null, url: null, followers: null },
      title: random() < 0.3 ? text.slice(0, 40) : null,
      text,
      language: random() < 0.5 ? speech.language : null,
      publishedAt: until - Math.floor((spanMs * (count - number)) / count),
      editedAt: null,
      rating: reviewed ? { value: mood === 'hurt' ? 1 + (number % 2) : 3 + (number % 3), scale: 5 } : null,
      engagement: { likes: null, reposts: null, replies: null, views: null },
      links: [],
      origin: null,
      parentId: null,
      threadId: null,
      place: null,
    };
  });
}

interface Telling {
  readonly speech: Speech;
  readonly mood: Mood;
  readonly us: string;
  readonly sentences: number;
}

/** The first sentence names whom it is about; what follows may stray. */
function talk({ speech, mood, us, sentences }: Telling, pick: <Value>(values: readonly Value[]) => Value): string {
  const fill = (sentence: string) =>
    sentence.replaceAll(/\{(\w+)\}/g, (_slot, name: string) => (name === 'us' ? us : pick(speech.words[name] ?? [''])));
  const first = pick(speech.says[mood].filter((sentence) => sentence.includes('{us}')));
  const others = Array.from({ length: sentences - 1 }, () => pick(speech.says[pick([mood, mood, 'plain'] as const)]));
  return [first, ...others].map(fill).join(' ');
}

function byShare<Value>(values: readonly Value[], shareOf: (value: Value) => number, random: () => number): Value {
  let left = random() * values.reduce((sum, value) => sum + shareOf(value), 0);
  for (const value of values) {
    left -= shareOf(value);
    if (left < 0) return value;
  }
  throw new RangeError('shares of nothing');
}

/** Mulberry32 by Tommy Ettinger, public domain: good enough to mix words, the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
