/** Posts of NodeBB forums that name the brand, from the search that many of them open to guests. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type Gone, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { links, plainText } from '../text/plain.ts';
import { webAddress } from './options.ts';
import { readItems } from './read-items.ts';
import { searchWords } from './search-words.ts';
import { defineSource } from './source.ts';
import { timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

const lastPage = 10;

const Options = z.strictObject({
  forums: z.array(webAddress()).min(1).describe('Addresses of NodeBB forums whose search guests may use.'),
});

/** A number, or its digits where a number could not hold them; of a post that came from elsewhere its address. */
const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const text = z.string().nullish().catch(null);
const Found = z.object({
  pid: Id,
  tid: Id.nullish(),
  content: z.string(),
  timestamp: z.number().nullish().catch(null),
  timestampISO: text,
  deleted: z.union([z.boolean(), z.number()]).nullish().catch(null),
  votes: z.int().nullish().catch(null),
  user: z.object({ username: text, displayname: text, userslug: text }).nullish().catch(null),
  topic: z.object({ title: text }).nullish().catch(null),
});
const Answer = z.object({ posts: z.array(z.unknown()), pageCount: z.int().nullish().catch(null) });

export const nodebb = defineSource({
  id: 'nodebb',
  title: 'NodeBB forums',
  kind: 'posts',
  suits: ['software', 'web-shop', 'service', 'other'],
  home: 'https://nodebb.org',
  docs: 'https://docs.nodebb.org/api/read/#tag/search',
  hears: 'posts in the forums you name',
  about: 'Searches the NodeBB forums you name, where those let guests search. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  // A small forum is somebody's spare time.
  pace: [{ requests: 10, perSeconds: 60 }],
  cron: '*/15 * * * *',
  overlapMs: 2 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { forums: ['https://community.example'] },
  secrets: {},

  looks: ({ forums }) =>
    [...new Set(forums.map((forum) => forum.replace(/\/+$/, '')))].map((forum) => ({
      key: forum,
      scope: 'brand',
      at: { forum },
    })),

  async *collect({ at: { forum }, terms, since, http, signal }) {
    const seen = new Set<string>();
    for (const word of searchWords(terms)) {
      const query = { term: word, in: 'titlesposts', sortBy: 'timestamp', sortDirection: 'desc' };
      for (let page = 1; page <= lastPage; page += 1) {
        signal.throwIfAborted();
        const { body } = await http.json(join(forum, 'api/search'), Answer, {
          query: { ...query, page },
          refused: (answer) => refused(answer, forum),
        });
        const gone: Gone[] = [];
        const read = readItems(body.posts, 'posts', Found, (found) => {
          const post = toPost(found, forum);
          if (seen.has(post.externalId)) return null;
          seen.add(post.externalId);
          if (!found.deleted) return post;
          gone.push(post);
          return null;
        });
        const old = read.posts.every(({ publishedAt }) => publishedAt !== null && publishedAt < since);
        const more = page < (body.pageCount ?? 1) && !old;
        yield { ...read, gone, capped: more && page === lastPage };
        if (!more) break;
      }
    }
  },
});

function toPost(
  { pid, tid, content, timestamp, timestampISO, votes, user, topic }: z.infer<typeof Found>,
  forum: string,
): Post {
  const address = join(forum, `post/${encodeURIComponent(pid.toWellFormed())}`);
  const slug = user?.userslug;
  return barePost('nodebb', plainText(content), {
    externalId: address,
    url: address,
    author: {
      handle: user?.username || null,
      name: user?.displayname || user?.username || null,
      url: slug ? join(forum, `user/${encodeURIComponent(slug.toWellFormed())}`) : null,
      followers: null,
    },
    title: plainText(topic?.title ?? '') || null,
    publishedAt: timeOf(timestampISO) ?? timestamp ?? null,
    engagement: { likes: votes ?? null, reposts: null, replies: null, views: null },
    links: webLinks(links(content)),
    threadId: tid ? join(forum, `topic/${tid}`) : null,
    place: forum.replace(/^https?:\/\//i, ''),
  });
}

/** Guests who may not search are sent to the door, or told so in JSON; a page that says no is the forum's edge. */
function refused({ status, url, text: body }: RawAnswer, forum: string): Fault | undefined {
  const isOwnWord = /^\s*[{"]/.test(body);
  const isDoor = /\/login\/?$/.test(new URL(url).pathname);
  if (!isDoor && !(isOwnWord && (status === 401 || status === 403))) return undefined;
  return new Fault(
    'not-allowed',
    `The forum ${new URL(forum).host} lets only its members search. It may still have a feed: put ${join(forum, 'recent.rss')} into \`feed.urls\`.`,
  );
}
