/** Reviews of the brand's own add-ons for Firefox, newest first, and the stars beside them. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type PlaceRating, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { plainText } from '../text/plain.ts';
import { noLongerThere, postAgain } from './again.ts';
import { baseUrl } from './options.ts';
import { ownAnswer } from './own-answer.ts';
import { readItems } from './read-items.ts';
import { defineSource } from './source.ts';
import { timeOf } from './values.ts';
import { linksWithin, webLinks } from './web-links.ts';

const home = 'https://addons.mozilla.org';
/** Mozilla gives fewer where it thinks this too many; whether there is more it says itself. */
const pageSize = 50;
const lastPage = 20;

const Options = z.strictObject({
  addons: z
    .array(z.string().regex(/^[^\s/?#]+$/, 'should be the last part of the add-on’s address, its number or its id'))
    .min(1)
    .describe('Your add-ons, each by the last part of its address on addons.mozilla.org.'),
  baseUrl: baseUrl(home),
});

/** A number, or its digits where a number could not hold them. */
const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const text = z.string().nullish().catch(null);
const Rating = z.object({
  id: Id,
  addon: z.object({ slug: text }).nullish().catch(null),
  body: z.string().nullish(),
  created: z.string(),
  is_deleted: z.boolean().nullish().catch(null),
  is_developer_reply: z.boolean().nullish().catch(null),
  score: z.int().min(1).max(5).nullish(),
  reply: z.object({ body: text, created: text }).nullish().catch(null),
  user: z.object({ name: text, url: text, username: text }).nullish().catch(null),
});
const Answer = z.object({
  results: z.array(z.unknown()),
  next: z.string().nullish().catch(null),
  grouped_ratings: z.record(z.string(), z.int().nonnegative()).nullish().catch(null),
});
type Answer = z.infer<typeof Answer>;
const Refusal = z.object({ detail: z.string() });

interface At {
  readonly addon: string;
}

export const mozillaAddons = defineSource({
  id: 'mozilla-addons',
  title: 'Firefox Add-ons',
  kind: 'reviews',
  suits: ['software'],
  home,
  docs: 'https://mozilla.github.io/addons-server/topics/api/ratings.html',
  hears: 'reviews of your Firefox add-ons',
  about: 'Reads the reviews of your own add-ons for Firefox on addons.mozilla.org. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 20, perSeconds: 60 }],
  cron: '50 */2 * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { addons: ['blue-door-coupons'] },
  secrets: {},

  looks: ({ addons }): { key: string; scope: 'brand'; certain: true; at: At }[] =>
    [...new Set(addons)].map((addon) => ({ key: `add-on ${addon}`, scope: 'brand', certain: true, at: { addon } })),

  async *collect({ at, options, since, http, signal }) {
    const url = join(options.baseUrl ?? home, 'api/v5/ratings/rating/');
    const seen = new Set<string>();
    for (let page = 1; page <= lastPage; page += 1) {
      signal.throwIfAborted();
      const { body } = await http.json(url, Answer, {
        query: {
          addon: at.addon,
          filter: 'without_empty_body',
          show_grouped_ratings: page === 1 ? 1 : undefined,
          page_size: pageSize,
          page,
        },
        refused: (answer) => refused(answer, at),
      });
      const read = readItems(body.results, 'results', Rating, (rating) => toPost(rating, at));
      const posts = read.posts.filter((post) => !seen.has(post.externalId));
      for (const post of posts) seen.add(post.externalId);
      const old = posts.length > 0 && posts.every(({ publishedAt }) => (publishedAt ?? since) < since);
      // The next page is asked for by its number: its address may lead anywhere.
      const more = Boolean(body.next) && body.results.length > 0 && !old;
      yield { ...read, posts, ratings: ratingOf(body, at), capped: more && page === lastPage };
      if (!more) return;
    }
  },

  async *recheck({ options, posts, http, signal }) {
    for (const post of posts) {
      signal.throwIfAborted();
      const url = join(options.baseUrl ?? home, `api/v5/ratings/rating/${encodeURIComponent(post.externalId)}/`);
      yield await postAgain(post, async () => {
        const { body } = await http.json(url, Rating, { refused: (answer) => noLongerThere(answer, Refusal) });
        return toPost(body, { addon: /\/addon\/([^/]+)\//.exec(post.url ?? '')?.[1] ?? '' });
      });
    }
  },
});

/** How many gave each number of stars, told with the first page. */
function ratingOf({ grouped_ratings: groups }: Answer, { addon }: At): PlaceRating[] {
  const stars = [1, 2, 3, 4, 5].map((value) => ({ value, count: groups?.[value] ?? 0 }));
  const count = stars.reduce((sum, one) => sum + one.count, 0);
  if (count === 0) return [];
  const mean = stars.reduce((sum, one) => sum + one.value * one.count, 0) / count;
  return [{ place: addon, rating: { value: Math.round(mean * 100) / 100, scale: 5 }, count }];
}

/** Null for what the developers themselves answered, and for what is not shown any more. */
function toPost(rating: z.infer<typeof Rating>, { addon }: At): Post | null {
  if (rating.is_developer_reply || rating.is_deleted) return null;
  const slug = encodeURIComponent((rating.addon?.slug || addon).toWellFormed());
  return barePost('mozilla-addons', plainText(rating.body ?? ''), {
    externalId: rating.id,
    url: `${home}/firefox/addon/${slug}/reviews/${encodeURIComponent(rating.id.toWellFormed())}/`,
    author: {
      handle: rating.user?.username || null,
      name: rating.user?.name || null,
      url: webLinks([rating.user?.url])[0] ?? null,
      followers: null,
    },
    publishedAt: timeOf(rating.created),
    rating: rating.score ? { value: rating.score, scale: 5 } : null,
    ...ownAnswer(plainText(rating.reply?.body ?? ''), timeOf(rating.reply?.created)),
    links: webLinks(linksWithin(rating.body ?? '')),
  });
}

function refused({ status }: RawAnswer, { addon }: At): Fault | undefined {
  if (status !== 404) return undefined;
  return new Fault(
    'gone',
    `Firefox Add-ons has no add-on called “${addon}”. Compare it with the last part of the add-on’s address there.`,
  );
}
