/** Articles and posts from any RSS, Atom, RDF or JSON feed, also one that a page only points to, and from Google Alerts. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Feed, FeedItem } from '../net/feed.ts';
import type { Http } from '../net/http.ts';
import { join } from '../net/join.ts';

import { links, plainText } from '../text/plain.ts';
import { isGoogleAlert, markOf, shownAddress, unwrapped } from './feed-address.ts';
import { declaredLanguage } from './language.ts';
import { webAddress } from './options.ts';
import { readItems } from './page.ts';
import { defineSource } from './source.ts';
import { webLinks } from './web-links.ts';

/** Where sites keep their feed when their page does not say. */
const usualPlaces = ['feed/', 'rss', 'atom.xml', 'feed.xml', 'index.xml'];

const Options = z.strictObject({
  urls: z
    .array(webAddress())
    .min(1)
    .describe('Addresses of feeds, of pages that have one, or of Google Alerts delivered as “RSS feed”.'),
});

const Item = z.custom<FeedItem>().refine((item) => item.id || item.url || item.title || item.content, {
  error: 'empty',
});

interface At {
  readonly url: string;
}

export const feed = defineSource({
  id: 'feed',
  title: 'Feeds and Google Alerts',
  kind: 'articles',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://www.google.com/alerts',
  docs: 'https://www.rfc-editor.org/rfc/rfc4287',
  about:
    'Reads blogs, news sites, forums and Google Alerts that have a feed. Give the address of the feed or of the site; ' +
    'a Google Alert becomes a feed when you choose “Deliver to: RSS feed”.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 30, perSeconds: 60 }],
  cron: '*/30 * * * *',
  overlapMs: 24 * 3_600_000,
  quietAfterMs: 30 * 86_400_000,
  options: Options,
  example: { urls: ['https://blog.example/feed.xml'] },
  secrets: {},

  looks: ({ urls }): { key: string; scope: 'place'; at: At }[] =>
    [...new Set(urls)].map((url) => ({ key: shownAddress(url), scope: 'place', at: { url } })),

  async *collect({ at, http, signal }) {
    signal.throwIfAborted();
    const found = await readFeed(http, at.url, signal);
    if (found === null) {
      yield { posts: [] };
      return;
    }
    const seen = new Set<string>();
    const shared = addressesOfSeveral(found.items);
    yield readItems(found.items, 'item', Item, (item) => {
      const post = toPost(item, found, at.url, shared);
      if (seen.has(post.externalId)) return null;
      seen.add(post.externalId);
      return post;
    });
  },
});

/** Null where nothing has changed since the last look. */
async function readFeed(http: Http, url: string, signal: AbortSignal): Promise<Feed | null> {
  const answer = await http.feedOrPage(url);
  if (answer === null) return null;
  if ('items' in answer.body) return answer.body;
  const [announced] = answer.body.feeds;
  if (announced !== undefined) return (await http.feed(announced))?.body ?? null;
  for (const place of usualPlaces) {
    signal.throwIfAborted();
    try {
      return (await http.feed(join(url, place)))?.body ?? null;
    } catch (fault) {
      if (!(fault instanceof Fault) || (fault.kind !== 'gone' && fault.kind !== 'garbled')) throw fault;
    }
  }
  throw new Fault(
    'gone',
    `${new URL(url).host} has no feed at this address, and its page points to none. Give the address of the feed itself.`,
  );
}

/** Some feeds let all their items point to one page, which then is nobody's id. */
function addressesOfSeveral(items: readonly FeedItem[]): ReadonlySet<string> {
  const urls = items.flatMap(({ id, url }) => (id?.trim() || url === null ? [] : [url]));
  return new Set(urls.filter((url, index) => urls.indexOf(url) < index));
}

function toPost(item: FeedItem, from: Feed, address: string, shared: ReadonlySet<string>): Post {
  const alert = isGoogleAlert(address) || item.id?.startsWith('tag:google.com,2013:googlealerts/');
  const url = webLinks([item.url === null ? null : unwrapped(item.url)])[0] ?? null;
  const content = item.content ?? '';
  const given = item.contentIsHtml ? links(content) : [];
  return {
    source: 'feed',
    externalId: idOf(item, address, shared),
    url,
    author: {
      handle: null,
      name: alert ? hostOf(url) : item.authorName || null,
      url: alert ? null : (webLinks([item.authorUrl])[0] ?? null),
      followers: null,
    },
    title: item.title || null,
    text: item.contentIsHtml ? plainText(content) : content.trim(),
    language: declaredLanguage(item.language ?? from.language),
    publishedAt: item.publishedAt ?? item.updatedAt,
    editedAt: item.publishedAt !== null && (item.updatedAt ?? 0) > item.publishedAt ? item.updatedAt : null,
    rating: null,
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: webLinks(given.map(unwrapped)),
    origin: null,
    parentId: null,
    threadId: null,
    place: from.title,
  };
}

/** The feed's own id, else the item's own address, else a sha256 of title, date and text: never a position. */
function idOf(item: FeedItem, address: string, shared: ReadonlySet<string>): string {
  const id = item.id?.trim();
  if (id) return isWorldwide(id) ? id : `${markOf(address)}:${id}`;
  if (item.url && !shared.has(item.url)) return item.url;
  const words = JSON.stringify([item.title, item.publishedAt ?? item.updatedAt, item.title ? null : item.content]);
  return createHash('sha256').update(words).digest('hex');
}

/** Short ids without a scheme (`12`, `post-5`) are another feed's too. */
const isWorldwide = (id: string) => /^[a-z][a-z0-9+.-]*:/i.test(id) || id.length >= 16;

const hostOf = (url: string | null) => (url === null ? null : new URL(url).hostname.replace(/^www\./, ''));
