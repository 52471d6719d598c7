/** What Stack Exchange tells of questions and answers, and the posts that become of them. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { links, plainText } from '../text/plain.ts';
import { webAddress } from './options.ts';

/** A number, or its digits where a number could not hold them. */
const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const address = webAddress().nullish().catch(null);
const count = z.int().nullish().catch(null);
/** JavaScript knows no later second. */
const second = z.int().max(8_640_000_000_000);
/** A deleted account has neither address nor number, sometimes not even a name. */
const Owner = z.object({ display_name: z.string().nullish(), link: address }).nullish();
const Item = z.object({
  title: z.string().nullish(),
  body: z.string().nullish(),
  creation_date: second,
  owner: Owner,
  score: count,
});
export const Question = Item.extend({
  question_id: Id,
  link: address,
  last_edit_date: second.nullish().catch(null),
  answer_count: count,
  view_count: count,
});
export const Excerpt = Item.extend({
  item_type: z.string(),
  question_id: Id,
  answer_id: Id.nullish(),
  excerpt: z.string().nullish(),
});
/** One that was asked for by its number tells neither its kind nor its question's title. */
export const Answer = Excerpt.omit({ item_type: true, excerpt: true }).extend({
  answer_id: Id,
  last_edit_date: second.nullish().catch(null),
});

export function toQuestion(item: z.infer<typeof Question>, site: string): Post {
  const id = `${site}:q${item.question_id}`;
  return {
    ...toPost(item, site),
    externalId: id,
    url: item.link ?? `https://${hostOf(site)}/q/${item.question_id}`,
    text: plainText(item.body ?? ''),
    editedAt: item.last_edit_date ? item.last_edit_date * 1000 : null,
    engagement: {
      likes: item.score ?? null,
      reposts: null,
      replies: item.answer_count ?? null,
      views: item.view_count ?? null,
    },
    links: links(item.body ?? ''),
    threadId: id,
  };
}

export function toAnswer(item: z.infer<typeof Excerpt>, site: string): Post | null {
  if (item.item_type !== 'answer' || !item.answer_id) return null;
  const question = `${site}:q${item.question_id}`;
  return {
    ...toPost(item, site),
    externalId: `${site}:a${item.answer_id}`,
    url: `https://${hostOf(site)}/a/${item.answer_id}`,
    text: plainText(item.body ?? item.excerpt ?? ''),
    parentId: question,
    threadId: question,
  };
}

/** @param title of its question */
export function toAnswerAgain(item: z.infer<typeof Answer>, site: string, title: string | null): Post | null {
  const post = toAnswer({ ...item, item_type: 'answer' }, site);
  return post && { ...post, title, editedAt: item.last_edit_date ? item.last_edit_date * 1000 : null };
}

/** What questions and answers share; names and titles come with entities in them. */
function toPost(
  { owner, title, creation_date, score }: z.infer<typeof Item>,
  site: string,
): Omit<Post, 'externalId' | 'url' | 'text'> {
  const name = owner?.display_name ? plainText(owner.display_name) : null;
  return {
    source: 'stack-exchange',
    author: { handle: name, name, url: owner?.link ?? null, followers: null },
    title: title ? plainText(title) : null,
    language: null,
    publishedAt: creation_date * 1000,
    editedAt: null,
    rating: null,
    engagement: { likes: score ?? null, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: site,
  };
}

const ownHosts: Readonly<Record<string, string>> = {
  mathoverflow: 'mathoverflow.net',
  'meta.mathoverflow': 'meta.mathoverflow.net',
  meta: 'meta.stackexchange.com',
};

/** Answers come without an address; the site's short name gives its host. */
function hostOf(site: string): string {
  if (/\.(?:com|net)$/.test(site)) return site;
  const alone = /^(?:\w+\.)?(?:stackoverflow|superuser|serverfault|askubuntu|stackapps)$/.test(site);
  return ownHosts[site] ?? (alone ? `${site}.com` : `${site}.stackexchange.com`);
}
