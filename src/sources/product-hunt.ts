/** New products on Product Hunt that name the brand, and what is said below the brand's own launches. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { plainText } from '../text/plain.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { defineSource, type Look, type Page } from './source.ts';
import { timeOf } from './values.ts';
import { linksWithin, webLinks } from './web-links.ts';

const home = 'https://api.producthunt.com';
const lastPage = 10;

const Options = z.strictObject({
  launches: z
    .array(z.string().regex(/^[\w-]+$/, 'should be the last part of the launch’s address, such as blue-door-bookings'))
    .default([])
    .describe('Your own launches, each by the last part of its address: every comment below them counts.'),
  baseUrl: baseUrl(home),
});

const secrets = {
  token: {
    env: 'PRODUCT_HUNT_TOKEN',
    about:
      'Free. Open https://www.producthunt.com/v2/oauth/applications, press “Add an application”, fill in any name and address, and copy the “Developer Token”.',
  },
} as const;

/** There is no search: the newest are read and looked through here. */
const newest = `query ($after: String, $since: DateTime) {
  posts(order: NEWEST, postedAfter: $since, first: 20, after: $after) {
    edges { node { id name tagline description slug url website votesCount commentsCount createdAt user { name username } } }
    pageInfo { endCursor hasNextPage }
  }
}`;
const below = `query ($slug: String!, $after: String) {
  post(slug: $slug) {
    id name
    comments(order: NEWEST, first: 20, after: $after) {
      edges { node { id body createdAt url votesCount parentId user { name username } } }
      pageInfo { endCursor hasNextPage }
    }
  }
}`;

const text = z.string().nullish().catch(null);
const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const count = z.int().nullish().catch(null);
const User = z.object({ name: text, username: text }).nullish().catch(null);
const Product = z.object({
  id: Id,
  name: z.string(),
  tagline: text,
  description: text,
  slug: text,
  url: text,
  website: text,
  votesCount: count,
  commentsCount: count,
  createdAt: text,
  user: User,
});
const Comment = z.object({
  id: Id,
  body: z.string(),
  createdAt: text,
  url: text,
  votesCount: count,
  parentId: Id.nullish().catch(null),
  user: User,
});
const List = z.object({
  edges: z.array(z.object({ node: z.unknown() })),
  pageInfo: z.object({ endCursor: z.string().nullish(), hasNextPage: z.boolean() }),
});
const Newest = z.object({ data: z.object({ posts: List }) });
const Below = z.object({ data: z.object({ post: z.object({ id: Id, name: z.string(), comments: List }).nullable() }) });
const Refusal = z.object({ errors: z.array(z.object({ error: text, message: text })).min(1) });

/** Null reads the newest products of all. */
interface At {
  readonly launch: string | null;
}

export const productHunt = defineSource({
  id: 'product-hunt',
  title: 'Product Hunt',
  kind: 'posts',
  suits: ['software'],
  home: 'https://www.producthunt.com',
  docs: 'https://api.producthunt.com/v2/docs',
  hears: 'new products; your own launches',
  about:
    'Reads the newest products on Product Hunt, and the comments below your own launches. It wants a free token; the names of those who write are mostly hidden.',
  access: 'free-key',
  keeps: 'everything',
  offByDefault:
    'Product Hunt lets nobody use its answers for business without asking first: write to hello@producthunt.com before you switch it on.',
  order: 'newest-first',
  // Each question costs some tens of the 6,250 points that there are for a quarter of an hour.
  pace: [{ requests: 60, perSeconds: 900 }],
  cron: '30 * * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { launches: ['blue-door-bookings'] },
  secrets,

  looks: ({ launches }): Look<At>[] => [
    { key: 'newest products', scope: 'place', at: { launch: null } },
    ...[...new Set(launches)].map(
      (launch) => ({ key: `comments on ${launch}`, scope: 'brand', certain: true, at: { launch } }) as const,
    ),
  ],

  async *collect({ at: { launch }, options, secrets: { token }, since, http, signal }) {
    const ask = asking(http, options.baseUrl ?? home, token);
    const asked = new Set<string | null>();
    const seen = new Set<string>();
    let after: string | null = null;
    for (let page = 1; page <= lastPage; page += 1) {
      signal.throwIfAborted();
      asked.add(after);
      const { list, read }: Read =
        launch === null ? await products(ask, since, after) : await comments(ask, launch, after);
      const posts = read.posts.filter(({ externalId }) => !seen.has(externalId));
      for (const { externalId } of posts) seen.add(externalId);
      after = list.pageInfo.endCursor ?? null;
      const old = posts.length > 0 && posts.every(({ publishedAt }) => (publishedAt ?? since) < since);
      const more = list.pageInfo.hasNextPage && after !== null && !asked.has(after) && !old;
      yield { ...read, posts, capped: more && page === lastPage };
      if (!more) return;
    }
  },
});

type Asking = <Body>(query: string, variables: object, shape: z.ZodType<Body>) => Promise<Body>;
interface Read {
  readonly list: z.infer<typeof List>;
  readonly read: Page;
}

function asking(http: Http, base: string, token: string | null): Asking {
  return async (query, variables, shape) => {
    const headers = { authorization: `Bearer ${token ?? ''}` };
    const { body } = await http.json(join(base, 'v2/api/graphql'), shape, {
      method: 'POST',
      json: { query, variables },
      headers,
      refused,
    });
    return body;
  };
}

async function products(ask: Asking, since: number, after: string | null): Promise<Read> {
  const { data } = await ask(newest, { after, since: new Date(since).toISOString() }, Newest);
  const list = data.posts;
  return { list, read: readItems(nodesOf(list), 'posts', Product, productPost) };
}

async function comments(ask: Asking, slug: string, after: string | null): Promise<Read> {
  const { post } = (await ask(below, { slug, after }, Below)).data;
  if (post === null) {
    throw new Fault(
      'gone',
      `Product Hunt has no launch called “${slug}”. Compare \`product-hunt.launches\` with the last part of its address.`,
    );
  }
  const list = post.comments;
  return { list, read: readItems(nodesOf(list), 'comments', Comment, (one) => commentPost(one, post)) };
}

const nodesOf = ({ edges }: z.infer<typeof List>) => edges.map(({ node }) => node);

function productPost(product: z.infer<typeof Product>): Post {
  const said = [product.tagline, product.description].filter(Boolean).join('\n\n');
  return barePost('product-hunt', said, {
    externalId: `product ${product.id}`,
    url: bare(product.url),
    author: authorOf(product.user),
    title: product.name,
    publishedAt: timeOf(product.createdAt),
    engagement: {
      likes: product.votesCount ?? null,
      reposts: null,
      replies: product.commentsCount ?? null,
      views: null,
    },
    links: webLinks([product.website, ...linksWithin(said)]),
    threadId: `product ${product.id}`,
  });
}

function commentPost(comment: z.infer<typeof Comment>, product: { readonly id: string; readonly name: string }): Post {
  const thread = `product ${product.id}`;
  const said = plainText(comment.body);
  return barePost('product-hunt', said, {
    externalId: `comment ${comment.id}`,
    url: bare(comment.url),
    author: authorOf(comment.user),
    title: product.name,
    publishedAt: timeOf(comment.createdAt),
    engagement: { likes: comment.votesCount ?? null, reposts: null, replies: null, views: null },
    links: webLinks(linksWithin(said)),
    parentId: comment.parentId ? `comment ${comment.parentId}` : thread,
    threadId: thread,
  });
}

/** Without who asked for it. */
function bare(address: string | null | undefined): string | null {
  const url = URL.parse(address ?? '');
  if (url === null) return null;
  for (const name of [...url.searchParams.keys()]) if (name.startsWith('utm_')) url.searchParams.delete(name);
  return webLinks([url.href])[0] ?? null;
}

/** Most tokens see no names. */
function authorOf(user: z.infer<typeof User>): Post['author'] {
  const shown = (name: string | null | undefined) => (name && !/^\[redacted\]$/i.test(name) ? name : null);
  const handle = shown(user?.username);
  const url = handle === null ? null : `https://www.producthunt.com/@${encodeURIComponent(handle.toWellFormed())}`;
  return { handle, name: shown(user?.name), url, followers: null };
}

/** Errors are `{ errors: […], data: null }`, also with a 200. */
function refused({ status, text: body }: RawAnswer): Fault | undefined {
  if (status !== 200 && status !== 401 && status !== 403) return undefined;
  const said = refusalIn(body, Refusal)
    ?.errors.map(({ error, message }) => `${error} ${message}`)
    .join(' ');
  if (said === undefined) return undefined;
  if (status === 401 || status === 403 || /oauth|token|unauthori[sz]ed/i.test(said)) {
    return new Fault(
      'not-allowed',
      `Product Hunt does not take the token in ${secrets.token.env}. Copy it again: \`npx earshot sources product-hunt\` says how.`,
    );
  }
  if (/rate|complexity|limit/i.test(said))
    return new Fault('slow-down', 'Product Hunt wants fewer questions; Earshot waits and goes on by itself.');
  return new Fault('unreachable', 'Product Hunt could not answer for the moment; Earshot tries again by itself.');
}
