/** Reviews of the brand's own plugins and themes on WordPress.org, from the feed of each, and the stars beside them. */
import { z } from 'zod';
import { dayMs, hourMs, minuteMs } from '../clock.ts';
import type { PlaceRating, Post } from '../mention.ts';
import { isHtml } from '../net/classify.ts';
import { Fault } from '../net/fault.ts';
import type { FeedItem } from '../net/feed.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { links, plainText } from '../text/plain.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { defineSource } from './source.ts';
import { webLinks } from './web-links.ts';

const home = 'https://wordpress.org';
const apiHome = 'https://api.wordpress.org';
/** The feed holds no more, and has no second page. */
const newest = 30;
/** An edge that turns us away is left alone for this long. */
const blockedWaitMs = 15 * minuteMs;

const slugs = (of: string) =>
  z
    .array(z.string().regex(/^[a-z0-9][a-z0-9-]*$/i, `should be the last part of the ${of}’s address on WordPress.org`))
    .default([]);
const Options = z
  .strictObject({
    plugins: slugs('plugin').describe('Your plugins, each by the last part of its address on WordPress.org.'),
    themes: slugs('theme').describe('Your themes, each by the last part of its address on WordPress.org.'),
    baseUrl: baseUrl(home),
    apiUrl: baseUrl(apiHome),
  })
  .refine(({ plugins, themes }) => plugins.length + themes.length > 0, {
    error: 'should name a plugin or a theme',
    path: ['plugins'],
  });

const Item = z.custom<FeedItem>().refine((item) => item.id || item.url, { error: 'its guid is missing' });
const Info = z.object({ rating: z.number().min(0).max(100), num_ratings: z.int().nonnegative() });

interface At {
  readonly kind: 'plugin' | 'theme';
  readonly slug: string;
}

export const wordpressOrg = defineSource({
  id: 'wordpress-org',
  title: 'WordPress.org',
  kind: 'reviews',
  suits: ['software'],
  home: 'https://wordpress.org/plugins/',
  docs: 'https://codex.wordpress.org/WordPress.org_API',
  hears: 'reviews of your plugins and themes',
  about: 'Reads the reviews of your own plugins and themes on WordPress.org. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 10, perSeconds: 60 }],
  cron: '40 */2 * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { plugins: ['blue-door-bookings'], themes: [] },
  secrets: {},

  looks: ({ plugins, themes }) =>
    [
      ...[...new Set(plugins)].map((slug): At => ({ kind: 'plugin', slug })),
      ...[...new Set(themes)].map((slug): At => ({ kind: 'theme', slug })),
    ].map((at) => ({ key: `${at.kind} ${at.slug}`, scope: 'brand', certain: true, at })),

  async *collect({ at, options, since, http, signal }) {
    signal.throwIfAborted();
    const url = join(options.baseUrl ?? home, `support/${at.kind}/${at.slug}/reviews/feed/`);
    const answer = await http.feed(url, { refused: (raw, now) => refused(raw, now, at) });
    const items = answer?.body.items ?? [];
    const read = readItems(items, 'item', Item, toPost);
    const capped = items.length >= newest && read.posts.every(({ publishedAt }) => (publishedAt ?? since) > since);
    yield { ...read, capped };
    signal.throwIfAborted();
    yield { posts: [], ...(await readRating(http, options.apiUrl ?? options.baseUrl ?? apiHome, at)) };
  },
});

function toPost(item: FeedItem): Post {
  const { body, replies, stars } = partsOf(item.content ?? '');
  const inTitle = /\s*\((\d) stars?\)\s*$/i.exec(item.title ?? '');
  const rating = Number(inTitle?.[1] ?? stars);
  const [url = null] = webLinks([item.url, item.id]);
  return {
    source: 'wordpress-org',
    externalId: item.id ?? item.url ?? '',
    url,
    author: { handle: null, name: item.authorName, url: null, followers: null },
    title: item.title?.slice(0, inTitle?.index).trim() || null,
    text: plainText(body),
    // The feed's language is the site's, not the reviewer's.
    language: null,
    publishedAt: item.publishedAt,
    editedAt: null,
    rating: rating >= 1 && rating <= 5 ? { value: rating, scale: 5 } : null,
    engagement: { likes: null, reposts: null, replies, views: null },
    links: webLinks(links(body)),
    origin: null,
    parentId: null,
    threadId: null,
    place: null,
  };
}

/** Before what somebody wrote stand `<p>Replies: N</p>` and `<p>Rating: N stars</p>`. */
function partsOf(html: string): { readonly body: string; readonly replies: number | null; readonly stars: string } {
  const [head = '', replies, stars = ''] =
    /^\s*(?:<p>\s*Replies:\s*(\d{1,9})\s*<\/p>\s*)?(?:<p>\s*Rating:\s*(\d) stars?\s*<\/p>\s*)?/i.exec(html) ?? [];
  return { body: html.slice(head.length), replies: replies === undefined ? null : Number(replies), stars };
}

/** The overall stars come from elsewhere, in hundredths; without them the reviews have come in all the same. */
async function readRating(
  http: Http,
  base: string,
  { kind, slug }: At,
): Promise<{ ratings: readonly PlaceRating[]; note?: string }> {
  const query = { action: `${kind}_information`, 'request[slug]': slug };
  try {
    const { rating, num_ratings: count } = (await http.json(join(base, `${kind}s/info/1.2/`), Info, { query })).body;
    if (count === 0) return { ratings: [] };
    return { ratings: [{ place: slug, rating: { value: Math.round(rating / 2) / 10, scale: 5 }, count }] };
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return { ratings: [], note: 'The reviews were read, but the overall rating could not be.' };
  }
}

function refused({ status, text }: RawAnswer, now: number, { kind, slug }: At): Fault | undefined {
  if (status === 404) {
    return new Fault(
      'gone',
      `WordPress.org has no ${kind} called “${slug}”. Compare it with the last part of the ${kind}’s address there.`,
    );
  }
  if (status !== 200 || !isHtml(text)) return undefined;
  return new Fault(
    'blocked',
    'WordPress.org sent a page for people in place of its reviews, as it does when it takes us for a robot. Earshot tries again later.',
    { retryAt: now + blockedWaitMs },
  );
}
