/** What Reddit's API gives, posts and comments alike, as posts; and what it no longer shows. */
import { z } from 'zod';
import { barePost, type Gone, type Post } from '../mention.ts';
import { plainText } from '../text/plain.ts';
import { readItems } from './read-items.ts';
import type { Page } from './source.ts';
import { linksWithin, webLinks } from './web-links.ts';

export const site = 'https://www.reddit.com';

const text = z.string().nullish().catch(null);
const count = z.int().nullish().catch(null);
export const Thing = z.object({
  data: z.object({
    /** `t3_…` is a post, `t1_…` a comment. */
    name: z.string().regex(/^t[13]_\w+$/),
    subreddit: text,
    author: text,
    title: text,
    selftext: text,
    body: text,
    permalink: text,
    url: text,
    link_title: text,
    link_id: text,
    parent_id: text,
    created_utc: z.number(),
    /** False, or the second of the last edit; old ones only say true. */
    edited: z.union([z.boolean(), z.number()]).nullish().catch(null),
    score: count,
    num_comments: count,
    num_crossposts: count,
    removed_by_category: text,
  }),
});
type Said = z.infer<typeof Thing>['data'];

interface Things extends Required<Pick<Page, 'posts' | 'unreadable' | 'gone'>> {
  /** Of all that could be read for the first time, those that are gone, too. */
  readonly names: readonly string[];
}

export function readThings(children: readonly unknown[], seen = new Set<string>()): Things {
  const gone: Gone[] = [];
  const names: string[] = [];
  const { posts, unreadable } = readItems(children, 'children', Thing, ({ data }) => {
    if (seen.has(data.name)) return null;
    seen.add(data.name);
    names.push(data.name);
    if (!isTakenAway(data)) return toPost(data);
    gone.push({ source: 'reddit-api', externalId: data.name });
    return null;
  });
  return { posts, unreadable, gone, names };
}

const isTakenAway = ({ body, selftext, removed_by_category: by }: Said) =>
  /^\[(deleted|removed)\]$/.test((body ?? selftext ?? '').trim()) || Boolean(by);

function toPost(said: Said): Post {
  const { name, author, subreddit, edited } = said;
  const isComment = name.startsWith('t1_');
  const handle = !author || author === '[deleted]' ? null : author;
  const words = plainWords(said.body ?? said.selftext ?? '');
  const [url = null] = webLinks([addressOf(said)]);
  return barePost('reddit-api', words, {
    externalId: name,
    url,
    author: {
      handle,
      name: null,
      url: handle === null ? null : `${site}/user/${encodeURIComponent(handle.toWellFormed())}`,
      followers: null,
    },
    title: plainWords(said.title ?? said.link_title ?? '') || null,
    publishedAt: timeOf(said.created_utc),
    editedAt: typeof edited === 'number' ? timeOf(edited) : null,
    engagement: {
      likes: said.score ?? null,
      reposts: said.num_crossposts ?? null,
      replies: isComment ? null : (said.num_comments ?? null),
      views: null,
    },
    // A post without a link points to itself.
    links: webLinks([...linksWithin(words), said.url]).filter((link) => link !== url),
    parentId: isComment ? (said.parent_id ?? null) : null,
    threadId: isComment ? (said.link_id ?? null) : null,
    place: subreddit ? `r/${subreddit}` : null,
  });
}

/** Old comments come without their address. */
function addressOf({ name, permalink, link_id: link, subreddit }: Said): string | null {
  if (permalink?.startsWith('/')) return site + permalink;
  const [thread, own] = [link, name].map((id) => id?.slice('t3_'.length));
  return thread && own && subreddit ? `${site}/r/${subreddit}/comments/${thread}/_/${own}/` : null;
}

/** Markdown is left as it was written; only the entities that are there in spite of `raw_json` are read. */
const plainWords = (words: string) =>
  /&(?:amp|lt|gt|#\d+|nbsp);/.test(words)
    ? plainText(words.replaceAll('<', '&lt;').replaceAll('\n', '<br>'))
    : words.trim();

/** Seconds with fractions. */
export function timeOf(seconds: number): number | null {
  const at = Math.round(seconds * 1000);
  return Math.abs(at) <= 8.64e15 ? at : null;
}
