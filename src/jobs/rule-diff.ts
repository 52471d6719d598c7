/** What a changed config would do to the stored mentions, found out before it is applied; nothing is written. */
import type { BrandConfig } from '../config/config.ts';
import { assess } from '../findings/assess.ts';
import type { Knowledge } from '../findings/knowledge.ts';
import type { Matcher } from '../match/match.ts';
import type { Findings, Hit } from '../mention.ts';
import { readBrands } from '../store/brands.ts';
import { brandsOfPosts, type StoredPost, storedPosts } from '../store/stored-posts.ts';
import { type MentionToJudge, mentionsOfBrand } from '../store/to-judge.ts';
import type { SetAside } from '../watch.ts';
import { matchedFingerprint } from './learn-brands.ts';
import type { Tools } from './tools.ts';

/** A post that would come in, or be left out. */
export interface Moved {
  readonly post: StoredPost;
  readonly findings: Findings;
  readonly hits: readonly Hit[];
  /** Null where it is none yet. */
  readonly mentionId: number | null;
  readonly caseId: number | null;
  /** Why it would be left out; null where it comes in. */
  readonly why: SetAside | null;
}

export interface RuleDiff {
  readonly brand: BrandConfig;
  /** Complaints first, then what may be one, the gravest and newest first. */
  readonly adds: readonly Moved[];
  readonly hides: readonly Moved[];
  /** So many would be left out, had nobody marked them or worked on them. */
  readonly stays: number;
}

/** The rules as they would be. */
export interface NewRules {
  readonly brands: readonly BrandConfig[];
  readonly matcher: Matcher;
  readonly knowledge: Knowledge;
}

const batch = 500;

/** One for each brand whose entry is not the one that the stored mentions were judged by. */
export async function diffRules(
  tools: Tools,
  rules: NewRules,
  onLooked?: (posts: number) => void,
): Promise<readonly RuleDiff[]> {
  const known = await tools.store.read('brands', (tx) => readBrands(tx));
  const same = (brand: BrandConfig) =>
    known.some((one) => one.id === brand.id && one.listed && one.fingerprint === matchedFingerprint(brand));
  const diffs: RuleDiff[] = [];
  for (const brand of rules.brands.filter((one) => !same(one))) diffs.push(await diffOf(tools, brand, rules, onLooked));
  return diffs;
}

async function diffOf(
  tools: Tools,
  brand: BrandConfig,
  rules: NewRules,
  onLooked?: (posts: number) => void,
): Promise<RuleDiff> {
  const moved: Moved[] = [];
  let stays = 0;
  for (let afterId = 0; ; ) {
    tools.signal.throwIfAborted();
    const page = { brandId: brand.id, afterId, limit: batch };
    const mentions = await tools.store.read('what is known', (tx) => mentionsOfBrand(tx, page));
    const last = mentions.at(-1);
    if (!last) break;
    for (const mention of mentions) {
      const one = movedMention(mention, brand, rules);
      if (one === 'stays') stays += 1;
      else if (one) moved.push(one);
    }
    afterId = last.mentionId;
  }
  let looked = 0;
  for (let afterId = 0; ; ) {
    tools.signal.throwIfAborted();
    const { posts, ofPosts } = await tools.store.read('stored posts', async (tx) => {
      const posts = await storedPosts(tx, { afterId, limit: batch });
      const ids = posts.map(({ id }) => id);
      return { posts, ofPosts: await brandsOfPosts(tx, ids) };
    });
    const last = posts.at(-1);
    if (!last) break;
    const others = posts.filter(({ id }) => !ofPosts.get(id)?.includes(brand.id));
    for (const post of others) moved.push(...cameIn(post, brand, rules));
    afterId = last.id;
    looked += posts.length;
    onLooked?.(looked);
  }
  const inOrder = moved.sort(graver);
  return {
    brand,
    adds: inOrder.filter(({ why }) => why === null),
    hides: inOrder.filter(({ why }) => why !== null),
    stays,
  };
}

/** Null where it stays on its side; what people marked or worked on stays whatever the rules say. */
function movedMention(mention: MentionToJudge, brand: BrandConfig, rules: NewRules): Moved | 'stays' | null {
  const { post, certain, setAside, touched, mentionId, caseId } = mention;
  if (post.words !== 'kept') return null;
  const match = rules.matcher
    .find(post, { certain: certain ? [brand.id] : [] })
    .find((one) => one.brandId === brand.id);
  const why: SetAside | null = match?.verdict === 'mention' ? null : (match?.verdict ?? 'no-match');
  if ((why === null) === (setAside === null)) return null;
  if (touched) return why === null ? null : 'stays';
  const hits = match?.hits ?? mention.hits;
  const findings = why === null ? assess(post, brand, certain ? [] : hits, rules.knowledge, []) : mention.findings;
  return { post, findings, hits, mentionId, caseId, why };
}

function cameIn(post: StoredPost, brand: BrandConfig, rules: NewRules): readonly Moved[] {
  const match = rules.matcher.find(post).find((one) => one.brandId === brand.id);
  if (match?.verdict !== 'mention') return [];
  const { hits } = match;
  return [
    { post, findings: assess(post, brand, hits, rules.knowledge, []), hits, mentionId: null, caseId: null, why: null },
  ];
}

const piles = { complaint: 0, unsure: 1, none: 2 } as const;

function graver(one: Moved, other: Moved): number {
  return (
    piles[one.findings.complaint.verdict] - piles[other.findings.complaint.verdict] ||
    other.findings.severity - one.findings.severity ||
    other.post.saidAt - one.post.saidAt
  );
}
