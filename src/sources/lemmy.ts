/** Posts and comments that name the brand on Lemmy servers, asked server by server, in the old form (0.18, 0.19) and the new (1.0). */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { declaredLanguage } from './language.ts';
import { webAddress } from './options.ts';
import { changed, readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource } from './source.ts';
import { linksWithin } from './web-links.ts';

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

const address = webAddress().nullish().catch(null);
const Person = z.object({
  name: z.string().min(1),
  display_name: z.string().nullish(),
  actor_id: address,
  ap_id: address,
});
const count = z.int().nullish().catch(null);
const Counts = z.object({
  score: count,
  comments: count,
  child_count: count,
});
/** What posts and comments share; 1.0 has the counts and the new names of the dates in here. */
const Entry = Counts.extend({
  ap_id: webAddress(),
  published: z.string().nullish(),
  published_at: z.string().nullish(),
  updated: z.string().nullish(),
  updated_at: z.string().nullish(),
  removed: z.boolean().nullish(),
  deleted: z.boolean().nullish(),
  language_id: z.number().nullish(),
});
const View = z.object({
  post: Entry.extend({ name: z.string(), body: z.string().nullish(), url: address }),
  comment: Entry.extend({ content: z.string(), path: z.string().nullish() }).nullish(),
  creator: Person,
  community: Person,
  counts: Counts.nullish(),
});
type View = z.infer<typeof View>;

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
const Refusal = z.object({ error: z.string() });

interface At {
  readonly instance: string;
}

/** How one server is asked in this run. */
interface Server extends At {
  readonly form: 'v3' | 'v4';
  /** The server's own time less `since`: in v4 the only way to leave out what is old. */
  readonly reachSeconds: number | undefined;
  readonly languages: ReadonlyMap<number, string>;
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
  overlapMs: 2 * 3_600_000,
  quietAfterMs: 30 * 86_400_000,
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
});

/** Finds out which form the server speaks, and its languages. */
async function meet(http: Http, { instance }: At, since: number): Promise<Server> {
  const asked = (form: 'v3' | 'v4') =>
    http.json(join(instance, `api/${form}/site`), Site, { refused: refused(instance) });
  const modern = await orNull(asked('v4'));
  // Languages are worth a question, not the run.
  const site = modern ?? (await orNull(asked('v3')));
  const serverTime = Date.parse(modern?.headers.date ?? '');
  return {
    instance,
    form: modern ? 'v4' : 'v3',
    reachSeconds: Number.isNaN(serverTime) ? undefined : Math.max(1, Math.ceil((serverTime - since) / 1000)),
    languages: new Map(site?.body.all_languages?.map(({ id, code }) => [id, code])),
  };
}

async function orNull<Body>(answer: Promise<Body>): Promise<Body | null> {
  try {
    return await answer;
  } catch (fault) {
    if (fault instanceof Fault && (fault.kind === 'gone' || fault.kind === 'garbled')) return null;
    throw fault;
  }
}

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
      const { removed, deleted, ap_id } = view.comment ?? view.post;
      if (!removed && !deleted) return toPost(view, server);
      gone.push({ source: 'lemmy', externalId: ap_id });
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

function toPost(view: View, { instance, languages }: Server): Post {
  const { post, comment, creator, community } = view;
  const entry = comment ?? post;
  const counts = view.counts ?? entry;
  const text = comment?.content ?? post.body ?? '';
  return {
    source: 'lemmy',
    externalId: entry.ap_id,
    url: entry.ap_id,
    author: {
      handle: at(creator, instance),
      name: creator.display_name || null,
      url: creator.actor_id ?? creator.ap_id ?? null,
      followers: null,
    },
    title: post.name,
    text,
    language: declaredLanguage(languages.get(entry.language_id ?? 0)),
    publishedAt: timeOf(entry.published ?? entry.published_at),
    editedAt: timeOf(entry.updated ?? entry.updated_at),
    rating: null,
    engagement: {
      likes: counts.score ?? null,
      reposts: null,
      replies: (comment ? counts.child_count : counts.comments) ?? null,
      views: null,
    },
    links: [...new Set([...(comment || !post.url ? [] : [post.url]), ...linksWithin(text)])],
    origin: entry.ap_id,
    parentId: comment ? parentOf(comment.path, post.ap_id, instance) : null,
    threadId: post.ap_id,
    place: `!${at(community, instance)}`,
  };
}

/** `name@host`, as people there write each other. */
function at({ name, actor_id, ap_id }: z.infer<typeof Person>, instance: string): string {
  const home = actor_id ?? ap_id ?? instance;
  return `${name}@${new URL(home).host}`;
}

/** `0.<first>.….<parent>.<self>`, in numbers that only this server knows; a first comment answers the post itself. */
function parentOf(path: string | null | undefined, post: string, instance: string): string | null {
  const steps = path?.split('.') ?? [];
  if (steps.length < 2) return null;
  return steps.length === 2 ? post : join(instance, `comment/${steps.at(-2)}`);
}

/** 0.18 leaves the zone out and means UTC. */
function timeOf(text: string | null | undefined): number | null {
  if (!text) return null;
  const time = Date.parse(/(?:z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(time) ? null : time;
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
