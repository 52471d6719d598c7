/** What people say on the owner's Facebook page: posts that tag it, comments below its posts, and recommendations. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { idOf, Own, Recommendation, Said, toPost, toReview } from './facebook-page-posts.ts';
import {
  facebookAddress,
  facebookGraph,
  facebookHome,
  facebookSecrets,
  goneFromTheGraph,
  graphAccess,
  refusedBy,
} from './meta-access.ts';
import { graphAgain, graphPages, graphTime, List, notShown } from './meta-graph.ts';
import { baseUrl, digits } from './options.ts';
import { readItems } from './read-items.ts';
import { type Page as Answer, defineSource } from './source.ts';

const pageSize = 100;
const lastPage = 5;
/** Below so many of the page's newest posts comments are read. */
const newestPosts = 25;

const Options = z.strictObject({
  pages: z
    .array(digits('should be the number of your page, as “Page transparency” shows it'))
    .default([])
    .describe('Numbers of your pages; all that you let Earshot see where none is given.'),
  baseUrl: baseUrl(facebookHome),
});

const graph = facebookGraph({
  id: 'facebook-page',
  title: 'Facebook page',
  scopes: ['pages_show_list', 'pages_read_engagement', 'pages_read_user_content'],
});
const refused = refusedBy(graph);

interface At {
  /** Null: all that the owner let Earshot see. */
  readonly page: string | null;
}

export const facebookPage = defineSource({
  id: 'facebook-page',
  title: 'Facebook page',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'other'],
  home: 'https://www.facebook.com/',
  docs: 'https://developers.facebook.com/docs/graph-api/reference/page/tagged/',
  about:
    'Reads what people say on your own Facebook page: posts that tag it, comments below its newest posts, and recommendations. Facebook has to approve your app for it, and often hides who wrote something.',
  hears: 'comments and tags of your page',
  access: 'own-account',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 150, perSeconds: 3600 }],
  cron: '35 * * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { pages: [] },
  secrets: facebookSecrets,
  steps: [
    'At https://developers.facebook.com/apps make an app of the kind “Business” and verify your business there.',
    'Add “Facebook Login for Business”, and under its settings write https://localhost:8749/ as a valid redirect address.',
    'Under “App Review” ask for pages_show_list, pages_read_engagement and pages_read_user_content; until then Facebook shows only what people with a role in your app wrote.',
    'Copy the app’s ID and secret, and type `npx earshot connect facebook-page`. Facebook ends each connection after sixty days; then do that again.',
  ],
  ...graphAccess(graph),

  looks: ({ pages }): { key: string; scope: 'brand'; certain: true; at: At }[] =>
    (pages.length === 0 ? [null] : [...new Set(pages)]).map((page) => ({
      key: page === null ? 'your pages' : `page ${page}`,
      scope: 'brand',
      certain: true,
      at: { page },
    })),

  async *collect({ at, options, session, since, http, signal }) {
    const ask = asking(http, options.baseUrl);
    let found = false;
    for await (const { items } of graphPages(
      (after) => ask('me/accounts', session?.token ?? '', { fields: 'id,name,access_token', after }),
      lastPage,
      signal,
    )) {
      const { pages, unreadable } = owned(items);
      if (unreadable.length > 0) yield { posts: [], unreadable };
      for (const page of pages.filter(({ id }) => at.page === null || at.page === id)) {
        found = true;
        yield* heardAt({ ask, page, since, signal });
      }
    }
    if (found) return;
    if (at.page === null) yield { posts: [], note: 'The account you connected lets Earshot see no page.' };
    else
      throw new Fault(
        'gone',
        `The account you connected lets Earshot see no page ${at.page}. Compare \`facebook-page.pages\`, or connect again and tick it.`,
      );
  },

  /** Recommendations have no address of their own, and are read anew with each look. */
  async *recheck({ options, session, posts, http, signal }) {
    const ask = asking(http, options.baseUrl);
    const { data } = await ask('me/accounts', session?.token ?? '', { fields: 'id,name,access_token' });
    for (const page of owned(data).pages) {
      const here = posts.filter(({ place, externalId }) => place === page.name && /^[\w:]+$/.test(externalId));
      const asked = {
        headers: { authorization: `Bearer ${page.access_token}` },
        refused: (one: RawAnswer, now: number) => notShown(one) ?? refused(one, now),
      };
      yield* graphAgain(here, kindOf, async (post) => {
        signal.throwIfAborted();
        const counts = kindOf(post) === 'comment' ? ',like_count,comment_count' : '';
        const url = facebookAddress(post.externalId, options);
        const { body } = await http.json(url, Said, { ...asked, query: { fields: `${said}${counts}` } });
        return toPost(body, page, new Set());
      });
    }
  },
});

const said = 'id,message,created_time,permalink_url,from';
const kindOf = ({ url }: Post) => (url?.includes('comment_id=') ? 'comment' : 'post');

type Query = Readonly<Record<string, string | number | undefined>>;
type Asking = (path: string, token: string, query: Query) => Promise<List>;

function asking(http: Http, base: string | undefined): Asking {
  return async (path, token, query) => {
    const { body } = await http.json(facebookAddress(path, { baseUrl: base }), List, {
      query: { ...query, limit: query.limit ?? pageSize },
      headers: { authorization: `Bearer ${token}` },
      refused,
    });
    return body;
  };
}

function owned(items: readonly unknown[]): { readonly pages: readonly Own[]; readonly unreadable: readonly string[] } {
  const pages: Own[] = [];
  const { unreadable } = readItems(items, 'data', Own, (page) => {
    pages.push(page);
    return null;
  });
  return { pages: [...new Map(pages.map((page) => [page.id, page])).values()], unreadable };
}

interface Hearing {
  readonly ask: Asking;
  readonly page: Own;
  readonly since: number;
  readonly signal: AbortSignal;
}

async function* heardAt(hearing: Hearing): AsyncGenerator<Answer> {
  const { ask, page, since, signal } = hearing;
  const seen = new Set<string>();
  yield* walk(hearing, `${page.id}/tagged`, `${said},tagged_time`, seen);
  const feed = await ask(`${page.id}/feed`, page.access_token, {
    fields: `${said},comments.limit(0).summary(true)`,
    limit: newestPosts,
  });
  const talked: string[] = [];
  const read = readItems(feed.data, 'data', Said, (post) => {
    const id = idOf(post);
    if (id !== null && post.comments?.summary?.total_count !== 0) talked.push(id);
    return toPost(post, page, seen);
  });
  yield { ...read, posts: read.posts.filter(({ publishedAt }) => (publishedAt ?? since) >= since) };
  for (const id of talked) {
    const newest = { filter: 'stream', order: 'reverse_chronological' };
    try {
      yield* walk(hearing, `${id}/comments`, `${said},like_count,comment_count`, seen, newest);
    } catch (fault) {
      // Deleted a moment ago.
      if (!(fault instanceof Fault) || fault.kind !== 'gone') throw fault;
    }
  }
  signal.throwIfAborted();
  yield* recommendations(hearing);
}

/** A list whose newest stand first: to its end, or behind `since`. */
async function* walk(
  { ask, page, since, signal }: Hearing,
  path: string,
  fields: string,
  seen: Set<string>,
  more: Query = {},
): AsyncGenerator<Answer> {
  const list = (after: string | undefined) => ask(path, page.access_token, { ...more, fields, after });
  for await (const { items, capped } of graphPages(list, lastPage, signal)) {
    let old = items.length > 0;
    const read = readItems(items, 'data', Said, (one) => {
      old &&= (graphTime(one.tagged_time ?? one.created_time) ?? since) < since;
      return toPost(one, page, seen);
    });
    yield { ...read, capped: capped && !old };
    if (old) return;
  }
}

async function* recommendations({ ask, page, signal }: Hearing): AsyncGenerator<Answer> {
  const fields = 'created_time,rating,recommendation_type,review_text,reviewer,open_graph_story{id}';
  try {
    const list = (after: string | undefined) => ask(`${page.id}/ratings`, page.access_token, { fields, after });
    for await (const { items, capped } of graphPages(list, lastPage, signal))
      yield { ...readItems(items, 'data', Recommendation, (one) => toReview(one, page)), capped };
  } catch (fault) {
    // Facebook has announced that it takes them away, and still shows them here and there.
    if (!(fault instanceof Fault) || fault.cause !== goneFromTheGraph) throw fault;
  }
}
