/** Posts and comments that name the brand on Lemmy servers, asked server by server, in the old form (0.18, 0.19) and the new (1.0). */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { noLonger, postAgain } from './again.ts';
import { isTakenAway, type Spoken, toPost, View } from './lemmy-post.ts';
import { webAddress } from './options.ts';
import { orNull } from './or-null.ts';
import { changed, readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource } from './source.ts';

/** The most that a server gives at once. */
const pageSize = 50;
/** A server answers 60 searches in 10 minutes: a first look may use a third of them for one word. */
const lastPage = 10;

const Options = z.strictObject({
  instances: z
    .array(webAddress())
    .min(1)
    .default(['https://lemmy.world'])
    .describe('Lemmy servers to search. Each knows only what has reached it: two or three big ones hear most.'),
});

const Site = z.object({
  version: z.string(),
  all_languages: z.array(z.object({ id: z.number(), code: z.string() })).nullish(),
});
/** Servers of the 1.0 betas give one mixed list (`search`), later ones a list for each kind. */
const Found = z.object({
  posts: z.array(z.unknown()).optional(),
  comments: z.array(z.unknown()).optional(),
  search: z.array(z.unknown()).optional(),
  next_page: z.string().nullish(),
});
/** One post or comment, asked for by its number. */
const Single = z
  .object({ post_view: View, comment_view: View })
  .partial()
  .transform((answer) => answer.comment_view ?? answer.post_view)
  .pipe(View);
const Refusal = z.object({ error: z.string() });
/** A server's own number of what was written there. */
const written = /^(https?:\/\/[^/]+)\/(post|comment)\/(\d+)\/?$/;
/** Only searches are dear; single posts have a limit of their own. */
const singly = { of: 'single posts', pace: [{ requests: 30, perSeconds: 60 }] };

interface At {
  readonly instance: string;
}

/** How one server is asked in this run. */
interface Server extends Spoken {
  readonly form: 'v3' | 'v4';
  /** The server's own time less `since`: in v4 the only way to leave out what is old. */
  readonly reachSeconds: number | undefined;
}

export const lemmy = defineSource({
  id: 'lemmy',
  title: 'Lemmy',
  kind: 'posts',
  suits: ['software', 'web-shop', 'other'],
  home: 'https://join-lemmy.org/instances',
  docs: 'https://join-lemmy.org/docs/contributors/04-api.html',
  hears: 'posts on the servers you name',
  about: 'Searches the posts and comments of the Lemmy servers you name. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 60, perSeconds: 600 }],
  cron: '*/10 * * * *',
  overlapMs: 2 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { instances: ['https://lemmy.example', 'https://feddit.example'] },
  secrets: {},

  looks: ({ instances }) =>
    [...new Set(instances.map((instance) => instance.replace(/\/+$/, '')))].map((instance) => ({
      key: instance,
      scope: 'brand',
      at: { instance },
    })),

  async *collect({ at, terms, since, http, signal }) {
    const server = await meet(http, at, since);
    const seen = new Set<string>();
    for (const word of searchWords(terms)) {
      for (const kind of ['Posts', 'Comments'] as const) {
        for await (const page of search({ http, server, word, kind, since, signal })) {
          const posts = page.posts.filter((post) => !seen.has(post.externalId));
          for (const post of posts) seen.add(post.externalId);
          yield { ...page, posts };
        }
      }
    }
  },

  async *recheck({ options, posts, http, signal }) {
    // Only where it was written a post has its number.
    const byHome = Map.groupBy(posts, ({ externalId }) => written.exec(externalId)?.[1] ?? '');
    for (const instance of new Set(options.instances.map((one) => one.replace(/\/+$/, '')))) {
      const own = byHome.get(new URL(instance).origin) ?? [];
      if (own.length === 0) continue;
      const server = await meet(http, { instance }, 0);
      for (const post of own) {
        signal.throwIfAborted();
        yield await postAgain(post, () => again(http, server, post.externalId));
      }
    }
  },
});

/** Null where it was taken away. */
async function again(http: Http, server: Server, address: string) {
  const { instance, form } = server;
  const [, , kind = 'post', id = ''] = written.exec(address) ?? [];
  const { body } = await http.json(join(instance, `api/${form}/${kind}`), Single, {
    query: { id },
    budget: singly,
    refused: (answer) => {
      const code = refusalIn(answer.text, Refusal)?.error;
      return code && /^(?:couldnt_find_(?:post|comment)|not_found)$/.test(code)
        ? noLonger()
        : refused(instance)(answer);
    },
  });
  return isTakenAway(body) ? null : toPost(body, server);
}

/** Finds out which form the server speaks, and its languages. */
async function meet(http: Http, { instance }: At, since: number): Promise<Server> {
  const asked = (form: 'v3' | 'v4') =>
    orNull(http.json(join(instance, `api/${form}/site`), Site, { refused: refused(instance) }), isOtherForm);
  const modern = await asked('v4');
  // Languages are worth a question, not the run.
  const site = modern ?? (await asked('v3'));
  const serverTime = Date.parse(modern?.headers.date ?? '');
  return {
    instance,
    form: modern ? 'v4' : 'v3',
    reachSeconds: Number.isNaN(serverTime) ? undefined : Math.max(1, Math.ceil((serverTime - since) / 1000)),
    languages: new Map(site?.body.all_languages?.map(({ id, code }) => [id, code])),
  };
}

/** Not asked in the form that the server speaks. */
const isOtherForm = ({ kind }: Fault) => kind === 'gone' || kind === 'garbled';

type Kind = 'Posts' | 'Comments';

interface Search {
  readonly http: Http;
  readonly server: Server;
  readonly word: string;
  readonly kind: Kind;
  readonly since: number;
  readonly signal: AbortSignal;
}

async function* search({ http, server, word, kind, since, signal }: Search) {
  let cursor: string | undefined;
  for (let page = 1; page <= lastPage; page += 1) {
    signal.throwIfAborted();
    const { body } = await http.json(join(server.instance, `api/${server.form}/search`), Found, {
      query: server.form === 'v3' ? oldQuery(word, kind, page) : newQuery(word, kind, server.reachSeconds, cursor),
      refused: refused(server.instance),
    });
    const items = listed(body, kind);
    const gone: { source: string; externalId: string }[] = [];
    const read = readItems(items, kind.toLowerCase(), View, (view) => {
      if (!isTakenAway(view)) return toPost(view, server);
      gone.push({ source: 'lemmy', externalId: (view.comment ?? view.post).ap_id });
      return null;
    });
    cursor = body.next_page ?? undefined;
    const old =
      read.posts.length > 0 && read.posts.every((post) => post.publishedAt !== null && post.publishedAt < since);
    const more = !old && (server.form === 'v3' ? items.length >= pageSize : cursor !== undefined);
    yield { ...read, gone, capped: more && page === lastPage };
    if (!more) return;
  }
}

function oldQuery(q: string, kind: Kind, page: number) {
  return { q, type_: kind, sort: 'New', listing_type: 'All', page, limit: pageSize };
}

function newQuery(word: string, kind: Kind, reach: number | undefined, cursor: string | undefined) {
  return {
    search_term: word,
    type_: kind.toLowerCase(),
    listing_type: 'all',
    time_range_seconds: reach,
    limit: pageSize,
    page_cursor: cursor,
  };
}

function listed(found: z.infer<typeof Found>, kind: Kind): readonly unknown[] {
  const list = (kind === 'Posts' ? found.posts : found.comments) ?? found.search;
  if (list === undefined) throw changed(kind.toLowerCase());
  return list;
}

/** Over its limit a server answers `rate_limit_error` (400 in old ones, 429 in newer ones), or nothing at all. */
function refused(instance: string) {
  const { host } = new URL(instance);
  return ({ status, text }: RawAnswer): Fault | undefined => {
    // 429 has its own reset headers, which the net door knows.
    if (status === 429 || status >= 500 || (status >= 300 && status < 400)) return undefined;
    if (text.trim() === '' && (status === 200 || status === 400)) return slowDown(host);
    const code = refusalIn(text, Refusal)?.error;
    if (code === 'rate_limit_error') return slowDown(host);
    if (code === 'instance_is_private' || code === 'not_logged_in' || code === 'incorrect_login') {
      return new Fault(
        'not-allowed',
        `The Lemmy server ${host} shows its posts to members only. Take it out of \`lemmy.instances\`.`,
      );
    }
    return undefined;
  };
}

function slowDown(host: string): Fault {
  return new Fault('slow-down', `The Lemmy server ${host} wants fewer questions; Earshot waits and goes on by itself.`);
}
