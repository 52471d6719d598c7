/** Posts that were set aside just now but are stored from before: an author's edit counts, also one that takes our name out. */
import type { Post } from '../mention.ts';
import { updateFindings } from '../store/mentions.ts';
import { savePosts } from '../store/posts.ts';
import { mentionsOfPosts } from '../store/standings.ts';
import { storedAmong } from '../store/stored-posts.ts';
import type { Tx } from '../store/tables.ts';
import { mentionsToJudge } from '../store/to-judge.ts';
import { type Judges, judgeStored } from './rejudge.ts';
import { settleCases } from './settle-cases.ts';
import { sourceTermsOf } from './source-terms.ts';
import type { Tools } from './tools.ts';

/** @param judges as `tools.judging()` gives them, asked for before the transaction */
export async function followEdits(tools: Tools, tx: Tx, dropped: readonly Post[], judges: Judges): Promise<void> {
  const stored = await storedAmong(tx, dropped);
  if (stored.length === 0) return;
  const now = tools.clock.now();
  const sourceOf = await sourceTermsOf(tools, stored);
  const saved = await savePosts(tx, stored, { seenAt: now, sourceOf });
  const edited = saved.flatMap((post) => (post.edited && post.id !== null ? [post.id] : []));
  if (edited.length === 0) return;
  const mentions = await mentionsToJudge(tx, await mentionsOfPosts(tx, edited));
  const again = mentions.flatMap((mention) => judgeStored(tools, judges, mention) ?? []);
  await updateFindings(tx, again);
  await settleCases(
    tools,
    tx,
    again.map((one) => one.mentionId),
    now,
  );
}
