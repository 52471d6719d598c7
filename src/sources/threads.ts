/** Posts on Threads that name the brand, found by its keyword search, and those that mention the owner's account. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { graphAccess, refusedBy } from './meta-access.ts';
import { graphAgain, graphPages, graphTime, List, notShown } from './meta-graph.ts';
import { standIn } from './oauth.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Look, type Page } from './source.ts';
import { linksWithin, webLinks } from './web-links.ts';

const home = 'https://graph.threads.net';
const pageSize = 100;
const lastPage = 5;
/** Threads looks back no further than July 2023. */
const firstSecond = 1_688_540_400;
const wanted = 'id,text,media_type,permalink,timestamp,username,is_quote_post,is_reply';

const Options = z.strictObject({
  search: z.boolean().default(true).describe('Whether all of Threads is searched for posts that name the brand.'),
  mentions: z
    .boolean()
    .default(false)
    .describe(
      'Whether posts that mention your account are read. Threads has to approve threads_manage_mentions for it; set it before you connect.',
    ),
  baseUrl: baseUrl(home),
});

const secrets = {
  clientId: { env: 'THREADS_APP_ID', about: 'The “Threads App ID” of your own app at Meta, not its other ID.' },
  clientSecret: { env: 'THREADS_APP_SECRET', about: 'The “Threads App secret” beside it.' },
} as const;

const graph = {
  id: 'threads',
  title: 'Threads',
  agree: 'https://threads.net/oauth/authorize',
  token: `${home}/oauth/access_token`,
  exchange: { address: `${home}/access_token`, grant: 'th_exchange_token', field: 'access_token' },
  renew: { address: `${home}/refresh_access_token`, grant: 'th_refresh_token' },
  scopes: ['threads_basic', 'threads_keyword_search'],
  manage: 'https://www.threads.net/settings/account',
};
const refused = refusedBy(graph);
const access = graphAccess(graph);
const withMentions = graphAccess({ ...graph, scopes: [...graph.scopes, 'threads_manage_mentions'] });

const text = z.string().nullish().catch(null);
const Said = z.object({
  id: z.string().min(1),
  text,
  permalink: text,
  timestamp: z.string(),
  username: text,
});

interface At {
  readonly of: 'search' | 'mentions';
}

export const threads = defineSource({
  id: 'threads',
  title: 'Threads',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://www.threads.net/search',
  docs: 'https://developers.facebook.com/docs/threads/keyword-search/',
  about:
    'Searches Threads for posts that name you. Until Meta has approved your app for it, Threads shows it only what you wrote yourself.',
  hears: 'all public posts, once approved',
  access: 'own-account',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 2200, perSeconds: 86_400 }],
  cron: '*/15 * * * *',
  overlapMs: 2 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { search: true, mentions: false },
  secrets,
  steps: [
    'At https://developers.facebook.com/apps make an app with the use case “Access the Threads API”, and verify your business there.',
    'In its settings write https://localhost:8749/ as the redirect address.',
    'Under “App Review” ask for threads_keyword_search; until then Threads finds only your own posts.',
    'Copy the Threads App ID and its secret, and type `npx earshot connect threads`.',
  ],
  ...access,
  connect: {
    ...access.connect,
    address: (request) => (request.options.mentions ? withMentions : access).connect.address(request),
  },

  looks: ({ search, mentions }): Look<At>[] => [
    ...(search ? [{ key: 'search', scope: 'brand', at: { of: 'search' } } as const] : []),
    ...(mentions ? [{ key: 'mentions', scope: 'brand', certain: true, at: { of: 'mentions' } } as const] : []),
  ],

  async *collect({ at, terms, options, session, since, http, signal }) {
    const ask = asking(http, options.baseUrl, session?.token ?? '');
    const from = Math.max(firstSecond, Math.floor(since / 1000));
    const walk = { since, signal, seen: new Set<string>() };
    if (at.of === 'mentions') {
      yield* read((after) => ask('me/mentions', { after }), walk);
      return;
    }
    // One phrase at a time; newest first only where it is asked for.
    for (const q of searchWords(terms))
      yield* read((after) => ask('keyword_search', { q, search_type: 'RECENT', since: from, after }), walk);
  },

  async *recheck({ options, session, posts, http, signal }) {
    const query = { fields: wanted, access_token: session?.token ?? '' };
    yield* graphAgain(
      posts,
      () => 'post',
      async ({ externalId }) => {
        signal.throwIfAborted();
        const url = standIn(`${home}/v1.0/${encodeURIComponent(externalId)}`, options);
        const asked = { query, refused: (one: RawAnswer, now: number) => notShown(one) ?? refused(one, now) };
        return toPost((await http.json(url, Said, asked)).body);
      },
    );
  },
});

type Query = Readonly<Record<string, string | number | undefined>>;

function asking(http: Http, base: string | undefined, token: string) {
  return async (path: string, query: Query): Promise<List> => {
    const { body } = await http.json(standIn(`${home}/v1.0/${path}`, { baseUrl: base }), List, {
      query: { ...query, fields: wanted, limit: pageSize, access_token: token },
      refused,
    });
    return body;
  };
}

interface Walk {
  readonly since: number;
  readonly signal: AbortSignal;
  /** Over all words: a post may have several of them. */
  readonly seen: Set<string>;
}

async function* read(
  ask: (after: string | undefined) => Promise<List>,
  { since, signal, seen }: Walk,
): AsyncGenerator<Page> {
  for await (const { items, capped } of graphPages(ask, lastPage, signal)) {
    let old = items.length > 0;
    const found = readItems(items, 'data', Said, (said) => {
      old &&= (graphTime(said.timestamp) ?? since) < since;
      if (seen.has(said.id)) return null;
      seen.add(said.id);
      return said.text?.trim() ? toPost(said) : null;
    });
    yield { ...found, capped: capped && !old };
    if (old) return;
  }
}

function toPost({ id, text: words, permalink, timestamp, username }: z.infer<typeof Said>): Post {
  const said = words?.trim() ?? '';
  return barePost('threads', said, {
    externalId: id,
    url: webLinks([permalink])[0] ?? null,
    author: {
      handle: username ? `@${username}` : null,
      name: null,
      url: username ? `https://www.threads.net/@${encodeURIComponent(username.toWellFormed())}` : null,
      followers: null,
    },
    publishedAt: graphTime(timestamp),
    links: webLinks(linksWithin(said)),
  });
}
