/** Posts on Bluesky that name the brand, mention its account or link to it, with a free app password or, less of them, without. */
import { z } from 'zod';
import type { Terms } from '../brand.ts';
import { dayMs, hourMs } from '../clock.ts';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http } from '../net/http.ts';
import { join } from '../net/join.ts';
import { bearer, refused, secrets, signIn } from './bluesky-access.ts';
import { isHidden, namedIn, readPosts } from './bluesky-post.ts';
import { repliedOn, replyOn } from './bluesky-reply.ts';
import { baseUrl, webAddress } from './options.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page, type Session } from './source.ts';

const home = 'https://bsky.social';
/** Answers visitors' first pages more often than its cached twin `public.api.bsky.app`. */
export const publicHome = 'https://api.bsky.app';
const pageSize = 100;
const lastPage = 20;
const profilesAtOnce = 25;
export const postsAtOnce = 25;

const Options = z.strictObject({
  baseUrl: baseUrl(home),
  publicUrl: webAddress()
    .optional()
    .describe(`Where to ask without an app password instead of ${publicHome}; \`baseUrl\` where only that is given.`),
});
type Options = z.infer<typeof Options>;

const Found = z.object({ posts: z.array(z.unknown()), cursor: z.string().nullish() });
const Again = z.object({ posts: z.array(z.unknown()) });
const Profiles = z.object({
  profiles: z.array(z.object({ did: z.string(), followersCount: z.int().nullish() }).catch({ did: '' })),
});

export const bluesky = defineSource({
  id: 'bluesky',
  title: 'Bluesky',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://bsky.app',
  docs: 'https://docs.bsky.app/docs/api/app-bsky-feed-search-posts',
  hears: 'all public posts',
  about:
    'Searches all public posts on Bluesky. Without an account it sees the newest page only, and is often sent away.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 3000, perSeconds: 300 }],
  cron: '*/5 * * * *',
  overlapMs: 2 * hourMs,
  quietAfterMs: 14 * dayMs,
  options: Options,
  example: {},
  secrets,
  steps: [
    'In Bluesky open Settings → Privacy and security → App passwords.',
    'Make one for “Earshot” and copy it: it is shown once.',
    'Write into the file earshot.env beside your config: `BLUESKY_HANDLE=` and your account’s name, `BLUESKY_APP_PASSWORD=` and the app password.',
  ],

  looks: () => [{ key: 'search', scope: 'brand', at: {} }],

  async *collect({ terms, options, session, since, http, signal }) {
    const desk: Desk = { http, base: baseFor(options, session), token: session?.token ?? null, since, signal };
    const seen = new Set<string>();
    const followers = new Map<string, number | null>();
    for (const question of questions(terms)) {
      for await (const page of search(desk, question)) {
        const fresh = page.posts.filter((post) => !seen.has(post.externalId));
        for (const post of fresh) seen.add(post.externalId);
        yield { ...page, posts: await withFollowers(fresh, followers, desk) };
      }
    }
  },

  async *recheck({ options, session, posts, http, signal }) {
    const desk = { http, base: baseFor(options, session), token: session?.token ?? null, signal };
    for (let from = 0; from < posts.length; from += postsAtOnce) {
      const asked = posts.slice(from, from + postsAtOnce);
      yield again(await askAgain(desk, asked), asked);
    }
  },

  signIn: (request) => signIn(request, request.options.baseUrl ?? home),

  reply: (request) => replyOn(request, request.options.baseUrl ?? home),
  repeatable: true,
  replied: (request) => repliedOn(request, request.options.baseUrl ?? home),
  speaksAs: async ({ session }) => (session?.extra?.identifier ? `@${session.extra.identifier}` : null),
});

/** At most `postsAtOnce` posts as Bluesky shows them now, unread. */
export async function askAgain({ http, base, token, signal }: Asking, posts: readonly Post[]): Promise<unknown[]> {
  signal.throwIfAborted();
  const { body } = await http.json(join(base, '/xrpc/app.bsky.feed.getPosts'), Again, {
    query: { uris: posts.map((post) => post.externalId) },
    headers: bearer(token),
    refused: (answer, now) => refused(answer, now, token !== null),
  });
  return body.posts;
}

/** What is missing was deleted or taken down, or its account is gone; what we cannot read is there all the same. */
function again(items: readonly unknown[], asked: readonly Post[]): Page {
  const named = namedIn(items);
  const unnamed = items.length - named.length;
  const there = new Set(named.filter((view) => !isHidden(view)).map(({ uri }) => uri));
  const { posts, unreadable } = readPosts(items);
  const before = new Map(asked.map((post) => [post.externalId, post]));
  const withFollowers = posts.map((post) => {
    const followers = before.get(post.externalId)?.author.followers ?? null;
    return { ...post, author: { ...post.author, followers } };
  });
  const gone = unnamed > 0 ? [] : asked.filter((post) => !there.has(post.externalId));
  return { posts: withFollowers, unreadable, gone };
}

const firstPageOnly =
  'First page only: without an account Bluesky shows the newest 100 posts of a search. A free app password opens the rest.';

/** Where and as whom somebody asks. */
export interface Asking {
  readonly http: Http;
  readonly base: string;
  readonly token: string | null;
  readonly signal: AbortSignal;
}

/** One run of searches. */
interface Desk extends Asking {
  readonly since: number;
}

/** One search; `*` stands for any words where the other condition says it all. */
interface Question {
  readonly q: string;
  readonly mentions?: string;
  readonly domain?: string;
}

function baseFor({ baseUrl, publicUrl }: Options, session: Session | null): string {
  return session ? (baseUrl ?? home) : (publicUrl ?? baseUrl ?? publicHome);
}

function questions({ names, handles, domains }: Terms): readonly Question[] {
  // Names on other networks have no dot, or two at-signs; asking for one that cannot exist is an error.
  const own = handles.map((handle) => handle.trim().replace(/^@/, '').toLowerCase());
  const accounts = own.filter((handle) => /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*$|^did:[a-z]+:\S+$/.test(handle));
  return [
    ...searchWords({ names, domains: [] }).map((name) => ({ q: `"${name.replaceAll('"', ' ')}"` })),
    ...[...new Set(accounts)].map((mentions) => ({ q: '*', mentions })),
    ...[...new Set(domains)].map((domain) => ({ q: '*', domain })),
  ];
}

async function* search(desk: Desk, question: Question): AsyncGenerator<Page> {
  const cursors = new Set<string>();
  let cursor: string | undefined;
  for (let page = 1; ; page += 1) {
    desk.signal.throwIfAborted();
    const found = await ask(desk, question, cursor);
    if (found === null) {
      yield { posts: [], note: `Bluesky knows no account ${question.mentions}; mend it in \`handles\`.` };
      return;
    }
    const { newest, ...read } = readPosts(found.posts);
    cursor = found.cursor ?? undefined;
    const more = cursor !== undefined && !cursors.has(cursor) && newest >= desk.since;
    const last = desk.token === null || page === lastPage;
    yield { ...read, capped: more && last, ...(desk.token === null && { note: firstPageOnly }) };
    if (!more || last) return;
    cursors.add(cursor ?? '');
  }
}

/** Null where the account that is asked for does not exist. */
async function ask({ http, base, token, since }: Desk, question: Question, cursor: string | undefined) {
  try {
    const { body } = await http.json(join(base, '/xrpc/app.bsky.feed.searchPosts'), Found, {
      query: { ...question, sort: 'latest', since: new Date(since).toISOString(), limit: pageSize, cursor },
      headers: bearer(token),
      refused: (answer, now) => refused(answer, now, token !== null),
    });
    return body;
  } catch (fault) {
    if (question.mentions && fault instanceof Fault && fault.cause === 'InvalidRequest') return null;
    throw fault;
  }
}

/** Who has said it matters less than what was said: without an answer the number stays unknown. */
export async function withFollowers(
  posts: readonly Post[],
  known: Map<string, number | null>,
  desk: Asking,
): Promise<Post[]> {
  const didOf = (post: Post) => post.externalId.split('/')[2] ?? '';
  const unknown = [...new Set(posts.map(didOf))].filter((did) => !known.has(did));
  for (let from = 0; from < unknown.length; from += profilesAtOnce) {
    desk.signal.throwIfAborted();
    const actors = unknown.slice(from, from + profilesAtOnce);
    for (const did of actors) known.set(did, null);
    try {
      const { body } = await desk.http.json(join(desk.base, '/xrpc/app.bsky.actor.getProfiles'), Profiles, {
        query: { actors },
        headers: bearer(desk.token),
        refused: (answer, now) => refused(answer, now, desk.token !== null),
      });
      for (const { did, followersCount } of body.profiles) known.set(did, followersCount ?? null);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      break;
    }
  }
  return posts.map((post) => ({ ...post, author: { ...post.author, followers: known.get(didOf(post)) ?? null } }));
}
