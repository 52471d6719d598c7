/** Reviews on web pages that the owner names: those that the page itself marks for programs, in schema.org's words. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import type { Post } from '../mention.ts';
import { hostOf, isHtml } from '../net/classify.ts';
import { Fault } from '../net/fault.ts';
import type { Http } from '../net/http.ts';
import { mayRead } from '../net/robots.ts';
import { webAddress } from './options.ts';
import { type PageReviews, type Review, reviewsIn } from './page/reviews.ts';
import { changed } from './read-items.ts';
import { defineSource, type Page } from './source.ts';

/** Places whose terms forbid programs to read their pages; some have a door of their own, which is a source of ours. */
const closed =
  /(?:^|\.)(?:yelp|trustpilot|tripadvisor|google|amazon|facebook|instagram|linkedin|glassdoor|indeed|booking|opentable|bbb|sitejabber|pissedconsumer|complaintsboard|g2|capterra|getapp)\.(?:com?\.)?[a-z]{2,}$/i;
const isClosed = (address: string) => closed.test(new URL(address).hostname);

const Options = z.strictObject({
  urls: z
    .array(
      webAddress().refine((address) => !URL.canParse(address) || !isClosed(address), {
        error: 'is a place that forbids programs to read its pages: `npx earshot sources` says what to do instead',
      }),
    )
    .min(1)
    .describe('Pages that show reviews of you: your own, or those of a place that lets programs read it.'),
});

export const page = defineSource({
  id: 'page',
  title: 'Pages with reviews',
  kind: 'reviews',
  suits: ['restaurant', 'shop', 'service', 'web-shop'],
  home: 'https://schema.org/Review',
  docs: 'https://schema.org/Review',
  hears: 'reviews on web pages you name',
  about:
    'Reads the reviews and the overall rating on the web pages that you name, where the page marks them as search ' +
    'engines want it. It asks the site’s robots.txt first, and looks once a day.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 1, perSeconds: 5 }],
  cron: '40 5 * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 60 * dayMs,
  options: Options,
  example: { urls: ['https://shop.example/reviews'] },
  secrets: {},

  looks: ({ urls }) =>
    [...new Set(urls)].map((url) => ({ key: url, scope: 'brand', certain: true, at: { url } }) as const),

  async *collect({ at: { url }, http, signal }) {
    yield pageOf(await read(http, url, signal), url);
  },
});

async function read(http: Http, url: string, signal: AbortSignal): Promise<PageReviews> {
  await ask(http, url);
  signal.throwIfAborted();
  const { body, url: reached } = await http.text(url, { headers: { accept: 'text/html, application/xhtml+xml' } });
  // The page has moved: what it says there counts only where we may read it there.
  if (reached.split('#')[0] !== URL.parse(url)?.href.split('#')[0]) await ask(http, reached);
  if (!isHtml(body)) throw changed('it is no web page');
  const found = reviewsIn(body, reached);
  if (found.isMarked) return found;
  if (found.damaged > 0) throw changed('what it says for search engines is damaged');
  throw new Fault(
    'garbled',
    `${hostOf(url)} shows no reviews there that a program can read. Take the page out of \`page.urls\`, or name one whose reviews search engines show, too.`,
  );
}

/** @throws Fault where the page must not be read */
async function ask(http: Http, url: string): Promise<void> {
  if (!isClosed(url) && (await mayRead(http, url))) return;
  throw new Fault(
    'not-allowed',
    `${hostOf(url)} asks programs to keep away from that page, so Earshot does not read it. Take it out of \`page.urls\`.`,
  );
}

function pageOf({ reviews, ratings, damaged }: PageReviews, url: string): Page {
  const ids = Map.groupBy(reviews, (review) => review.id);
  const days = Map.groupBy(reviews, (review) => keyOf(review, url));
  const idOf = (review: Review) => {
    if (review.id !== null && ids.get(review.id)?.length === 1) return `${hostOf(url)} ${review.id}`;
    const key = keyOf(review, url);
    return hash(days.get(key)?.length === 1 && key !== '' ? key : JSON.stringify([key, review.title, review.text]));
  };
  const nothing = reviews.length === 0 && ratings.length === 0;
  const figures = new Map(ratings.map((one) => [one.place || hostOf(url), one]));
  return {
    posts: reviews.map((review) => toPost(review, idOf(review), url)),
    unreadable: Array.from({ length: damaged }, () => 'a block of JSON-LD: damaged'),
    ratings: [...figures].map(([place, figure]) => ({ ...figure, place })),
    ...(nothing ? { note: 'The page was read, but it shows no reviews.' } : {}),
  };
}

/** The same person's review of the same day stays the same one when its words are changed; '' where either is unknown. */
function keyOf({ author, publishedAt }: Review, url: string): string {
  return author.name === null || publishedAt === null ? '' : JSON.stringify([url, author.name, publishedAt]);
}

const hash = (text: string) => createHash('sha256').update(text.toWellFormed()).digest('hex').slice(0, 24);

function toPost(review: Review, externalId: string, url: string): Post {
  const { author, title, text, language, publishedAt, editedAt, rating, likes, replies } = review;
  return {
    source: 'page',
    externalId,
    url: review.url ?? url,
    author: { handle: null, name: author.name, url: author.url, followers: null },
    title: title === text ? null : title,
    text,
    language,
    publishedAt,
    editedAt,
    rating,
    engagement: { likes, reposts: null, replies, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    // Sites also show reviews that were written elsewhere.
    place: review.publisher ?? hostOf(url),
  };
}
