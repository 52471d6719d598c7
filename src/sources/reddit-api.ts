/** Posts and comments on Reddit through its API, with an app of the owner's: faster than the feeds, with scores, and telling of deletions. */
import { z } from 'zod';
import type { Gone, Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { retryTime } from '../net/reset-time.ts';
import { plainText } from '../text/plain.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { queries, Subreddit } from './reddit-words.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Look, type Page } from './source.ts';
import { linksWithin, webLinks } from './web-links.ts';

const site = 'https://www.reddit.com';
const home = 'https://oauth.reddit.com';
const pageSize = 100;
/** Reddit gives no more than a thousand. */
const lastPage = 10;
const slowDownMs = 60_000;

const Options = z.strictObject({
  subreddits: z
    .array(Subreddit)
    .default([])
    .describe('Subreddits whose new posts and comments are all read; comments can be heard in no other way.'),
  search: z.boolean().default(true).describe('Whether all of Reddit is searched for posts that name the brand.'),
  baseUrl: baseUrl(home),
});

const secrets = {
  clientId: {
    env: 'REDDIT_CLIENT_ID',
    about: 'The ID of your own app at Reddit: it stands below the app’s name.',
  },
  clientSecret: {
    env: 'REDDIT_CLIENT_SECRET',
    about: 'What stands behind “secret” there.',
  },
} as const;

const text = z.string().nullish().catch(null);
const count = z.int().nullish().catch(null);
const Thing = z.object({
  data: z.object({
    /** `t3_…` is a post, `t1_…` a comment. */
    name: z.string().regex(/^t[13]_\w+$/),
    subreddit: text,
    author: text,
    title: text,
    selftext: text,
    body: text,
    permalink: text,
    url: text,
    link_title: text,
    link_id: text,
    parent_id: text,
    created_utc: z.number(),
    /** False, or the second of the last edit; old ones only say true. */
    edited: z.union([z.boolean(), z.number()]).nullish().catch(null),
    score: count,
    num_comments: count,
    num_crossposts: count,
    removed_by_category: text,
  }),
});
type Said = z.infer<typeof Thing>['data'];
const Listing = z.object({ data: z.object({ after: text, children: z.array(z.unknown()) }) });
const SignedIn = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(3600) });
/** Private, banned and quarantined subreddits give a reason. */
const Refusal = z.object({ error: z.union([z.number(), z.string()]), reason: text });

type At = { readonly of: 'search' } | { readonly of: 'new' | 'comments'; readonly subreddits: string };

export const redditApi = defineSource({
  id: 'reddit-api',
  title: 'Reddit (API)',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: `${site}/search/?sort=new`,
  docs: 'https://www.reddit.com/dev/api/',
  about:
    'Searches posts on Reddit for your names and reads every new post and comment of the subreddits you name, with an app of yours that Reddit has approved. Use it in place of reddit: it answers faster, and tells what was deleted.',
  hears: 'Reddit, with an app of yours',
  access: 'own-account',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 90, perSeconds: 60 }],
  cron: '*/10 * * * *',
  overlapMs: 2 * 3_600_000,
  quietAfterMs: 30 * 86_400_000,
  offByDefault:
    'Reddit lets a business use its API only by agreement. Ask for that together with your app, and switch it on with `off: false` once you have it.',
  options: Options,
  example: { subreddits: ['coffee', 'leeds'], search: true },
  secrets,
  steps: [
    'Ask Reddit for access at https://support.reddithelp.com, “Submit a request”, “API”; say that a business listens to what is said about itself. Since November 2025 no app works without.',
    'Sign in, open https://www.reddit.com/prefs/apps and press “create another app”. Choose “script”, and write http://127.0.0.1:8749/ as the redirect uri; it is not used.',
    'Copy the ID below the app’s name, and the secret.',
  ],

  looks({ subreddits, search }): Look<At>[] {
    // Combined with +, they cost one question together; sorted, so that brands that name the same ones share it.
    const together = [...new Set(subreddits)].sort().join('+');
    const places = together === '' ? [] : (['new', 'comments'] as const);
    return [
      ...(search ? [{ key: 'search', scope: 'brand', at: { of: 'search' } } as const] : []),
      ...places.map(
        (of) =>
          ({
            key: of === 'new' ? `r/${together}` : `r/${together} comments`,
            scope: 'place',
            at: { of, subreddits: together },
          }) as const,
      ),
    ];
  },

  /** The app itself signs in: nobody has to agree in the browser. */
  async signIn({ options, secrets: { clientId, clientSecret }, now, http }) {
    const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
    const { body } = await http.json(join(options.baseUrl ?? site, 'api/v1/access_token'), SignedIn, {
      method: 'POST',
      form: { grant_type: 'client_credentials' },
      headers: { authorization: `Basic ${basic}` },
      refused: (answer, at) =>
        refused(answer, at) ??
        (refusalIn(answer.text, Refusal)
          ? new Fault('not-allowed', 'Reddit does not let apps of this kind in: make one of the kind “script”.')
          : undefined),
    });
    return { token: body.access_token, until: now + body.expires_in * 1000 };
  },

  async *collect({ at, terms, options, session, since, http, signal }) {
    const path = at.of === 'search' ? 'search' : `r/${at.subreddits}/${at.of}`;
    const searches =
      at.of === 'search' ? queries(searchWords(terms)).map((q) => ({ q, sort: 'new', t: 'all', type: 'link' })) : [{}];
    const ask = asking(http, options.baseUrl, session?.token);
    for (const search of searches)
      yield* walk((after) => ask(path, { ...search, limit: pageSize, after }), since, signal);
  },

  async *recheck({ options, session, posts, http, signal }) {
    const ask = asking(http, options.baseUrl, session?.token);
    for (let from = 0; from < posts.length; from += pageSize) {
      signal.throwIfAborted();
      const asked = posts.slice(from, from + pageSize);
      const ids = asked.map(({ externalId }) => externalId).join(',');
      const read = readThings((await ask('api/info', { id: ids })).children);
      // Where something could not be read, it may be any of them.
      const there = new Set(read.names);
      const missing = read.unreadable.length > 0 ? [] : asked.filter(({ externalId }) => !there.has(externalId));
      yield { ...read, gone: [...read.gone, ...missing] };
    }
  },
});

type Asking = (path: string, query: Query) => Promise<z.infer<typeof Listing>['data']>;
type Query = Readonly<Record<string, string | number | undefined>>;

function asking(http: Http, base: string | undefined, token: string | undefined): Asking {
  return async (path, query) => {
    const { body } = await http.json(join(base ?? home, path), Listing, {
      query: { ...query, raw_json: 1 },
      headers: { authorization: `Bearer ${token ?? ''}` },
      refused,
    });
    return body.data;
  };
}

/** Pages are asked for without `before`: where that post was deleted, Reddit would give nothing. */
async function* walk(ask: (after: string | undefined) => ReturnType<Asking>, since: number, signal: AbortSignal) {
  const seen = new Set<string>();
  let after: string | undefined;
  for (let number = 1; ; number += 1) {
    signal.throwIfAborted();
    const { children, after: next } = await ask(after);
    const read = readThings(children, seen);
    const old = read.posts.length > 0 && read.posts.every(({ publishedAt }) => (publishedAt ?? since) < since);
    const unread = next && next !== after && (children.length === 0 || read.names.length > 0);
    const more = Boolean(unread) && !old;
    yield { posts: read.posts, unreadable: read.unreadable, gone: read.gone, capped: more && number === lastPage };
    if (!more || !next || number === lastPage) return;
    after = next;
  }
}

interface Things extends Required<Pick<Page, 'posts' | 'unreadable' | 'gone'>> {
  /** Of all that could be read for the first time, those that are gone, too. */
  readonly names: readonly string[];
}

function readThings(children: readonly unknown[], seen = new Set<string>()): Things {
  const gone: Gone[] = [];
  const names: string[] = [];
  const { posts, unreadable } = readItems(children, 'children', Thing, ({ data }) => {
    if (seen.has(data.name)) return null;
    seen.add(data.name);
    names.push(data.name);
    if (!isTakenAway(data)) return toPost(data);
    gone.push({ source: 'reddit-api', externalId: data.name });
    return null;
  });
  return { posts, unreadable, gone, names };
}

const isTakenAway = ({ body, selftext, removed_by_category: by }: Said) =>
  /^\[(deleted|removed)\]$/.test((body ?? selftext ?? '').trim()) || Boolean(by);

function toPost(said: Said): Post {
  const { name, author, subreddit, edited } = said;
  const isComment = name.startsWith('t1_');
  const handle = !author || author === '[deleted]' ? null : author;
  const words = plainWords(said.body ?? said.selftext ?? '');
  const [url = null] = webLinks([addressOf(said)]);
  return {
    source: 'reddit-api',
    externalId: name,
    url,
    author: {
      handle,
      name: null,
      url: handle === null ? null : `${site}/user/${encodeURIComponent(handle.toWellFormed())}`,
      followers: null,
    },
    title: plainWords(said.title ?? said.link_title ?? '') || null,
    text: words,
    language: null,
    publishedAt: timeOf(said.created_utc),
    editedAt: typeof edited === 'number' ? timeOf(edited) : null,
    rating: null,
    engagement: {
      likes: said.score ?? null,
      reposts: said.num_crossposts ?? null,
      replies: isComment ? null : (said.num_comments ?? null),
      views: null,
    },
    // A post without a link points to itself.
    links: webLinks([...linksWithin(words), said.url]).filter((link) => link !== url),
    origin: null,
    parentId: isComment ? (said.parent_id ?? null) : null,
    threadId: isComment ? (said.link_id ?? null) : null,
    place: subreddit ? `r/${subreddit}` : null,
  };
}

/** Old comments come without their address. */
function addressOf({ name, permalink, link_id: link, subreddit }: Said): string | null {
  if (permalink?.startsWith('/')) return site + permalink;
  const [thread, own] = [link, name].map((id) => id?.slice('t3_'.length));
  return thread && own && subreddit ? `${site}/r/${subreddit}/comments/${thread}/_/${own}/` : null;
}

/** Markdown is left as it was written; only the entities that are there in spite of `raw_json` are read. */
const plainWords = (words: string) =>
  /&(?:amp|lt|gt|#\d+|nbsp);/.test(words)
    ? plainText(words.replaceAll('<', '&lt;').replaceAll('\n', '<br>'))
    : words.trim();

/** Seconds with fractions. */
function timeOf(seconds: number): number | null {
  const at = Math.round(seconds * 1000);
  return Math.abs(at) <= 8.64e15 ? at : null;
}

/** Reddit's own ways to say no, some of them with a 200. */
function refused({ status, headers, text }: RawAnswer, now: number): Fault | undefined {
  const said = refusalIn(text, Refusal);
  if (status === 429 || said?.error === 429) {
    const retryAt = retryTime(headers, now) ?? now + slowDownMs;
    return new Fault('slow-down', 'Reddit wants fewer questions; Earshot waits and goes on by itself.', { retryAt });
  }
  if (said === null) return undefined;
  if (status === 401)
    return new Fault(
      'not-allowed',
      `Reddit does not take ${secrets.clientId.env} with ${secrets.clientSecret.env}: compare both with https://www.reddit.com/prefs/apps.`,
    );
  if (said.reason) return new Fault('gone', 'One of the subreddits is private or closed. Take it out of `subreddits`.');
  if (status === 403)
    return new Fault(
      'not-allowed',
      'Reddit does not let your app read this: ask it for access, `npx earshot sources reddit-api` says how.',
    );
  if (status === 404)
    return new Fault('gone', 'Reddit has no such subreddit. Compare `reddit-api.subreddits` in your config.');
  return undefined;
}
