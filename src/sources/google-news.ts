/** Headlines that name the brand in Google News, country by country, from the feed of its search. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import type { Feed, FeedItem } from '../net/feed.ts';
import { join } from '../net/join.ts';
import { Item } from './feed-posts.ts';
import { headlineOrigin } from './headline.ts';
import { declaredLanguage } from './language.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { searchWords } from './search-words.ts';
import { defineSource } from './source.ts';
import { webLinks } from './web-links.ts';

const home = 'https://news.google.com';
/** As many as one answer holds; there is no second page. */
const fullAnswer = 100;

const Options = z.strictObject({
  editions: z
    .array(
      z.string().regex(/^[a-z]{2}(?:-[A-Z][a-z]{3})?-[A-Z]{2}$/, 'should be a language and a country, such as en-GB'),
    )
    .min(1)
    .default(['en-US'])
    .describe('Which editions of Google News to search, each a language and a country: en-GB, de-DE, ko-KR.'),
  baseUrl: baseUrl(home),
});

interface At {
  readonly edition: string;
}

export const googleNews = defineSource({
  id: 'google-news',
  title: 'Google News',
  kind: 'articles',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home,
  docs: 'https://www.rssboard.org/rss-specification',
  hears: 'headlines that name you',
  about:
    'Searches the headlines of Google News. Google gives headlines only, no words of the article. Google Alerts find the ' +
    'same articles and are yours to read: prefer them.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 1, perSeconds: 30 }],
  cron: '50 * * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 60 * dayMs,
  offByDefault:
    'Google says in the feed itself: “This XML feed is made available solely for the purpose of rendering Google News results within a personal feed reader for personal, non-commercial use. Any other use of the feed is expressly prohibited.” Whether you may use it so is for you to decide.',
  options: Options,
  example: { editions: ['en-GB'] },
  secrets: {},

  looks: ({ editions }): { key: string; scope: 'brand'; at: At }[] =>
    [...new Set(editions)].map((edition) => ({ key: edition, scope: 'brand', at: { edition } })),

  async *collect({ at, terms, options, http, signal }) {
    signal.throwIfAborted();
    const words = searchWords(terms);
    if (words.length === 0) return;
    const query = { q: words.map((word) => `"${word.replaceAll('"', ' ')}"`).join(' OR '), ...localeOf(at.edition) };
    const answer = await http.feed(join(options.baseUrl ?? home, 'rss/search'), { query });
    if (answer === null) {
      yield { posts: [] };
      return;
    }
    const { items } = answer.body;
    const read = readItems(items, 'item', Item, (item) => toPost(item, answer.body));
    yield { ...read, capped: items.length >= fullAnswer };
  },
});

/** Google redirects whoever leaves one of the three out. */
function localeOf(edition: string) {
  const parts = edition.split('-');
  const country = parts.at(-1) ?? '';
  return { hl: edition, gl: country, ceid: `${country}:${parts.slice(0, -1).join('-')}` };
}

function toPost(item: FeedItem, from: Feed): Post {
  const { publisher } = item;
  const title = headlineOf(item.title ?? '', publisher?.name);
  const site = webLinks([publisher?.url])[0] ?? null;
  // What stands in the description is the headline once more.
  return barePost('google-news', '', {
    externalId: item.id?.trim() || item.url || '',
    // Google's own address: it can no longer be unwrapped.
    url: webLinks([item.url])[0] ?? null,
    title: title || null,
    language: declaredLanguage(item.language ?? from.language),
    publishedAt: item.publishedAt,
    origin: headlineOrigin(site && new URL(site).hostname, title, item.publishedAt),
    place: publisher?.name ?? null,
  });
}

/** `Kiosk closed - Leeds Daily` without the paper's name, which may hold a dash itself. */
function headlineOf(title: string, paper: string | undefined): string {
  const behind = ` - ${paper}`;
  return paper !== undefined && title.endsWith(behind) ? title.slice(0, -behind.length).trim() : title;
}
