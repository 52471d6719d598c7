/** What a WordPress site shows of one article or comment, and the post that comes of it. */
import { z } from 'zod';
import { barePost, type Post } from '../mention.ts';
import { links, plainText } from '../text/plain.ts';
import { utcTimeOf } from './values.ts';
import { webLinks } from './web-links.ts';
import { authorOf } from './wordpress-site.ts';

/** A number, or its digits where a number could not hold them. */
const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const Html = z.object({ rendered: z.string() });
export const Article = z.object({
  id: Id,
  date_gmt: z.string().nullish(),
  modified_gmt: z.string().nullish(),
  link: z.string().nullish(),
  title: Html.nullish(),
  content: Html,
  _embedded: z
    .object({ author: z.array(z.object({ name: z.string().nullish(), link: z.string().nullish() })).nullish() })
    .nullish()
    .catch(null),
});
export const Comment = z.object({
  id: Id,
  post: Id.nullish(),
  parent: Id.nullish(),
  author_name: z.string().nullish(),
  author_url: z.string().nullish(),
  date_gmt: z.string().nullish(),
  content: Html,
  link: z.string().nullish(),
});

export function toPost(item: z.infer<typeof Article>, place: string): Post {
  const author = item._embedded?.author?.[0];
  const publishedAt = utcTimeOf(item.date_gmt);
  const modifiedAt = utcTimeOf(item.modified_gmt);
  return barePost('wordpress', plainText(item.content.rendered), {
    externalId: `${place}#post-${item.id}`,
    url: webLinks([item.link])[0] ?? null,
    author: {
      handle: null,
      name: plainText(author?.name ?? '') || null,
      url: webLinks([author?.link])[0] ?? null,
      followers: null,
    },
    title: plainText(item.title?.rendered ?? '') || null,
    publishedAt,
    editedAt: publishedAt !== null && (modifiedAt ?? 0) > publishedAt ? modifiedAt : null,
    links: webLinks(links(item.content.rendered)),
    threadId: `${place}#post-${item.id}`,
    place,
  });
}

export function toComment(item: z.infer<typeof Comment>, place: string): Post {
  const thread = item.post ? `${place}#post-${item.post}` : null;
  return barePost('wordpress', plainText(item.content.rendered), {
    externalId: `${place}#comment-${item.id}`,
    url: webLinks([item.link])[0] ?? null,
    author: authorOf(item.author_name, item.author_url),
    publishedAt: utcTimeOf(item.date_gmt),
    links: webLinks(links(item.content.rendered)),
    parentId: item.parent && item.parent !== '0' ? `${place}#comment-${item.parent}` : thread,
    threadId: thread,
    place,
  });
}
