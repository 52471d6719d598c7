/** Posts and comments on Reddit through its API, with an app of the owner's: faster than the feeds, with scores, and telling of deletions. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { baseUrl } from './options.ts';
import { type Asking, asking, connect, home, secrets, signIn } from './reddit-api-access.ts';
import { readThings, site } from './reddit-api-posts.ts';
import { repliedTo, replyTo, speaker } from './reddit-api-reply.ts';
import { queries, Subreddit } from './reddit-words.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Look } from './source.ts';

const pageSize = 100;
/** Reddit gives no more than a thousand. */
const lastPage = 10;

const Options = z.strictObject({
  subreddits: z
    .array(Subreddit)
    .default([])
    .describe('Subreddits whose new posts and comments are all read; comments can be heard in no other way.'),
  search: z.boolean().default(true).describe('Whether all of Reddit is searched for posts that name the brand.'),
  baseUrl: baseUrl(home),
});

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
  overlapMs: 2 * hourMs,
  quietAfterMs: 30 * dayMs,
  offByDefault:
    'Reddit lets a business use its API only by agreement. Ask for that together with your app, and switch it on with `off: false` once you have it.',
  options: Options,
  example: { subreddits: ['coffee', 'leeds'], search: true },
  secrets,
  steps: [
    'Ask Reddit for access at https://support.reddithelp.com, “Submit a request”, “API”; say that a business listens to what is said about itself. Since November 2025 no app works without.',
    'Sign in, open https://www.reddit.com/prefs/apps and press “create another app”. Choose “script”, and write http://127.0.0.1:8749/ as the redirect uri.',
    'Copy the ID below the app’s name, and the secret.',
    'To answer from Earshot as well, type `npx earshot connect reddit-api` and agree as the account that shall answer. Without that Earshot only reads.',
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

  signIn,
  connect,

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

  reply: (request) => replyTo(request),
  replied: (request) => repliedTo(request),
  speaksAs: async (request) => `u/${await speaker(request)}`,
});

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
