/** Posts on X that name the brand, and those that mention its account: each costs money, and no more than its owner allows. */
import { z } from 'zod';
import type { Terms } from '../brand.ts';
import { dayMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { Http } from '../net/http.ts';
import { join } from '../net/join.ts';
import { oauth } from './oauth.ts';
import { baseUrl, digits } from './options.ts';
import { readItems } from './read-items.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Look, type Page, type Purse } from './source.ts';
import { Answer, authorsIn, goneIn, idsOf, Post, prices, refused, toPost } from './x-posts.ts';

const home = 'https://api.x.com';
/** X gives between 10 and 100 at once. */
const pageSize = { least: 10, most: 100 };
const lastPage = 10;
const longestQuery = 512;
/** Stored posts are asked for so many at once. */
const mostIds = 100;

const Options = z.strictObject({
  moneyPerMonth: z
    .number()
    .positive()
    .describe('How many US dollars X may cost in a calendar month, over all your brands; then Earshot stops asking.'),
  search: z.boolean().default(true).describe('Whether all of X is searched for the brand: half a cent for each post.'),
  userId: digits('should be the number of your account, such as 2244994945')
    .optional()
    .describe(
      'The number of your own account: posts that mention it are read, too. Earshot counts half a cent for each; X takes less where the app is yours.',
    ),
  authors: z
    .boolean()
    .default(true)
    .describe('Whether X is asked who wrote a post: a cent for each person and day. Without it only the link tells.'),
  baseUrl: baseUrl(home),
});

const secrets = {
  bearer: {
    env: 'X_BEARER_TOKEN',
    about: 'The “Bearer Token” of your own app at X; with it, nothing has to be connected in the browser.',
    optional: true,
  },
  clientId: {
    env: 'X_CLIENT_ID',
    about: 'The “Client ID” of your own app at X; only where you connect it in the browser.',
    optional: true,
    connects: true,
  },
  clientSecret: {
    env: 'X_CLIENT_SECRET',
    about: 'The “Client Secret” that belongs to it.',
    optional: true,
    connects: true,
  },
} as const;

const way = oauth({
  id: 'x',
  title: 'X (Twitter)',
  agree: 'https://x.com/i/oauth2/authorize',
  token: 'https://api.x.com/2/oauth2/token',
  scopes: ['tweet.read', 'users.read', 'offline.access'],
  saysWho: 'header',
  pkce: true,
  returnsTo: 'http://127.0.0.1:8749/',
  manage: 'https://x.com/settings/connected_apps',
  lastsSeconds: 7200,
});

type At = { readonly of: 'search' } | { readonly of: 'mentions'; readonly userId: string };

export const x = defineSource({
  id: 'x',
  title: 'X (Twitter)',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://x.com/search?f=live',
  docs: 'https://docs.x.com/x-api/posts/search/introduction',
  about:
    'Searches the posts of the last seven days on X for your names, and reads those that mention your account. X takes money for each post; you say how much it may cost in a month, and `npx earshot status` says how much it did.',
  hears: 'all posts, for money',
  access: 'paid',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 300, perSeconds: 900 }],
  cron: '25 * * * *',
  overlapMs: 0,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { moneyPerMonth: 10, search: true, authors: true },
  secrets,
  steps: [
    'Open https://console.x.com, sign in, make an app, and buy credits: nothing is free there.',
    'Copy the app’s “Bearer Token” into X_BEARER_TOKEN. That is all; a connection in the browser is only for who wants X to count what mentions the own account as the owner’s reading.',
    'For that, set up “User authentication”: “Web App”, the callback http://127.0.0.1:8749/, and copy Client ID and Client Secret; then type `npx earshot connect x`.',
  ],
  connect: { ...way.connect, inPlace: 'bearer' },
  signIn: async (request) => (request.secrets.bearer ? null : way.signIn(request)),
  costs: ({ moneyPerMonth }) => ({ most: moneyPerMonth, currency: 'USD' }),

  looks: ({ search, userId }): Look<At>[] => [
    ...(search ? [{ key: 'search', scope: 'brand', at: { of: 'search' } } as const] : []),
    ...(userId === undefined
      ? []
      : [{ key: `mentions of ${userId}`, scope: 'brand', certain: true, at: { of: 'mentions', userId } } as const]),
  ],

  async *collect({ at, terms, options, secrets, session, since, position, http, purse, signal }) {
    const { authors } = options;
    const ask = asking(http, options.baseUrl, secrets.bearer ?? session?.token, purse);
    const path = at.of === 'search' ? '2/tweets/search/recent' : `2/users/${at.userId}/mentions`;
    const questions = at.of === 'search' ? queries(terms).map((query) => ({ query, sort_order: 'recency' })) : [{}];
    let first = true;
    for (const question of questions) {
      const walk = { signal, since, sinceId: position, cursor: at.of === 'search' ? 'next_token' : 'pagination_token' };
      const asked = (more: Query, most: number) =>
        ask(path, { ...question, ...fields(authors), ...more, max_results: most }, { authors, most });
      for await (const page of pages(asked, walk, purse, priceOf(authors))) {
        // What other questions found may be newer than what the first one has read.
        const { position: newest, ...rest } = page;
        yield first && newest !== undefined ? { ...rest, position: newest } : rest;
        first &&= newest === undefined;
      }
      first = false;
    }
  },

  async *recheck({ options, secrets, session, posts, http, purse, signal }) {
    const ask = asking(http, options.baseUrl, secrets.bearer ?? session?.token, purse);
    for (let from = 0; from < posts.length; from += mostIds) {
      signal.throwIfAborted();
      const asked = posts.slice(from, from + mostIds);
      const ids = asked.map(({ externalId }) => externalId).join(',');
      const answer = await ask('2/tweets', { ...fields(false), ids }, { authors: false, most: asked.length });
      const before = new Map(asked.map((post) => [post.externalId, post]));
      const read = readItems(answer.data ?? [], 'data', Post, (post) => {
        // Asked for by the number of its first version, X gives that, also when it was edited.
        if (idsOf(post).at(-1) !== post.id) return null;
        const now = toPost(post, authorsIn(answer));
        return { ...now, author: before.get(now.externalId)?.author ?? now.author };
      });
      yield { ...read, gone: goneIn(answer) };
    }
  },
});

type Query = Readonly<Record<string, string | number | undefined>>;
type Asking = (path: string, query: Query, size: { authors: boolean; most: number }) => Promise<Answer>;

const priceOf = (authors: boolean) => prices.post + (authors ? prices.author : 0);

function asking(http: Http, base: string | undefined, token: string | undefined, purse: Purse | undefined): Asking {
  return async (path, query, { authors, most }) => {
    if (purse === undefined) throw new RangeError('X costs: it is asked with a purse only');
    return purse.spend(most * priceOf(authors), async () => {
      const { body } = await http.json(join(base ?? home, path), Answer, {
        query,
        headers: { authorization: `Bearer ${token ?? ''}` },
        once: true,
        refused,
      });
      const cost = (body.data ?? []).length * prices.post + (body.includes?.users ?? []).length * prices.author;
      return { answer: body, cost };
    });
  };
}

interface Walk {
  readonly since: number;
  readonly sinceId: string | undefined;
  readonly cursor: string;
  readonly signal: AbortSignal;
}

async function* pages(
  ask: (more: Query, most: number) => Promise<Answer>,
  { since, sinceId, cursor, signal }: Walk,
  purse: Purse | undefined,
  each: number,
): AsyncGenerator<Page> {
  const asked = new Set<string>();
  let behind = sinceId;
  let token: string | undefined;
  for (let number = 1; ; number += 1) {
    signal.throwIfAborted();
    const affordable = Math.floor(((await purse?.left()) ?? 0) / each);
    const most = Math.min(pageSize.most, Math.max(pageSize.least, affordable));
    const question = () => ask({ since_id: behind, [cursor]: token }, most);
    const answer = await question().catch((fault: unknown) => {
      // What stands there is older than the seven days that X looks back.
      if (!(fault instanceof Fault) || fault.cause !== 'since_id' || behind === undefined) throw fault;
      behind = undefined;
      return question();
    });
    const authors = authorsIn(answer);
    const read = readItems(answer.data ?? [], 'data', Post, (post) => toPost(post, authors));
    token = answer.meta?.next_token || undefined;
    const old = read.posts.length > 0 && read.posts.every(({ publishedAt }) => (publishedAt ?? since) < since);
    const more = token !== undefined && !asked.has(token) && !old;
    const newest = number === 1 ? answer.meta?.newest_id : undefined;
    yield { ...read, capped: more && number === lastPage, ...(newest ? { position: newest } : {}) };
    if (!more || token === undefined || number === lastPage) return;
    asked.add(token);
  }
}

/** X is about to rename these, and still takes the old names; in its answers both are read. */
const fields = (authors: boolean): Query => ({
  'tweet.fields':
    'created_at,lang,public_metrics,conversation_id,referenced_tweets,entities,note_tweet,edit_history_tweet_ids',
  ...(authors ? { expansions: 'author_id', 'user.fields': 'username,name,public_metrics' } : {}),
});

/** Names, accounts and addresses, joined by OR in as few questions as X's length allows; without the brand's own posts. */
function queries(terms: Terms): string[] {
  const handles = terms.handles.flatMap((handle) => /^@?(\w{1,15})$/.exec(handle.trim())?.[1] ?? []);
  const quoted = (word: string) => `"${word.replaceAll(/["\\]/g, ' ').trim()}"`;
  const names = searchWords({ names: terms.names, domains: [] }).map(quoted);
  const addresses = terms.domains.map((domain) => `url:${quoted(domain)}`);
  const rest = ` -is:retweet${[...new Set(handles)].map((handle) => ` -from:${handle}`).join('')}`;
  const room = longestQuery - rest.length - 2;
  const all: string[] = [];
  for (const word of [...names, ...handles.map((handle) => `@${handle}`), ...addresses]) {
    const longer = all.length === 0 ? word : `${all.at(-1)} OR ${word}`;
    if (all.length > 0 && longer.length <= room) all[all.length - 1] = longer;
    else if (word.length <= room) all.push(word);
  }
  return all.map((words) => `(${words})${rest}`);
}
