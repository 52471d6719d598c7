/** Takes in posts that are stored for another brand, or belong to none, and mention one of these now. */
import type { Post } from '../mention.ts';
import { postsOfBrand, type StoredPost, storedPosts } from '../store/stored-posts.ts';
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
    const posts = await tools.store.read('stored posts', (tx) => storedPosts(tx, { afterId, limit: batch }));
    const last = posts.at(-1);
    if (!last) return cameIn;
    const now = tools.clock.now();
    const kept = await withoutKnown(tools, posts, judgePosts(posts, { ...judging, now }).kept);
    const historyBefore = now - tools.config.firstLookMs;
    const taken = await tools.store.write('stored posts', (tx) => keep(tools, tx, kept, { now, historyBefore }));
    cameIn += taken.fresh;
    afterId = last.id;
  }
}

/** What is a mention of the brand already was judged again as one, with all that other judges have said of it. */
async function withoutKnown(
  tools: Tools,
  posts: readonly StoredPost[],
  judged: readonly JudgedPost[],
): Promise<JudgedPost[]> {
  const idOf = new Map(posts.map((post) => [keyOf(post), post.id]));
  const ids = judged.flatMap(({ post }) => idOf.get(keyOf(post)) ?? []);
  const brandIds = [...new Set(judged.flatMap(({ mentions }) => mentions.map(({ brandId }) => brandId)))];
  const known = await tools.store.read('what is a mention already', async (tx) => {
    const of = new Map<string, ReadonlySet<number>>();
    for (const brandId of brandIds) of.set(brandId, await postsOfBrand(tx, { brandId, postIds: ids }));
    return of;
  });
  return judged.flatMap(({ post, mentions }) => {
    const id = idOf.get(keyOf(post)) ?? 0;
    const fresh = mentions.filter(({ brandId }) => !known.get(brandId)?.has(id));
    return fresh.length > 0 ? [{ post, mentions: fresh }] : [];
  });
}

const keyOf = ({ source, externalId }: Post) => `${source} ${externalId}`;
