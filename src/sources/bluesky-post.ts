/** What Bluesky shows of one post, and the post that comes of it; whoever asks not to be shown to visitors is left out. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import type { Post } from '../mention.ts';
import { declaredLanguage } from './language.ts';
import { readItems } from './read-items.ts';
import { sumOf, timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

/** A creation date is the author's own claim; one this much older than the arrival is an import, which was said on arrival. */
const believableDelayMs = 30 * dayMs;

const Uri = z.string().regex(/^at:\/\/[^/\s]+\/[^/\s]+\/[^/\s]+$/);
const Count = z.int().nullish();
const Link = z.object({ uri: z.string().optional() });
const Embed = z.object({ external: Link.optional() });
const PostView = z.object({
  uri: Uri,
  author: z.object({
    did: z.string().min(1),
    handle: z.string().min(1),
    displayName: z.string().nullish(),
    labels: z.array(z.object({ val: z.string(), neg: z.boolean().optional() }).catch({ val: '' })).nullish(),
  }),
  record: z.object({
    text: z.string(),
    createdAt: z.string().nullish(),
    langs: z.array(z.string()).nullish().catch(null),
    reply: z.object({ parent: z.object({ uri: z.string() }), root: z.object({ uri: z.string() }) }).nullish(),
    facets: z.array(z.object({ features: z.array(Link.catch({})) }).catch({ features: [] })).nullish(),
    embed: Embed.extend({ media: Embed.optional().catch(undefined) })
      .nullish()
      .catch(null),
  }),
  indexedAt: z.string().nullish(),
  likeCount: Count,
  repostCount: Count,
  quoteCount: Count,
  replyCount: Count,
});
type PostView = z.infer<typeof PostView>;

/** What is enough to tell which post it is. */
const Named = z.object({ uri: Uri, author: PostView.shape.author.pick({ labels: true }) });
type Named = z.infer<typeof Named>;

/** Those that say which post they are, also where we cannot read it or may not show it. */
export function namedIn(items: readonly unknown[]): readonly Named[] {
  return items.flatMap((item) => Named.safeParse(item).data ?? []);
}

/** Its author asks that only members see it. */
export function isHidden({ author }: Pick<Named, 'author'>): boolean {
  return author.labels?.some(({ val, neg }) => val === '!no-unauthenticated' && !neg) ?? false;
}

/** @returns also the newest date in the page: a post without one can't say that we have gone back far enough. */
export function readPosts(items: readonly unknown[]) {
  const hidden: string[] = [];
  let newest = Number.NEGATIVE_INFINITY;
  const { posts, unreadable } = readItems(items, 'posts', PostView, (view) => {
    newest = Math.max(newest, timesOf(view).sortedAt ?? Number.POSITIVE_INFINITY);
    if (isHidden(view)) {
      hidden.push('asked not to be shown to logged-out viewers');
      return null;
    }
    return toPost(view);
  });
  return { posts, unreadable: [...unreadable, ...hidden], newest };
}

/** What an author wrote, before anybody has said who that is. */
export function postWritten(uri: string, did: string, record: unknown): Post | null {
  const read = PostView.shape.record.safeParse(record);
  return read.success ? toPost({ uri, author: { did, handle: did }, record: read.data }) : null;
}

function toPost(view: PostView): Post {
  const { uri, author, record } = view;
  const profile = `https://bsky.app/profile/${author.did}`;
  const embedded = [record.embed?.external?.uri, record.embed?.media?.external?.uri];
  const linked = record.facets?.flatMap((facet) => facet.features.map((feature) => feature.uri)) ?? [];
  return {
    source: 'bluesky',
    externalId: uri,
    // By DID: a handle may change hands.
    url: `${profile}/post/${uri.split('/').at(-1)}`,
    author: {
      handle: author.handle === 'handle.invalid' ? author.did : author.handle,
      name: author.displayName || null,
      url: profile,
      followers: null,
    },
    title: null,
    text: record.text,
    language: declaredLanguage(record.langs?.[0]),
    publishedAt: timesOf(view).publishedAt,
    editedAt: null,
    rating: null,
    engagement: {
      likes: view.likeCount ?? null,
      reposts: sumOf(view.repostCount, view.quoteCount),
      replies: view.replyCount ?? null,
      views: null,
    },
    links: webLinks([...linked, ...embedded]),
    origin: uri,
    parentId: record.reply?.parent.uri ?? null,
    threadId: record.reply?.root.uri ?? uri,
    place: null,
  };
}

/** `sortedAt` is what Bluesky sorts and filters by: the earlier of the author's claim and the arrival. */
function timesOf({ record, indexedAt }: PostView): { publishedAt: number | null; sortedAt: number | null } {
  const created = timeOf(record.createdAt);
  const indexed = timeOf(indexedAt);
  if (created === null || indexed === null) return { publishedAt: created ?? indexed, sortedAt: created ?? indexed };
  const believable = created <= indexed && indexed - created <= believableDelayMs;
  return { publishedAt: believable ? created : indexed, sortedAt: Math.min(created, indexed) };
}
