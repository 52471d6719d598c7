/** Forgets old posts about which nobody did anything: no case, no mark, no answer, no praise written down; they do not come back. */
import { prunePosts } from '../store/prune.ts';
import { rehearse } from './rehearse.ts';
import type { Tools } from './tools.ts';

/** @param before milliseconds UTC: what was first seen before. @returns how many posts and mentions */
export async function prune(
  tools: Tools,
  before: number,
  dryRun: boolean,
): Promise<{ posts: number; mentions: number }> {
  const sum = { posts: 0, mentions: 0 };
  const limit = dryRun ? Number.MAX_SAFE_INTEGER : 500;
  for (;;) {
    tools.signal.throwIfAborted();
    const pruned = await rehearse(tools.store, dryRun, 'prune', (tx) =>
      prunePosts(tx, { before, now: tools.clock.now(), limit }),
    );
    sum.posts += pruned.posts;
    sum.mentions += pruned.mentions;
    if (pruned.posts === 0 || dryRun) break;
  }
  if (!dryRun) await tools.store.sweep('now');
  return sum;
}
