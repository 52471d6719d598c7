/** Where a WordPress site answers programs, what its lists look like, and what its refusals mean. */
import { z } from 'zod';
import type { Author } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Answer, Ask, Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { plainText } from '../text/plain.ts';
import { noLonger, nullWhereGone } from './again.ts';
import { refusalIn } from './refusal.ts';
import { webLinks } from './web-links.ts';

/** Of each list in one look. */
export const lastPage = 10;

type Query = NonNullable<Ask['query']>;
/** Its answers are bare lists. */
const List = z.array(z.unknown());
export const Refusal = z.object({ code: z.string() });
const neverThere = /^rest_(?:comment|post)_invalid_id$/;

/** A door to the site's REST API: with permalinks it is a folder, without them a parameter. */
interface Door {
  readonly base: string;
  readonly isFolder: boolean;
}

/** One site, whose door is found with the first question. */
export interface Site {
  readonly http: Http;
  readonly address: string;
  /** Of whoever is signed in; absent for a visitor. */
  readonly authorization?: string;
  door: Door | null;
}

/** `posts` or `comments`, newest first, as the query says. */
export async function list(site: Site, kind: string, query: Query): Promise<Answer<z.infer<typeof List>>> {
  if (site.door) return ask(site, site.door, kind, query);
  let trouble: Fault | null = null;
  for (const find of [usualDoor, announcedDoor, barestDoor]) {
    try {
      const door = await find(site);
      if (door === null) continue;
      const answer = await ask(site, door, kind, query);
      site.door = door;
      return answer;
    } catch (fault) {
      if (!(fault instanceof Fault) || (fault.kind !== 'gone' && fault.kind !== 'garbled')) throw fault;
      trouble ??= fault;
    }
  }
  throw trouble?.kind === 'garbled' ? trouble : closed(site.address, 'gone');
}

const usualDoor = async ({ address }: Site): Promise<Door> => ({ base: join(address, 'wp-json'), isFolder: true });
const barestDoor = async ({ address }: Site): Promise<Door> => ({ base: join(address, ''), isFolder: false });

/** The front page's `Link: <…>; rel="https://api.w.org/"`; null where it has none. */
async function announcedDoor({ http, address }: Site): Promise<Door | null> {
  const { headers, url } = await http.text(address);
  const named = /<([^<>]+)>\s*;\s*rel="?https:\/\/api\.w\.org\/"?/i.exec(headers.link ?? '')?.[1];
  const door = named === undefined ? null : URL.parse(named, url);
  if (door === null || !/^https?:$/.test(door.protocol)) return null;
  const isFolder = !door.searchParams.has('rest_route');
  door.search = '';
  return { base: door.href, isFolder };
}

function ask(site: Site, door: Door, kind: string, query: Query) {
  const { url, more, headers } = routeTo(site, door, kind);
  return site.http.json(url, List, {
    query: { ...more, ...query },
    headers,
    refused: (answer) => refused(answer, site.address),
  });
}

function routeTo({ authorization }: Site, { base, isFolder }: Door, path: string) {
  const route = `wp/v2/${path}`;
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  return {
    url: isFolder ? join(base, route) : base,
    more: isFolder ? {} : { rest_route: `/${route}` },
    headers,
  };
}

/** One question at the door that `list` has found before. @throws Fault */
export async function askSite<Body>(site: Site, path: string, shape: z.ZodType<Body>, asked: Ask = {}): Promise<Body> {
  if (site.door === null) throw closed(site.address, 'gone');
  const { url, more, headers } = routeTo(site, site.door, path);
  const { query } = asked;
  return (await site.http.json(url, shape, { ...asked, query: { ...more, ...query }, headers })).body;
}

/** Whether the site says, in WordPress's own words, that it has no such post or comment. @param kind as for `list`, which came first */
export async function isNoMore(site: Site, kind: string, id: string): Promise<boolean> {
  if (site.door === null) return false;
  const asked = askSite(site, `${kind}/${encodeURIComponent(id)}`, z.unknown(), {
    query: { _fields: 'id' },
    refused: ({ status, text }) => {
      if (status === 404 && neverThere.test(refusalIn(text, Refusal)?.code ?? '')) return noLonger();
      // Waiting to be let through, or for members: there it is.
      return status === 401 || status === 403 ? closed(site.address, 'not-allowed') : undefined;
    },
  });
  try {
    return (await nullWhereGone(asked)) === null;
  } catch (fault) {
    if (fault instanceof Fault && (fault.kind === 'not-allowed' || fault.kind === 'gone')) return false;
    throw fault;
  }
}

/** Errors are `{ code, message, data }`; a plugin that shuts the door answers 401, 403 or 404 in that form. */
function refused({ status, text }: RawAnswer, address: string): Fault | undefined {
  if (status < 400) return undefined;
  const code = refusalIn(text, Refusal)?.code;
  if (code === undefined) return undefined;
  if (status === 401 || status === 403) return closed(address, 'not-allowed');
  // Behind the last page, which moves while comments are deleted.
  if (status === 400 && /invalid_page|invalid_param/.test(code)) return closed(address, 'gone');
  return undefined;
}

function closed(address: string, kind: 'gone' | 'not-allowed'): Fault {
  return new Fault(
    kind,
    `${new URL(address).host} opens its WordPress to no program. It may still have feeds: put ${join(address, 'feed/')} and ${join(address, 'comments/feed/')} into \`feed.urls\`.`,
  );
}

/** To the second, as WordPress of every age reads it. */
export const isoOf = (time: number) => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** `blog.example` or `example.com/blog`: where people know the site, and what makes its small ids its own. */
export const placeOf = (site: string) =>
  `${new URL(site).host}${new URL(site).pathname}`.replace(/\/+$/, '').replace(/^www\./, '');

/** Names of people who comment are free text, and their address is whatever they typed. */
export function authorOf(name: string | null | undefined, url: string | null | undefined): Author {
  return { handle: null, name: plainText(name ?? '') || null, url: webLinks([url])[0] ?? null, followers: null };
}
