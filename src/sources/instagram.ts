/** What people say on Instagram where a program may look: pictures that tag the owner's account, comments below its own, and hashtags. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import {
  facebookAddress,
  facebookGraph,
  facebookHome,
  facebookSecrets,
  graphAccess,
  refusedBy,
} from './meta-access.ts';
import { graphAgain, graphPages, graphTime, List, notShown } from './meta-graph.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { defineSource, type Look, type Page } from './source.ts';
import { linksWithin, webLinks } from './web-links.ts';

const pageSize = 50;
const lastPage = 5;
/** Below so many of the account's newest pictures comments are read. */
const newestPictures = 25;

const Options = z.strictObject({
  username: z
    .string()
    .regex(/^@?[\w.]{1,30}$/, 'should be the name of your account, such as bluedoorcoffee')
    .transform((name) => name.replace('@', '').toLowerCase())
    .optional()
    .describe('Your account’s name; the first one that you let Earshot see where none is given.'),
  hashtags: z
    .array(z.string().regex(/^#?[\p{L}\p{M}\p{N}_]+$/u, 'should be one word, such as bluedoor'))
    .max(30, 'can be no more than 30: Instagram lets nobody read more in a week')
    .default([])
    .describe('Hashtags to read, without who wrote; Meta has to approve “Instagram Public Content Access” for it.'),
  baseUrl: baseUrl(facebookHome),
});

const graph = facebookGraph({
  id: 'instagram',
  title: 'Instagram',
  scopes: ['instagram_basic', 'instagram_manage_comments', 'pages_show_list', 'pages_read_engagement'],
});
const refused = refusedBy(graph);

const text = z.string().nullish().catch(null);
const count = z.int().nonnegative().nullish().catch(null);
const Id = z.string().regex(/^\d+$/);
const Connected = z.object({
  instagram_business_account: z.object({ id: Id, username: z.string().min(1) }).nullish(),
});
const Hashtag = z.object({ id: Id });
/** Pictures say it in their caption, comments in their text; who hides how many like it sends no number. */
const Said = z.object({
  id: Id,
  caption: text,
  text,
  permalink: text,
  timestamp: z.string(),
  username: text,
  like_count: count,
  comments_count: count,
});
type Said = z.infer<typeof Said>;
type Own = NonNullable<z.infer<typeof Connected>['instagram_business_account']>;
type At = { readonly of: 'tags' | 'comments' } | { readonly of: 'hashtag'; readonly hashtag: string };

export const instagram = defineSource({
  id: 'instagram',
  title: 'Instagram',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'other'],
  home: 'https://www.instagram.com/',
  docs: 'https://developers.facebook.com/docs/instagram-platform/',
  about:
    'Reads the pictures in which somebody tags your business account on Instagram, the comments below your own newest pictures, and hashtags. Meta has to approve your app for it.',
  hears: 'tags, comments, hashtags',
  access: 'own-account',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 150, perSeconds: 3600 }],
  // A hashtag shows no more than its last day.
  cron: '5 */4 * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { hashtags: ['bluedoor'] },
  secrets: facebookSecrets,
  steps: [
    'In Instagram make your account a business account, and join it to your Facebook page.',
    'At https://developers.facebook.com/apps make an app of the kind “Business”, verify your business there, and add “Facebook Login for Business” with https://localhost:8749/ as a valid redirect address.',
    'Under “App Review” ask for instagram_basic, instagram_manage_comments, pages_show_list and pages_read_engagement; for hashtags also for “Instagram Public Content Access”.',
    'Copy the app’s ID and secret, and type `npx earshot connect instagram`. Meta ends each connection after sixty days; then do that again.',
  ],
  ...graphAccess(graph),

  looks: ({ hashtags }): Look<At>[] => {
    const tags = [...new Set(hashtags.map((tag) => tag.replace('#', '').toLowerCase()))];
    return [
      { key: 'pictures that tag you', scope: 'brand', certain: true, at: { of: 'tags' } },
      { key: 'comments', scope: 'brand', certain: true, at: { of: 'comments' } },
      ...tags.map((hashtag) => ({ key: `#${hashtag}`, scope: 'place', at: { of: 'hashtag', hashtag } }) as const),
    ];
  },

  async *collect({ at, options, session, since, http, signal }) {
    const ask = asking(http, options.baseUrl, session?.token ?? '');
    const own = await ownAccount(ask, options.username);
    const hearing = { ask, since, signal };
    const fields = 'id,caption,permalink,timestamp,like_count,comments_count';
    if (at.of === 'tags') yield* walk(hearing, `${own.id}/tags`, { fields: `${fields},username` }, null);
    else if (at.of === 'hashtag') {
      const { data } = await ask('ig_hashtag_search', { user_id: own.id, q: at.hashtag });
      const hashtag = data.flatMap((one) => Hashtag.safeParse(one).data ?? [])[0];
      if (hashtag === undefined) yield { posts: [], note: `Nobody uses #${at.hashtag} on Instagram.` };
      else yield* walk(hearing, `${hashtag.id}/recent_media`, { fields, user_id: own.id }, `#${at.hashtag}`);
    } else yield* comments(hearing, own, fields);
  },

  /** Comments below the own pictures, which have no address: other people's pictures are shown in lists alone. */
  async *recheck({ options, session, posts, http, signal }) {
    const asked = {
      query: { fields: commentFields },
      headers: { authorization: `Bearer ${session?.token ?? ''}` },
      refused: (one: RawAnswer, now: number) => notShown(one) ?? refused(one, now),
    };
    yield* graphAgain(
      posts.filter(({ url }) => url === null),
      () => 'comment',
      async ({ externalId }) => {
        signal.throwIfAborted();
        const url = facebookAddress(encodeURIComponent(externalId), options);
        return toPost((await http.json(url, Said, asked)).body, null);
      },
    );
  },
});

const commentFields = 'id,text,timestamp,username,like_count';

type Query = Readonly<Record<string, string | number | undefined>>;
type Asking = (path: string, query: Query) => Promise<List>;
interface Hearing {
  readonly ask: Asking;
  readonly since: number;
  readonly signal: AbortSignal;
}

function asking(http: Http, base: string | undefined, token: string): Asking {
  return async (path, query) => {
    const { body } = await http.json(facebookAddress(path, { baseUrl: base }), List, {
      query: { ...query, limit: query.limit ?? pageSize },
      headers: { authorization: `Bearer ${token}` },
      refused,
    });
    return body;
  };
}

/** @throws Fault where the owner let Earshot see no such account */
async function ownAccount(ask: Asking, username: string | undefined): Promise<Own> {
  const { data } = await ask('me/accounts', { fields: 'instagram_business_account{id,username}' });
  const found = data.flatMap((one) => Connected.safeParse(one).data?.instagram_business_account ?? []);
  const own = found.find((one) => username === undefined || one.username.toLowerCase() === username);
  if (own) return own;
  const which = username === undefined ? 'no business account on Instagram' : `no account @${username} on Instagram`;
  throw new Fault(
    'gone',
    `What you connected lets Earshot see ${which}. Join it to your Facebook page, and type \`npx earshot connect instagram\` again.`,
  );
}

async function* walk({ ask, since, signal }: Hearing, path: string, query: Query, place: string | null) {
  const seen = new Set<string>();
  for await (const { items, capped } of graphPages((after) => ask(path, { ...query, after }), lastPage, signal)) {
    const read = readItems(items, 'data', Said, (said) => {
      const again = seen.has(said.id);
      seen.add(said.id);
      return again ? null : toPost(said, place);
    });
    // Newest first, but not strictly: a whole page has to be old.
    const old = read.posts.length > 0 && read.posts.every(({ publishedAt }) => (publishedAt ?? since) < since);
    yield { ...read, capped: capped && !old };
    if (old) return;
  }
}

async function* comments(hearing: Hearing, own: Own, fields: string): AsyncGenerator<Page> {
  const pictures: string[] = [];
  const { data } = await hearing.ask(`${own.id}/media`, { fields, limit: newestPictures });
  const { unreadable } = readItems(data, 'data', Said, ({ id, comments_count: many }) => {
    if (many !== 0) pictures.push(id);
    return null;
  });
  yield { posts: [], unreadable };
  for (const id of pictures) {
    try {
      // What we ourselves answered stands there, too.
      for await (const page of walk(hearing, `${id}/comments`, { fields: commentFields }, null))
        yield { ...page, posts: page.posts.filter(({ author }) => author.handle !== `@${own.username}`) };
    } catch (fault) {
      // Deleted a moment ago.
      if (!(fault instanceof Fault) || fault.kind !== 'gone') throw fault;
    }
  }
}

function toPost(said: Said, place: string | null): Post | null {
  const words = (said.caption ?? said.text ?? '').trim();
  const username = said.username && /^[\w.]+$/.test(said.username) ? said.username : null;
  if (words === '') return null;
  return barePost('instagram', words, {
    externalId: said.id,
    url: webLinks([said.permalink])[0] ?? null,
    author: {
      handle: username && `@${username}`,
      name: null,
      url: username && `https://www.instagram.com/${username}/`,
      followers: null,
    },
    publishedAt: graphTime(said.timestamp),
    engagement: {
      likes: said.like_count ?? null,
      reposts: null,
      replies: said.comments_count ?? null,
      views: null,
    },
    links: webLinks(linksWithin(words)),
    place,
  });
}
