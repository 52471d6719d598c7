/** The shapes of YouTube's videos and comments, and the posts that they become. */
import { z } from 'zod';
import { type Author, barePost, type Post } from '../mention.ts';
import type { Feed, FeedItem } from '../net/feed.ts';
import { plainText } from '../text/plain.ts';
import { declaredLanguage } from './language.ts';
import { readItems } from './read-items.ts';
import type { Page } from './source.ts';
import { timeOf } from './values.ts';
import { linksWithin, webLinks } from './web-links.ts';
import { Count, Words } from './youtube-api.ts';

export const youtubeSite = 'https://www.youtube.com';

const Id = z.string().trim().min(1);
const Snippet = z.object({
  title: Words,
  description: Words,
  publishedAt: Words,
  channelId: Words,
  channelTitle: Words,
  defaultLanguage: Words,
  defaultAudioLanguage: Words,
});
/** One element of a search. */
export const Found = z.object({ id: z.object({ videoId: Id }), snippet: Snippet });
const statistics = z.object({ viewCount: Count, likeCount: Count, commentCount: Count }).nullish().catch(null);
export const Video = z.object({ id: Id, snippet: Snippet, statistics });
export type Video = z.infer<typeof Video>;
/** A channel, for who speaks there. */
export const Speaker = z.object({
  id: z.string(),
  snippet: z.object({ customUrl: Words }).nullish().catch(null),
  statistics: z.object({ subscriberCount: Count, hiddenSubscriberCount: z.boolean().nullish() }).nullish().catch(null),
});
export type Speakers = ReadonlyMap<string, z.infer<typeof Speaker>>;
export const Comment = z.object({
  id: Id,
  snippet: z.object({
    textOriginal: Words,
    textDisplay: Words,
    authorDisplayName: Words,
    authorChannelUrl: Words,
    likeCount: Count,
    publishedAt: Words,
    updatedAt: Words,
    videoId: Words,
    parentId: Words,
  }),
});
export const Thread = z.object({
  id: Id,
  snippet: z.object({ topLevelComment: Comment, totalReplyCount: Count, videoId: Words }),
  replies: z
    .object({ comments: z.array(z.unknown()) })
    .nullish()
    .catch(null),
});
export type Thread = z.infer<typeof Thread>;

/** Only searches write entities into what people wrote. */
export function decoded(snippet: Video['snippet']): Video['snippet'] {
  const plain = (text: string | null | undefined) => plainText((text ?? '').replaceAll('<', '&lt;'));
  return {
    ...snippet,
    title: plain(snippet.title),
    description: plain(snippet.description),
    channelTitle: plain(snippet.channelTitle),
  };
}

const watchAt = (video: string) => `${youtubeSite}/watch?v=${encodeURIComponent(video.toWellFormed())}`;

export function toVideo({ id, snippet, statistics: counts }: Video, speakers: Speakers): Post {
  return barePost('youtube', snippet.description ?? '', {
    externalId: id,
    url: watchAt(id),
    author: speakerOf(snippet, speakers),
    title: snippet.title || null,
    language: declaredLanguage(snippet.defaultAudioLanguage ?? snippet.defaultLanguage),
    publishedAt: timeOf(snippet.publishedAt),
    engagement: {
      likes: counts?.likeCount ?? null,
      reposts: null,
      replies: counts?.commentCount ?? null,
      views: counts?.viewCount ?? null,
    },
    links: webLinks(linksWithin(snippet.description ?? '')),
  });
}

function speakerOf({ channelId, channelTitle }: Video['snippet'], speakers: Speakers): Author {
  const speaker = speakers.get(channelId ?? '');
  const shown = speaker?.statistics?.hiddenSubscriberCount ? null : speaker?.statistics?.subscriberCount;
  return {
    handle: speaker?.snippet?.customUrl || null,
    name: channelTitle || null,
    url: channelId ? `${youtubeSite}/channel/${encodeURIComponent(channelId.toWellFormed())}` : null,
    followers: shown ?? null,
  };
}

/** A comment on the channel itself belongs to no video. */
export function toComment({ id, snippet }: z.infer<typeof Comment>, thread: Thread): Post {
  const video = snippet.videoId || thread.snippet.videoId || null;
  const [speaker = null] = webLinks([snippet.authorChannelUrl]);
  const name = snippet.authorDisplayName || null;
  const isReply = id !== thread.id;
  return barePost('youtube', snippet.textOriginal ?? plainText(snippet.textDisplay ?? ''), {
    externalId: id,
    url: video ? `${watchAt(video)}&lc=${encodeURIComponent(id.toWellFormed())}` : null,
    author: { handle: name?.startsWith('@') ? name : null, name, url: speaker, followers: null },
    publishedAt: timeOf(snippet.publishedAt),
    editedAt: snippet.updatedAt === snippet.publishedAt ? null : timeOf(snippet.updatedAt),
    engagement: {
      likes: snippet.likeCount ?? null,
      reposts: null,
      replies: isReply ? null : (thread.snippet.totalReplyCount ?? null),
      views: null,
    },
    parentId: isReply ? (snippet.parentId ?? thread.id) : video,
    threadId: thread.id,
    place: 'comments',
  });
}

/** As it is now; who speaks there is not asked for once more. */
export function videoAgain(video: Video, before: Post | undefined): Post {
  const now = toVideo(video, new Map());
  const { handle = null, followers = null } = before?.author ?? {};
  return { ...now, author: { ...now.author, handle, followers } };
}

/** As it is now; a comment asked for alone does not tell where it stands, nor how many answered. */
export function commentAgain(comment: z.infer<typeof Comment>, before: Post | undefined): Post {
  const { externalId, url = null, threadId = null, parentId = null, engagement } = before ?? barePost('youtube', '');
  const id = threadId ?? externalId;
  const now = toComment(comment, { id, snippet: { topLevelComment: comment, totalReplyCount: engagement.replies } });
  return { ...now, url, threadId, parentId };
}

const Item = z.custom<FeedItem>().refine(({ id }) => /^yt:video:\S+$/.test(id ?? ''), { error: 'no video' });

/** The newest 15 of a channel, from its feed. */
export function newVideos({ items }: Feed): Page {
  return readItems(items, 'entry', Item, (item) =>
    barePost('youtube', item.content ?? '', {
      externalId: item.id?.slice('yt:video:'.length) ?? '',
      url: item.url,
      author: { handle: null, name: item.authorName, url: item.authorUrl, followers: null },
      title: item.title,
      publishedAt: item.publishedAt,
      links: webLinks(linksWithin(item.content ?? '')),
    }),
  );
}
