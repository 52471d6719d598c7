/** Reviews of the brand's own app in Apple's App Store, country by country, from its public feed. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type PlaceRating, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http } from '../net/http.ts';
import { join } from '../net/join.ts';
import { baseUrl, digits } from './options.ts';
import { changed, readItems } from './read-items.ts';
import { defineSource } from './source.ts';
import { webLinks } from './web-links.ts';

const home = 'https://itunes.apple.com';
/** Apple keeps the newest 500 reviews of a country: 10 pages of 50. */
const lastPage = 10;
/** A page in the middle is empty now and then; two in a row are the end. */
const emptyPagesAreTheEnd = 2;

const Options = z.strictObject({
  app: digits('should be the number behind /id in the app’s address').describe(
    'The app’s number: what stands behind /id in its App Store address.',
  ),
  countries: z
    .array(
      z
        .string()
        .regex(/^[a-z]{2}$/i, 'should be a country of two letters, such as us')
        .toLowerCase(),
    )
    .min(1)
    .default(['us'])
    .describe('Countries whose App Store is read, two letters each; reviews are not shared between them.'),
  baseUrl: baseUrl(home),
});

const Label = z.object({ label: z.string() });
/** Every leaf of the feed is a `{ label }`. */
const Entry = z.object({
  id: Label,
  title: Label.optional(),
  content: Label.optional(),
  'im:rating': z.object({ label: z.coerce.number().min(1).max(5) }).optional(),
  'im:voteSum': z.object({ label: z.coerce.number().int().catch(0) }).optional(),
  // Feeds recorded in 2020 have no `updated`; then the date stays unknown.
  updated: Label.optional(),
  author: z.object({ name: Label.optional(), uri: Label.optional() }).optional(),
});
/** `entry` is a list, a single object, or missing. */
const Reviews = z.object({ feed: z.object({ entry: z.unknown().optional() }) });
const Lookup = z.object({
  results: z.array(z.object({ averageUserRating: z.number().optional(), userRatingCount: z.int().optional() })),
});

interface At {
  readonly app: string;
  readonly country: string;
}

export const appStore = defineSource({
  id: 'app-store',
  title: 'App Store',
  kind: 'reviews',
  suits: ['software'],
  home: 'https://apps.apple.com',
  docs: 'https://developer.apple.com/library/archive/documentation/AudioVideo/Conceptual/iTuneSearchAPI/',
  hears: 'reviews of your app, by country',
  about: 'Reads the reviews of your own app in the App Store of each country you name. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 20, perSeconds: 60 }],
  cron: '20 */3 * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { app: '1234567890', countries: ['us', 'gb'] },
  secrets: {},

  looks: ({ app, countries }) =>
    [...new Set(countries)].map((country) => ({
      key: `${app} ${country}`,
      scope: 'brand',
      certain: true,
      at: { app, country },
    })),

  async *collect({ at, options, since, http, signal }) {
    const base = options.baseUrl ?? home;
    const seen = new Set<string>();
    let empty = 0;
    for (let page = 1; page <= lastPage && empty < emptyPagesAreTheEnd; page += 1) {
      signal.throwIfAborted();
      const read = await readPage(http, base, at, page);
      if (read === null) break;
      const fresh = read.posts.filter((post) => !seen.has(post.externalId));
      for (const post of fresh) seen.add(post.externalId);
      empty = fresh.length === 0 ? empty + 1 : 0;
      yield { posts: fresh, unreadable: read.unreadable, capped: page === lastPage && fresh.length > 0 };
      if (fresh.length > 0 && fresh.every((post) => post.publishedAt !== null && post.publishedAt < since)) break;
    }
    signal.throwIfAborted();
    yield { posts: [], ...(await readRating(http, base, at, seen.size > 0)) };
  },
});

/** Null where the platform says that there is no such page any more. */
async function readPage(http: Http, base: string, at: At, page: number) {
  // The feed's own links point to XML and to hosts inside Apple: addresses are made here, never followed.
  const path = `${at.country}/rss/customerreviews/page=${page}/id=${at.app}/sortby=mostrecent/json`;
  try {
    const { body } = await http.json(join(base, path), Reviews);
    return readItems(listOf(body.feed.entry), 'feed.entry', Entry, (entry) => toPost(entry, at));
  } catch (fault) {
    if (page > 1 && fault instanceof Fault && fault.kind === 'gone') return null;
    throw fault;
  }
}

/** The store's overall figure. An app without a single review may be a wrong number, and only this call can tell. */
async function readRating(
  http: Http,
  base: string,
  at: At,
  hasReviews: boolean,
): Promise<{ ratings: PlaceRating[]; note?: string }> {
  try {
    const { body } = await http.json(join(base, 'lookup'), Lookup, { query: { id: at.app, country: at.country } });
    const app = body.results[0];
    if (app === undefined && !hasReviews) throw noSuchApp(at);
    // Without a single rating the figure is 0, which nobody gave.
    if (!app?.averageUserRating) return { ratings: [] };
    const rating = { value: app.averageUserRating, scale: 5 };
    return { ratings: [{ place: at.country, rating, count: app.userRatingCount ?? null }] };
  } catch (fault) {
    // The reviews have come in: a rating that could not be read is worth a word, not the run.
    if (!hasReviews || !(fault instanceof Fault)) throw fault;
    return { ratings: [], note: 'The reviews were read, but the overall rating could not be.' };
  }
}

function noSuchApp({ app, country }: At): Fault {
  return new Fault(
    'gone',
    `The App Store of ${country.toUpperCase()} has no app with the number ${app}. Compare it with the number behind /id in the app’s address.`,
  );
}

function listOf(entry: unknown): readonly unknown[] {
  if (entry === undefined) return [];
  if (Array.isArray(entry)) return entry;
  if (typeof entry === 'object' && entry !== null) return [entry];
  throw changed('feed.entry');
}

function toPost(entry: z.infer<typeof Entry>, { app, country }: At): Post | null {
  const rating = entry['im:rating'];
  // Older feeds begin with the app itself, which nobody rated.
  if (rating === undefined) return null;
  const page = webLinks([entry.author?.uri?.label])[0] ?? null;
  const publishedAt = Date.parse(entry.updated?.label ?? '');
  return barePost('app-store', entry.content?.label ?? '', {
    externalId: entry.id.label,
    // Apple has no address for a single review.
    url: `https://apps.apple.com/${country}/app/id${app}?see-all=reviews`,
    author: {
      handle: /\/id(\d+)/.exec(page ?? '')?.[1] ?? null,
      name: entry.author?.name?.label || null,
      url: page,
      followers: null,
    },
    title: entry.title?.label || null,
    // When it was last edited: Apple tells no other time.
    publishedAt: Number.isNaN(publishedAt) ? null : publishedAt,
    rating: { value: rating.label, scale: 5 },
    engagement: { likes: entry['im:voteSum']?.label ?? null, reposts: null, replies: null, views: null },
    place: country,
  });
}
