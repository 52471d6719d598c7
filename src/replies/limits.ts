/** How long an answer may be where it is given. */

interface Limit {
  readonly most: number;
  readonly of: 'characters' | 'bytes';
}

/** By source; each from the platform's own documents. A place that is not here has no limit that we know. */
const limits: Readonly<Record<string, Limit>> = {
  // Android Publisher API, reviews.reply: "approximately 350 characters".
  'google-play': { most: 350, of: 'characters' },
  // App Store Connect, customerReviewResponses: 5,970.
  'app-store': { most: 5970, of: 'characters' },
  'app-store-connect': { most: 5970, of: 'characters' },
  // Business Profile API, ReviewReply.comment: 4,096 bytes.
  'google-business': { most: 4096, of: 'bytes' },
  'google-places': { most: 4096, of: 'bytes' },
  // Trading API, RespondToFeedback.
  ebay: { most: 500, of: 'characters' },
  // app.bsky.feed.post: maxGraphemes.
  bluesky: { most: 300, of: 'characters' },
  // What an instance allows unless its admin changed it; a link counts 23.
  mastodon: { most: 500, of: 'characters' },
  reddit: { most: 10_000, of: 'characters' },
  'reddit-api': { most: 10_000, of: 'characters' },
  lemmy: { most: 10_000, of: 'characters' },
  youtube: { most: 10_000, of: 'characters' },
  discourse: { most: 32_000, of: 'characters' },
  github: { most: 65_536, of: 'characters' },
  wordpress: { most: 65_525, of: 'bytes' },
  'stack-exchange': { most: 600, of: 'characters' },
  telegram: { most: 4096, of: 'characters' },
};

/** Places whose limit is known, by source. */
export const limitedPlaces: readonly string[] = Object.keys(limits);

/** Links that count so much, however long they are. */
const linkLength: Readonly<Record<string, number>> = { mastodon: 23 };

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** What is beyond the limit of a place. */
export interface TooLong {
  /** Where in the text it begins, in UTF-16 units. */
  readonly from: number;
  readonly by: number;
  readonly most: number;
}

/** Null where the text fits, or nobody knows the place's limit. A character is what a reader takes for one. */
export function beyondLimit(text: string, platform: string | null): TooLong | null {
  const limit = limits[platform ?? ''];
  if (!limit) return null;
  const links = linkLength[platform ?? ''];
  const spans = links === undefined ? [] : [...text.matchAll(/https?:\/\/\S+/gu)];
  let used = 0;
  let from = -1;
  for (const { segment, index } of graphemes.segment(text)) {
    const link = spans.find((span) => span.index <= index && index < span.index + span[0].length);
    if (link) used += link.index === index ? (links ?? 0) : 0;
    else used += limit.of === 'bytes' ? Buffer.byteLength(segment) : 1;
    if (used > limit.most && from < 0) from = index;
  }
  return from < 0 ? null : { from, by: used - limit.most, most: limit.most };
}
