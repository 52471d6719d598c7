/** What a Mastodon server shows of one post, and the post that comes of it; whoever asks programs to stay away is left out. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { links, plainText } from '../text/plain.ts';
import { declaredLanguage } from './language.ts';
import type { Server } from './mastodon-server.ts';
import { type ReadItems, readItems } from './read-items.ts';
import { sumOf, timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

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
    bot: z.boolean().nullish(),
    note: z.string().nullish(),
  }),
});
export type Status = z.infer<typeof Status>;

/** What the server tells its member; older ones do not know `types[]` and tell everything. */
const Notification = z.object({ id: z.string().min(1), type: z.string(), created_at: z.string().nullish() });
const Mention = Notification.extend({ status: Status });

/** Also the newest date and the last id in the list, of posts that we leave out too. */
export interface ReadStatuses extends ReadItems {
  readonly newest: number;
  readonly last: string | undefined;
}

/** Statuses, newest first. */
export function readStatuses(items: readonly unknown[], server: Server, place: string): ReadStatuses {
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

/** Notifications, newest first by when the server told of them: a post of another server may be older than that. */
export function readMentions(items: readonly unknown[], server: Server): ReadStatuses {
  const told = items.map((item) => Notification.safeParse(item).data);
  const hidden: string[] = [];
  const { posts, unreadable } = readItems(
    items.filter((_, at) => (told[at]?.type ?? 'mention') === 'mention'),
    'notifications',
    Mention,
    ({ status }) => {
      const reason = keptBack(status);
      if (reason === null) return toPost(status, server, server.host);
      hidden.push(reason);
      return null;
    },
  );
  const dates = told.map((one) => timeOf(one?.created_at) ?? Number.POSITIVE_INFINITY);
  return {
    posts,
    unreadable: [...unreadable, ...hidden],
    newest: Math.max(Number.NEGATIVE_INFINITY, ...dates),
    last: told.findLast((one) => one !== undefined)?.id,
  };
}

/**
 * Word search and mentions also give what only the token's owner may see. `indexable` is off unless somebody switches it on and is
 * about word search, which the server itself minds; `noindex` and #nobot are said on purpose and go for all programs.
 */
export function keptBack({ visibility, account }: Status): string | null {
  if (visibility && visibility !== 'public' && visibility !== 'unlisted') return 'is not public';
  const nobot = /nobot/i.test(account.note ?? '') && /#nobot\b/i.test(plainText(account.note ?? ''));
  return account.noindex || nobot ? 'asked not to be read by programs' : null;
}

export function toPost(status: Status, { domain }: Server, place: string): Post {
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
      ...(account.bot && { automatic: true }),
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
