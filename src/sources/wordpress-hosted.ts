/** Comments of sites at wordpress.com, which one door opens for all of them. */
import { z } from 'zod';
import { barePost, type Post } from '../mention.ts';
import type { Http } from '../net/http.ts';
import { join } from '../net/join.ts';
import { links, plainText } from '../text/plain.ts';
import { noLongerThere, postAgain } from './again.ts';
import { readItems } from './read-items.ts';
import type { Page } from './source.ts';
import { utcTimeOf } from './values.ts';
import { webLinks } from './web-links.ts';
import { authorOf, isoOf, lastPage, placeOf } from './wordpress-site.ts';

export const hostedHome = 'https://public-api.wordpress.com';

/** Only by its own address; with a domain of its own a hosted site answers like any other. */
export const isHosted = (site: string) => new URL(site).hostname.endsWith('.wordpress.com');

/** A number, or its digits where a number could not hold them. */
const Id = z.union([z.int(), z.string().min(1)]).transform(String);
/** `parent` is `false` or an object. */
const HostedComment = z.object({
  ID: Id,
  post: z.object({ ID: Id, title: z.string().nullish() }),
  author: z.object({ name: z.string().nullish(), URL: z.string().nullish().catch(null) }),
  date: z.string().nullish(),
  URL: z.string().nullish(),
  content: z.string(),
  parent: z.object({ ID: Id }).nullish().catch(null),
  like_count: z.int().nullish().catch(null),
});
const NoComment = z.object({ error: z.literal('unknown_comment') });
const HostedComments = z.object({ comments: z.array(z.unknown()) });

/** Newest first, until a page brings nothing new. */
export async function* hostedComments(
  http: Http,
  base: string,
  site: string,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  const place = placeOf(site);
  const url = join(base, `rest/v1.1/sites/${new URL(site).hostname}/comments`);
  const seen = new Set<string>();
  const perPage = 100;
  for (let page = 1; page <= lastPage; page += 1) {
    signal.throwIfAborted();
    const query = { number: perPage, after: isoOf(since), offset: page === 1 ? undefined : (page - 1) * perPage };
    const { comments } = (await http.json(url, HostedComments, { query })).body;
    const found = readItems(comments, 'comments', HostedComment, (one) => toHostedComment(one, place));
    const posts = found.posts.filter((post) => !seen.has(post.externalId));
    for (const post of posts) seen.add(post.externalId);
    const more = comments.length >= perPage && posts.length > 0;
    yield { ...found, posts, capped: more && page === lastPage };
    if (!more) return;
  }
}

/** Comments that are stored, one by one. */
export async function* hostedAgain(
  http: Http,
  base: string,
  site: string,
  posts: readonly Post[],
  signal: AbortSignal,
): AsyncGenerator<Page> {
  const url = join(base, `rest/v1.1/sites/${new URL(site).hostname}/comments`);
  for (const post of posts) {
    signal.throwIfAborted();
    const id = encodeURIComponent(post.externalId.replace(/^.*#comment-/, ''));
    yield await postAgain(post, async () => {
      const { body } = await http.json(join(url, id), HostedComment, {
        refused: (answer) => noLongerThere(answer, NoComment),
      });
      return toHostedComment(body, placeOf(site));
    });
  }
}

function toHostedComment(item: z.infer<typeof HostedComment>, place: string): Post {
  const thread = `${place}#post-${item.post.ID}`;
  return barePost('wordpress', plainText(item.content), {
    externalId: `${place}#comment-${item.ID}`,
    url: webLinks([item.URL])[0] ?? null,
    author: authorOf(item.author.name, item.author.URL),
    title: plainText(item.post.title ?? '') || null,
    publishedAt: utcTimeOf(item.date),
    engagement: { likes: item.like_count ?? null, reposts: null, replies: null, views: null },
    links: webLinks(links(item.content)),
    parentId: item.parent ? `${place}#comment-${item.parent.ID}` : thread,
    threadId: thread,
    place,
  });
}
