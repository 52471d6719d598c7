/** Reviews of the brand's own apps on Google Play, read with the owner's own account: those of the last seven days. */
import { z } from 'zod';
import { hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { join } from '../net/join.ts';
import { noLongerThere, nullWhereGone } from './again.ts';
import type { Asking } from './answering.ts';
import { type At, Refusal, refused, secrets, signIn } from './google-play-access.ts';
import { answer, forgotten } from './google-play-reply.ts';
import { declaredLanguage } from './language.ts';
import { baseUrl } from './options.ts';
import { ownAnswer } from './own-answer.ts';
import { readItems } from './read-items.ts';
import { isSameText } from './same-words.ts';
import { defineSource, type SpeakerRequest } from './source.ts';

const home = 'https://androidpublisher.googleapis.com';
const pageSize = 100;
const lastPage = 20;

const Options = z.strictObject({
  packages: z
    .array(z.string().regex(/^[a-z]\w*(?:\.[a-z]\w*)+$/i, 'should be the app’s package name, such as com.example.app'))
    .min(1)
    .describe('Package names of your apps: what stands behind id= in the address of an app on Google Play.'),
  baseUrl: baseUrl(home),
});

const count = z.int().nonnegative().nullish().catch(null);
/** JavaScript knows no later second; a text, since it is a 64-bit number. */
const second = z
  .union([z.int().positive(), z.string().regex(/^\d{1,12}$/)])
  .transform(Number)
  .pipe(z.number().max(8_640_000_000_000))
  .nullish()
  .catch(null);
const UserComment = z.object({
  text: z.string(),
  originalText: z.string().nullish().catch(null),
  lastModified: z.object({ seconds: second }).nullish().catch(null),
  starRating: z.int().min(1).max(5),
  reviewerLanguage: z.string().nullish().catch(null),
  thumbsUpCount: count,
});
const DeveloperComment = UserComment.pick({ text: true, lastModified: true });
const Review = z.object({
  reviewId: z.string().min(1),
  authorName: z.string().nullish().catch(null),
  /** The user's, and often the developer's answer. */
  comments: z
    .array(
      z.object({ userComment: UserComment.optional(), developerComment: DeveloperComment.optional().catch(undefined) }),
    )
    .refine((comments) => comments.some(({ userComment }) => userComment)),
});
const Reviews = z.object({
  reviews: z.array(z.unknown()).optional(),
  tokenPagination: z.object({ nextPageToken: z.string().nullish() }).nullish().catch(null),
});
export const googlePlay = defineSource({
  id: 'google-play',
  title: 'Google Play',
  kind: 'reviews',
  suits: ['software'],
  home: 'https://play.google.com/console',
  docs: 'https://developers.google.com/android-publisher/reply-to-reviews',
  hears: 'reviews of your app, last 7 days',
  about:
    'Reads the reviews of your own apps on Google Play with your own account. Google shows those that were written or edited in the last seven days, and only those with words.',
  access: 'own-account',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 200, perSeconds: 3600 }],
  cron: '10 * * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * 24 * hourMs,
  options: Options,
  example: { packages: ['com.example.bluedoor'] },
  secrets,
  steps: [
    'Open https://console.cloud.google.com and make a project.',
    'Open “APIs & Services”, then “Library”, and switch on the “Google Play Android Developer API”.',
    'Open IAM & Admin → Service Accounts, make an account, and make a key of the kind JSON for it: a file is downloaded.',
    'In the Play Console open Users and permissions and invite that account’s address, with the right to reply to reviews.',
    'Write into the file earshot.env beside your config: `GOOGLE_PLAY_KEY=` and all that stands in the file, in single quotes.',
  ],

  looks: ({ packages }): { key: string; scope: 'brand'; certain: true; at: At }[] =>
    [...new Set(packages)].map((name) => ({ key: name, scope: 'brand', certain: true, at: { package: name } })),

  signIn,

  async *collect({ at, options, session, http, signal }) {
    const url = join(options.baseUrl ?? home, `androidpublisher/v3/applications/${at.package}/reviews`);
    const headers = { authorization: `Bearer ${session?.token ?? ''}` };
    const asked = new Set<string>();
    const seen = new Set<string>();
    let token: string | undefined;
    for (let page = 1; ; page += 1) {
      signal.throwIfAborted();
      const { body } = await http.json(url, Reviews, {
        query: { maxResults: pageSize, token },
        headers,
        refused: (answer, now) => refused(answer, now, at),
      });
      const items = body.reviews ?? [];
      const read = readItems(items, 'reviews', Review, (review) => toPost(review, at));
      const posts = read.posts.filter((post) => !seen.has(post.externalId));
      for (const post of posts) seen.add(post.externalId);
      token = body.tokenPagination?.nextPageToken || undefined;
      // Google is known to forget the way on behind the second page.
      const forgotten = token === undefined && page > 1 && items.length >= pageSize;
      const more = token !== undefined && !asked.has(token) && page < lastPage;
      yield { ...read, posts, capped: forgotten || (token !== undefined && !more) };
      if (token === undefined || !more) return;
      asked.add(token);
    }
  },

  async *recheck({ options, session, posts, http, signal }) {
    const headers = { authorization: `Bearer ${session?.token ?? ''}` };
    for (const post of posts) {
      signal.throwIfAborted();
      const at = appOf(post);
      const path = `androidpublisher/v3/applications/${at.package}/reviews/${encodeURIComponent(post.externalId)}`;
      // Google forgets reviews after some days: one that it does not know may be there all the same.
      const found = await nullWhereGone(
        http.json(join(options.baseUrl ?? home, path), Review, {
          headers,
          refused: (answer, now) => noLongerThere(answer, Refusal) ?? refused(answer, now, at),
        }),
      );
      const now = found && toPost(found.body, at);
      if (now) yield { posts: [now] };
    }
  },

  repeatable: true,
  reply: (request) => answer(asking(request), request),
  replied: async (request) => {
    const { post } = request;
    const path = encodeURIComponent(post.externalId);
    const review = await asking(request)(path, Review, { refused: forgotten });
    return isSameText(toPost(review, appOf(post))?.answer?.text ?? '', request.text)
      ? { externalId: null, url: post.url }
      : null;
  },
});

const appOf = ({ url }: Post): At => ({ package: URL.parse(url ?? '')?.searchParams.get('id') ?? '' });

function asking({ options, session, post, http }: SpeakerRequest<z.infer<typeof Options>, typeof secrets>): Asking {
  const at = appOf(post);
  const reviews = join(options.baseUrl ?? home, `androidpublisher/v3/applications/${at.package}/reviews`);
  return async (path, shape, { refused: own, ...ask }) => {
    const { body } = await http.json(`${reviews}/${path}`, shape, {
      ...ask,
      headers: { authorization: `Bearer ${session?.token ?? ''}` },
      refused: (one, now) => own?.(one, now) ?? refused(one, now, at, ask.writes ? 'answer' : 'read'),
    });
    return body;
  };
}

function toPost({ reviewId, authorName, comments }: z.infer<typeof Review>, at: At): Post | null {
  const said = comments.find(({ userComment }) => userComment)?.userComment;
  if (!said) return null;
  const answer = comments.find(({ developerComment }) => developerComment)?.developerComment;
  // Title and words, with a tab between them where there is a title.
  const words = said.originalText || said.text;
  const [title, text] = words.includes('\t') ? words.split(/\t(.*)/s) : ['', words];
  return barePost('google-play', text?.trim() ?? '', {
    externalId: reviewId,
    url: `https://play.google.com/store/apps/details?id=${at.package}&reviewId=${encodeURIComponent(reviewId.toWellFormed())}`,
    author: { handle: null, name: authorName?.trim() || null, url: null, followers: null },
    title: title?.trim() || null,
    language: declaredLanguage(said.reviewerLanguage),
    // When it was last edited: Google tells no other time.
    publishedAt: changedAt(said),
    rating: { value: said.starRating, scale: 5 },
    ...ownAnswer(answer?.text, answer ? changedAt(answer) : null),
    engagement: { likes: said.thumbsUpCount ?? null, reposts: null, replies: null, views: null },
  });
}

function changedAt({ lastModified }: z.infer<typeof DeveloperComment>): number | null {
  return lastModified?.seconds ? lastModified.seconds * 1000 : null;
}
