/** Takes in posts that are stored for another brand, or belong to none, and mention one of these now. */
import type { Post } from '../mention.ts';
import { brandsOfPosts, type StoredPost, storedPosts } from '../store/stored-posts.ts';
import { type JudgedPost, judgePosts } from './judge-posts.ts';
import { keep } from './keep.ts';
import type { Tools } from './tools.ts';

const batch = 500;

/** @returns how many mentions that makes */
export async function takeInStored(tools: Tools, brandIds: readonly string[]): Promise<number> {
  let cameIn = 0;
  const judging = {
    ...(await tools.judging()),
    brands: tools.brands,
    listening: brandIds,
    certain: [],
    notBefore: null,
  };
  for (let afterId = 0; ; ) {
    tools.signal.throwIfAborted();
    const { posts, ofPosts } = await tools.store.read('stored posts', async (tx) => {
      const posts = await storedPosts(tx, { afterId, limit: batch });
      const ids = posts.map(({ id }) => id);
      return { posts, ofPosts: await brandsOfPosts(tx, ids) };
    });
    const last = posts.at(-1);
    if (!last) return cameIn;
    const now = tools.clock.now();
    // What is a mention of the brand already was judged again as one, with all that other judges have said of it.
    const isKnown = (post: StoredPost, brandId: string) => ofPosts.get(post.id)?.includes(brandId) ?? false;
    const open = posts.filter((post) => brandIds.some((brandId) => !isKnown(post, brandId)));
    const postOf = new Map(open.map((post) => [keyOf(post), post]));
    const kept = judgePosts(open, { ...judging, now }).kept.flatMap(({ post, mentions }): JudgedPost[] => {
      const stored = postOf.get(keyOf(post));
      const fresh = mentions.filter(({ brandId }) => !(stored && isKnown(stored, brandId)));
      return fresh.length > 0 ? [{ post, mentions: fresh }] : [];
    });
    const historyBefore = now - tools.config.firstLookMs;
    const taken = await tools.store.write('stored posts', (tx) => keep(tools, tx, kept, { now, historyBefore }));
    cameIn += taken.fresh;
    afterId = last.id;
  }
}

const keyOf = ({ source, externalId }: Post) => `${source} ${externalId}`;
