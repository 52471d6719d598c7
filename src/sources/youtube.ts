/** Videos on YouTube that name the brand, new videos of channels that matter, and the comments on the brand's own channel. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import type { Post } from '../mention.ts';
import { join } from '../net/join.ts';
import { inBatches, nullWhereGone, pageAgain } from './again.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Look, type Page } from './source.ts';
import { type Asking, apiHome, asking, pace, secrets } from './youtube-api.ts';
import {
  Comment,
  commentAgain,
  decoded,
  Found,
  newVideos,
  Speaker,
  Thread,
  toComment,
  toVideo,
  Video,
  videoAgain,
  youtubeSite,
} from './youtube-posts.ts';

/** Of the 100 searches a day one look may take so many. */
const lastSearchPage = 3;
const lastCommentPage = 5;
/** A thread brings up to 5 replies along; the others cost a question each. */
const longThreads = 20;

const Channel = z
  .string()
  .trim()
  .regex(
    /^UC[\w-]{22}$/,
    'should be a channel’s id, such as UC_x5XG1OV2P6uZZ5FSM9Ttw: “Share channel”, “Copy channel ID”',
  );
const Options = z
  .strictObject({
    search: z.boolean().default(false).describe('Whether all of YouTube is searched for videos that name you.'),
    ownChannels: z.array(Channel).default([]).describe('Ids of your own channels, whose comments are read.'),
    channels: z.array(Channel).default([]).describe('Ids of channels whose new videos are read; that needs no key.'),
    baseUrl: baseUrl(apiHome),
  })
  .refine((given) => given.search || given.ownChannels.length + given.channels.length > 0, {
    error: 'should name what to hear: search: true, ownChannels or channels',
  });

type At = { readonly of: 'search' } | { readonly of: 'comments' | 'videos'; readonly channel: string };

export const youtube = defineSource({
  id: 'youtube',
  title: 'YouTube',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: `${youtubeSite}/`,
  docs: 'https://developers.google.com/youtube/v3/docs',
  hears: 'videos, comments on your channel',
  about:
    'Searches YouTube for videos that name you, reads the comments on your own channel, and the new videos of channels that ' +
    'you name. Searching and comments want a free key.',
  access: 'free-key',
  // Developer Policies, III.E.4: what was got without its owner's permission is refreshed or deleted after 30 days.
  keeps: { textForHours: 30 * 24 },
  order: 'newest-first',
  pace,
  // One search for a brand each time: a hundred a day are enough for a dozen brands.
  cron: '50 */3 * * *',
  // Videos are indexed late.
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { search: true, ownChannels: ['UC0123456789abcdefghijkl'], channels: [] },
  secrets,
  steps: [
    'Open https://console.cloud.google.com and make a project.',
    'Open “APIs & Services”, then “Library”, and switch on “YouTube Data API v3”.',
    'Open “Credentials”, press “Create credentials”, then “API key”, and copy it.',
    'Write it into the file earshot.env beside your config: `YOUTUBE_API_KEY=` and behind it what you copied.',
  ],

  looks({ search, ownChannels, channels }): Look<At>[] {
    return [
      ...(search ? [{ key: 'search', scope: 'brand', at: { of: 'search' } } as const] : []),
      ...[...new Set(ownChannels)].map(
        (channel) =>
          ({ key: `comments on ${channel}`, scope: 'brand', certain: true, at: { of: 'comments', channel } }) as const,
      ),
      ...[...new Set(channels)].map(
        (channel) => ({ key: channel, scope: 'place', at: { of: 'videos', channel } }) as const,
      ),
    ];
  },

  async *collect({ at, terms, options, secrets: { key }, since, http, signal }) {
    if (at.of === 'videos') {
      const feed = await http.feed(join(options.baseUrl ?? youtubeSite, 'feeds/videos.xml'), {
        query: { channel_id: at.channel },
      });
      yield feed === null ? { posts: [] } : newVideos(feed.body);
      return;
    }
    const ask = asking(http, options.baseUrl, key);
    const reading = { ask, since, signal };
    // Several names make one question, since few of them can be asked.
    const words = searchWords(terms).map((word) => `"${word.replaceAll('"', ' ')}"`);
    if (at.of === 'comments') yield* comments(reading, at.channel);
    else if (words.length > 0) yield* videos(reading, words.join('|'));
  },

  async *recheck({ options, secrets: { key }, posts, http, signal }) {
    if (key === null) return;
    const ask = asking(http, options.baseUrl, key);
    // Only comments stand in a thread.
    const videos = posts.filter(({ threadId }) => threadId === null);
    const comments = posts.filter(({ threadId }) => threadId !== null);
    yield* again(videos, signal, async (asked) => {
      const query = { part: 'snippet,statistics', maxResults: 50 };
      const { items } = await ask('videos', { ...query, id: idsOf(asked) });
      const before = new Map(asked.map((post) => [post.externalId, post]));
      return readItems(items, 'items', Video, (video) => videoAgain(video, before.get(video.id)));
    });
    yield* again(comments, signal, async (asked) => {
      const { items } = await ask('comments', { part: 'snippet', textFormat: 'plainText', id: idsOf(asked) });
      const before = new Map(asked.map((post) => [post.externalId, post]));
      return readItems(items, 'items', Comment, (comment) => commentAgain(comment, before.get(comment.id)));
    });
  },
});

const idsOf = (posts: readonly Post[]) => posts.map(({ externalId }) => externalId).join(',');

/** Where YouTube refuses a whole list because one of them is no more, its halves tell which. */
async function* again(
  posts: readonly Post[],
  signal: AbortSignal,
  read: (asked: readonly Post[]) => Promise<ReturnType<typeof readItems>>,
): AsyncGenerator<Page> {
  for (const asked of inBatches(posts, 50)) {
    signal.throwIfAborted();
    const now = await nullWhereGone(read(asked));
    if (now !== null) yield pageAgain(asked, now);
    else if (asked.length === 1) yield { posts: [], gone: asked };
    else for (const half of inBatches(asked, Math.ceil(asked.length / 2))) yield* again(half, signal, read);
  }
}

interface Reading {
  readonly ask: Asking;
  readonly since: number;
  readonly signal: AbortSignal;
}

/** Goes through the pages of a list: to its end, behind `since`, or up to the cap. A token that comes again is the end. */
async function* pages(
  { signal }: Reading,
  lastPage: number,
  ask: (pageToken: string | undefined) => ReturnType<Asking>,
  read: (items: readonly unknown[]) => Promise<{ readonly page: Page; readonly old: boolean }>,
): AsyncGenerator<Page> {
  const asked = new Set<string | undefined>();
  let token: string | undefined;
  for (let number = 1; !asked.has(token); number += 1) {
    signal.throwIfAborted();
    asked.add(token);
    const { items, nextPageToken } = await ask(token);
    token = nextPageToken ?? undefined;
    const { page, old } = await read(items);
    const more = !old && token !== undefined;
    yield { ...page, capped: more && number === lastPage };
    if (!more || number === lastPage) return;
  }
}

async function* videos(reading: Reading, q: string): AsyncGenerator<Page> {
  const { ask, since } = reading;
  const publishedAfter = new Date(since).toISOString();
  const query = { part: 'snippet', type: 'video', order: 'date', q, publishedAfter, maxResults: 50 };
  yield* pages(
    reading,
    lastSearchPage,
    (pageToken) => ask('search', { ...query, pageToken }),
    async (items) => {
      const brief: Video[] = [];
      const { unreadable } = readItems(items, 'items', Found, ({ id: { videoId }, snippet }) => {
        brief.push({ id: videoId, snippet: decoded(snippet) });
        return null;
      });
      return { page: { posts: await inFull(ask, brief), unreadable }, old: false };
    },
  );
}

/** A search cuts descriptions short and counts nothing: a second question gives the rest, for one of the cheap units. */
async function inFull(ask: Asking, brief: readonly Video[]): Promise<readonly Post[]> {
  if (brief.length === 0) return [];
  const asked = { part: 'snippet,statistics', maxResults: 50 };
  const { items } = await ask('videos', { ...asked, id: brief.map(({ id }) => id).join(',') });
  const whole = new Map(items.flatMap((item) => Video.safeParse(item).data ?? []).map((one) => [one.id, one]));
  const list = [...new Map(brief.map((one) => [one.id, whole.get(one.id) ?? one])).values()];
  const channels = [...new Set(list.flatMap(({ snippet }) => snippet.channelId ?? []))].join(',');
  const told = channels === '' ? [] : (await ask('channels', { ...asked, id: channels })).items;
  const speakers = new Map(told.flatMap((item) => Speaker.safeParse(item).data ?? []).map((one) => [one.id, one]));
  return list.map((video) => toVideo(video, speakers));
}

async function* comments(reading: Reading, channel: string): AsyncGenerator<Page> {
  const { ask, since } = reading;
  const query = { part: 'snippet,replies', order: 'time', textFormat: 'plainText', maxResults: 100 };
  let patience = longThreads;
  yield* pages(
    reading,
    lastCommentPage,
    (pageToken) => ask('commentThreads', { ...query, allThreadsRelatedToChannelId: channel, pageToken }),
    async (items) => {
      const threads: Thread[] = [];
      const tops = readItems(items, 'items', Thread, (thread) => {
        threads.push(thread);
        return toComment(thread.snippet.topLevelComment, thread);
      });
      const answers: Post[] = [];
      for (const thread of threads) {
        const given = thread.replies?.comments ?? [];
        const all = (thread.snippet.totalReplyCount ?? 0) > given.length && patience > 0;
        if (all) patience -= 1;
        const more = { part: 'snippet', textFormat: 'plainText', maxResults: 100, parentId: thread.id };
        const replies = all ? (await ask('comments', more)).items : given;
        answers.push(
          ...replies.flatMap((one) => Comment.safeParse(one).data ?? []).map((one) => toComment(one, thread)),
        );
      }
      const old = tops.posts.length > 0 && tops.posts.every(({ publishedAt }) => (publishedAt ?? since) < since);
      return { page: { ...tops, posts: [...tops.posts, ...answers] }, old };
    },
  );
}
