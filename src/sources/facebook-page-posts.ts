/** What the Graph gives of a Facebook page, as posts: what tags it, comments below its posts, and recommendations. */
import { z } from 'zod';
import { barePost, type Post } from '../mention.ts';
import { graphTime } from './meta-graph.ts';
import { linksWithin, webLinks } from './web-links.ts';

const text = z.string().nullish().catch(null);
const count = z.int().nonnegative().nullish().catch(null);
const from = z.object({ id: z.string(), name: text }).nullish().catch(null);
export const Own = z.object({ id: z.string().regex(/^\d+$/), name: z.string(), access_token: z.string().min(1) });
export const Said = z
  .object({
    id: text,
    message: text,
    created_time: z.string(),
    tagged_time: text,
    permalink_url: text,
    from,
    like_count: count,
    comment_count: count,
    comments: z
      .object({ summary: z.object({ total_count: count }).nullish() })
      .nullish()
      .catch(null),
  })
  .refine((said) => idOf(said) !== null, { path: ['id'], error: 'no id' });
export type Said = z.infer<typeof Said>;
export const Recommendation = z
  .object({
    created_time: z.string(),
    rating: z.int().min(1).max(5).nullish().catch(null),
    recommendation_type: z.enum(['positive', 'negative']).nullish().catch(null),
    review_text: text,
    reviewer: from,
    open_graph_story: z.object({ id: z.string() }).nullish().catch(null),
  })
  .refine(({ rating, recommendation_type: type }) => rating != null || type != null);
/** One of the owner's pages, with a key of its own. */
export type Own = z.infer<typeof Own>;

/** A comment that came without its id has it in its address. */
export function idOf({
  id,
  permalink_url: address,
}: {
  id?: string | null | undefined;
  permalink_url?: string | null | undefined;
}): string | null {
  if (id && /^[\w:]+$/.test(id)) return id;
  const query = URL.parse(address ?? '')?.searchParams;
  return query?.get('reply_comment_id') || query?.get('comment_id') || null;
}

/** Null for what the page itself wrote, and for what came already. */
export function toPost(said: Said, page: Own, seen: Set<string>): Post | null {
  const id = idOf(said);
  if (id === null || said.from?.id === page.id || seen.has(id) || !said.message?.trim()) return null;
  seen.add(id);
  const words = said.message.trim();
  return barePost('facebook-page', words, {
    externalId: id,
    url: webLinks([said.permalink_url])[0] ?? null,
    author: { handle: null, name: said.from?.name ?? null, url: null, followers: null },
    place: page.name,
    publishedAt: graphTime(said.created_time),
    engagement: {
      likes: said.like_count ?? null,
      reposts: null,
      replies: said.comment_count ?? said.comments?.summary?.total_count ?? null,
      views: null,
    },
    links: webLinks(linksWithin(words)),
  });
}

export function toReview(one: z.infer<typeof Recommendation>, page: Own): Post {
  const { reviewer, created_time: at, recommendation_type: type } = one;
  return barePost('facebook-page', one.review_text?.trim() ?? '', {
    externalId: one.open_graph_story?.id.trim() || `${page.id} ${reviewer?.id ?? ''} ${at}`,
    url: `https://www.facebook.com/${page.id}/reviews`,
    author: { handle: null, name: reviewer?.name ?? null, url: null, followers: null },
    place: page.name,
    publishedAt: graphTime(at),
    rating: type ? { value: type === 'positive' ? 1 : 0, scale: 1 } : { value: one.rating ?? 0, scale: 5 },
  });
}
