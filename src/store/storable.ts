/** Makes a post fit for the database once, at the door: whatever a platform gave, it can be stored, searched and shown. */
import { dayMs } from '../clock.ts';
import type { Author, Post } from '../mention.ts';
import { withoutHtml } from '../text/plain.ts';

/** Longer texts are cut; nobody complains in more than a short book's chapter. */
const longestText = 100_000;
const longestLine = 2_000;
const cutMark = '… [cut]';

/**
 * NUL and lone surrogates become U+FFFD, texts have at most 100,000 characters with the cut marked, HTML that a source
 * left in is words, a date more than a day ahead of `seenAt` (or none that a calendar knows) is unknown, counts that are
 * no counts are unknown.
 */
export function storable(post: Post, seenAt: number): Post {
  if (fit.has(post)) return post;
  const made = madeFit(post, seenAt);
  fit.add(made);
  return made;
}

/** What is judged is made fit before, and saved a moment later; what was no date then is none now. */
const fit = new WeakSet<Post>();

function madeFit(post: Post, seenAt: number): Post {
  const { likes, reposts, replies, views } = post.engagement;
  return {
    source: line(post.source),
    externalId: clean(post.externalId),
    url: maybe(post.url),
    author: storableAuthor(post.author),
    title: maybe(post.title),
    text: shortened(clean(withoutHtml(post.text)), longestText),
    language: maybe(post.language),
    publishedAt: past(post.publishedAt, seenAt),
    editedAt: past(post.editedAt, seenAt),
    rating:
      post.rating !== null && Number.isFinite(post.rating.value) && post.rating.scale > 0
        ? { value: post.rating.value, scale: post.rating.scale }
        : null,
    engagement: { likes: count(likes), reposts: count(reposts), replies: count(replies), views: count(views) },
    links: post.links.slice(0, 100).map(line),
    origin: maybe(post.origin),
    parentId: maybe(post.parentId),
    threadId: maybe(post.threadId),
    place: maybe(post.place),
    ...(post.searchRank && { searchRank: { rank: post.searchRank.rank, words: line(post.searchRank.words) } }),
    ...(post.answer && {
      answer: { text: shortened(clean(post.answer.text), longestText), at: past(post.answer.at, seenAt) },
    }),
  };
}

function storableAuthor({ handle, name, url, followers, automatic }: Author): Author {
  const known = { handle: maybe(handle), name: maybe(name), url: maybe(url), followers: count(followers) };
  return automatic ? { ...known, automatic } : known;
}

function clean(text: string): string {
  return (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text).toWellFormed();
}

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - cutMark.length).toWellFormed()}${cutMark}`;
}

function line(text: string): string {
  return shortened(clean(text), longestLine);
}

function maybe(text: string | null): string | null {
  return text === null ? null : line(text);
}

function past(at: number | null, seenAt: number): number | null {
  return at !== null && Number.isFinite(at) && at <= seenAt + dayMs ? Math.round(at) : null;
}

function count(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? Math.round(value) : null;
}
