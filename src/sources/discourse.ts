/** Posts of Discourse forums: a forum's newest posts, read once for all brands, or its search for one brand. */
import { z } from 'zod';
import type { Terms } from '../brand.ts';
import { dayMs, hourMs } from '../clock.ts';
import type { Gone, Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import { postAgain } from './again.ts';
import { type Asking, asking, busy, forSome, secrets } from './discourse-access.ts';
import { ForumPost, Id, idOf, isDeleted, isShown, toPost } from './discourse-post.ts';
import { type Member, repliedIn, replyIn } from './discourse-reply.ts';
import { webAddress } from './options.ts';
import { orNull } from './or-null.ts';
import { readItems } from './read-items.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page, type SpeakerRequest } from './source.ts';

/** 50 posts each: the newest 1,000 of a forum. */
const lastPage = 20;
/** Discourse gives no search result behind its tenth page. */
const lastSearchPage = 10;

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
  overlapMs: 2 * hourMs,
  quietAfterMs: 7 * dayMs,
  options: Options,
  example: { forums: ['https://forum.example'], search: false },
  secrets,
  steps: [
    'Ask the forum’s administrators for an API key for your account that may only read, or also write where you want to answer from Earshot: they make one under Admin → API → New API key.',
    'Write into the file earshot.env beside your config: `DISCOURSE_API_KEY=` and the key, `DISCOURSE_API_USERNAME=` and the name of the account.',
  ],

  looks: (options) =>
    [...new Set(options.forums.map(tidy))].map((forum) => {
      const at = { forum, search: options.search, withKey: isKeyFor(forum, options) };
      return options.search ? { key: `${forum} search`, scope: 'brand', at } : { key: forum, scope: 'place', at };
    }),

  collect({ at, terms, secrets, since, http, signal }) {
    const ask = asking(http, at, secrets);
    return at.search ? search(ask, at, terms, since, signal) : latest(ask, at, since, signal);
  },

  async *recheck({ options, secrets, posts, http, signal }) {
    for (const forum of new Set(options.forums.map(tidy))) {
      const ask = asking(http, { forum, withKey: isKeyFor(forum, options) }, secrets);
      for (const post of posts.filter(({ externalId }) => externalId.startsWith(idOf(forum, '')))) {
        signal.throwIfAborted();
        try {
          yield await postAgain(post, () => again(ask, forum, post));
        } catch (fault) {
          // Moved to where only some members look: whether it is still there nobody tells us.
          if (!(fault instanceof Fault) || fault.cause !== forSome) throw fault;
        }
      }
    }
  },

  reply: async (request) => replyIn(memberOf(request), request),
  replied: async (request) => repliedIn(memberOf(request), request),
  speaksAs: async (request) => memberOf(request).username,
});

/** @throws Fault where the key is another forum's */
function memberOf({ options, secrets: { key, username }, post }: SpeakerRequest<Options, typeof secrets>): Member {
  const forum = options.forums.map(tidy).find((one) => post.externalId.startsWith(idOf(one, '')));
  if (forum !== undefined && isKeyFor(forum, options) && key && username) return { forum, key, username };
  throw new Fault(
    'not-allowed',
    `The key in ${secrets.key.env} is not for the forum that this stands in. Name that forum in \`discourse.keyFor\`, or answer there yourself.`,
  );
}

/** Null where it is deleted or hidden. */
async function again(ask: Asking, forum: string, post: Post): Promise<Post | null> {
  const item = await ask(`posts/${post.externalId.slice(idOf(forum, '').length)}.json`, ForumPost);
  if (isDeleted(item) || !isShown(item)) return null;
  const now = toPost(item, forum);
  return { ...now, title: now.title ?? post.title };
}

function tidy(forum: string): string {
  return forum.replace(/\/+$/, '');
}

function isKeyFor(forum: string, { forums, keyFor }: Options): boolean {
  return keyFor === undefined ? new Set(forums.map(tidy)).size === 1 : tidy(keyFor) === forum;
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

function readForum(items: readonly unknown[], where: string, forum: string): Page {
  const gone: Gone[] = [];
  const read = readItems(items, where, ForumPost, (item) => {
    if (isDeleted(item)) gone.push({ source: 'discourse', externalId: idOf(forum, item.id) });
    return isDeleted(item) || !isShown(item) ? null : toPost(item, forum);
  });
  return { ...read, gone };
}

function wholeOlder(posts: readonly Post[], since: number): boolean {
  return posts.length > 0 && posts.every((post) => post.publishedAt !== null && post.publishedAt < since);
}
