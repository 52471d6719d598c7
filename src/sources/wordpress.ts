/** Posts and comments of WordPress sites: of others' read once for all brands, under one's own only what people answer. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import { inBatches } from './again.ts';
import { baseUrl, webAddress } from './options.ts';
import { readItems } from './read-items.ts';
import { defineSource, type Page } from './source.ts';
import { hostedAgain, hostedComments, hostedHome, isHosted } from './wordpress-hosted.ts';
import { Article, Comment, toComment, toPost } from './wordpress-post.ts';
import { answer, speaker, stands } from './wordpress-reply.ts';
import { isNoMore, isoOf, lastPage, list, placeOf, type Site } from './wordpress-site.ts';

const Options = z
  .strictObject({
    sites: z
      .array(webAddress())
      .min(1)
      .describe(
        'Addresses of WordPress sites. On a site of your own `domains` every comment is about you; on any other, what names you. Of sites at wordpress.com the comments are read; their posts have a feed.',
      ),
    answersAt: webAddress()
      .optional()
      .describe('Your own site among them, where you answer comments: the only one that is ever told your password.'),
    baseUrl: baseUrl(hostedHome),
  })
  .refine(({ sites, answersAt: own }) => own === undefined || sites.some((site) => placeOf(site) === placeOf(own)), {
    path: ['answersAt'],
    error: 'should be one of `sites`',
  });

const secrets = {
  user: {
    env: 'WORDPRESS_USER',
    about: 'Your user name on your own site; only for answering comments there.',
    optional: true,
    sends: 'only',
  },
  password: {
    env: 'WORDPRESS_APP_PASSWORD',
    about: 'An application password of that user, which works for programs alone.',
    optional: true,
    sends: 'only',
  },
} as const;

const kinds = {
  posts: {
    perPage: 20,
    query: {
      orderby: 'date',
      _embed: 'author',
      _fields: 'id,date_gmt,modified_gmt,link,title,content,_links,_embedded',
    },
    read: (items: readonly unknown[], place: string) => readItems(items, 'posts', Article, (one) => toPost(one, place)),
  },
  comments: {
    perPage: 100,
    query: { orderby: 'date_gmt', _fields: 'id,post,parent,author_name,author_url,date_gmt,content,link' },
    read: (items: readonly unknown[], place: string) =>
      readItems(items, 'comments', Comment, (one) => toComment(one, place)),
  },
} as const;
type Kind = keyof typeof kinds;

interface At {
  readonly site: string;
  /** One of the brand's own domains: its posts are the brand's, and every comment is about it. */
  readonly own: boolean;
}

export const wordpress = defineSource({
  id: 'wordpress',
  title: 'WordPress sites',
  kind: 'posts',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://wordpress.org',
  docs: 'https://developer.wordpress.org/rest-api/reference/comments/',
  hears: 'your blog’s comments; others’ blogs',
  about:
    'Reads the comments under your own blog, and posts and comments of any other WordPress site that you name, such as a ' +
    'local paper or a food blog. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 20, perSeconds: 60 }],
  cron: '*/30 * * * *',
  // Sites compare times in their own zone, and comments wait for somebody to let them through.
  overlapMs: 48 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { sites: ['https://blog.bluedoor.example'] },
  secrets,
  steps: [
    'For reading nothing is wanted. To answer comments on your own site from here as well, sign in there and open “Users”, then “Profile”.',
    'At “Application Passwords” type Earshot, press “Add”, and copy what it shows.',
    'Write both into the file earshot.env beside your config: `WORDPRESS_USER=` and your user name, `WORDPRESS_APP_PASSWORD=` and the password in quotation marks.',
    'Write the address of that site behind `answersAt` in your config.',
  ],

  looks: ({ sites }, { domains }) =>
    [...new Set(sites)].map((site) => {
      const { hostname } = new URL(site);
      const own = domains.some((domain) => `.${hostname}`.endsWith(`.${domain.toLowerCase()}`));
      const look = { key: site, at: { site, own } satisfies At };
      return own ? { ...look, scope: 'brand', certain: true } : { ...look, scope: 'place' };
    }),

  async *collect({ at, options, since, http, signal }) {
    if (isHosted(at.site)) {
      yield* hostedComments(http, options.baseUrl ?? hostedHome, at.site, since, signal);
      return;
    }
    const site: Site = { http, address: at.site, door: null };
    const wanted: readonly Kind[] = at.own ? ['comments'] : ['posts', 'comments'];
    const shut: Fault[] = [];
    for (const kind of wanted) {
      try {
        yield* everything(site, kind, since, signal);
      } catch (fault) {
        if (!(fault instanceof Fault) || (fault.kind !== 'gone' && fault.kind !== 'not-allowed')) throw fault;
        shut.push(fault);
      }
    }
    if (shut[0] && shut.length === wanted.length) throw shut[0];
    if (shut[0]) yield { posts: [], note: `${new URL(at.site).host} shows only part of its posts and comments.` };
  },

  async *recheck({ options, posts, http, signal }) {
    const bySite = Map.groupBy(posts, ({ externalId }) => externalId.replace(/#.*$/, ''));
    for (const address of new Set(options.sites)) {
      const ofSite = bySite.get(placeOf(address)) ?? [];
      if (isHosted(address)) {
        yield* hostedAgain(http, options.baseUrl ?? hostedHome, address, ofSite, signal);
        continue;
      }
      const site: Site = { http, address, door: null };
      for (const kind of ['posts', 'comments'] as const) {
        const own = ofSite.filter(({ externalId }) => externalId.includes(`#${kind.slice(0, -1)}-`));
        for (const asked of inBatches(own, kinds[kind].perPage)) {
          signal.throwIfAborted();
          yield await listedAgain(site, kind, asked);
        }
      }
    }
  },

  reply: (request) => answer(request),
  replied: (request) => stands(request),
  speaksAs: (request) => speaker(request),
});

/** What is left out of the list is asked for alone: some sites leave out more than what was deleted. */
async function listedAgain(site: Site, kind: Kind, asked: readonly Post[]): Promise<Page> {
  const { perPage, query, read } = kinds[kind];
  const include = asked.map(({ externalId }) => numberOf(externalId)).join(',');
  const now = read((await list(site, kind, { ...query, include, per_page: perPage })).body, placeOf(site.address));
  const there = new Set(now.posts.map(({ externalId }) => externalId));
  const gone: Post[] = [];
  for (const post of asked.filter(({ externalId }) => !there.has(externalId)))
    if (await isNoMore(site, kind, numberOf(post.externalId))) gone.push(post);
  return { ...now, gone };
}

/** `blog.example#comment-12` → `12` */
const numberOf = (externalId: string) => externalId.replace(/^.*#\w+-/, '');

/** Newest first, until a page brings nothing new. */
async function* everything(site: Site, kind: Kind, since: number, signal: AbortSignal): AsyncGenerator<Page> {
  const { perPage, query, read } = kinds[kind];
  const place = placeOf(site.address);
  const seen = new Set<string>();
  for (let page = 1; page <= lastPage; page += 1) {
    signal.throwIfAborted();
    const asked = { ...query, after: isoOf(since), order: 'desc', per_page: perPage, page };
    const answer = await list(site, kind, asked).catch(endedBehind(page));
    if (answer === null) return;
    const found = read(answer.body, place);
    const posts = found.posts.filter((post) => !seen.has(post.externalId));
    for (const post of posts) seen.add(post.externalId);
    const pages = Number(answer.headers['x-wp-totalpages'] ?? Number.NaN);
    const more = posts.length > 0 && (Number.isNaN(pages) ? answer.body.length >= perPage : page < pages);
    yield { ...found, posts, capped: more && page === lastPage };
    if (!more) return;
  }
}

/** Between two pages something was deleted, and there is no such page any more. */
const endedBehind = (page: number) => (fault: unknown) => {
  if (page > 1 && fault instanceof Fault && fault.kind === 'gone') return null;
  throw fault;
};
