/** The shapes of X's posts, by their old names and their new ones, what they cost, and X's ways to say no. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import { type Author, barePost, type Gone, type Post as Said } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { declaredLanguage } from './language.ts';
import { refusalIn } from './refusal.ts';
import { sumOf, timeOf } from './values.ts';
import { webLinks } from './web-links.ts';

const site = 'https://x.com';
/** In US dollars, since February 2026. A person costs once a day; counted each time, so that the limit holds. */
export const prices = { post: 0.005, author: 0.01 } as const;

const text = z.string().nullish().catch(null);
const count = z.int().nonnegative().nullish().catch(null);
const ids = z.array(z.string()).nullish().catch(null);
const entities = z
  .object({ urls: z.array(z.object({ url: z.string(), expanded_url: text })).nullish() })
  .nullish()
  .catch(null);
const long = z.object({ text: z.string(), entities }).nullish().catch(null);
const others = z
  .array(z.object({ type: z.string(), id: z.string() }))
  .nullish()
  .catch(null);
export const Post = z.object({
  id: z.string().regex(/^\d+$/),
  text: z.string(),
  created_at: text,
  lang: text,
  author_id: text,
  conversation_id: text,
  public_metrics: z
    .object({
      like_count: count,
      reply_count: count,
      quote_count: count,
      retweet_count: count,
      repost_count: count,
      impression_count: count,
    })
    .nullish()
    .catch(null),
  entities,
  note_tweet: long,
  note_post: long,
  referenced_tweets: others,
  referenced_posts: others,
  edit_history_tweet_ids: ids,
  edit_history_post_ids: ids,
});
export type Post = z.infer<typeof Post>;

const User = z.object({
  id: z.string(),
  username: z.string().regex(/^\w+$/),
  name: text,
  public_metrics: z.object({ followers_count: count }).nullish().catch(null),
});
const Trouble = z.object({ type: text, resource_id: text, value: text });
/** Where nothing was found, there is no `data`; what could not be given stands in `errors`, also beside it. */
export const Answer = z
  .object({
    data: z.array(z.unknown()).optional(),
    includes: z
      .object({ users: z.array(z.unknown()).nullish() })
      .nullish()
      .catch(null),
    errors: z.array(z.unknown()).nullish().catch(null),
    meta: z.object({ newest_id: text, next_token: text }).optional(),
  })
  .refine(({ data, meta, errors }) => data !== undefined || meta !== undefined || errors != null);
export type Answer = z.infer<typeof Answer>;

export type Authors = ReadonlyMap<string, z.infer<typeof User>>;
export const authorsIn = ({ includes }: Answer): Authors =>
  new Map((includes?.users ?? []).flatMap((one) => User.safeParse(one).data ?? []).map((one) => [one.id, one]));

/** All its versions, the first one first: each edit has a number of its own. */
export const idsOf = ({ id, edit_history_tweet_ids, edit_history_post_ids }: Post): readonly string[] => {
  const versions = edit_history_tweet_ids ?? edit_history_post_ids ?? [];
  return versions.length === 0 ? [id] : versions;
};

/** Posts that were asked for by their numbers, and that X does not show any more: deleted, hidden, or their author is gone. */
export function goneIn({ errors }: Answer): Gone[] {
  return (errors ?? []).flatMap((error) => {
    const { type, resource_id, value } = Trouble.safeParse(error).data ?? {};
    const externalId = resource_id ?? value;
    const isGone = /\/(?:resource-not-found|not-authorized-for-resource)$/.test(type ?? '');
    return isGone && externalId ? [{ source: 'x', externalId }] : [];
  });
}

export function toPost(post: Post, authors: Authors): Said {
  const [first = post.id] = idsOf(post);
  const counts = post.public_metrics;
  const note = post.note_tweet ?? post.note_post;
  const urls = (note?.entities ?? post.entities)?.urls ?? [];
  const answered = (post.referenced_tweets ?? post.referenced_posts)?.find(({ type }) => type === 'replied_to');
  return barePost('x', plain(note?.text ?? post.text, urls), {
    externalId: first,
    url: `${site}/${authors.get(post.author_id ?? '')?.username ?? 'i'}/status/${post.id}`,
    author: authorOf(authors.get(post.author_id ?? '')),
    language: declaredLanguage(post.lang),
    publishedAt: timeOf(post.created_at),
    engagement: {
      likes: counts?.like_count ?? null,
      reposts: sumOf(counts?.retweet_count ?? counts?.repost_count, counts?.quote_count),
      replies: counts?.reply_count ?? null,
      views: counts?.impression_count ?? null,
    },
    links: webLinks(urls.map(({ expanded_url }) => expanded_url)),
    parentId: answered?.id ?? null,
    threadId: post.conversation_id && post.conversation_id !== post.id ? post.conversation_id : null,
  });
}

function authorOf(user: z.infer<typeof User> | undefined): Author {
  if (!user) return { handle: null, name: null, url: null, followers: null };
  const { username, name, public_metrics: counts } = user;
  return {
    handle: `@${username}`,
    name: name?.trim() || null,
    url: `${site}/${username}`,
    followers: counts?.followers_count ?? null,
  };
}

type Shortened = NonNullable<NonNullable<Post['entities']>['urls']>;

/** Shortened addresses in full, and the three entities that X writes; no others. */
function plain(words: string, urls: Shortened): string {
  const whole = urls.reduce(
    (text, { url, expanded_url }) => text.replaceAll(url || '\0', () => expanded_url ?? url),
    words,
  );
  return whole.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** “Problem” of RFC 9457; older ones stand in a list. */
const Problem = z.object({ type: text, title: text, detail: text, reason: text, errors: z.unknown().optional() });

export function refused({ status, text: body }: RawAnswer, now: number): Fault | undefined {
  const said = status < 400 ? null : refusalIn(body, Problem);
  if (said === null) return undefined;
  const type = said.type ?? '';
  if (/usage-capped$/.test(type) || status === 402) {
    const message =
      'X gives no more posts: your credits there, or the limit you set there, are used up. Look at https://console.x.com.';
    return new Fault('slow-down', message, { retryAt: now + dayMs });
  }
  if (status === 401)
    return new Fault(
      'not-allowed',
      'X does not take X_BEARER_TOKEN, or your connection with it: copy the token again, or type `npx earshot connect x`.',
    );
  if (status === 403)
    return new Fault(
      'not-allowed',
      'X does not let your app search: at https://console.x.com it has to belong to a project with credits.',
    );
  if (status === 400 && /since_id/.test(JSON.stringify(said)))
    return new Fault('garbled', 'X did not understand from where to go on.', { cause: 'since_id' });
  return undefined;
}
