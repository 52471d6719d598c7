/** What eBay gives, as posts: one piece of feedback, with the buyer's later words and the seller's answer, and the share of good ones. */
import { z } from 'zod';
import { barePost, type PlaceRating, type Post } from '../mention.ts';
import { ownAnswer } from './own-answer.ts';
import { timeOf } from './values.ts';

const text = z.string().nullish().catch(null);
const Comment = z.object({ commentText: text, state: text }).nullish().catch(null);
const kinds = { NEGATIVE: 1, NEUTRAL: 2, POSITIVE: 3 } as const;
export const Feedback = z.object({
  feedbackId: z.union([z.string().min(1), z.int().transform(String)]),
  commentType: z.enum(Object.keys(kinds) as (keyof typeof kinds)[]),
  feedbackState: text,
  feedbackEnteredDate: text,
  automatedFeedback: z.boolean().nullish().catch(null),
  feedbackComment: Comment,
  followupComment: Comment,
  replyComment: Comment,
  providerUserDetail: z.object({ userId: text, role: text }).nullish().catch(null),
  orderLineItemSummary: z.object({ listingTitle: text }).nullish().catch(null),
});
export type Feedback = z.infer<typeof Feedback>;
const count = z.int().nonnegative();
export const List = z
  .object({
    feedbackEntries: z.array(z.unknown()).nullish(),
    pagination: z.object({ total: count.nullish().catch(null) }).nullish(),
  })
  .refine(({ feedbackEntries, pagination }) => feedbackEntries ?? pagination, { path: ['feedbackEntries'] });
/** Not verified against a live answer: whatever does not look like this gives no figure. */
export const Summary = z.object({
  feedbackRatingSummary: z.array(
    z.object({
      ratingSummaryByRatingType: z.array(
        z.object({
          userRoleType: text,
          feedbackRatingValueDistribution: z.array(z.object({ value: z.string(), count })),
        }),
      ),
    }),
  ),
});

/** Where a seller's feedback stands; a single one has no address. */
const profileOf = (seller: string): string =>
  `https://www.ebay.com/fdbk/feedback_profile/${encodeURIComponent(seller.toWellFormed())}`;

/** What eBay wrote by itself is nobody's word, and what sellers write is about the owner as a buyer. */
export const isCustomers = ({ automatedFeedback: automated, providerUserDetail: by }: Feedback): boolean =>
  !automated && by?.role !== 'SELLER';

export const isTakenAway = ({ feedbackState, feedbackComment }: Feedback): boolean =>
  [feedbackState, feedbackComment?.state].some((state) => /^(?:WITHDRAWN|HIDDEN|REMOVED|DELETED)$/.test(state ?? ''));

export function toPost(feedback: Feedback, seller: string): Post {
  const { providerUserDetail: by, feedbackComment, followupComment, replyComment } = feedback;
  const user = by?.userId?.trim() || null;
  // A masked name (`a***b`) is that of many people.
  const isMasked = user?.includes('*') ?? false;
  return barePost('ebay', [feedbackComment, followupComment].map(wordsOf).filter(Boolean).join('\n\n'), {
    externalId: feedback.feedbackId,
    url: profileOf(seller),
    author: { handle: isMasked ? null : user, name: isMasked ? user : null, url: null, followers: null },
    publishedAt: timeOf(feedback.feedbackEnteredDate),
    // Bad, neither, good: worth one, two and three stars of three.
    rating: { value: kinds[feedback.commentType], scale: 3 },
    // eBay only says within how many days it was answered.
    ...ownAnswer(wordsOf(replyComment), null),
    place: feedback.orderLineItemSummary?.listingTitle?.trim() || null,
  });
}

/** Words that eBay removed stand there as two dashes; those that were taken back are nobody's any more. */
function wordsOf(comment: z.infer<typeof Comment>): string {
  const words = comment?.commentText?.trim() ?? '';
  return words === '--' || comment?.state === 'WITHDRAWN' || comment?.state === 'HIDDEN' ? '' : words;
}

/** As eBay itself counts it: neutral ones are left out. */
export function ratingsOf({ feedbackRatingSummary: [summary] }: z.infer<typeof Summary>): PlaceRating[] {
  const asSeller = summary?.ratingSummaryByRatingType.find(({ userRoleType }) => userRoleType === 'SELLER');
  const countOf = (kind: keyof typeof kinds) =>
    asSeller?.feedbackRatingValueDistribution.find(({ value }) => value === kind)?.count ?? 0;
  const told = countOf('POSITIVE') + countOf('NEGATIVE');
  if (told === 0) return [];
  const percent = Math.round((100 * countOf('POSITIVE')) / told);
  return [{ place: 'good feedback', rating: { value: percent, scale: 100 }, count: told }];
}
