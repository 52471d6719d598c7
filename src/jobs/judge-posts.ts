/** Which brands a batch of posts is about, and what we think of it. Pure: nothing is read or written. */
import type { BrandConfig } from '../config/config.ts';
import { assess } from '../findings/assess.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import type { Matcher } from '../match/match.ts';
import type { Findings, Hit, Post } from '../mention.ts';
import { storable } from '../store/storable.ts';
import type { SetAside } from '../watch.ts';
import { noOpinions, type Opinions } from './opinions.ts';

export interface JudgedPost {
  readonly post: Post;
  /** One for each brand that the post mentions; never empty. */
  readonly mentions: readonly {
    readonly brandId: string;
    readonly hits: readonly Hit[];
    /** By where the post stands, named or not. */
    readonly certain: boolean;
    readonly findings: Findings;
  }[];
}

export interface Judged {
  readonly kept: readonly JudgedPost[];
  /** What was set aside: one of them may be an edit of a post that is stored. */
  readonly dropped: readonly Post[];
  readonly setAside: SetAsideCounts;
}

export type SetAsideCounts = Partial<Record<SetAside, number>>;

export interface Judging {
  readonly matcher: Matcher;
  readonly knowledge: Knowledge;
  readonly brands: ReadonlyMap<string, BrandConfig>;
  /** Milliseconds UTC. */
  readonly now: number;
  /** The brands that this watch listens for; null: any. */
  readonly listening: readonly string[] | null;
  /** The posts are about these brands, named or not. */
  readonly certain: readonly string[];
  /** Published before this (milliseconds UTC) is older than was asked for; null where nothing is too old. */
  readonly notBefore: number | null;
}

/** A post that several brands set aside for different reasons counts once, by the first brand's. */
export function judgePosts(posts: readonly Post[], judging: Judging): Judged {
  const kept: JudgedPost[] = [];
  const dropped: Post[] = [];
  const setAside: SetAsideCounts = {};
  for (const given of posts) {
    // As it will be stored, so that offsets and dates agree with what is read later.
    const post = storable(given, judging.now);
    const verdict = judgeOne(post, judging);
    if (typeof verdict === 'string') {
      setAside[verdict] = (setAside[verdict] ?? 0) + 1;
      dropped.push(post);
    } else kept.push(verdict);
  }
  return { kept, dropped, setAside };
}

/** The same, with what slow judges say of some of them. */
export function weighIn(
  judged: Judged,
  { knowledge, brands }: Pick<Judging, 'knowledge' | 'brands'>,
  opinions: Opinions,
): Judged {
  if (opinions === noOpinions) return judged;
  const kept = judged.kept.map(({ post, mentions }) => ({
    post,
    mentions: mentions.map((mention) => {
      const { brandId, hits, certain } = mention;
      const said = opinions({ post, brandId });
      if (said.length === 0) return mention;
      return { ...mention, findings: assess(post, brands.get(brandId) ?? null, certain ? [] : hits, knowledge, said) };
    }),
  }));
  return { ...judged, kept };
}

function judgeOne(post: Post, judging: Judging): JudgedPost | SetAside {
  const { matcher, knowledge, brands, listening, certain, notBefore } = judging;
  if (notBefore !== null && post.publishedAt !== null && post.publishedAt < notBefore) return 'too-old';
  const matches = matcher
    .find(post, { certain })
    .filter((match) => listening === null || listening.includes(match.brandId));
  const mentions = matches
    .filter((match) => match.verdict === 'mention')
    .map(({ brandId, hits }) => {
      const sure = certain.includes(brandId);
      // Where the place speaks for the brand, the words need not.
      const findings = assess(post, brands.get(brandId) ?? null, sure ? [] : hits, knowledge, []);
      return { brandId, hits, certain: sure, findings };
    });
  if (mentions.length > 0) return { post, mentions };
  const [first] = matches;
  return first && first.verdict !== 'mention' ? first.verdict : 'no-match';
}

/** Adds counts up; used for the pages of a run. */
export function addCounts(one: SetAsideCounts, other: SetAsideCounts): SetAsideCounts {
  const sum = { ...one };
  for (const [reason, count] of Object.entries(other)) {
    const key = reason as SetAside;
    sum[key] = (sum[key] ?? 0) + count;
  }
  return sum;
}
