/** Turns the items of a feed into posts: what they say, where they really are, and ids that stay. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { barePost, type Post } from '../mention.ts';
import type { Feed, FeedItem } from '../net/feed.ts';
import { links, plainText } from '../text/plain.ts';
import { hostNamed, isGoogleAlert, markOf, unwrapped } from './feed-address.ts';
import { declaredLanguage } from './language.ts';
import { type ReadItems, readItems } from './read-items.ts';
import type { Page } from './source.ts';
import { webLinks } from './web-links.ts';

/** For `readItems`: an item that says anything at all. */
export const Item = z.custom<FeedItem>().refine((item) => item.id || item.url || item.title || item.content, {
  error: 'empty',
});

/**
 * All that a feed's answer holds, each item once: of several with one id the newest, else the last. Those of a Google Alert
 * are the same posts wherever they are heard.
 */
export function feedPosts(found: Feed, address: string): ReadItems & Pick<Page, 'repeated'> {
  const shared = addressesOfSeveral(found.items);
  const read = readItems(found.items, 'item', Item, (item) => toPost(item, found, address, shared));
  const posts = new Map<string, Post>();
  for (const post of read.posts) {
    const other = posts.get(post.externalId);
    if (other === undefined || saidLast(post) >= saidLast(other)) posts.set(post.externalId, post);
  }
  const repeated = read.posts.length - posts.size;
  return { ...read, posts: [...posts.values()], ...(repeated > 0 && { repeated }) };
}

const saidLast = ({ editedAt, publishedAt }: Post) => editedAt ?? publishedAt ?? 0;

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
  return barePost('feed', item.contentIsHtml ? plainText(content) : content.trim(), {
    externalId: idOf(item, address, shared),
    url,
    author: {
      handle: null,
      name: alert ? hostNamed(url) : item.authorName || null,
      url: alert ? null : (webLinks([item.authorUrl])[0] ?? null),
      followers: null,
    },
    title: item.title || null,
    language: declaredLanguage(item.language ?? from.language),
    publishedAt: item.publishedAt ?? item.updatedAt,
    editedAt: item.publishedAt !== null && (item.updatedAt ?? 0) > item.publishedAt ? item.updatedAt : null,
    links: webLinks(given.map(unwrapped)),
    place: from.title,
  });
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
