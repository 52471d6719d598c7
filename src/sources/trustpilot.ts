/** Reviews of the brand's own business on Trustpilot, through the interface that its paid plans open. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import { barePost, type PlaceRating, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { noLongerThere, postAgain } from './again.ts';
import { declaredLanguage } from './language.ts';
import { baseUrl } from './options.ts';
import { ownAnswer } from './own-answer.ts';
import { readItems } from './read-items.ts';
import { isSameText } from './same-words.ts';
import { defineSource } from './source.ts';
import { answer } from './trustpilot-reply.ts';
import { timeOf } from './values.ts';

const home = 'https://api.trustpilot.com';
const site = 'https://www.trustpilot.com';
const pageSize = 100;
const lastPage = 10;

const Options = z.strictObject({
  business: z
    .string()
    .trim()
    .regex(/^[\w-]+(?:\.[\w-]+)+$|^[\da-f]{24}$/i, 'should be your domain as Trustpilot knows it, such as shop.example')
    .describe('Your domain as it stands in the address of your page on Trustpilot, or your business unit’s id.'),
  businessUser: z
    .string()
    .regex(/^[\da-f]{24}$/i, 'should be 24 letters and figures')
    .optional()
    .describe('Id of the person at your business in whose name answers are sent; Trustpilot’s support tells it.'),
  baseUrl: baseUrl(home),
});

const secrets = {
  key: {
    env: 'TRUSTPILOT_API_KEY',
    about: 'Comes with the paid plans that include the API.',
  },
  secret: {
    env: 'TRUSTPILOT_API_SECRET',
    about: 'The “API secret” that stands below the key; only for sending answers.',
    optional: true,
    sends: 'only',
  },
} as const;

const words = z.string().nullish();
const count = z.int().nullish().catch(null);
const Unit = z.object({
  id: z.string().min(1),
  score: z
    .object({ trustScore: z.number().positive().max(5) })
    .nullish()
    .catch(null),
  numberOfReviews: z.object({ total: count }).nullish().catch(null),
});
const stars = z.number().min(1).max(5).nullish();
/** The names in Trustpilot's own pages (`rating`, `dates`, `likes`) stand beside those of the interface. */
const Review = z
  .object({
    id: z.string().min(1),
    stars,
    rating: stars,
    title: words,
    text: words,
    language: words,
    createdAt: words,
    updatedAt: words,
    dates: z.object({ publishedDate: words, updatedDate: words }).nullish().catch(null),
    numberOfLikes: count,
    likes: count,
    companyReply: z.object({ text: words, createdAt: words, updatedAt: words }).nullish().catch(null),
    reply: z.object({ message: words, publishedDate: words }).nullish().catch(null),
    consumer: z.object({ id: words, displayName: words }).nullish().catch(null),
  })
  .refine((review) => review.stars ?? review.rating, { error: 'no stars', path: ['stars'] });
const Found = z.object({ reviews: z.array(z.unknown()) });
const Refusal = z.object({});

export const trustpilot = defineSource({
  id: 'trustpilot',
  title: 'Trustpilot',
  kind: 'reviews',
  suits: ['web-shop', 'software', 'service'],
  home: site,
  docs: 'https://developers.trustpilot.com/business-units-api',
  hears: 'all reviews of your business',
  about:
    'Reads the reviews of your own business on Trustpilot, whole. It wants a key, which comes only with paid plans.',
  access: 'paid',
  keeps: 'everything',
  order: 'newest-first',
  pace: [
    { requests: 833, perSeconds: 300 },
    { requests: 10_000, perSeconds: 3600 },
  ],
  cron: '5 * * * *',
  overlapMs: 7 * dayMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { business: 'shop.example' },
  secrets,
  steps: [
    'Sign in at https://businessapp.b2b.trustpilot.com.',
    'Open “Integrations”, then “Developers”, choose “APIs”, and make an application.',
    'Copy its “API key”.',
    'Write it into the file earshot.env beside your config: `TRUSTPILOT_API_KEY=` and behind it what you copied.',
    'To answer from Earshot as well, copy the “API secret” below it into TRUSTPILOT_API_SECRET, and ask Trustpilot’s support for the id of your business user: it becomes `businessUser` in your config.',
  ],

  looks: ({ business }) => [{ key: business, scope: 'brand', certain: true, at: { business } }],

  async *collect({ at: { business }, options, secrets: { key }, since, http, signal }) {
    const base = join(options.baseUrl ?? home, 'v1/business-units');
    const ask = { headers: { apikey: key ?? '' }, refused: refused(business) };
    const { body: unit } = /^[\da-f]{24}$/i.test(business)
      ? { body: { id: business } as z.infer<typeof Unit> }
      : await http.json(join(base, 'find'), Unit, { ...ask, query: { name: business } });
    const seen = new Set<string>();
    for (let page = 1; page <= lastPage; page += 1) {
      signal.throwIfAborted();
      const { body } = await http.json(join(base, `${encodeURIComponent(unit.id)}/reviews`), Found, {
        ...ask,
        query: { orderBy: 'createdat.desc', page, perPage: pageSize },
      });
      const read = readItems(body.reviews, 'reviews', Review, toPost);
      const posts = read.posts.filter(({ externalId }) => !seen.has(externalId));
      for (const { externalId } of posts) seen.add(externalId);
      const old = posts.every(({ publishedAt }) => publishedAt !== null && publishedAt < since);
      const more = body.reviews.length >= pageSize && !old;
      yield { ...read, posts, ratings: page === 1 ? ratingsOf(unit) : [], capped: more && page === lastPage };
      if (!more) return;
    }
  },

  async *recheck({ options, secrets: { key }, posts, http, signal }) {
    for (const post of posts) {
      signal.throwIfAborted();
      const url = join(options.baseUrl ?? home, `v1/reviews/${encodeURIComponent(post.externalId)}`);
      yield await postAgain(post, async () => {
        const { body } = await http.json(url, Review, {
          headers: { apikey: key ?? '' },
          refused: (answer) => noLongerThere(answer, Refusal) ?? refused(options.business)(answer),
        });
        return toPost(body);
      });
    }
  },

  reply: (request) => answer(join(request.options.baseUrl ?? home, ''), request),
  replied: async ({ options, secrets: { key }, post, text, http }) => {
    const url = join(options.baseUrl ?? home, `v1/reviews/${encodeURIComponent(post.externalId)}`);
    const { body } = await http.json(url, Review, {
      headers: { apikey: key ?? '' },
      refused: refused(options.business),
    });
    return isSameText(toPost(body).answer?.text ?? '', text) ? { externalId: null, url: post.url } : null;
  },
  speaksAs: async ({ options }) => options.business,
});

function ratingsOf({ score, numberOfReviews }: z.infer<typeof Unit>): PlaceRating[] {
  if (!score) return [];
  return [
    { place: 'TrustScore', rating: { value: score.trustScore, scale: 5 }, count: numberOfReviews?.total ?? null },
  ];
}

function toPost(review: z.infer<typeof Review>): Post {
  const { id, consumer, title, text, language, dates, companyReply: reply, reply: page } = review;
  const addressOf = (kind: 'reviews' | 'users', of: string) =>
    `${site}/${kind}/${encodeURIComponent(of.toWellFormed())}`;
  return barePost('trustpilot', text ?? '', {
    externalId: id,
    url: addressOf('reviews', id),
    author: {
      handle: null,
      name: consumer?.displayName || null,
      url: consumer?.id ? addressOf('users', consumer.id) : null,
      followers: null,
    },
    title: title || null,
    language: declaredLanguage(language),
    publishedAt: timeOf(review.createdAt ?? dates?.publishedDate),
    editedAt: timeOf(review.updatedAt ?? dates?.updatedDate),
    rating: { value: review.stars ?? review.rating ?? 0, scale: 5 },
    ...ownAnswer(reply?.text ?? page?.message, timeOf(reply?.updatedAt ?? reply?.createdAt ?? page?.publishedDate)),
    engagement: { likes: review.numberOfLikes ?? review.likes ?? null, reposts: null, replies: null, views: null },
  });
}

/** Only answers in JSON are Trustpilot's own; a page is its edge. */
function refused(business: string) {
  return ({ status, text }: RawAnswer): Fault | undefined => {
    if (!text.trimStart().startsWith('{')) return undefined;
    if (status === 401 || status === 403) {
      return new Fault(
        'not-allowed',
        `Trustpilot does not take the key in ${secrets.key.env}, or your plan there does not include its API. Copy it again: \`npx earshot sources trustpilot\` says how.`,
      );
    }
    if (status === 404) {
      return new Fault(
        'gone',
        `Trustpilot knows no business called “${business}”. Compare \`trustpilot.business\` with the address of your page there.`,
      );
    }
    return undefined;
  };
}
