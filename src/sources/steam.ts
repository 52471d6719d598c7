/** Reviews of the brand's own games and programs on Steam, in all languages, the last written or edited first. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type PlaceRating, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import { join } from '../net/join.ts';
import { plainOfBbCode } from '../text/bb-code.ts';
import { baseUrl, digits } from './options.ts';
import { ownAnswer } from './own-answer.ts';
import { readItems } from './read-items.ts';
import { defineSource } from './source.ts';
import { linksWithin, webLinks } from './web-links.ts';

const home = 'https://api.steampowered.com';
const pageSize = 100;
/** 3,000 reviews of one app. */
const lastPage = 30;
/** When looking again; one page is 100 reviews. */
const lastPageAgain = 5;
/** A page in the middle is empty now and then; three in a row without anything new are the end. */
const emptyPagesAreTheEnd = 3;

const Options = z.strictObject({
  apps: z
    .array(digits('should be the number behind /app/ in its address on Steam'))
    .min(1)
    .describe('Numbers of your games or programs: what stands behind /app/ in the address of its store page.'),
  baseUrl: baseUrl(home),
});

/** A number, or its digits where a number could not hold them. */
const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const count = z.int().nonnegative().nullish().catch(null);
/** JavaScript knows no later second. */
const second = z.int().positive().max(8_640_000_000_000).nullish().catch(null);
const Review = z.object({
  recommendationid: Id,
  author: z
    .object({ steamid: z.string().regex(/^\d+$/).nullish().catch(null) })
    .nullish()
    .catch(null),
  language: z.string().nullish().catch(null),
  review: z.string(),
  voted_up: z.boolean(),
  timestamp_created: second,
  timestamp_updated: second,
  votes_up: count,
  comment_count: count,
  developer_response: z.string().nullish().catch(null),
  timestamp_dev_responded: second,
});
/** Only the first page sums up. */
const Summary = z.object({ total_positive: count, total_reviews: count });
/** Of an app that there is not, nothing at all stands in `response`. */
const Answer = z.object({
  response: z.object({
    query_summary: Summary.nullish().catch(null),
    reviews: z.array(z.unknown()).nullish(),
    cursor: z.string().nullish().catch(null),
    total_matching: count,
  }),
});

interface At {
  readonly app: string;
}

export const steam = defineSource({
  id: 'steam',
  title: 'Steam',
  kind: 'reviews',
  suits: ['software'],
  home: 'https://store.steampowered.com',
  docs: 'https://partner.steamgames.com/doc/webapi/IUserReviewsService',
  hears: 'reviews of your games',
  about: 'Reads the reviews of your own games and programs on Steam, in every language. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  // Steam names no figure; its answers are up to ten minutes old anyway.
  pace: [{ requests: 30, perSeconds: 60 }],
  cron: '25 * * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { apps: ['1234560'] },
  secrets: {},

  looks: ({ apps }): { key: string; scope: 'brand'; certain: true; at: At }[] =>
    [...new Set(apps)].map((app) => ({ key: `app ${app}`, scope: 'brand', certain: true, at: { app } })),

  async *collect({ at, options, since, http, signal }) {
    const url = join(options.baseUrl ?? home, 'IUserReviewsService/GetAppReviews/v1/');
    const seen = new Set<string>();
    const asked = new Set<string>();
    let cursor = '*';
    let given = 0;
    let total: number | null = null;
    let empty = 0;
    for (let page = 1; ; page += 1) {
      signal.throwIfAborted();
      asked.add(cursor);
      const { response } = (await http.json(url, Answer, { query: { input_json: question(at, cursor) } })).body;
      const { query_summary: summary, reviews } = response;
      if (page === 1 && !summary && !reviews) throw noSuchApp(at);
      const read = readItems(reviews ?? [], 'response.reviews', Review, (review) => toPost(review, at));
      const posts = read.posts.filter((post) => !seen.has(post.externalId));
      for (const post of posts) seen.add(post.externalId);
      given += posts.length + read.unreadable.length;
      total ??= response.total_matching ?? summary?.total_reviews ?? null;
      empty = posts.length === 0 ? empty + 1 : 0;

      const all = (total !== null && given >= total) || wholeOlder(posts, since);
      const holes = !all && empty === emptyPagesAreTheEnd;
      // An empty page is asked for again; behind a full one, a cursor that comes again leads nowhere.
      const next = response.cursor ?? cursor;
      const capped = !all && !holes && (page === lastPage || (posts.length > 0 && asked.has(next)));
      const ratings = page === 1 && summary ? ratingOf(summary, at) : [];
      const note = holes && total !== null ? `Steam gave only ${given} of ${total} reviews this time.` : null;
      yield { posts, unreadable: read.unreadable, ratings, capped, ...(note ? { note } : {}) };
      if (all || holes || capped) return;
      cursor = next;
    }
  },

  /** Steam tells of no single review, but of those of some days; one that is missing there may still be somewhere. */
  async *recheck({ options, posts, http, signal }) {
    const url = join(options.baseUrl ?? home, 'IUserReviewsService/GetAppReviews/v1/');
    const byApp = Map.groupBy(posts, ({ url }) => /\/(?:recommended|app)\/(\d+)/.exec(url ?? '')?.[1] ?? '');
    for (const app of options.apps) {
      const missing = new Map(byApp.get(app)?.map((post) => [post.externalId, post]));
      const days = daysOf([...missing.values()]);
      const asked = new Set<string>();
      let cursor = '*';
      for (let page = 1; missing.size > 0 && page <= lastPageAgain && !asked.has(cursor); page += 1) {
        signal.throwIfAborted();
        asked.add(cursor);
        const query = { input_json: question({ app }, cursor, days) };
        const { response } = (await http.json(url, Answer, { query })).body;
        const read = readItems(response.reviews ?? [], 'response.reviews', Review, (review) => toPost(review, { app }));
        yield read;
        for (const { externalId } of read.posts) missing.delete(externalId);
        if (read.posts.length === 0) break;
        cursor = response.cursor ?? cursor;
      }
    }
  },
});

/** From the oldest to the newest of them, as Steam asks for days. */
function daysOf(posts: readonly Post[]) {
  const times = posts.flatMap(({ publishedAt }) => (publishedAt === null ? [] : [publishedAt / 1000]));
  if (times.length === 0) return {};
  return { date_range_start: Math.floor(Math.min(...times)), date_range_end: Math.ceil(Math.max(...times)) + 1 };
}

/** In numbers: the words of the interface before this one are ignored without a word. */
function question({ app }: At, cursor: string, days: ReturnType<typeof daysOf> | null = null): string {
  const order = { lastWritten: 1, lastUpdated: 2 };
  const purchases = { all: 1 };
  return JSON.stringify({
    appid: Number(app),
    filter: days ? order.lastWritten : order.lastUpdated,
    languages: ['all'],
    review_type: 0,
    purchase_type: purchases.all,
    num_per_page: pageSize,
    filter_offtopic_activity: false,
    cursor,
    ...days,
  });
}

function wholeOlder(posts: readonly Post[], since: number): boolean {
  return posts.length > 0 && posts.every(({ editedAt, publishedAt }) => (editedAt ?? publishedAt ?? since) < since);
}

function ratingOf({ total_positive, total_reviews }: z.infer<typeof Summary>, { app }: At): PlaceRating[] {
  if (!total_reviews || typeof total_positive !== 'number' || total_positive > total_reviews) return [];
  const percent = Math.round((100 * total_positive) / total_reviews);
  return [{ place: `app ${app}`, rating: { value: percent, scale: 100 }, count: total_reviews }];
}

function toPost(review: z.infer<typeof Review>, { app }: At): Post {
  const { timestamp_created: created, timestamp_updated: updated, timestamp_dev_responded: answered } = review;
  const steamId = review.author?.steamid ?? null;
  const profile = steamId === null ? null : `https://steamcommunity.com/profiles/${steamId}`;
  return barePost('steam', plainOfBbCode(review.review), {
    externalId: review.recommendationid,
    url: profile === null ? `https://store.steampowered.com/app/${app}` : `${profile}/recommended/${app}/`,
    // Steam tells the number of the account and never its name.
    author: { handle: steamId, name: null, url: profile, followers: null },
    language: languages[review.language ?? ''] ?? null,
    publishedAt: created ? created * 1000 : null,
    editedAt: updated && created && updated > created ? updated * 1000 : null,
    rating: { value: review.voted_up ? 1 : 0, scale: 1 },
    engagement: {
      likes: review.votes_up ?? null,
      reposts: null,
      replies: review.comment_count ?? null,
      views: null,
    },
    ...ownAnswer(plainOfBbCode(review.developer_response ?? ''), answered ? answered * 1000 : null),
    links: webLinks(linksWithin(review.review)),
  });
}

function noSuchApp({ app }: At): Fault {
  return new Fault(
    'gone',
    `Steam has no app with the number ${app}. Compare it with the number behind /app/ in the address of its store page.`,
  );
}

/** What Steam calls them. */
const languages: Readonly<Record<string, string>> = {
  ...{ arabic: 'ar', bulgarian: 'bg', schinese: 'zh', tchinese: 'zh', czech: 'cs', danish: 'da', dutch: 'nl' },
  ...{ english: 'en', finnish: 'fi', french: 'fr', german: 'de', greek: 'el', hungarian: 'hu', indonesian: 'id' },
  ...{ italian: 'it', japanese: 'ja', koreana: 'ko', norwegian: 'no', polish: 'pl', portuguese: 'pt', brazilian: 'pt' },
  ...{ romanian: 'ro', russian: 'ru', spanish: 'es', latam: 'es', swedish: 'sv', thai: 'th', turkish: 'tr' },
  ...{ ukrainian: 'uk', vietnamese: 'vi' },
};
