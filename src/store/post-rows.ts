/** Rows of the table `posts`: what of a post is written down, by the terms of its source. */
import type { Selectable } from 'kysely';
import { hourMs } from '../clock.ts';
import type { Post, Rating } from '../mention.ts';
import { wordsHash } from '../text/fingerprint.ts';
import { addressHash } from './address-hash.ts';
import { nothingBeside, noWords } from './post-words.ts';
import type { PostsTable } from './tables.ts';

/** What the store must know of a source; a `Source` is one. */
export interface SourceTerms {
  readonly kind: 'posts' | 'reviews' | 'articles';
  readonly keeps: 'everything' | 'id-only' | { readonly textForHours: number };
}

export interface Saving {
  /** Milliseconds UTC. */
  readonly seenAt: number;
  /** Undefined where a source is unknown (an import's): posts, of which everything may be kept. */
  readonly sourceOf?: (id: string) => SourceTerms | undefined;
}

const everything: SourceTerms = { kind: 'posts', keeps: 'everything' };

/** What its source lets us keep of a post. */
export const termsFor = ({ source }: Pick<Post, 'source'>, { sourceOf }: Saving): SourceTerms =>
  sourceOf?.(source) ?? everything;

/** What is read of a post that is there already. */
export type Known = Pick<
  Selectable<PostsTable>,
  | 'id'
  | 'source'
  | 'external_id'
  | 'title'
  | 'text'
  | 'words'
  | 'words_until'
  | 'author_id'
  | 'gone_at'
  | 'said_at'
  | 'rating_value'
  | 'rating_scale'
  | 'likes'
  | 'reposts'
  | 'replies'
  | 'views'
  | 'search_rank'
  | 'searched_for'
  | 'answer'
  | 'answered_at'
>;

/** One as it is inserted. @param words of its text */
export function postRow(post: Post, words: readonly string[], authorId: number | null, saving: Saving) {
  const { seenAt } = saving;
  const { kind, keeps } = termsFor(post, saving);
  return {
    source: post.source,
    external_id: post.externalId,
    kind,
    url: post.url,
    address: addressHash(post.url),
    author_id: authorId,
    first_seen_at: seenAt,
    said_at: post.publishedAt ?? seenAt,
    published_at: post.publishedAt,
    gone_at: null,
    rating_value: post.rating?.value ?? null,
    rating_scale: post.rating?.scale ?? null,
    ...countsOf(post),
    origin: post.origin,
    parent_id: post.parentId,
    thread_id: post.threadId,
    place: post.place,
    ...rankOf(post),
    ...answerOf(post),
    language: post.language,
    ...wordsOf(post, words, keeps, seenAt),
    ...(keeps === 'id-only' ? nothingBeside : {}),
  };
}

/** The columns that hold or stand for words. */
function wordsOf(post: Post, words: readonly string[], keeps: SourceTerms['keeps'], seenAt: number) {
  if (keeps === 'id-only') return { ...noWords, words: 'withheld', edited_at: post.editedAt, word_count: words.length };
  return {
    title: post.title,
    text: post.text,
    byline: [post.author.handle, post.author.name].filter((part) => part !== null).join(' ') || null,
    links: JSON.stringify(post.links),
    text_hash: wordsHash(words),
    words: 'kept',
    words_until: wordsUntil(keeps, seenAt),
    edited_at: post.editedAt,
    word_count: words.length,
  };
}

/** Until when its words may stay, milliseconds UTC; null: as long as we like. */
export function wordsUntil(keeps: SourceTerms['keeps'], seenAt: number): number | null {
  return typeof keeps === 'object' ? seenAt + keeps.textForHours * hourMs : null;
}

/** What others did with it. */
export function countsOf({ engagement: { likes, reposts, replies, views } }: Post) {
  return { likes, reposts, replies, views };
}

/** Where it stands among what a search shows. */
export function rankOf({ searchRank }: Post) {
  return { search_rank: searchRank?.rank ?? null, searched_for: searchRank?.words ?? null };
}

/** What the business itself answered there. */
export function answerOf({ answer }: Post) {
  return { answer: answer?.text ?? null, answered_at: answer?.at ?? null };
}

/** The stars that it gave. */
export function ratingOf({ rating_value, rating_scale }: Known): Rating | null {
  return rating_value === null || rating_scale === null ? null : { value: rating_value, scale: rating_scale };
}
