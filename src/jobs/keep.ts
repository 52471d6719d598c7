/** Keeps judged posts: posts, mentions and cases, inside the caller's transaction; and lets go of those taken away. */
import { isHistory } from '../cases/again.ts';
import type { Gone } from '../mention.ts';
import { casesOfMentions } from '../store/case-mentions.ts';
import { passFirst, standAlone } from '../store/doubles.ts';
import { type MentionDraft, saveMentions } from '../store/mentions.ts';
import { refreshPiles } from '../store/piles.ts';
import { markGone } from '../store/post-words.ts';
import { type SavedPost, savePosts } from '../store/posts.ts';
import { mentionsOfPosts, readStandings } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import { followRanks } from './follow-ranks.ts';
import { hearAgain } from './hear-again.ts';
import type { JudgedPost, SetAsideCounts } from './judge-posts.ts';
import { noteAnswered } from './note-answered.ts';
import { noteRaised } from './note-raised.ts';
import { growOld, noteOnCases, settleCases, tookAway } from './settle-cases.ts';
import { sourceTermsOf } from './source-terms.ts';
import type { Tools } from './tools.ts';

export interface Kept {
  /** Mentions that were not there before. */
  readonly fresh: number;
  /** Fresh ones that need somebody. */
  readonly flagged: number;
  /** When the newest post of fresh ones was said, milliseconds UTC: where it does not tell, when it was first seen. */
  readonly newest: number | null;
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

/** A draft with the post that it is about. */
interface Drafted {
  /** Of the judged posts. */
  readonly index: number;
  readonly draft: MentionDraft;
  readonly post: SavedPost;
}

/** Saving the same posts again changes nothing but what was edited. */
export async function keep(tools: Tools, tx: Tx, judged: readonly JudgedPost[], keeping: Keeping): Promise<Kept> {
  const { now } = keeping;
  const posts = judged.map((one) => one.post);
  const sourceOf = await sourceTermsOf(tools, posts);
  const saved = await savePosts(tx, posts, { seenAt: now, sourceOf });
  const drafted = draftsOf(judged, saved, keeping);
  const before = await readStandings(tx, await mentionsOfPosts(tx, knownIds(saved)));
  await growOld(tools, tx, before, now);
  const mentions = await saveMentions(
    tx,
    drafted.map(({ draft }) => draft),
    now,
    new Map(saved.flatMap(({ id, said }) => (id === null || said === null ? [] : [[id, said]]))),
  );
  await followRanks(
    tools,
    tx,
    mentions.map(({ id }) => id),
    now,
  );
  const heard = mentions.flatMap((mention, at) => {
    const one = drafted[at];
    return one ? [{ mention, ...one }] : [];
  });
  const idsWhere = (is: (one: (typeof heard)[number]) => boolean) => heard.filter(is).map((one) => one.mention.id);
  const back = idsWhere(({ post }) => post.back);
  await refreshPiles(tx, back);
  await standAlone(
    tx,
    idsWhere(({ mention, post }) => post.edited && !mention.fresh),
  );
  const touched = idsWhere((one) => {
    const { mention, post } = one;
    return (
      (mention.fresh && (!isQuiet(one) || one.draft.findings.resolved)) ||
      mention.changed ||
      mention.joined ||
      post.edited ||
      post.back
    );
  });
  await settleCases(tools, tx, touched, now);
  await hearAgain(tools, tx, heard, before, now);
  await noteAnswered(tools, tx, heard, now);
  await noteRaised(tools, tx, heard, now);
  await noteOnCases(tools, tx, back, { words: 'it can be read again', now });
  const mentionIds: number[][] = judged.map(() => []);
  for (const { mention, index } of heard) mentionIds[index]?.push(mention.id);
  const erased = saved.filter(({ id }) => id === null).length;
  return {
    fresh: idsWhere(({ mention }) => mention.fresh).length,
    flagged: idsWhere(({ mention, draft }) => mention.fresh && needsSomebody(draft)).length,
    newest: Math.max(0, ...heard.flatMap(({ mention, post }) => (mention.fresh ? post.saidAt : []))) || null,
    setAside: erased > 0 ? { erased } : {},
    mentionIds,
  };
}

function draftsOf(judged: readonly JudgedPost[], saved: readonly SavedPost[], keeping: Keeping): Drafted[] {
  const { now, historyBefore } = keeping;
  return judged.flatMap(({ post: said, mentions }, index) => {
    const post = saved[index];
    if (!post || post.id === null) return [];
    const { id: postId, saidAt } = post;
    const history = isHistory({ saidAt, editedAt: said.editedAt ?? (post.edited ? now : null) }, historyBefore);
    return mentions.map((mention) => ({ index, post, draft: { ...mention, postId, history } }));
  });
}

const knownIds = (saved: readonly SavedPost[]) => saved.flatMap(({ id, fresh }) => (id === null || fresh ? [] : [id]));

/** Nothing was known of it, and it asks for nobody: it has no case and opens none. */
function isQuiet({ draft, post }: Drafted): boolean {
  return post.fresh && !needsSomebody(draft);
}

function needsSomebody(draft: MentionDraft): boolean {
  if (draft.history) return false;
  return draft.findings.complaint.verdict === 'complaint' && draft.findings.relevance.verdict !== 'other';
}

/** What its platform no longer shows loses its words; a case that somebody works on stays, and says why they are gone. */
export async function letGo(tools: Tools, tx: Tx, gone: readonly Gone[], now: number): Promise<void> {
  const ids = await mentionsOfPosts(tx, await markGone(tx, gone, now));
  if (ids.length === 0) return;
  await refreshPiles(tx, ids);
  await settleCases(tools, tx, ids, now);
  const lost = (await readStandings(tx, ids)).filter((one) => one.gone);
  await passFirst(
    tx,
    lost.map((one) => one.mentionId),
  );
  const cases = await casesOfMentions(tx, ids);
  const worked = lost.filter((one) => cases.get(one.mentionId)?.closedAt === null);
  await noteOnCases(
    tools,
    tx,
    worked.map((one) => one.mentionId),
    { words: tookAway, now },
  );
}
