/** Reviews of the brand's own apps in the App Store of every country at once, read with the owner's own account. */
import { z } from 'zod';
import { hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { join } from '../net/join.ts';
import { noLongerThere, postAgain } from './again.ts';
import type { Asking } from './answering.ts';
import { type At, Refusal, refused, secrets, signIn } from './app-store-connect-access.ts';
import { answer, stands } from './app-store-connect-reply.ts';
import { baseUrl, digits } from './options.ts';
import { ownAnswer } from './own-answer.ts';
import { readItems } from './read-items.ts';
import { defineSource, type SpeakerRequest } from './source.ts';
import { timeOf } from './values.ts';

const home = 'https://api.appstoreconnect.apple.com';
const pageSize = 200;
const lastPage = 20;

const Options = z.strictObject({
  apps: z
    .array(digits('should be the number behind /id in the app’s address'))
    .min(1)
    .describe('Numbers of your apps: what stands behind /id in the App Store address of each.'),
  baseUrl: baseUrl(home),
});

const text = z.string().nullish().catch(null);
const Review = z.object({
  id: z.string().min(1),
  attributes: z.object({
    rating: z.int().min(1).max(5),
    title: text,
    body: text,
    reviewerNickname: text,
    createdDate: z.string(),
    territory: text,
  }),
  relationships: z
    .object({ response: z.object({ data: z.object({ id: z.string() }).nullish() }).nullish() })
    .nullish()
    .catch(null),
});
/** An answer that Apple has not let through yet is not to be read there. */
const Response = z.object({
  type: z.literal('customerReviewResponses'),
  id: z.string(),
  attributes: z.object({ responseBody: text, lastModifiedDate: text, state: text }),
});
const included = z.array(z.unknown()).nullish().catch(null);
const Reviews = z.object({
  data: z.array(z.unknown()),
  included,
  links: z.object({ next: text }).nullish().catch(null),
});
const One = z.object({ data: Review, included });
const withAnswers = { include: 'response' };
export const appStoreConnect = defineSource({
  id: 'app-store-connect',
  title: 'App Store Connect',
  kind: 'reviews',
  suits: ['software'],
  home: 'https://appstoreconnect.apple.com',
  docs: 'https://developer.apple.com/documentation/appstoreconnectapi/customer-reviews',
  hears: 'reviews of your app, everywhere',
  about:
    'Reads the reviews of your own apps in the App Store, of every country at once, with your own account. Use it in place of app-store, not beside it: the two number the same reviews differently.',
  access: 'own-account',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 60, perSeconds: 60 }],
  cron: '20 */2 * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * 24 * hourMs,
  options: Options,
  example: { apps: ['1234567890'] },
  secrets,
  steps: [
    'In App Store Connect open Users and Access → Integrations → App Store Connect API.',
    'Make a key with the access “Customer Support”, and download its file AuthKey_….p8: that can be done once.',
    'Write into the file earshot.env beside your config: `APP_STORE_CONNECT_ISSUER=` and the “Issuer ID” above the list, `APP_STORE_CONNECT_KEY_ID=` and the “Key ID” beside your key, `APP_STORE_CONNECT_KEY=` and all that stands in the file, in quotation marks and with its line breaks.',
  ],

  looks: ({ apps }): { key: string; scope: 'brand'; certain: true; at: At }[] =>
    [...new Set(apps)].map((app) => ({ key: `app ${app}`, scope: 'brand', certain: true, at: { app } })),

  signIn,

  async *collect({ at, options, session, since, http, signal }) {
    const url = join(options.baseUrl ?? home, `v1/apps/${at.app}/customerReviews`);
    const headers = { authorization: `Bearer ${session?.token ?? ''}` };
    const asked = new Set<string>();
    const seen = new Set<string>();
    let cursor: string | undefined;
    for (let page = 1; ; page += 1) {
      signal.throwIfAborted();
      const { body } = await http.json(url, Reviews, {
        query: { sort: '-createdDate', limit: pageSize, ...withAnswers, cursor },
        headers,
        refused: (answer, now) => refused(answer, now, at),
      });
      const read = readItems(body.data, 'data', Review, (review) => toPost(review, at, body.included));
      const posts = read.posts.filter((post) => !seen.has(post.externalId));
      for (const post of posts) seen.add(post.externalId);
      const old = posts.length > 0 && posts.every(({ publishedAt }) => (publishedAt ?? since) < since);
      const next = body.links?.next;
      // Of the next address only the cursor is taken: it may lead anywhere.
      cursor = (next && URL.parse(next)?.searchParams.get('cursor')) || undefined;
      const more = Boolean(next) && !old;
      const goes = more && cursor !== undefined && !asked.has(cursor) && page < lastPage;
      yield { ...read, posts, capped: more && !goes };
      if (!goes || cursor === undefined) return;
      asked.add(cursor);
    }
  },

  async *recheck({ options, session, posts, http, signal }) {
    const headers = { authorization: `Bearer ${session?.token ?? ''}` };
    for (const post of posts) {
      signal.throwIfAborted();
      const url = join(options.baseUrl ?? home, `v1/customerReviews/${encodeURIComponent(post.externalId)}`);
      const at = appOf(post);
      yield await postAgain(post, async () => {
        const { body } = await http.json(url, One, {
          query: withAnswers,
          headers,
          refused: (answer, now) => noLongerThere(answer, Refusal) ?? refused(answer, now, at),
        });
        return toPost(body.data, at, body.included);
      });
    }
  },

  repeatable: true,
  reply: (request) => answer(asking(request), request),
  replied: (request) => stands(asking(request), request),
});

function asking({ options, session, post, http }: SpeakerRequest<z.infer<typeof Options>, typeof secrets>): Asking {
  return async (path, shape, { refused: own, ...ask }) => {
    const { body } = await http.json(join(options.baseUrl ?? home, path), shape, {
      ...ask,
      headers: { authorization: `Bearer ${session?.token ?? ''}` },
      refused: (one, now) => own?.(one, now) ?? refused(one, now, appOf(post), ask.writes ? 'answer' : 'read'),
    });
    return body;
  };
}

const appOf = ({ url }: Post): At => ({ app: /\/id(\d+)/.exec(url ?? '')?.[1] ?? '' });

/** @param besides what Apple sends along: the answers to these reviews */
function toPost(review: z.infer<typeof Review>, { app }: At, besides: readonly unknown[] | null | undefined): Post {
  const { id, attributes: said, relationships } = review;
  const answerId = relationships?.response?.data?.id;
  const answers = (besides ?? []).flatMap((one) => Response.safeParse(one).data ?? []);
  const answer = answers.find((one) => one.id === answerId && one.attributes.state !== 'PENDING_PUBLISH')?.attributes;
  return barePost('app-store-connect', said.body?.trim() ?? '', {
    externalId: id,
    // Apple has no address for a single review.
    url: `https://apps.apple.com/app/id${app}?see-all=reviews`,
    author: { handle: null, name: said.reviewerNickname?.trim() || null, url: null, followers: null },
    title: said.title?.trim() || null,
    publishedAt: timeOf(said.createdDate),
    rating: { value: said.rating, scale: 5 },
    ...ownAnswer(answer?.responseBody, timeOf(answer?.lastModifiedDate)),
    // Three letters: `USA`.
    place: said.territory || null,
  });
}
