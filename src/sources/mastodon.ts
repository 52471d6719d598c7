/** Public posts under the brand's hashtags on Mastodon servers and, with a token, what calls the own account or a server's word search finds. */
import { z } from 'zod';
import type { Terms } from '../brand.ts';
import { dayMs, hourMs } from '../clock.ts';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Ask } from '../net/http.ts';
import { keptBack, type ReadStatuses, readMentions, readStatuses, Status, toPost } from './mastodon-post.ts';
import { repliedTo, replyTo, speaker, withName } from './mastodon-reply.ts';
import { type At, ask, meet, type Server, secrets } from './mastodon-server.ts';
import { webAddress } from './options.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Look, type Page, type ReplyRequest } from './source.ts';

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
  mentions: z
    .boolean()
    .default(false)
    .describe(
      'With true, every public post that calls your account on the first server is read. Needs MASTODON_TOKEN with read:notifications.',
    ),
});

const Listed = z.array(z.unknown());
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
    'Reads hashtags on the Mastodon servers you name, without an account. With a free token it also searches for words on yours, ' +
    'and reads what calls your account there.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 300, perSeconds: 300 }],
  cron: '*/5 * * * *',
  // Posts of other servers come in late, among older ones: each look reads the last two hours again.
  overlapMs: 2 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { instances: ['https://mastodon.example'], hashtags: ['bluedoor'], search: false, mentions: false },
  secrets,
  steps: [
    'On your server open Preferences → Development → New application.',
    'Allow it read:search, read:statuses and read:notifications only; to answer from Earshot also read:accounts and write:statuses. Save, open it, and copy its access token.',
    'Write it into the file earshot.env beside your config: `MASTODON_TOKEN=` and behind it the token.',
    'Your server stands first in `instances`; with `search: true` words are searched for there, with `mentions: true` what calls your account is read.',
  ],

  looks: ({ instances, hashtags, search, mentions }, terms) =>
    [...new Set(instances.map((instance) => instance.replace(/\/+$/, '')))].flatMap((instance, index) => {
      const home = index === 0;
      const tags = hashtagsOf(hashtags, terms).map(
        (hashtag): Look<At> => ({ key: `${instance} #${hashtag}`, scope: 'place', at: { instance, hashtag, home } }),
      );
      const words: Look<At> = { key: `${instance} search`, scope: 'brand', at: { instance, hashtag: null, home } };
      const calls: Look<At> = {
        key: `${instance} mentions`,
        scope: 'brand',
        certain: true,
        at: { instance, hashtag: null, mentions: true, home },
      };
      return [...tags, ...(search && home ? [words] : []), ...(mentions && home ? [calls] : [])];
    }),

  async *collect({ at, terms, secrets, since, http, signal }) {
    const server = await meet(http, at, at.home ? secrets.token : null);
    const seen = new Set<string>();
    for await (const page of pagesOf(server, at, terms, since, signal)) {
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

function pagesOf(server: Server, at: At, terms: Terms, since: number, signal: AbortSignal): AsyncGenerator<Page> {
  const { hashtag } = at;
  if (at.mentions) {
    const asked = { path: '/api/v1/notifications', query: { 'types[]': ['mention'] } };
    return backwards(server, asked, (items) => readMentions(items, server), since, signal);
  }
  if (hashtag === null) return searchAll(server, terms, since, signal);
  const asked = { path: `/api/v1/timelines/tag/${encodeURIComponent(hashtag)}`, query: {} };
  return backwards(server, asked, (items) => readStatuses(items, server, `#${hashtag}`), since, signal);
}

/** The newest first, until a page is wholly older. */
async function* backwards(
  server: Server,
  { path, query }: { readonly path: string; readonly query: NonNullable<Ask['query']> },
  read: (items: readonly unknown[]) => ReadStatuses,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  const asked = new Set<string>();
  let maxId: string | undefined;
  for (let page = 1; ; page += 1) {
    signal.throwIfAborted();
    const { body, headers } = await ask(server, path, Listed, { ...query, limit: pageSize, max_id: maxId });
    const { newest, last, ...found } = read(body);
    maxId = headers.link === undefined ? (body.length >= pageSize ? last : undefined) : nextIn(headers.link);
    const more = maxId !== undefined && !asked.has(maxId) && newest >= since;
    const capped = more && page === lastPage;
    yield { ...found, capped };
    if (!more || capped) return;
    asked.add(maxId ?? '');
  }
}

/** A server's word search has no order and no end date: everything after a day is read through. */
async function* searchAll(server: Server, terms: Terms, since: number, signal: AbortSignal): AsyncGenerator<Page> {
  const dayBefore = new Date(since - dayMs).toISOString().slice(0, 10);
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

/** `<https://…?max_id=1>; rel="next", <…>; rel="prev"`: only the id is taken, never the address. */
function nextIn(header: string): string | undefined {
  const address = /<([^>]*)>\s*;[^,<]*\brel="?next\b/i.exec(header)?.[1] ?? '';
  return URL.canParse(address) ? (new URL(address).searchParams.get('max_id') ?? undefined) : undefined;
}
