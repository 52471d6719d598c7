/** Posts of Discourse forums: a forum's newest posts, read once for all brands, or its search for one brand. */
import { z } from 'zod';
import type { Terms } from '../brand.ts';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { links, plainText } from '../text/plain.ts';
import { webAddress } from './options.ts';
import { readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page, type SecretValues } from './source.ts';

/** 50 posts each: the newest 1,000 of a forum. */
const lastPage = 20;
/** Discourse gives no search result behind its tenth page. */
const lastSearchPage = 10;
const dayMs = 86_400_000;

const Options = z.strictObject({
  forums: z
    .array(webAddress())
    .min(1)
    .describe('Addresses of Discourse forums. Each is read once for all brands that name it.'),
  search: z
    .boolean()
    .default(false)
    .describe('Search each forum for the brand instead of reading every new post: for forums with hundreds a day.'),
  keyFor: webAddress()
    .optional()
    .describe('The forum that your key opens; it is sent nowhere else. Needless where only one forum is named.'),
});
type Options = z.infer<typeof Options>;

const secrets = {
  key: {
    env: 'DISCOURSE_API_KEY',
    about:
      'Only for a forum that shows its posts to members. Ask its administrators for an API key that may read: they make one under Admin → API → New API key.',
    optional: true,
  },
  username: {
    env: 'DISCOURSE_API_USERNAME',
    about: 'The name of the forum account that the API key was made for.',
    optional: true,
  },
} as const;
type Values = SecretValues<typeof secrets>;

/** The kind of action that is a like. */
const like = 2;
/** What people write; the other kinds are notices about moved or closed topics. */
const regular = 1;

/** A number, or its digits where a number could not hold them. */
const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const count = z.int().nullish().catch(null);
const Forum = z.object({
  id: Id,
  username: z.string().min(1),
  name: z.string().nullish(),
  created_at: z.string(),
  updated_at: z.string().nullish(),
  version: z.number().nullish(),
  cooked: z.string(),
  post_number: z.int(),
  post_type: z.int().nullish(),
  reply_to_post_number: z.int().nullish(),
  reply_count: count,
  reads: count,
  topic_id: z.int(),
  topic_slug: z.string().nullish(),
  topic_title: z.string().nullish(),
  like_count: count,
  actions_summary: z.array(z.object({ id: z.number(), count })).nullish(),
  hidden: z.boolean().nullish(),
  user_deleted: z.boolean().nullish(),
  deleted_at: z.string().nullish(),
});
type ForumPost = z.infer<typeof Forum>;

const Latest = z.object({ latest_posts: z.array(z.unknown()) });
const Numbered = z.object({ id: Id });
const Hit = z.object({ id: Id, topic_id: z.int(), created_at: z.string() });
const Whole = z.record(z.string(), z.unknown());
const Found = z.object({
  posts: z.array(z.unknown()),
  topics: z.array(z.object({ id: z.int(), title: z.string() })).catch([]),
  grouped_search_result: z
    .object({ error: z.string().nullish(), more_full_page_results: z.boolean().nullish() })
    .nullish(),
});
const Refusal = z.object({
  errors: z.array(z.string()).optional(),
  error_type: z.string().optional(),
  extras: z.object({ wait_seconds: z.number().nullish() }).nullish(),
});

interface At {
  readonly forum: string;
  readonly search: boolean;
  readonly withKey: boolean;
}

export const discourse = defineSource({
  id: 'discourse',
  title: 'Discourse forums',
  kind: 'posts',
  suits: ['software', 'web-shop', 'service', 'other'],
  home: 'https://discover.discourse.org',
  docs: 'https://docs.discourse.org',
  hears: 'the forums you name',
  about: 'Reads every new post of the Discourse forums you name. Public forums need no account.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  // What a forum allows a guest who searches; reading alone may be faster, but a small forum is somebody's spare time.
  pace: [
    { requests: 2, perSeconds: 1 },
    { requests: 15, perSeconds: 60 },
  ],
  cron: '*/5 * * * *',
  overlapMs: 2 * 3_600_000,
  quietAfterMs: 7 * dayMs,
  options: Options,
  example: { forums: ['https://forum.example'], search: false },
  secrets,

  looks: (options) =>
    [...new Set(options.forums.map(tidy))].map((forum) => {
      const at = { forum, search: options.search, withKey: isKeyFor(forum, options) };
      return options.search ? { key: `${forum} search`, scope: 'brand', at } : { key: forum, scope: 'place', at };
    }),

  collect({ at, terms, secrets, since, http, signal }) {
    const ask = asking(http, at, secrets);
    return at.search ? search(ask, at, terms, since, signal) : latest(ask, at, since, signal);
  },
});

function tidy(forum: string): string {
  return forum.replace(/\/+$/, '');
}

function isKeyFor(forum: string, { forums, keyFor }: Options): boolean {
  return keyFor === undefined ? new Set(forums.map(tidy)).size === 1 : tidy(keyFor) === forum;
}

type Asking = <Body>(path: string, shape: z.ZodType<Body>, query?: Record<string, string | number>) => Promise<Body>;

function asking(http: Http, { forum, withKey }: At, { key, username }: Values): Asking {
  const headers = withKey && key ? { 'Api-Key': key, ...(username ? { 'Api-Username': username } : {}) } : undefined;
  return async (path, shape, query) => {
    const refused = (answer: RawAnswer, now: number) => refusal(answer, now, forum, headers !== undefined);
    const { body } = await http.json(join(forum, path), shape, { query, headers, refused });
    return body;
  };
}

async function* latest(ask: Asking, { forum }: At, since: number, signal: AbortSignal): AsyncGenerator<Page> {
  const seen = new Set<string>();
  let before: number | undefined;
  for (let page = 1; page <= lastPage; page += 1) {
    signal.throwIfAborted();
    const { latest_posts: items } = await ask('posts.json', Latest, before === undefined ? undefined : { before });
    const read = readForum(items, 'latest_posts', forum);
    const oldest = Math.min(
      ...items.map((item) => Number(Numbered.safeParse(item).data?.id ?? Number.POSITIVE_INFINITY)),
    );
    // Some versions count `before` in, so a post comes again, and a last page instead of an empty one.
    const more = Number.isFinite(oldest) && (before === undefined || oldest < before) && !wholeOlder(read.posts, since);
    const posts = read.posts.filter((post) => !seen.has(post.externalId));
    for (const post of posts) seen.add(post.externalId);
    yield { ...read, posts, capped: more && page === lastPage };
    if (!more) return;
    before = oldest;
  }
}

async function* search(
  ask: Asking,
  { forum }: At,
  terms: Terms,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  // The day is the forum's own, which may have begun a day before ours.
  const after = new Date(since - dayMs).toISOString().slice(0, 10);
  const done = new Set<string>();
  for (const word of searchWords(terms)) {
    for (let page = 1; page <= lastSearchPage; page += 1) {
      signal.throwIfAborted();
      const q = `"${word.replaceAll('"', ' ')}" order:latest after:${after}`;
      const found = await ask('search.json', Found, { q, page });
      const { error, more_full_page_results: more } = found.grouped_search_result ?? {};
      if (error) throw busy(forum);
      const titles = new Map(found.topics.map(({ id, title }) => [id, title]));
      const items: unknown[] = [];
      for (const hit of found.posts) {
        const { data } = Hit.safeParse(hit);
        if (data && (done.has(data.id) || Date.parse(data.created_at) < since)) continue;
        if (data) done.add(data.id);
        // A result has only the beginning of the post.
        const whole = data ? await orNull(ask(`posts/${data.id}.json`, Whole)) : hit;
        if (whole) items.push(data ? { ...whole, topic_title: titles.get(data.topic_id) } : hit);
      }
      yield { ...readForum(items, 'posts', forum), capped: Boolean(more) && page === lastSearchPage };
      if (!more) break;
    }
  }
}

/** Null where the post was taken away between the search and the question. */
async function orNull<Body>(answer: Promise<Body>): Promise<Body | null> {
  try {
    return await answer;
  } catch (fault) {
    if (fault instanceof Fault && fault.kind === 'gone') return null;
    throw fault;
  }
}

function readForum(items: readonly unknown[], where: string, forum: string): Page {
  const gone: { source: string; externalId: string }[] = [];
  const read = readItems(items, where, Forum, (item) => {
    if (item.user_deleted || item.deleted_at) gone.push({ source: 'discourse', externalId: idOf(forum, item.id) });
    else if (!item.hidden && (item.post_type ?? regular) === regular) return toPost(item, forum);
    return null;
  });
  return { ...read, gone };
}

function wholeOlder(posts: readonly Post[], since: number): boolean {
  return posts.length > 0 && posts.every((post) => post.publishedAt !== null && post.publishedAt < since);
}

function toPost(item: ForumPost, forum: string): Post {
  const topic = join(forum, `t/${item.topic_id}`);
  const edited = (item.version ?? 1) > 1 ? Date.parse(item.updated_at ?? '') : Number.NaN;
  const publishedAt = Date.parse(item.created_at);
  return {
    source: 'discourse',
    externalId: idOf(forum, item.id),
    url: join(forum, `t/${item.topic_slug || '-'}/${item.topic_id}/${item.post_number}`),
    author: {
      handle: item.username,
      name: item.name || null,
      url: join(forum, `u/${encodeURIComponent(item.username.toWellFormed())}`),
      followers: null,
    },
    title: item.topic_title || null,
    text: plainText(item.cooked),
    language: null,
    publishedAt: Number.isNaN(publishedAt) ? null : publishedAt,
    editedAt: Number.isNaN(edited) ? null : edited,
    rating: null,
    engagement: {
      likes: likesOf(item),
      reposts: null,
      replies: item.reply_count ?? null,
      views: item.reads ?? null,
    },
    links: absolute(links(item.cooked)),
    origin: null,
    parentId: item.post_number > 1 ? `${topic}/${item.reply_to_post_number ?? 1}` : null,
    threadId: topic,
    place: nameOf(forum),
  };
}

/** The forum leaves out what nobody has done, so no entry is no like. */
function likesOf({ actions_summary, like_count }: ForumPost): number | null {
  if (!actions_summary) return like_count ?? null;
  return actions_summary.find(({ id }) => id === like)?.count ?? like_count ?? 0;
}

/** Links within the forum are written without its address; they lead to its members and emoji. */
function absolute(hrefs: readonly string[]): readonly string[] {
  return hrefs.filter((href) => /^https?:\/\//i.test(href));
}

/** Numbers are a forum's own; its short address of a post is the same everywhere. */
function idOf(forum: string, id: string): string {
  return join(forum, `p/${id}`);
}

function nameOf(forum: string): string {
  return forum.replace(/^https?:\/\//i, '');
}

function refusal({ status, url, text }: RawAnswer, now: number, forum: string, withKey: boolean): Fault | undefined {
  if (/\/(?:login|session\/sso)\/?$/.test(new URL(url).pathname)) return membersOnly(forum, withKey);
  if (status < 400 || status >= 500) return undefined;
  const body = refusalIn(text, Refusal);
  const wait = body?.extras?.wait_seconds;
  if (wait) return busy(forum, now + wait * 1000);
  if (/^\W*slow down/i.test(text)) return busy(forum);
  if (body?.error_type === 'not_logged_in' || body?.error_type === 'invalid_access') return membersOnly(forum, withKey);
  return undefined;
}

function busy(forum: string, retryAt?: number): Fault {
  return new Fault(
    'slow-down',
    `The forum ${nameOf(forum)} wants fewer questions; Earshot waits and goes on by itself.`,
    {
      retryAt: retryAt ?? null,
    },
  );
}

function membersOnly(forum: string, withKey: boolean): Fault {
  const next = withKey
    ? `the forum does not take the key in ${secrets.key.env}. Ask its administrators whether it may read posts, and whether ${secrets.username.env} names the account it was made for.`
    : `ask its administrators for an API key and put it into ${secrets.key.env}, with the account’s name in ${secrets.username.env}. Where you read several forums, name this one in \`discourse.keyFor\`.`;
  return new Fault('not-allowed', `The forum ${nameOf(forum)} shows its posts to members only: ${next}`);
}
