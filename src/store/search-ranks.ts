/** Where web searches for a brand's name show what a mention tells, whichever of its places was found first. */
import type { SearchRank } from '../mention.ts';
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

/** The best place of each mention that has one. */
export async function bestRanks(tx: Tx, mentionIds: readonly number[]): Promise<Map<number, SearchRank>> {
  if (mentionIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('mention_posts')
    .innerJoin('posts', 'posts.id', 'mention_posts.post_id')
    .innerJoin('brands', (join) =>
      join.onRef('brands.id', '=', 'mention_posts.brand_id').onRef('brands.name', '=', 'posts.searched_for'),
    )
    .select(['mention_posts.mention_id', 'posts.search_rank', 'posts.searched_for'])
    .where('mention_posts.mention_id', 'in', among(mentionIds))
    .where('posts.search_rank', 'is not', null)
    .where('posts.gone_at', 'is', null)
    .orderBy('posts.search_rank', 'desc')
    .execute();
  return new Map(
    rows.flatMap(({ mention_id, search_rank: rank, searched_for: words }) =>
      rank === null || words === null ? [] : [[mention_id, { rank, words }] as const],
    ),
  );
}
