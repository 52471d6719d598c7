/** Keeps judged posts: posts, mentions and cases, inside the caller's transaction; and lets go of those taken away. */
import { isHistory } from '../cases/again.ts';
import type { Gone } from '../mention.ts';
import { casesOfMentions } from '../store/cases.ts';
import { type MentionDraft, saveMentions } from '../store/mentions.ts';
import { refreshPiles } from '../store/piles.ts';
import { markGone } from '../store/post-words.ts';
import { type SavedPost, type SourceTerms, savePosts } from '../store/posts.ts';
import { mentionsOfPosts, readStandings } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import { hearAgain } from './hear-again.ts';
import type { JudgedPost, SetAsideCounts } from './judge-posts.ts';
import { growOld, noteOnCases, settleCases, tookAway } from './settle-cases.ts';
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
  /** Said and edited before this, a post is history: kept for search and trends, without case or alert. */
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
    const { id: postId = null, saidAt = now, edited = false } = saved[index] ?? {};
    if (postId === null) {
      erased += 1;
      continue;
    }
    const editedAt = post.editedAt ?? (edited ? now : null);
    const history = isHistory({ saidAt, editedAt }, historyBefore);
    for (const mention of mentions) {
      drafts.push({ ...mention, postId, history });
      ofPost.push(index);
    }
  }
  const before = await readStandings(tx, await mentionsOfPosts(tx, knownIds(saved)));
  await growOld(tools, tx, before, now);
  const kept = await saveMentions(tx, drafts, now);
  const postOf = (index: number) => saved[ofPost[index] ?? -1];
  const touched = kept.flatMap((mention, index) =>
    mention.fresh || mention.changed || mention.joined || postOf(index)?.edited || postOf(index)?.back
      ? [mention.id]
      : [],
  );
  await settleCases(tools, tx, touched, now);
  const heard = kept.flatMap((mention, index) => {
    const draft = drafts[index];
    const post = postOf(index);
    return draft && post ? [{ mention, draft, post }] : [];
  });
  await hearAgain(tools, tx, heard, before, now);
  await noteOnCases(
    tools,
    tx,
    heard.flatMap(({ mention, post }) => (post.back ? [mention.id] : [])),
    { words: 'it can be read again', now },
  );
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

const knownIds = (saved: readonly SavedPost[]) => saved.flatMap(({ id, fresh }) => (id === null || fresh ? [] : [id]));

function needsSomebody(draft: MentionDraft | undefined): boolean {
  if (!draft || draft.history) return false;
  return draft.findings.complaint.verdict === 'complaint' && draft.findings.relevance.verdict !== 'other';
}

/** What its platform no longer shows loses its words; a case that somebody works on stays, and says why they are gone. */
export async function letGo(tools: Tools, tx: Tx, gone: readonly Gone[], now: number): Promise<void> {
  const ids = await mentionsOfPosts(tx, await markGone(tx, gone, now));
  if (ids.length === 0) return;
  await refreshPiles(tx, ids);
  await settleCases(tools, tx, ids, now);
  const standings = await readStandings(tx, ids);
  const cases = await casesOfMentions(tx, ids);
  const worked = standings.filter((one) => one.gone && cases.get(one.mentionId)?.closedAt === null);
  await noteOnCases(
    tools,
    tx,
    worked.map((one) => one.mentionId),
    { words: tookAway, now },
  );
}
