/** Articles on DEV that name the brand, found by its search, and the comments below them. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type Gone, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { canonicalUrl } from '../text/canonical-url.ts';
import { links, plainText } from '../text/plain.ts';
import { noLongerThere, nullWhereGone, pageAgain } from './again.ts';
import { declaredLanguage } from './language.ts';
import { baseUrl } from './options.ts';
import { orNull } from './or-null.ts';
import { changed, readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page } from './source.ts';
import { timeOf } from './values.ts';
import { linksWithin, webLinks } from './web-links.ts';

const home = 'https://dev.to';
const pageSize = 100;
/** 500 articles for one word. */
const lastPage = 5;
/** How far back is searched: DEV puts what is liked first, so only the age keeps the answer short. */
const searchedDays = 30;
/** In one look; each costs a question or two. */
const mostArticles = 100;

const Options = z.strictObject({ baseUrl: baseUrl(home) });

/** A number, or its digits where a number could not hold them. */
const Id = z.union([z.int(), z.string().regex(/^\d+$/)]).transform(String);
const text = z.string().nullish().catch(null);
const count = z.int().nonnegative().nullish().catch(null);
const User = z.object({ name: text, username: text }).nullish().catch(null);
const Listed = z.object({
  id: Id,
  title: z.string(),
  description: text,
  url: z.url({ protocol: /^https?$/ }),
  canonical_url: text,
  published_at: text,
  published_timestamp: text,
  edited_at: text,
  last_comment_at: text,
  language: text,
  comments_count: count,
  public_reactions_count: count,
  user: User,
});
type Listed = z.infer<typeof Listed>;
const Whole = z.object({ body_markdown: z.string().nullish() });
const Comment = z.object({ id_code: z.string().min(1), created_at: z.string(), body_html: z.string(), user: User });
const Branch = z.object({ id_code: z.string(), children: z.array(z.unknown()) });
const Refusal = z.object({ error: z.string() });

export const dev = defineSource({
  id: 'dev',
  title: 'DEV',
  kind: 'posts',
  suits: ['software'],
  home,
  docs: 'https://developers.forem.com/api/v1',
  hears: 'articles for programmers, comments',
  about:
    'Searches the articles of the last 30 days on dev.to, where people write about software, and reads the comments below those it finds. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 3, perSeconds: 1 }],
  cron: '15 * * * *',
  overlapMs: 2 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: {},
  secrets: {},

  looks: () => [{ key: 'search', scope: 'brand', at: {} }],

  async *collect({ terms, options, since, http, signal }) {
    const ask = asking(http, options.baseUrl ?? home);
    const seen = new Set<string>();
    let read = 0;
    for (const word of searchWords(terms)) {
      for (let page = 1; page <= lastPage; page += 1) {
        signal.throwIfAborted();
        const query = { q: word, page, per_page: pageSize, top: searchedDays };
        const found = await ask('articles/search', z.array(z.unknown()), query);
        const articles: Listed[] = [];
        const { unreadable } = readItems(found, 'articles', Listed, (article) => {
          if (!seen.has(article.id)) articles.push(article);
          seen.add(article.id);
          return null;
        });
        const more = found.length >= pageSize && articles.length > 0;
        const lively = articles.filter((article) => hasNews(article, since));
        const chosen = lively.slice(0, mostArticles - read);
        read += chosen.length;
        yield { posts: [], unreadable, capped: (more && page === lastPage) || chosen.length < lively.length };
        for (const article of chosen) {
          signal.throwIfAborted();
          yield await readArticle(ask, article, since);
        }
        if (!more) break;
      }
    }
  },

  async *recheck({ options, posts, http, signal }) {
    const ask = asking(http, options.baseUrl ?? home);
    for (const [id, ofArticle] of Map.groupBy(posts, ({ threadId, externalId }) => threadId ?? externalId)) {
      const [below, articles] = [ofArticle.filter(isComment), ofArticle.filter((post) => !isComment(post))];
      signal.throwIfAborted();
      // Titles and addresses of comments are those of their article.
      const found = await nullWhereGone(ask(`articles/${encodeURIComponent(id)}`, Listed.extend(Whole.shape)));
      const now = found === null ? [] : [toPost(found, found.body_markdown ?? found.description ?? '')];
      yield pageAgain(articles, { posts: now });
      if (below.length === 0) continue;
      signal.throwIfAborted();
      yield pageAgain(below, found === null ? { posts: [] } : await commentsBelow(ask, found));
    }
  },
});

const isComment = ({ externalId }: Post) => externalId.startsWith(commentId(''));

type Asking = <Body>(path: string, shape: z.ZodType<Body>, query?: Record<string, string | number>) => Promise<Body>;

function asking(http: Http, base: string): Asking {
  const headers = { accept: 'application/vnd.forem.api-v1+json' };
  return async (path, shape, query) =>
    (await http.json(join(base, `api/${path}`), shape, { query, headers, refused })).body;
}

const publishedAt = ({ published_at, published_timestamp }: Listed) =>
  timeOf(published_at) ?? timeOf(published_timestamp);

/** Written or edited since then; what has no date may be new. */
const isNew = (article: Listed, since: number) =>
  Math.max(publishedAt(article) ?? since, timeOf(article.edited_at) ?? 0) >= since;

const isDiscussed = ({ comments_count, last_comment_at }: Listed, since: number) =>
  comments_count !== 0 && (timeOf(last_comment_at) ?? since) >= since;

const hasNews = (article: Listed, since: number) => isNew(article, since) || isDiscussed(article, since);

/** The article, where it is new, and all comments below it, where one of them is; what is gone by now is left out. */
async function readArticle(ask: Asking, article: Listed, since: number): Promise<Page> {
  const whole = isNew(article, since) ? await orNull(ask(`articles/${article.id}`, Whole)) : null;
  const posts = whole === null ? [] : [toPost(article, whole.body_markdown ?? article.description ?? '')];
  if (!isDiscussed(article, since)) return { posts };
  const read = await orNull(commentsBelow(ask, article));
  return read === null ? { posts } : { ...read, posts: [...posts, ...read.posts] };
}

async function commentsBelow(ask: Asking, article: Listed): Promise<Page> {
  const { items, parents } = flattened(await ask('comments', z.array(z.unknown()), { a_id: article.id }));
  const gone: Gone[] = [];
  const read = readItems(items, 'comments', Comment, (comment) => {
    const post = toComment(comment, article, parents);
    if (!/^\[(?:deleted|hidden by post author)\]$/i.test(post.text)) return post;
    gone.push({ source: 'dev', externalId: post.externalId });
    return null;
  });
  return { ...read, gone };
}

/** Comments stand inside those that they answer. */
function flattened(tree: readonly unknown[]) {
  const items: unknown[] = [...tree];
  const parents = new Map<unknown, string>();
  for (const item of items) {
    const branch = Branch.safeParse(item).data;
    for (const child of branch?.children ?? []) {
      parents.set(idOf(child), branch?.id_code ?? '');
      items.push(child);
    }
  }
  return { items, parents };
}

const idOf = (item: unknown) => Comment.pick({ id_code: true }).safeParse(item).data?.id_code;

function toPost(article: Listed, markdown: string): Post {
  const [url = null, canonical = null] = [webLinks([article.url])[0], webLinks([article.canonical_url])[0]];
  // Some articles begin with their settings.
  const body = markdown.replace(/^---\r?\n[\s\S]*?\n---\r?\n/, '').trim();
  return barePost('dev', body, {
    externalId: article.id,
    url,
    author: authorOf(article.user),
    title: article.title,
    language: declaredLanguage(article.language),
    publishedAt: publishedAt(article),
    editedAt: timeOf(article.edited_at),
    engagement: {
      likes: article.public_reactions_count ?? null,
      reposts: null,
      replies: article.comments_count ?? null,
      views: null,
    },
    links: webLinks(linksWithin(body)),
    origin: canonical === null || canonical === url ? null : canonicalUrl(canonical),
    threadId: article.id,
  });
}

function toComment(comment: z.infer<typeof Comment>, article: Listed, parents: ReadonlyMap<unknown, string>): Post {
  const author = authorOf(comment.user);
  const parent = parents.get(comment.id_code);
  return barePost('dev', plainText(comment.body_html), {
    externalId: commentId(comment.id_code),
    url: author.url
      ? `${author.url}/comment/${encodeURIComponent(comment.id_code.toWellFormed())}`
      : (webLinks([article.url])[0] ?? null),
    author,
    title: article.title,
    publishedAt: timeOf(comment.created_at),
    links: webLinks(links(comment.body_html)),
    parentId: parent === undefined ? article.id : commentId(parent),
    threadId: article.id,
  });
}

/** Articles have numbers, comments have letters and digits, which may be digits alone. */
const commentId = (code: string) => `comment ${code}`;

function authorOf(user: z.infer<typeof User>): Post['author'] {
  const handle = user?.username || null;
  const url = handle === null ? null : `${home}/${encodeURIComponent(handle.toWellFormed())}`;
  return { handle, name: user?.name || null, url, followers: null };
}

/** Over its limit DEV says in how many seconds it will answer again. */
function refused(answer: RawAnswer, now: number): Fault | undefined {
  const { status, url, headers, text } = answer;
  if (status === 404 && new URL(url).pathname.endsWith('/articles/search')) return changed('its search');
  if (/\/articles\/\d+$/.test(new URL(url).pathname)) {
    const gone = noLongerThere(answer, Refusal);
    if (gone) return gone;
  }
  if (status !== 429 || headers['retry-after'] !== undefined) return undefined;
  const seconds = /(\d{1,5}) seconds?/.exec(refusalIn(text, Refusal)?.error ?? '')?.[1];
  const retryAt = seconds === undefined ? null : now + Number(seconds) * 1000;
  return new Fault('slow-down', 'DEV wants fewer questions; Earshot waits and goes on by itself.', { retryAt });
}
