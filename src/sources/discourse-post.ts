/** What Discourse forums tell of posts, and the posts that become of them. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { join } from '../net/join.ts';
import { links, plainText } from '../text/plain.ts';

/** The kind of action that is a like. */
const like = 2;
/** What people write; the other kinds are notices about moved or closed topics. */
const regular = 1;

/** A number, or its digits where a number could not hold them. */
export const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const count = z.int().nullish().catch(null);
export const ForumPost = z.object({
  id: Id,
  username: z.string().min(1),
  name: z.string().nullish(),
  created_at: z.string(),
  updated_at: z.string().nullish(),
  version: z.number().nullish(),
  cooked: z.string(),
  post_number: z.int(),
  post_type: z.int().nullish(),
  reply_to_post_number: z.int().nullish(),
  reply_count: count,
  reads: count,
  topic_id: z.int(),
  topic_slug: z.string().nullish(),
  topic_title: z.string().nullish(),
  like_count: count,
  actions_summary: z.array(z.object({ id: z.number(), count })).nullish(),
  hidden: z.boolean().nullish(),
  user_deleted: z.boolean().nullish(),
  deleted_at: z.string().nullish(),
});
export type ForumPost = z.infer<typeof ForumPost>;

/** Its author deleted it. */
export const isDeleted = ({ user_deleted, deleted_at }: ForumPost): boolean => Boolean(user_deleted || deleted_at);

/** What people write, and everybody may read. */
export const isShown = ({ hidden, post_type }: ForumPost): boolean => !hidden && (post_type ?? regular) === regular;

export function toPost(item: ForumPost, forum: string): Post {
  const topic = join(forum, `t/${item.topic_id}`);
  const edited = (item.version ?? 1) > 1 ? Date.parse(item.updated_at ?? '') : Number.NaN;
  const publishedAt = Date.parse(item.created_at);
  return {
    source: 'discourse',
    externalId: idOf(forum, item.id),
    url: join(forum, `t/${item.topic_slug || '-'}/${item.topic_id}/${item.post_number}`),
    author: {
      handle: item.username,
      name: item.name || null,
      url: join(forum, `u/${encodeURIComponent(item.username.toWellFormed())}`),
      followers: null,
    },
    title: item.topic_title || null,
    text: plainText(item.cooked),
    language: null,
    publishedAt: Number.isNaN(publishedAt) ? null : publishedAt,
    editedAt: Number.isNaN(edited) ? null : edited,
    rating: null,
    engagement: {
      likes: likesOf(item),
      reposts: null,
      replies: item.reply_count ?? null,
      views: item.reads ?? null,
    },
    links: absolute(links(item.cooked)),
    origin: null,
    parentId: item.post_number > 1 ? `${topic}/${item.reply_to_post_number ?? 1}` : null,
    threadId: topic,
    place: nameOf(forum),
  };
}

/** The forum leaves out what nobody has done, so no entry is no like. */
function likesOf({ actions_summary, like_count }: ForumPost): number | null {
  if (!actions_summary) return like_count ?? null;
  return actions_summary.find(({ id }) => id === like)?.count ?? like_count ?? 0;
}

/** Links within the forum are written without its address; they lead to its members and emoji. */
function absolute(hrefs: readonly string[]): readonly string[] {
  return hrefs.filter((href) => /^https?:\/\//i.test(href));
}

/** Numbers are a forum's own; its short address of a post is the same everywhere. */
export function idOf(forum: string, id: string): string {
  return join(forum, `p/${id}`);
}

export function nameOf(forum: string): string {
  return forum.replace(/^https?:\/\//i, '');
}
