/** Reviews of the owner's shop on Etsy, read with a key of one's own. */
import { z } from 'zod';
import { hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { plainText } from '../text/plain.ts';
import { declaredLanguage } from './language.ts';
import { baseUrl, digits } from './options.ts';
import { readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { defineSource } from './source.ts';

const home = 'https://openapi.etsy.com';
const pageSize = 100;
/** Etsy goes no further than 12,000. */
const lastPage = 20;

const Options = z.strictObject({
  shops: z
    .array(digits('should be the number of your shop'))
    .min(1)
    .describe('Numbers of your shops: Etsy shows it at “Shop Manager”, “Settings”, “Options”.'),
  baseUrl: baseUrl(home),
});

const secrets = {
  key: { env: 'ETSY_KEYSTRING', about: 'The “Keystring” of your own app at Etsy.' },
  secret: { env: 'ETSY_SHARED_SECRET', about: 'The “Shared secret” beside it; Etsy wants both since February 2026.' },
} as const;

const second = z.int().positive().max(8_640_000_000_000).nullish().catch(null);
const Review = z.object({
  shop_id: z.union([z.string(), z.int()]).transform(String),
  listing_id: z.union([z.string(), z.int()]).transform(String).nullish().catch(null),
  transaction_id: z.union([z.string().regex(/^\d+$/), z.int()]).transform(String),
  rating: z.int().min(1).max(5),
  review: z.string().nullish(),
  language: z.string().nullish().catch(null),
  create_timestamp: second,
  created_timestamp: second,
  update_timestamp: second,
  updated_timestamp: second,
});
const Reviews = z.object({ count: z.int().nonnegative().nullish().catch(null), results: z.array(z.unknown()) });
const Refusal = z.object({ error: z.string() });

interface At {
  readonly shop: string;
}

export const etsy = defineSource({
  id: 'etsy',
  title: 'Etsy',
  kind: 'reviews',
  suits: ['web-shop'],
  home: 'https://www.etsy.com/your/shops/me/reviews',
  docs: 'https://developers.etsy.com/documentation/reference/#operation/getReviewsByShop',
  about:
    'Reads the reviews of your own shop on Etsy, without the names of the buyers. The term “Etsy” is a trademark of Etsy, Inc.; Earshot uses the Etsy API but is not endorsed or certified by Etsy.',
  hears: 'reviews of your shop',
  access: 'free-key',
  keeps: 'everything',
  order: 'newest-first',
  pace: [
    { requests: 5, perSeconds: 1 },
    { requests: 10_000, perSeconds: 86_400 },
  ],
  cron: '45 */2 * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * 24 * hourMs,
  options: Options,
  example: { shops: ['12345678'] },
  secrets,
  steps: [
    'Sign in, open https://www.etsy.com/developers/register, and make an app; Etsy looks at it for some days.',
    'Open https://www.etsy.com/developers/your-apps and copy its keystring and its shared secret.',
  ],

  looks: ({ shops }): { key: string; scope: 'brand'; certain: true; at: At }[] =>
    [...new Set(shops)].map((shop) => ({ key: `shop ${shop}`, scope: 'brand', certain: true, at: { shop } })),

  async *collect({ at: { shop }, options, secrets: { key, secret }, since, http, signal }) {
    const url = join(options.baseUrl ?? home, `v3/application/shops/${shop}/reviews`);
    const headers = { 'x-api-key': `${key}:${secret}` };
    const seen = new Set<string>();
    // Edits keep the date on which a review was made: the newest hundred are always read again.
    for (let page = 1, read = 0; ; page += 1) {
      signal.throwIfAborted();
      const query = { limit: pageSize, offset: read || undefined };
      const { body } = await http.json(url, Reviews, { query, headers, refused: (answer) => refused(answer, shop) });
      const { posts, unreadable } = readItems(body.results, 'results', Review, (review) => {
        if (seen.has(review.transaction_id)) return null;
        seen.add(review.transaction_id);
        return toPost(review, shop);
      });
      read += body.results.length;
      const old = posts.length > 0 && posts.every(({ publishedAt }) => (publishedAt ?? since) < since);
      // Where it says how many there are, an empty page in the middle is not the end; one that comes again is.
      const more =
        posts.length > 0 && read < (body.count ?? Number.POSITIVE_INFINITY) && body.results.length >= pageSize;
      const goes = more && !old && page < lastPage;
      yield { posts, unreadable, capped: more && !old && !goes };
      if (!goes) return;
    }
  },
});

/** A review has no number of its own: the purchase has. Nor does Etsy say who: at most a number, and that not of everybody. */
function toPost(review: z.infer<typeof Review>, shop: string): Post {
  const made = review.created_timestamp ?? review.create_timestamp ?? null;
  const edited = review.updated_timestamp ?? review.update_timestamp ?? null;
  const listing = review.listing_id;
  return barePost('etsy', plainText((review.review ?? '').replaceAll('<', '&lt;').replaceAll('\n', '<br>')), {
    externalId: `${shop} ${review.transaction_id}`,
    url: listing && /^\d+$/.test(listing) ? `https://www.etsy.com/listing/${listing}#reviews` : null,
    language: declaredLanguage(review.language),
    publishedAt: made === null ? null : made * 1000,
    editedAt: edited === null || edited === made ? null : edited * 1000,
    rating: { value: review.rating, scale: 5 },
  });
}

/** Errors are `{ error: "…" }`. */
function refused({ status, text }: RawAnswer, shop: string): Fault | undefined {
  if (status < 400 || refusalIn(text, Refusal) === null) return undefined;
  if (status === 401 || status === 403)
    return new Fault(
      'not-allowed',
      `Etsy does not take ${secrets.key.env} with ${secrets.secret.env}: compare both with https://www.etsy.com/developers/your-apps.`,
    );
  if (status === 404)
    return new Fault('gone', `Etsy knows no shop with the number ${shop}. Compare \`etsy.shops\` in your config.`);
  return undefined;
}
