/** What Lemmy servers tell of posts and comments, in the old form and the new, and the posts that become of them. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { join } from '../net/join.ts';
import { declaredLanguage } from './language.ts';
import { webAddress } from './options.ts';
import { utcTimeOf } from './values.ts';
import { linksWithin } from './web-links.ts';

const address = webAddress().nullish().catch(null);
const Person = z.object({
  name: z.string().min(1),
  display_name: z.string().nullish(),
  actor_id: address,
  ap_id: address,
});
const count = z.int().nullish().catch(null);
const Counts = z.object({
  score: count,
  comments: count,
  child_count: count,
});
/** What posts and comments share; 1.0 has the counts and the new names of the dates in here. */
const Entry = Counts.extend({
  ap_id: webAddress(),
  published: z.string().nullish(),
  published_at: z.string().nullish(),
  updated: z.string().nullish(),
  updated_at: z.string().nullish(),
  removed: z.boolean().nullish(),
  deleted: z.boolean().nullish(),
  language_id: z.number().nullish(),
});
export const View = z.object({
  post: Entry.extend({ name: z.string(), body: z.string().nullish(), url: address }),
  comment: Entry.extend({ content: z.string(), path: z.string().nullish() }).nullish(),
  creator: Person,
  community: Person,
  counts: Counts.nullish(),
});
export type View = z.infer<typeof View>;

/** What a server's numbers mean. */
export interface Spoken {
  readonly instance: string;
  readonly languages: ReadonlyMap<number, string>;
}

/** Its author or a moderator took it away. */
export function isTakenAway({ post, comment }: View): boolean {
  const { removed, deleted } = comment ?? post;
  return Boolean(removed || deleted);
}

/** @param languages codes by the server's own numbers */
export function toPost(view: View, { instance, languages }: Spoken): Post {
  const { post, comment, creator, community } = view;
  const entry = comment ?? post;
  const counts = view.counts ?? entry;
  const text = comment?.content ?? post.body ?? '';
  return {
    source: 'lemmy',
    externalId: entry.ap_id,
    url: entry.ap_id,
    author: {
      handle: at(creator, instance),
      name: creator.display_name || null,
      url: creator.actor_id ?? creator.ap_id ?? null,
      followers: null,
    },
    title: post.name,
    text,
    language: declaredLanguage(languages.get(entry.language_id ?? 0)),
    publishedAt: utcTimeOf(entry.published ?? entry.published_at),
    editedAt: utcTimeOf(entry.updated ?? entry.updated_at),
    rating: null,
    engagement: {
      likes: counts.score ?? null,
      reposts: null,
      replies: (comment ? counts.child_count : counts.comments) ?? null,
      views: null,
    },
    links: [...new Set([...(comment || !post.url ? [] : [post.url]), ...linksWithin(text)])],
    origin: entry.ap_id,
    parentId: comment ? parentOf(comment.path, post.ap_id, instance) : null,
    threadId: post.ap_id,
    place: `!${at(community, instance)}`,
  };
}

/** `name@host`, as people there write each other. */
function at({ name, actor_id, ap_id }: z.infer<typeof Person>, instance: string): string {
  const home = actor_id ?? ap_id ?? instance;
  return `${name}@${new URL(home).host}`;
}

/** `0.<first>.….<parent>.<self>`, in numbers that only this server knows; a first comment answers the post itself. */
function parentOf(path: string | null | undefined, post: string, instance: string): string | null {
  const steps = path?.split('.') ?? [];
  if (steps.length < 2) return null;
  return steps.length === 2 ? post : join(instance, `comment/${steps.at(-2)}`);
}
