/** Public posts under the brand's hashtags on Mastodon servers and, with a token, those that a server's own word search finds. */
import { z } from 'zod';
import type { Terms } from '../brand.ts';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import { links, plainText } from '../text/plain.ts';
import { declaredLanguage } from './language.ts';
import { repliedTo, replyTo, speaker, withName } from './mastodon-reply.ts';
import { type At, ask, meet, type Server, secrets } from './mastodon-server.ts';
import { webAddress } from './options.ts';
import { readItems } from './read-items.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Look, type Page, type ReplyRequest } from './source.ts';
import { sumOf, timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

/** The most that a server gives at once. */
const pageSize = 40;
const lastPage = 25;

const Options = z.strictObject({
  instances: z
    .array(webAddress())
    .min(1)
    .default(['https://mastodon.social'])
    .describe(
      'Mastodon servers to read. Each knows only what has reached it: two or three hear more. MASTODON_TOKEN belongs to the first.',
    ),
  hashtags: z
    .array(z.string().regex(/^\s*#?[\p{L}\p{M}\p{N}_]+\s*$/u, 'should be one word, such as bluedoor'))
    .default([])
    .describe('Hashtags to read; made from the brand’s names where none is given.'),
  search: z
    .boolean()
    .default(false)
    .describe(
      'With true, the brand’s names are also searched for on the first server. Needs MASTODON_TOKEN; finds only people who allow it.',
    ),
});

const Count = z.int().nullish();
export const Status = z.object({
  id: z.string().min(1),
  uri: z.string().min(1),
  url: z.string().nullish(),
  created_at: z.string().nullish(),
  edited_at: z.string().nullish(),
  content: z.string(),
  spoiler_text: z.string().nullish(),
  visibility: z.string().nullish(),
  language: z.string().nullish(),
  in_reply_to_id: z.string().nullish(),
  reblog: z.unknown().optional(),
  replies_count: Count,
  reblogs_count: Count,
  quotes_count: Count,
  favourites_count: Count,
  account: z.object({
    acct: z.string().min(1),
    display_name: z.string().nullish(),
    url: z.string().nullish(),
    followers_count: Count,
    noindex: z.boolean().nullish(),
    note: z.string().nullish(),
  }),
});
type Status = z.infer<typeof Status>;
const Timeline = z.array(z.unknown());
const Found = z.object({ statuses: z.array(z.unknown()) });

export const mastodon = defineSource({
  id: 'mastodon',
  title: 'Mastodon',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://joinmastodon.org/servers',
  docs: 'https://docs.joinmastodon.org/methods/timelines/#tag',
  hears: 'hashtags; words too with a token',
  about:
    'Reads hashtags on the Mastodon servers you name, without an account. With a free token it also searches for words on yours.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 300, perSeconds: 300 }],
  cron: '*/5 * * * *',
  // Posts of other servers come in late, among older ones: each look reads the last two hours again.
  overlapMs: 2 * 3_600_000,
  quietAfterMs: 30 * 86_400_000,
  options: Options,
  example: { instances: ['https://mastodon.example'], hashtags: ['bluedoor'], search: false },
  secrets,
  steps: [
    'On your server open Preferences → Development → New application.',
    'Allow it read:search and read:statuses only; to answer from Earshot also read:accounts and write:statuses. Save, open it, and copy its access token.',
    'Write it into the file earshot.env beside your config: `MASTODON_TOKEN=` and behind it the token.',
  ],

  looks: ({ instances, hashtags, search }, terms) =>
    [...new Set(instances.map((instance) => instance.replace(/\/+$/, '')))].flatMap((instance, index) => {
      const home = index === 0;
      const tags = hashtagsOf(hashtags, terms).map(
        (hashtag): Look<At> => ({ key: `${instance} #${hashtag}`, scope: 'place', at: { instance, hashtag, home } }),
      );
      const words: Look<At> = { key: `${instance} search`, scope: 'brand', at: { instance, hashtag: null, home } };
      return search && home ? [...tags, words] : tags;
    }),

  async *collect({ at, terms, secrets, since, http, signal }) {
    const server = await meet(http, at, at.home ? secrets.token : null);
    const seen = new Set<string>();
    const pages =
      at.hashtag === null ? searchAll(server, terms, since, signal) : timeline(server, at.hashtag, since, signal);
    for await (const page of pages) {
      const posts = page.posts.filter((post) => !seen.has(post.externalId));
      for (const post of posts) seen.add(post.externalId);
      yield { ...page, posts, ...(server.note && { note: server.note }) };
    }
  },

  async *recheck({ options, secrets, posts, http, signal }) {
    for (const post of posts) {
      const [, site = '', id = ''] = written.exec(post.externalId) ?? [];
      const index = options.instances.findIndex((instance) => URL.parse(instance)?.origin === site);
      const instance = options.instances[index]?.replace(/\/+$/, '');
      if (instance === undefined || id === '') continue;
      signal.throwIfAborted();
      const { host } = new URL(instance);
      const token = index === 0 ? secrets.token : null;
      yield await again({ http, instance, host, token, domain: host }, id, post);
    }
  },

  worded: withName,
  reply: (request) => replyTo(homeOf(request), request),
  replied: (request) => repliedTo(homeOf(request), request),
  speaksAs: (request) => speaker(homeOf(request)),
});

/** The server that the token is for. */
function homeOf({
  options,
  secrets: { token },
  http,
}: Pick<ReplyRequest<z.infer<typeof Options>, typeof secrets>, 'options' | 'secrets' | 'http'>): Server {
  const instance = (options.instances[0] ?? '').replace(/\/+$/, '');
  const { host } = new URL(instance);
  return { http, instance, host, token, domain: host };
}

/** Only the server where it was written knows a post by the number in its address; copies elsewhere have other numbers. */
const written = /^(https?:\/\/[^/]+)\/(?:ap\/)?users\/[^/]+\/statuses\/(\d+)$/;

async function again(server: Server, id: string, post: Post): Promise<Page> {
  try {
    const { body } = await ask(server, `/api/v1/statuses/${id}`, Status, {});
    if (keptBack(body) !== null) return { posts: [], gone: [post] };
    const { author, ...now } = toPost(body, server, post.place ?? server.host);
    return { posts: [{ ...now, author: { ...author, handle: post.author.handle ?? author.handle } }] };
  } catch (fault) {
    // Only in Mastodon's own words: a page of somebody else's says nothing of the post.
    if (fault instanceof Fault && fault.kind === 'gone' && fault.cause !== undefined)
      return { posts: [], gone: [post] };
    throw fault;
  }
}

export function hashtagsOf(given: readonly string[], { names }: Terms): readonly string[] {
  const tags = given.length > 0 ? given.map((tag) => tag.trim().replace(/^#/, '')) : names.map(joined);
  // Capitals mean nothing to Mastodon, but one watch should not become two.
  return [...new Set(tags.map((tag) => tag.toLowerCase()))].filter((tag) => /[^\p{N}_]/u.test(tag));
}

/** `Joe’s Café & Bar` is tagged `#JoesCaféBar`. */
function joined(name: string): string {
  return name.replaceAll(/[^\p{L}\p{M}\p{N}_]+/gu, '');
}

async function* timeline(server: Server, hashtag: string, since: number, signal: AbortSignal): AsyncGenerator<Page> {
  const asked = new Set<string>();
  let maxId: string | undefined;
  for (let page = 1; ; page += 1) {
    signal.throwIfAborted();
    const path = `/api/v1/timelines/tag/${encodeURIComponent(hashtag)}`;
    const { body, headers } = await ask(server, path, Timeline, { limit: pageSize, max_id: maxId });
    const { newest, last, ...read } = readStatuses(body, server, `#${hashtag}`);
    maxId = headers.link === undefined ? (body.length >= pageSize ? last : undefined) : nextIn(headers.link);
    const more = maxId !== undefined && !asked.has(maxId) && newest >= since;
    const capped = more && page === lastPage;
    yield { ...read, capped };
    if (!more || capped) return;
    asked.add(maxId ?? '');
  }
}

/** A server's word search has no order and no end date: everything after a day is read through. */
async function* searchAll(server: Server, terms: Terms, since: number, signal: AbortSignal): AsyncGenerator<Page> {
  const dayBefore = new Date(since - 86_400_000).toISOString().slice(0, 10);
  for (const word of searchWords(terms)) {
    const ends = new Set<string>();
    let offset = 0;
    for (let page = 1, more = true; more; page += 1) {
      signal.throwIfAborted();
      const q = `"${word.replaceAll('"', ' ')}" after:${dayBefore}`;
      const query = { q, type: 'statuses', limit: pageSize, offset: offset || undefined };
      const { body } = await ask(server, '/api/v2/search', Found, query);
      const { posts, unreadable, last } = readStatuses(body.statuses, server, server.host);
      offset += body.statuses.length;
      const unfinished = last !== undefined && !ends.has(last);
      ends.add(last ?? '');
      const capped = unfinished && page === lastPage;
      more = unfinished && !capped;
      yield { posts, unreadable, capped };
    }
  }
}

/** @returns also the newest date and the last id in the list, of posts that we leave out too. */
export function readStatuses(items: readonly unknown[], server: Server, place: string) {
  const hidden: string[] = [];
  let newest = Number.NEGATIVE_INFINITY;
  let last: string | undefined;
  const { posts, unreadable } = readItems(items, 'statuses', Status, (status) => {
    // A post without a date can't say that we have gone back far enough.
    newest = Math.max(newest, timeOf(status.created_at) ?? Number.POSITIVE_INFINITY);
    last = status.id;
    if (status.reblog != null) return null;
    const reason = keptBack(status);
    if (reason === null) return toPost(status, server, place);
    hidden.push(reason);
    return null;
  });
  return { posts, unreadable: [...unreadable, ...hidden], newest, last };
}

/**
 * Word search also gives what only the token's owner may see. `indexable` is off unless somebody switches it on and is
 * about word search, which the server itself minds; `noindex` and #nobot are said on purpose and go for all programs.
 */
function keptBack({ visibility, account }: Status): string | null {
  if (visibility && visibility !== 'public' && visibility !== 'unlisted') return 'is not public';
  const nobot = /nobot/i.test(account.note ?? '') && /#nobot\b/i.test(plainText(account.note ?? ''));
  return account.noindex || nobot ? 'asked not to be read by programs' : null;
}

function toPost(status: Status, { domain }: Server, place: string): Post {
  const { account, uri } = status;
  return {
    source: 'mastodon',
    externalId: uri,
    url: webLinks([status.url, uri])[0] ?? null,
    author: {
      handle: account.acct.includes('@') ? account.acct : `${account.acct}@${domain}`,
      name: account.display_name || null,
      url: webLinks([account.url])[0] ?? null,
      followers: account.followers_count ?? null,
    },
    title: null,
    text: [status.spoiler_text?.trim(), plainText(status.content)].filter(Boolean).join('\n\n'),
    language: declaredLanguage(status.language),
    publishedAt: timeOf(status.created_at),
    editedAt: timeOf(status.edited_at),
    rating: null,
    engagement: {
      likes: status.favourites_count ?? null,
      reposts: sumOf(status.reblogs_count, status.quotes_count),
      replies: status.replies_count ?? null,
      views: null,
    },
    links: webLinks(links(status.content)),
    origin: uri,
    parentId: status.in_reply_to_id ?? null,
    threadId: null,
    place,
  };
}

/** `<https://…?max_id=1>; rel="next", <…>; rel="prev"`: only the id is taken, never the address. */
function nextIn(header: string): string | undefined {
  const address = /<([^>]*)>\s*;[^,<]*\brel="?next\b/i.exec(header)?.[1] ?? '';
  return URL.canParse(address) ? (new URL(address).searchParams.get('max_id') ?? undefined) : undefined;
}
