/** The newest stories and comments on Lobsters, read once for all brands. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import type { FeedItem } from '../net/feed.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { canonicalUrl } from '../text/canonical-url.ts';
import { links, plainText } from '../text/plain.ts';
import { noLonger, nullWhereGone } from './again.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { defineSource, type Page } from './source.ts';
import { timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

const home = 'https://lobste.rs';
/** 25 stories each: what is posted there in some four days. */
const lastPage = 5;

const Options = z.strictObject({ baseUrl: baseUrl(home) });

const count = z.int().nullish().catch(null);
const text = z.string().nullish().catch(null);
const Story = z.object({
  short_id: z.string().regex(/^\w+$/),
  created_at: z.string(),
  title: z.string(),
  /** Empty where the story is all its own. */
  url: text,
  score: count,
  comment_count: count,
  description: text,
  /** An object until 2024. */
  submitter_user: z
    .union([z.string(), z.object({ username: z.string() }).transform(({ username }) => username)])
    .nullish()
    .catch(null),
});
/** A comment by itself. */
const Said = z.object({
  comment: z.string(),
  is_deleted: z.boolean().nullish().catch(null),
  is_moderated: z.boolean().nullish().catch(null),
  score: count,
});
const idOfComment = /(?:\/c\/|#c_)(\w+)\/?$/;
const Comment = z
  .custom<FeedItem>()
  .refine((item) => idOfComment.test(item.id ?? item.url ?? ''), { error: 'its guid is not as expected' });

interface At {
  readonly of: 'stories' | 'comments';
}

export const lobsters = defineSource({
  id: 'lobsters',
  title: 'Lobsters',
  kind: 'posts',
  suits: ['software'],
  home,
  docs: 'https://lobste.rs/about',
  hears: 'stories and comments of programmers',
  about: 'Reads the newest stories and comments on lobste.rs, where programmers talk. It needs no account.',
  access: 'open',
  keeps: 'everything',
  offByDefault:
    'Lobsters is a small place run by volunteers, who ask businesses that read it by program to go slowly or to write to them first.',
  order: 'newest-first',
  pace: [
    { requests: 4, perSeconds: 1 },
    { requests: 30, perSeconds: 60 },
    { requests: 100, perSeconds: 600 },
    { requests: 400, perSeconds: 3600 },
  ],
  cron: '*/20 * * * *',
  overlapMs: 2 * hourMs,
  quietAfterMs: 3 * dayMs,
  options: Options,
  example: {},
  secrets: {},

  looks: (): { key: string; scope: 'place'; at: At }[] => [
    { key: 'newest stories', scope: 'place', at: { of: 'stories' } },
    { key: 'newest comments', scope: 'place', at: { of: 'comments' } },
  ],

  collect({ at, options, since, http, signal }) {
    const base = options.baseUrl ?? home;
    return at.of === 'stories' ? stories(http, base, since, signal) : comments(http, base, since, signal);
  },

  async *recheck({ options, posts, http, signal }) {
    for (const post of posts) {
      signal.throwIfAborted();
      const url = join(options.baseUrl ?? home, `${post.externalId}.json`);
      if (!/^[sc]\/\w+$/.test(post.externalId)) continue;
      if (post.externalId.startsWith('s/')) {
        const found = await nullWhereGone(http.json(url, Story, { refused: notFound }));
        if (found) yield { posts: [storyPost(found.body)] };
      } else {
        const found = await nullWhereGone(http.json(url, Said, { refused: notFound }));
        if (found) yield commentAgain(post, found.body);
      }
    }
  },
});

/** It does not tell deleted ones from pages that never were: nothing is said of them. */
const notFound = ({ status }: RawAnswer) => (status === 404 ? noLonger() : undefined);

/** The feed gave the rest. */
function commentAgain(post: Post, said: z.infer<typeof Said>): Page {
  if (said.is_deleted || said.is_moderated) return { posts: [], gone: [post] };
  const engagement = { ...post.engagement, likes: said.score ?? post.engagement.likes };
  return { posts: [{ ...post, text: plainText(said.comment), links: webLinks(links(said.comment)), engagement }] };
}

async function* stories(http: Http, base: string, since: number, signal: AbortSignal): AsyncGenerator<Page> {
  const seen = new Set<string>();
  for (let page = 1; page <= lastPage; page += 1) {
    signal.throwIfAborted();
    const path = page === 1 ? 'newest.json' : `newest/page/${page}.json`;
    const { body } = await http.json(join(base, path), z.array(z.unknown()));
    const read = readItems(body, 'stories', Story, storyPost);
    const posts = read.posts.filter((post) => !seen.has(post.externalId));
    for (const post of posts) seen.add(post.externalId);
    const more = posts.some(({ publishedAt }) => (publishedAt ?? since) >= since);
    yield { ...read, posts, capped: more && page === lastPage };
    if (!more) return;
  }
}

/** They come as a feed of the newest few, without a second page. */
async function* comments(http: Http, base: string, since: number, signal: AbortSignal): AsyncGenerator<Page> {
  signal.throwIfAborted();
  const answer = await http.feed(join(base, 'comments.rss'));
  const read = readItems(answer?.body.items ?? [], 'item', Comment, commentPost);
  const capped = read.posts.length > 0 && read.posts.every(({ publishedAt }) => (publishedAt ?? since) > since);
  yield { ...read, capped };
}

function storyPost(story: z.infer<typeof Story>): Post {
  const description = story.description ?? '';
  const id = `s/${story.short_id}`;
  return barePost('lobsters', plainText(description), {
    externalId: id,
    url: join(home, id),
    author: authorOf(story.submitter_user),
    title: story.title,
    publishedAt: timeOf(story.created_at),
    engagement: { likes: story.score ?? null, reposts: null, replies: story.comment_count ?? null, views: null },
    links: webLinks([story.url, ...links(description)]),
    // A story without words of its own is the article that it leads to.
    origin: description === '' && story.url ? canonicalUrl(story.url) : null,
    threadId: id,
  });
}

/** Its title is that of the story, its time that of its last edit. Stories and comments may have the same letters. */
function commentPost(item: FeedItem): Post {
  const html = item.content ?? '';
  const id = `c/${idOfComment.exec(item.id ?? item.url ?? '')?.[1]}`;
  return barePost('lobsters', plainText(html), {
    externalId: id,
    url: join(home, id),
    // `ana@lobste.rs (ana)`
    author: authorOf(/^[^\s@()]+/.exec(item.authorName ?? '')?.[0]),
    title: item.title,
    publishedAt: item.publishedAt,
    links: webLinks(links(html)),
  });
}

function authorOf(handle: string | null | undefined): Post['author'] {
  const url = handle ? `${home}/~${encodeURIComponent(handle.toWellFormed())}` : null;
  return { handle: handle || null, name: null, url, followers: null };
}
