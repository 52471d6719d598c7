/** Posts and comments on Reddit, from the feeds that it still gives without an account: one question in a minute and a half. */
import { z } from 'zod';
import { dayMs, hourMs, minuteMs } from '../clock.ts';
import { barePost, type Gone, type Post } from '../mention.ts';
import { isHtml } from '../net/classify.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { retryTime } from '../net/reset-time.ts';
import { links, plainText } from '../text/plain.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { queries, Subreddit } from './reddit-words.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource } from './source.ts';
import { webLinks } from './web-links.ts';

const home = 'https://www.reddit.com';
const pageSize = 100;
/** Reddit gives 25 where it does not honour the size we ask for: fewer than that are the last ones. */
const smallestFullPage = 25;
/** At one question in a minute and a half, more pages than this would keep every other watch waiting. */
const lastPage = 5;
/** After a 429 Reddit is left alone for this long, whatever shorter time it names. */
const slowDownMs = 15 * minuteMs;

const Options = z.strictObject({
  subreddits: z
    .array(Subreddit)
    .default([])
    .describe('Subreddits whose new posts and comments are all read; comments can be heard in no other way.'),
  search: z
    .boolean()
    .optional()
    .describe('Whether all of Reddit is searched for the brand; on by itself where no subreddits are named.'),
  baseUrl: baseUrl(home),
});

const Entry = z.object({
  /** `t3_…` is a post, `t1_…` a comment. */
  id: z.string().regex(/^t[13]_\w+$/),
  url: z.string(),
  title: z.string().nullable(),
  content: z.string().nullable(),
  authorName: z.string().nullable(),
  authorUrl: z.string().nullable(),
  publishedAt: z.number().nullable(),
  updatedAt: z.number().nullable(),
  categories: z.array(z.string()),
});
type Entry = z.infer<typeof Entry>;
/** Private, banned and quarantined subreddits give a reason. */
const Refusal = z.object({ error: z.number().optional(), reason: z.string().nullish() });

type At = { readonly of: 'search' } | { readonly of: 'new' | 'comments'; readonly subreddits: string };

export const reddit = defineSource({
  id: 'reddit',
  title: 'Reddit',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://www.reddit.com/search/?sort=new',
  docs: 'https://support.reddithelp.com/hc/en-us/articles/16160319875092-Reddit-Data-API-Wiki',
  hears: 'posts; whole subreddits you name',
  about:
    'Searches posts on Reddit for your names, or reads every new post and comment of the subreddits you name. ' +
    'It needs no account, but Reddit answers only about once a minute and sometimes not at all.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  // Reddit answers once a minute; half a minute more keeps us on its good side (social.md §26), over all brands.
  pace: [{ requests: 1, perSeconds: 90 }],
  cron: '*/15 * * * *',
  overlapMs: 2 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { subreddits: ['coffee', 'leeds'] },
  secrets: {
    feedToken: {
      env: 'REDDIT_FEED_TOKEN',
      about: 'Makes Reddit answer more often: what stands behind feed= in the addresses of your own feeds.',
      optional: true,
    },
    user: {
      env: 'REDDIT_USER',
      about: 'Your Reddit name, which belongs to the token: what stands behind user= in the same addresses.',
      optional: true,
    },
  },
  steps: [
    'Sign in at reddit.com and open reddit.com/prefs/feeds.',
    'Copy any of the addresses there.',
    'Write into the file earshot.env beside your config: `REDDIT_FEED_TOKEN=` and what stands behind feed= up to the next &, `REDDIT_USER=` and what stands behind user=.',
  ],

  looks({ subreddits, search = subreddits.length === 0 }) {
    // Combined with +, they cost one question together; sorted, so that brands that name the same ones share it.
    const together = [...new Set(subreddits)].sort().join('+');
    const places = together === '' ? [] : (['new', 'comments'] as const);
    return [
      ...(search ? [{ key: 'search', scope: 'brand' as const, at: { of: 'search' } as At }] : []),
      ...places.map((of) => ({
        key: of === 'new' ? `r/${together}` : `r/${together} comments`,
        scope: 'place' as const,
        at: { of, subreddits: together } as At,
      })),
    ];
  },

  async *collect({ at, terms, options, secrets, since, http, signal }) {
    const path = at.of === 'search' ? 'search.rss' : `r/${at.subreddits}/${at.of}/.rss`;
    const url = join(options.baseUrl ?? home, path);
    const token = secrets.feedToken && secrets.user ? { feed: secrets.feedToken, user: secrets.user } : {};
    // `t` is what a search looks back; sorted by date it costs nothing to leave it open.
    const searches = at.of === 'search' ? queries(searchWords(terms)).map((q) => ({ q, sort: 'new', t: 'all' })) : [{}];
    for (const search of searches) yield* walk(http, url, { ...search, limit: pageSize, ...token }, since, signal);
  },
});

async function* walk(http: Http, url: string, query: object, since: number, signal: AbortSignal) {
  const seen = new Set<string>();
  let after: string | undefined;
  for (let page = 1; page <= lastPage; page += 1) {
    signal.throwIfAborted();
    const answer = await http.feed(url, { query: { ...query, after }, refused });
    const entries = answer?.body.items ?? [];
    const gone: Gone[] = [];
    const { posts, unreadable } = readItems(entries, 'entry', Entry, (entry) => {
      if (seen.has(entry.id)) return null;
      seen.add(entry.id);
      const post = toPost(entry);
      if (!/^\[(deleted|removed)\]$/.test(post.text)) return post;
      gone.push({ source: 'reddit', externalId: entry.id });
      return null;
    });
    const heard = posts.length + gone.length;
    const old = posts.length > 0 && posts.every((post) => post.publishedAt !== null && post.publishedAt < since);
    const more = entries.length >= smallestFullPage && heard > 0 && !old;
    yield { posts, unreadable, gone, capped: more && page === lastPage };
    after = entries.at(-1)?.id ?? undefined;
    if (!more || after === undefined) return;
  }
}

function toPost(entry: Entry): Post {
  const { body, target } = withoutTail(entry.content ?? '');
  const handle = entry.authorName?.replace(/^\/?u\//, '') ?? null;
  const author = handle === null || handle === '[deleted]' ? null : handle;
  const thread = entry.id.startsWith('t1_') ? /\/comments\/(\w+)\//.exec(entry.url)?.[1] : undefined;
  const given = target === null ? links(body) : [...links(body), target];
  const subreddit = entry.categories[0];
  return barePost('reddit', plainText(body), {
    externalId: entry.id,
    url: webLinks([entry.url])[0] ?? null,
    author: {
      handle: author,
      name: null,
      url: author === null ? null : (webLinks([entry.authorUrl])[0] ?? null),
      followers: null,
    },
    // A comment's title is `/u/name on the post's title`.
    title: (thread === undefined ? entry.title : entry.title?.replace(/^\/?u\/\S+ on /, '')) ?? null,
    // Comments only tell when they were updated.
    publishedAt: entry.publishedAt ?? entry.updatedAt,
    // A post without a link points to itself.
    links: webLinks(given).filter((link) => link !== entry.url),
    threadId: thread === undefined ? null : `t3_${thread}`,
    place: subreddit === undefined ? null : `r/${subreddit.replace(/^r\//, '')}`,
  });
}

/** Every post ends in "submitted by … [link] [comments]", which its author did not write; a link post has nothing else. */
function withoutTail(content: string): { body: string; target: string | null } {
  const at = content.lastIndexOf('submitted by');
  const tail = at === -1 ? '' : content.slice(at);
  if (!tail.includes('>[comments]</a>')) return { body: content, target: null };
  const target = /<a href="([^"]*)">\[link\]<\/a>/.exec(tail)?.[1] ?? null;
  return { body: content.slice(0, at), target: target?.replaceAll('&amp;', '&') ?? null };
}

/** Reddit's own ways to say no, some of them with a 200. */
function refused(answer: RawAnswer, now: number): Fault | undefined {
  const said = refusalIn(answer.text, Refusal);
  if (answer.status === 429 || said?.error === 429) {
    const retryAt = Math.max(now + slowDownMs, retryTime(answer.headers, now) ?? 0);
    return new Fault('slow-down', 'Reddit asks Earshot to come back later; it answers only about once a minute.', {
      retryAt,
    });
  }
  if (said?.reason)
    return new Fault('gone', 'One of the subreddits is private or closed. Take it out of `subreddits`.');
  // Only on Reddit's own page: people write these words in posts, too.
  if (isHtml(answer.text) && /blocked by network security/i.test(answer.text)) {
    const message =
      'Reddit turns away everybody who comes from this network. A feed token helps: `npx earshot sources reddit` says how to get one.';
    return new Fault('blocked', message, { retryAt: now + slowDownMs });
  }
  return undefined;
}
