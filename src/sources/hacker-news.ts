/** Stories and comments on Hacker News that name the brand or link to it, from the search that Algolia keeps. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { canonicalUrl } from '../text/canonical-url.ts';
import { links, plainText } from '../text/plain.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page } from './source.ts';
import { webLinks } from './web-links.ts';

const home = 'https://hn.algolia.com';
const site = 'https://news.ycombinator.com';
/** Tells of one item, also of one that was deleted, which the search forgets. */
const itemsHome = 'https://hacker-news.firebaseio.com';
const pageSize = 100;
/** Algolia gives 1,000 hits to one question, however it is paged; what is older needs a question that ends there. */
const hitsPerQuestion = 1000;
/** For one word: 3,000 hits. */
const lastRequest = 30;
/** JavaScript knows no later second. */
const lastSecond = 8_640_000_000_000;

const Options = z.strictObject({ baseUrl: baseUrl(home) });

const Id = z.union([z.int(), z.string().min(1)]).transform(String);
/** `points` and `children` are absent on comments, `story_…` on stories; answers of 2014 have null in their places. */
const Hit = z.object({
  objectID: Id,
  created_at_i: z.int().nonnegative().max(lastSecond).nullish().catch(null),
  created_at: z.string().nullish(),
  author: z.string().nullish(),
  title: z.string().nullish(),
  url: z.string().nullish(),
  story_text: z.string().nullish(),
  comment_text: z.string().nullish(),
  story_id: Id.nullish(),
  story_title: z.string().nullish(),
  parent_id: Id.nullish(),
  points: z.int().nullish(),
  num_comments: z.int().nullish(),
});
const Hits = z.object({ hits: z.array(z.unknown()), nbPages: z.int().optional() });
/** `dead`: taken away by moderators. An id that there never was, or that is no more, is null. */
const Item = z
  .object({
    deleted: z.boolean().nullish(),
    dead: z.boolean().nullish(),
    title: z.string().nullish(),
    text: z.string().nullish(),
    score: z.int().nullish(),
    descendants: z.int().nullish(),
  })
  .nullable();
const Refusal = z.object({ message: z.string(), status: z.int() });

export const hackerNews = defineSource({
  id: 'hacker-news',
  title: 'Hacker News',
  kind: 'posts',
  suits: ['software'],
  home: site,
  docs: 'https://hn.algolia.com/api',
  hears: 'stories and comments on software',
  about: 'Searches the stories and comments of Hacker News, where people talk about software. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 10_000, perSeconds: 3600 }],
  cron: '*/5 * * * *',
  overlapMs: 2 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: {},
  secrets: {},

  looks: () => [{ key: 'search', scope: 'brand', at: {} }],

  async *collect({ terms, options, since, http, signal }) {
    const url = join(options.baseUrl ?? home, '/api/v1/search_by_date');
    const seen = new Set<string>();
    for (const word of searchWords(terms)) {
      for await (const page of search({ http, url, word, since, signal })) {
        const posts = page.posts.filter((post) => !seen.has(post.externalId));
        for (const post of posts) seen.add(post.externalId);
        yield { ...page, posts };
      }
    }
  },

  async *recheck({ options, posts, http, signal }) {
    for (const post of posts) {
      signal.throwIfAborted();
      const url = join(options.baseUrl ?? itemsHome, `/v0/item/${encodeURIComponent(post.externalId)}.json`);
      const { body } = await http.json(url, Item);
      yield itemAgain(post, body);
    }
  },
});

function itemAgain(post: Post, item: z.infer<typeof Item>): Page {
  if (item === null || item.deleted || item.dead) return { posts: [], gone: [post] };
  const { likes, replies, ...rest } = post.engagement;
  const engagement = { ...rest, likes: item.score ?? likes, replies: item.descendants ?? replies };
  const text = plainText(item.text ?? '');
  return { posts: [{ ...post, title: titleOf(item.title ?? '') ?? post.title, text, engagement }] };
}

interface Search {
  readonly http: Http;
  readonly url: string;
  readonly word: string;
  readonly since: number;
  readonly signal: AbortSignal;
}

/** Everything since then about one word, newest first: page by page, and question by question where there is more. */
async function* search({ http, url, word, since, signal }: Search) {
  const seen = new Set<string>();
  let page = 0;
  let until: number | null = null;
  for (let request = 1; ; request += 1) {
    signal.throwIfAborted();
    const { body } = await http.json(url, Hits, { query: query(word, since, until, page), refused });
    const read = readItems(body.hits, 'hits', Hit, toPost);
    const known = read.posts.every((post) => seen.has(post.externalId));
    for (const post of read.posts) seen.add(post.externalId);
    const times = read.posts.map((post) => post.publishedAt ?? Number.POSITIVE_INFINITY);

    page += 1;
    const questionIsFull = page * pageSize >= hitsPerQuestion;
    if (questionIsFull) {
      page = 0;
      until = Math.ceil(Math.min(...times) / 1000);
    }
    const more = !known && times.some((time) => time >= since) && (questionIsFull || page < (body.nbPages ?? 0));
    const capped = more && (request === lastRequest || (until !== null && !Number.isFinite(until)));
    yield { ...read, capped };
    if (!more || capped) return;
  }
}

/** Without these settings the last word is taken for a beginning, typing errors are forgiven, and authors' names match. */
function query(word: string, since: number, until: number | null, page: number) {
  const from = `created_at_i>${Math.floor(since / 1000)}`;
  return {
    query: `"${word.replaceAll('"', ' ')}"`,
    tags: '(story,comment)',
    numericFilters: until === null ? from : `${from},created_at_i<=${until}`,
    typoTolerance: false,
    queryType: 'prefixNone',
    restrictSearchableAttributes: 'title,story_text,comment_text,url',
    hitsPerPage: pageSize,
    page,
  };
}

function toPost(hit: z.infer<typeof Hit>): Post {
  const html = hit.comment_text || hit.story_text || '';
  const time = typeof hit.created_at_i === 'number' ? hit.created_at_i * 1000 : Date.parse(hit.created_at ?? '');
  return {
    source: 'hacker-news',
    externalId: hit.objectID,
    url: `${site}/item?id=${encodeURIComponent(hit.objectID.toWellFormed())}`,
    author: {
      handle: hit.author || null,
      name: null,
      url: hit.author ? `${site}/user?id=${encodeURIComponent(hit.author.toWellFormed())}` : null,
      followers: null,
    },
    title: titleOf(hit.title || hit.story_title || ''),
    text: plainText(html),
    language: null,
    publishedAt: Number.isNaN(time) ? null : time,
    editedAt: null,
    rating: null,
    engagement: { likes: hit.points ?? null, reposts: null, replies: hit.num_comments ?? null, views: null },
    links: webLinks([hit.url, ...links(html)]),
    // A story without words of its own is the article that it leads to.
    origin: html === '' && hit.url ? canonicalUrl(hit.url) : null,
    parentId: hit.parent_id ?? null,
    threadId: hit.story_id ?? hit.objectID,
    place: null,
  };
}

/** Titles hold entities now and then, but a `<` in them is the author's own. */
function titleOf(title: string): string | null {
  return plainText(title.replaceAll('<', '&lt;')) || null;
}

/** Errors are `{ message, status }`, and the status inside counts where they come with a 200. */
function refused({ status, text }: RawAnswer): Fault | undefined {
  if (status !== 200 || !/^\s*\{\s*"(?:message|status)"/.test(text)) return undefined;
  const inside = refusalIn(text, Refusal)?.status ?? 0;
  if (inside === 429) return new Fault('slow-down', 'Hacker News’ search wants fewer questions; Earshot waits.');
  if (inside >= 500) return new Fault('unreachable', 'Hacker News’ search is out of order; Earshot tries again.');
  return undefined;
}
