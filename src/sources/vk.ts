/** Public posts on VK that name the brand, from its search over everybody's walls. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { type Author, barePost, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource } from './source.ts';
import { linksWithin, webLinks } from './web-links.ts';

const home = 'https://api.vk.com';
const site = 'https://vk.com';
const pageSize = 200;
/** VK gives the newest 1,000 of what it finds. */
const lastPage = 5;

const Options = z.strictObject({ baseUrl: baseUrl(home) });

const secrets = {
  token: {
    env: 'VK_SERVICE_TOKEN',
    about:
      'Free, with an account there. Open https://dev.vk.com, make an application, and copy the “Service token” from its settings.',
  },
} as const;

/** A number, or its digits where a number could not hold them; of a group's wall it is negative. */
const Id = z.union([z.int(), z.string().regex(/^-?\d+$/)]).transform(String);
const text = z.string().nullish().catch(null);
const Count = z
  .object({ count: z.int().nonnegative() })
  .transform(({ count }) => count)
  .nullish()
  .catch(null);
const Item = z.object({
  id: Id,
  owner_id: Id,
  from_id: Id.nullish(),
  date: z.int().positive().max(8_640_000_000_000),
  edited: z.int().positive().nullish().catch(null),
  text: z.string(),
  likes: Count,
  reposts: Count,
  comments: Count,
  views: Count,
});
const Profile = z.object({ id: Id, first_name: text, last_name: text, screen_name: text });
const Group = z.object({ id: Id, name: text, screen_name: text });
const Answer = z.object({
  response: z.object({
    items: z.array(z.unknown()),
    profiles: z.array(z.unknown()).nullish(),
    groups: z.array(z.unknown()).nullish(),
    next_from: z.string().nullish(),
  }),
});
const Refusal = z.object({ error: z.object({ error_code: z.int() }) });

export const vk = defineSource({
  id: 'vk',
  title: 'VK',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: site,
  docs: 'https://dev.vk.com/method/newsfeed.search',
  hears: 'public posts on VK',
  about: 'Searches the public posts on VK, where people in Russia and its neighbours talk. It wants a free token.',
  access: 'free-key',
  keeps: 'everything',
  offByDefault:
    'VK belongs to a Russian company; whether you may do business with it depends on where you are. Ask somebody who knows the law before you switch it on.',
  order: 'newest-first',
  pace: [{ requests: 3, perSeconds: 1 }],
  cron: '*/15 * * * *',
  overlapMs: 2 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: {},
  secrets,

  looks: () => [{ key: 'search', scope: 'brand', at: {} }],

  async *collect({ terms, options, secrets: { token }, since, http, signal }) {
    const seen = new Set<string>();
    for (const word of searchWords(terms)) {
      const asked = new Set<string>();
      let from = '';
      for (let page = 1; page <= lastPage; page += 1) {
        signal.throwIfAborted();
        asked.add(from);
        const { body } = await http.json(join(options.baseUrl ?? home, 'method/newsfeed.search'), Answer, {
          method: 'POST',
          // Not in the address, since it opens the door.
          form: {
            q: word,
            extended: '1',
            count: String(pageSize),
            start_time: String(Math.floor(since / 1000)),
            ...(from && { start_from: from }),
            v: '5.199',
            access_token: token ?? '',
          },
          refused,
        });
        const { items, profiles, groups, next_from } = body.response;
        const speakers = speakersIn(profiles ?? [], groups ?? []);
        const read = readItems(items, 'response.items', Item, (item) => {
          const post = toPost(item, speakers);
          if (seen.has(post.externalId)) return null;
          seen.add(post.externalId);
          return post;
        });
        from = next_from ?? '';
        const more = from !== '' && !asked.has(from) && items.length > 0;
        yield { ...read, capped: more && page === lastPage };
        if (!more) break;
      }
    }
  },
});

/** By the number that a post names its writer with. */
function speakersIn(profiles: readonly unknown[], groups: readonly unknown[]): ReadonlyMap<string, Author> {
  const authorOf = (name: string, screenName: string | null | undefined): Author => ({
    handle: screenName || null,
    name: name || null,
    url: screenName ? `${site}/${encodeURIComponent(screenName.toWellFormed())}` : null,
    followers: null,
  });
  return new Map([
    ...profiles
      .flatMap((one) => Profile.safeParse(one).data ?? [])
      .map(
        (one) =>
          [one.id, authorOf([one.first_name, one.last_name].filter(Boolean).join(' '), one.screen_name)] as const,
      ),
    ...groups
      .flatMap((one) => Group.safeParse(one).data ?? [])
      .map((one) => [`-${one.id}`, authorOf(one.name ?? '', one.screen_name)] as const),
  ]);
}

function toPost(item: z.infer<typeof Item>, speakers: ReadonlyMap<string, Author>): Post {
  const id = `${item.owner_id}_${item.id}`;
  const nobody: Author = { handle: null, name: null, url: null, followers: null };
  return barePost('vk', item.text, {
    externalId: id,
    url: `${site}/wall${id}`,
    author: speakers.get(item.from_id ?? item.owner_id) ?? nobody,
    publishedAt: item.date * 1000,
    editedAt: item.edited ? item.edited * 1000 : null,
    engagement: {
      likes: item.likes ?? null,
      reposts: item.reposts ?? null,
      replies: item.comments ?? null,
      views: item.views ?? null,
    },
    links: webLinks(linksWithin(item.text)),
  });
}

const wrongToken = 5;
const tooFast = 6;
const usedUp = 29;
/** Denied, and switched off for this kind of application. */
const denied = [7, 15, 27, 28];

/** Errors come with a 200, and their number says which. */
function refused({ status, text: body }: RawAnswer, now: number): Fault | undefined {
  if (status !== 200) return undefined;
  const code = refusalIn(body, Refusal)?.error.error_code;
  if (code === undefined) return undefined;
  if (code === tooFast) return new Fault('slow-down', 'VK wants fewer questions; Earshot waits and goes on by itself.');
  if (code === usedUp) {
    return new Fault('slow-down', 'VK has answered all that it answers in a day; Earshot goes on tomorrow.', {
      retryAt: (Math.floor(now / dayMs) + 1) * dayMs,
    });
  }
  if (code === wrongToken || denied.includes(code)) {
    return new Fault(
      'not-allowed',
      `VK does not take the token in ${secrets.token.env} for this. Copy it again: \`npx earshot sources vk\` says how.`,
    );
  }
  return new Fault('unreachable', 'VK is out of order for the moment; Earshot tries again by itself.');
}
