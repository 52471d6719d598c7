/** What Google gives as a review of one of the owner's places, as a post: in the words of its author. */
import { z } from 'zod';
import { barePost, type Post } from '../mention.ts';
import { type Place, text } from './google-business-places.ts';
import { ownAnswer } from './own-answer.ts';
import { timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

export const reviewsHome = 'https://mybusiness.googleapis.com/v4/';
const stars = { ONE: 1, TWO: 2, THREE: 3, FOUR: 4, FIVE: 5, STAR_RATING_UNSPECIFIED: null } as const;
export const Review = z.object({
  reviewId: z.string().min(1),
  reviewer: z
    .object({ displayName: text, isAnonymous: z.boolean().nullish().catch(null) })
    .nullish()
    .catch(null),
  starRating: z.enum(Object.keys(stars) as (keyof typeof stars)[]),
  comment: text,
  createTime: text,
  updateTime: text,
  reviewReply: z.object({ comment: text, updateTime: text, state: text, policyViolation: text }).nullish().catch(null),
  reviewReplyUrl: text,
});
export type Review = z.infer<typeof Review>;

export function toPost(review: Review, { title, url }: Place): Post {
  const { reviewer, createTime, updateTime, reviewReply: answer } = review;
  const value = stars[review.starRating];
  const [reply = null] = webLinks([review.reviewReplyUrl]);
  return barePost('google-business', original(review.comment ?? ''), {
    externalId: review.reviewId,
    url: reply ?? url,
    author: {
      handle: null,
      name: reviewer?.isAnonymous ? null : reviewer?.displayName?.trim() || null,
      url: null,
      followers: null,
    },
    publishedAt: timeOf(createTime ?? updateTime),
    editedAt: updateTime === createTime ? null : timeOf(updateTime),
    rating: value === null ? null : { value, scale: 5 },
    ...(answer?.state === 'REJECTED' ? {} : ownAnswer(original(answer?.comment ?? ''), timeOf(answer?.updateTime))),
    engagement: { likes: null, reposts: null, replies: review.reviewReply ? 1 : 0, views: null },
    place: title,
  });
}

/** What was written, without Google's translation of it, which stands before or behind. */
export function original(comment: string): string {
  const [, behind] = /^\(Translated by Google\)[\s\S]*?\n\n\(Original\)\n([\s\S]*)$/.exec(comment) ?? [];
  const [, before] = /^([\s\S]+?)\n\n\(Translated by Google\)\n/.exec(comment) ?? [];
  return (behind ?? before ?? comment).trim();
}
