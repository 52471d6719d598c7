/** Takes in posts that no watch brought: an imported file's, or one put in by hand. */
import type { Post } from '../mention.ts';
import { hearJudges } from './hear-judges.ts';
import { addCounts, judgePosts, type SetAsideCounts } from './judge-posts.ts';
import { keep } from './keep.ts';
import { usualPatience } from './opinions.ts';
import { rehearse } from './rehearse.ts';
import type { Tools } from './tools.ts';

export interface TakenIn {
  readonly seen: number;
  readonly fresh: number;
  readonly flagged: number;
  readonly setAside: SetAsideCounts;
  readonly mentionIds: readonly number[];
}

export interface TakeInWish {
  /** The posts are about this brand, named or not. */
  readonly brandId: string | null;
  /** The posts are about these brands, too, named or not. */
  readonly certain?: readonly string[];
  readonly dryRun: boolean;
  /** Told how many posts are done after each batch. */
  readonly onBatch?: (done: number) => void;
}

const batch = 500;

/** Saved batch by batch; the same posts again are the same mentions. */
export async function takeIn(tools: Tools, posts: readonly Post[], wish: TakeInWish): Promise<TakenIn> {
  let sum: TakenIn = { seen: posts.length, fresh: 0, flagged: 0, setAside: {}, mentionIds: [] };
  const judging = await tools.judging();
  const patience = usualPatience();
  const listening = wish.brandId === null ? null : [wish.brandId];
  for (let from = 0; from < posts.length; from += batch) {
    tools.signal.throwIfAborted();
    const first = judgePosts(posts.slice(from, from + batch), {
      ...judging,
      brands: tools.brands,
      now: tools.clock.now(),
      listening,
      certain: [...(listening ?? []), ...(wish.certain ?? [])],
      notBefore: null,
    });
    const { kept, setAside } = await hearJudges(tools, judging, first, patience, !wish.dryRun);
    const now = tools.clock.now();
    const change = await rehearse(tools.store, wish.dryRun, 'posts taken in', (tx) =>
      keep(tools, tx, kept, { now, historyBefore: now - tools.config.firstLookMs }),
    );
    sum = {
      seen: sum.seen,
      fresh: sum.fresh + change.fresh,
      flagged: sum.flagged + change.flagged,
      setAside: addCounts(addCounts(sum.setAside, setAside), change.setAside),
      mentionIds: [...sum.mentionIds, ...change.mentionIds.flat()],
    };
    wish.onBatch?.(Math.min(from + batch, posts.length));
  }
  return sum;
}
