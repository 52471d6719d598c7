/** Keeps judged posts: posts, mentions and new cases, inside the caller's transaction. */

import { type MentionDraft, saveMentions } from '../store/mentions.ts';
import { type SourceTerms, savePosts } from '../store/posts.ts';
import type { Tx } from '../store/tables.ts';
import type { JudgedPost, SetAsideCounts } from './judge-posts.ts';
import { settleCases } from './settle-cases.ts';
import type { Tools } from './tools.ts';

export interface Kept {
  /** Mentions that were not there before. */
  readonly fresh: number;
  /** Fresh ones that need somebody. */
  readonly flagged: number;
  /** Posts that were erased or pruned before, and must not come back. */
  readonly setAside: SetAsideCounts;
  /** Of each judged post, in order, the ids of its mentions. */
  readonly mentionIds: readonly (readonly number[])[];
}

export interface Keeping {
  /** Milliseconds UTC. */
  readonly now: number;
  /** Published before this, a post is history: kept for search and trends, without case or alert. */
  readonly historyBefore: number;
}

/** Saving the same posts again changes nothing but what was edited. */
export async function keep(
  tools: Tools,
  tx: Tx,
  judged: readonly JudgedPost[],
  { now, historyBefore }: Keeping,
): Promise<Kept> {
  const sourceOf = (id: string): SourceTerms | undefined => tools.sources.find((source) => source.id === id);
  const posts = judged.map((one) => one.post);
  const saved = await savePosts(tx, posts, { seenAt: now, sourceOf });
  const drafts: MentionDraft[] = [];
  const ofPost: number[] = [];
  let erased = 0;
  for (const [index, { post, mentions }] of judged.entries()) {
    const postId = saved[index]?.id ?? null;
    if (postId === null) {
      erased += 1;
      continue;
    }
    const history = post.publishedAt !== null && post.publishedAt < historyBefore;
    for (const mention of mentions) {
      drafts.push({ ...mention, postId, history });
      ofPost.push(index);
    }
  }
  const kept = await saveMentions(tx, drafts, now);
  const touched = kept.flatMap((mention) => (mention.fresh || mention.changed ? [mention.id] : []));
  await settleCases(tools, tx, touched, now);
  const mentionIds: number[][] = judged.map(() => []);
  for (const [index, mention] of kept.entries()) mentionIds[ofPost[index] ?? 0]?.push(mention.id);
  const flagged = kept.filter((mention, index) => mention.fresh && needsSomebody(drafts[index])).length;
  return {
    fresh: kept.filter((mention) => mention.fresh).length,
    flagged,
    setAside: erased > 0 ? { erased } : {},
    mentionIds,
  };
}

function needsSomebody(draft: MentionDraft | undefined): boolean {
  if (!draft || draft.history) return false;
  return draft.findings.complaint.verdict === 'complaint' && draft.findings.relevance.verdict !== 'other';
}
