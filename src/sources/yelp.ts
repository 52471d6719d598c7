/** The beginnings of the newest few reviews of the brand's own business on Yelp, which may be kept for a day. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { resetTime } from '../net/reset-time.ts';
import { baseUrl } from './options.ts';
import { overallFigure } from './overall-figure.ts';
import { readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { defineSource, type Page } from './source.ts';
import { timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

const home = 'https://api.yelp.com';
const daySeconds = 86_400;

const Options = z.strictObject({
  businesses: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[\p{L}\p{N}_-]+$/u, 'should be what stands behind yelp.com/biz/ in the address of your page'),
    )
    .min(1)
    .describe('Your businesses there: what stands behind yelp.com/biz/ in the address of each page.'),
  baseUrl: baseUrl(home),
});

const secrets = {
  key: {
    env: 'YELP_API_KEY',
    about: 'Paid after a trial; plans without review excerpts hear nothing.',
  },
} as const;

const words = z.string().nullish();
const Review = z.object({
  id: z.string().trim().min(1),
  url: words,
  text: words,
  rating: z.number().min(1).max(5),
  time_created: words,
  user: z.object({ id: words, name: words, profile_url: words }).nullish().catch(null),
});
const Place = z.object({
  name: words,
  rating: z.number().min(0).max(5).optional(),
  review_count: z.int().nonnegative().nullish().catch(null),
  url: words,
});
const Found = z.object({ reviews: z.array(z.unknown()) });
const Refusal = z.object({ error: z.object({ code: z.string() }) });

export const yelp = defineSource({
  id: 'yelp',
  title: 'Yelp',
  kind: 'reviews',
  suits: ['restaurant', 'shop', 'service'],
  home: 'https://www.yelp.com',
  docs: 'https://docs.developer.yelp.com/reference/v3_business_reviews',
  hears: 'beginnings of the newest reviews',
  about:
    'Reads the beginnings of the newest three to seven reviews of your own business on Yelp. It wants a paid key; Yelp ' +
    'lets nobody keep the words for longer than a day.',
  access: 'paid',
  keeps: { textForHours: 24 },
  order: 'newest-first',
  pace: [{ requests: 300, perSeconds: daySeconds }],
  cron: '10 */6 * * *',
  overlapMs: dayMs,
  quietAfterMs: 60 * dayMs,
  options: Options,
  example: { businesses: ['blue-door-coffee-leeds'] },
  secrets,
  steps: [
    'Sign in at https://www.yelp.com/developers.',
    'Open “Manage app” and make an app.',
    'Copy its “API Key”.',
    'Write it into the file earshot.env beside your config: `YELP_API_KEY=` and behind it what you copied.',
  ],

  looks: ({ businesses }) =>
    [...new Set(businesses)].map(
      (business) => ({ key: business, scope: 'brand', certain: true, at: { business } }) as const,
    ),

  async *collect({ at: { business }, options, secrets: { key }, http, watched }) {
    const base = options.baseUrl ?? home;
    const path = `v3/businesses/${encodeURIComponent(business)}/reviews`;
    const { body } = await http.json(join(base, path), Found, {
      query: { sort_by: 'newest' },
      headers: { authorization: `Bearer ${key}` },
      refused: refused(business),
    });
    yield readItems(body.reviews, 'reviews', Review, toPost);
    if (watched) yield figureOf(base, business, key, http);
  },
});

/** What people give it overall, and its page. */
function figureOf(base: string, business: string, key: string | null, http: Http): Promise<Page> {
  return overallFigure(business, async () => {
    const { body } = await http.json(join(base, `v3/businesses/${encodeURIComponent(business)}`), Place, {
      headers: { authorization: `Bearer ${key}` },
    });
    const { name, rating, review_count: count, url: page } = body;
    return { name, rating, count, page };
  });
}

function toPost({ id, url, text, rating, time_created, user }: z.infer<typeof Review>): Post {
  return barePost('yelp', text ?? '', {
    externalId: id,
    url: webLinks([url])[0] ?? null,
    author: { handle: null, name: user?.name || null, url: webLinks([user?.profile_url])[0] ?? null, followers: null },
    // Yelp leaves the zone out: taken as UTC, a few hours early.
    publishedAt: timeOf(time_created?.replace(' ', 'T').concat('Z')),
    rating: { value: rating, scale: 5 },
  });
}

/** A day that is used up ends at midnight UTC, which a header of Yelp's own tells. */
function refused(business: string) {
  return ({ status, text, headers }: RawAnswer, now: number): Fault | undefined => {
    const code = status === 200 ? undefined : refusalIn(text, Refusal)?.error.code;
    if (code === undefined) return undefined;
    if (code === 'ACCESS_LIMIT_REACHED') {
      const retryAt = resetTime(headers['ratelimit-resettime'], now) ?? nextMidnight(now);
      return new Fault('slow-down', 'Yelp’s questions for today are used up; Earshot goes on tomorrow by itself.', {
        retryAt,
      });
    }
    if (code === 'TOO_MANY_REQUESTS_PER_SECOND')
      return new Fault('slow-down', 'Yelp wants fewer questions; Earshot waits and goes on.');
    if (code === 'BUSINESS_NOT_FOUND' || code === 'BUSINESS_UNAVAILABLE') {
      return new Fault(
        'gone',
        `Yelp shows programs no business called “${business}”. Compare \`yelp.businesses\` with the address of your page there.`,
      );
    }
    if (status === 401 || status === 403) {
      return new Fault(
        'not-allowed',
        `Yelp does not take the key in ${secrets.key.env}, or your plan there does not include reviews. Look at https://www.yelp.com/developers.`,
      );
    }
    return undefined;
  };
}

function nextMidnight(now: number): number {
  return (Math.floor(now / dayMs) + 1) * dayMs;
}
