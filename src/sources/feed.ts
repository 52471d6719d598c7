/** Articles and posts from any RSS, Atom, RDF or JSON feed, also one that a page only points to. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { Fault } from '../net/fault.ts';
import type { Feed } from '../net/feed.ts';
import type { Http } from '../net/http.ts';
import { join } from '../net/join.ts';
import { shownAddress } from './feed-address.ts';
import { feedPosts } from './feed-posts.ts';
import { webAddress } from './options.ts';
import { defineSource } from './source.ts';

/** A page may announce one for each of its pages; of some, what is announced is no feed. */
const mostAnnounced = 5;
/** Where sites keep their feed when their page does not say. */
const usualPlaces = ['feed/', 'rss', 'atom.xml', 'feed.xml', 'index.xml'];

const Options = z.strictObject({
  urls: z.array(webAddress()).min(1).describe('Addresses of feeds, or of pages that have one.'),
});

interface At {
  readonly url: string;
}

export const feed = defineSource({
  id: 'feed',
  title: 'Feeds',
  kind: 'articles',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://aboutfeeds.com',
  docs: 'https://www.rfc-editor.org/rfc/rfc4287',
  hears: 'blogs, news and forums with a feed',
  about:
    'Reads blogs, news sites and forums that have a feed. Give the address of the feed or of the site. Google Alerts have ' +
    'a source of their own, `google-alerts`; one that stands here is heard all the same.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 30, perSeconds: 60 }],
  cron: '*/30 * * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { urls: ['https://blog.example/feed.xml'] },
  secrets: {},

  looks: ({ urls }): { key: string; scope: 'place'; at: At }[] =>
    [...new Set(urls)].map((url) => ({ key: shownAddress(url), scope: 'place', at: { url } })),

  async *collect({ at, position, http, signal }) {
    signal.throwIfAborted();
    const { found, place } = await readFeed(http, at.url, position, signal);
    yield {
      ...(found === null ? { posts: [] } : feedPosts(found, at.url)),
      ...(place !== null && { position: place }),
    };
  },
});

interface Found {
  /** Null where nothing has changed since the last look, or the feed rests. */
  readonly found: Feed | null;
  /** The usual place where it was, of a page that does not say. */
  readonly place: string | null;
}

/** @param position where it was found by chance the last time */
async function readFeed(http: Http, url: string, position: string | undefined, signal: AbortSignal): Promise<Found> {
  const answer = await http.feedOrPage(url, { unhurried: true });
  if (answer === null) return { found: null, place: null };
  if ('items' in answer.body) return { found: answer.body, place: null };
  const announced = answer.body.feeds.slice(0, mostAnnounced);
  const places = new Set([...announced, ...(position === undefined ? [] : [position]), ...usualPlacesOf(url)]);
  let first: Fault | null = null;
  for (const place of places) {
    signal.throwIfAborted();
    try {
      const found = (await http.feed(place, { unhurried: true }))?.body ?? null;
      return { found, place: announced.includes(place) ? null : place };
    } catch (fault) {
      if (!(fault instanceof Fault) || (fault.kind !== 'gone' && fault.kind !== 'garbled')) throw fault;
      if (announced.includes(place)) first ??= fault;
    }
  }
  throw first ?? noFeed(url);
}

/** Below the page first, then at the root of its site. */
function usualPlacesOf(url: string): string[] {
  const page = new URL(url);
  page.search = '';
  page.hash = '';
  return [page.href, new URL('/', page).href].flatMap((base) => usualPlaces.map((place) => join(base, place)));
}

function noFeed(url: string): Fault {
  return new Fault(
    'gone',
    `${new URL(url).host} has no feed at this address, and its page points to none. Give the address of the feed itself.`,
  );
}
