/** What GitHub tells of issues and comments, and the posts that become of them. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { timeOf } from './values.ts';
import { linksWithin, webLinks } from './web-links.ts';

const count = z.int().nonnegative().nullish().catch(null);
const text = z.string().nullish().catch(null);
/** What issues and comments share. A deleted account is null. */
export const Entry = z.object({
  /** Absent in answers of 2014. */
  node_id: z.string().min(1).nullish().catch(null),
  html_url: z.url({ protocol: /^https?$/ }).regex(/\/[\w-]+\/[\w.-]+\/(?:issues|pull)\/\d+(?:#.*)?$/),
  user: z
    .object({ login: z.string().min(1) })
    .nullish()
    .catch(null),
  body: z.string().nullish(),
  created_at: z.string(),
  updated_at: text,
  reactions: z.object({ total_count: count }).nullish().catch(null),
});
/** Pull requests are issues too. */
export const Issue = Entry.extend({ title: z.string(), comments: count });
export type Issue = z.infer<typeof Issue>;

/** One that was changed by its author is told by its words alone. */
export function issuePost(issue: Issue): Post {
  // When an issue was updated says nothing of its words: each comment and label counts.
  return { ...toPost(issue, issue.title, issue.comments ?? null), editedAt: null, parentId: null };
}

/** @param title of the issue that it stands below */
export const commentPost = (comment: z.infer<typeof Entry>, title: string | null) => toPost(comment, title, null);

function toPost(entry: z.infer<typeof Entry>, title: string | null, replies: number | null): Post {
  const handle = entry.user?.login ?? null;
  const body = entry.body ?? '';
  const edited = entry.updated_at !== entry.created_at ? timeOf(entry.updated_at) : null;
  return {
    source: 'github',
    externalId: entry.node_id ?? entry.html_url,
    url: webLinks([entry.html_url])[0] ?? null,
    author: {
      handle,
      name: null,
      url: handle === null ? null : `https://github.com/${encodeURIComponent(handle.toWellFormed())}`,
      followers: null,
    },
    title,
    text: body.replaceAll('\r\n', '\n').trim(),
    language: null,
    publishedAt: timeOf(entry.created_at),
    editedAt: edited,
    rating: null,
    engagement: { likes: entry.reactions?.total_count ?? null, reposts: null, replies, views: null },
    links: webLinks(linksWithin(body)),
    origin: null,
    parentId: threadOf(entry.html_url),
    threadId: threadOf(entry.html_url),
    place: placeOf(entry.html_url).place,
  };
}

/** The address of the issue, of which a comment's is a part. */
export const threadOf = (address: string) => address.replace(/#.*$/, '');

/** `octo-org/octo-repo` and the issue's number there. */
export function placeOf(address: string): { readonly place: string; readonly number: string } {
  const [, place = '', number = ''] = /([\w-]+\/[\w.-]+)\/(?:issues|pull)\/(\d+)(?:#.*)?$/.exec(address) ?? [];
  return { place, number };
}
