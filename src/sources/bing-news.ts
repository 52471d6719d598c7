/** News articles that name the brand in Bing News, market by market, from the feed of its search. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import type { FeedItem } from '../net/feed.ts';
import { join } from '../net/join.ts';
import { plainText } from '../text/plain.ts';
import { hostNamed, unwrapped } from './feed-address.ts';
import { Item } from './feed-posts.ts';
import { headlineOrigin } from './headline.ts';
import { declaredLanguage } from './language.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { searchWords } from './search-words.ts';
import { defineSource } from './source.ts';
import { webLinks } from './web-links.ts';

const home = 'https://www.bing.com';
/** For one word in one market; how many articles stand on a page is written nowhere. */
const lastPage = 5;

const Options = z.strictObject({
  markets: z
    .array(z.string().regex(/^[a-z]{2}-[A-Z]{2}$/, 'should be a language and a country, such as en-GB'))
    .min(1)
    .default(['en-US'])
    .describe('Which markets of Bing News to search, each a language and a country: en-GB, de-DE, fr-CA.'),
  baseUrl: baseUrl(home),
});

interface At {
  readonly market: string;
}

export const bingNews = defineSource({
  id: 'bing-news',
  title: 'Bing News',
  kind: 'articles',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://www.bing.com/news',
  docs: 'https://www.rssboard.org/rss-specification',
  hears: 'headlines and first words',
  about:
    'Searches Bing News and gives each article’s headline and first words. Microsoft documents this feed nowhere, so it may ' +
    'stop from one day to the next.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [{ requests: 1, perSeconds: 10 }],
  cron: '55 */2 * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 60 * dayMs,
  offByDefault:
    'Microsoft allows its feeds for personal, non-commercial use as far as we know, and promises nothing about them. Whether you may use it so is for you to decide.',
  options: Options,
  example: { markets: ['en-GB'] },
  secrets: {},

  looks: ({ markets }): { key: string; scope: 'brand'; at: At }[] =>
    [...new Set(markets)].map((market) => ({ key: market, scope: 'brand', at: { market } })),

  async *collect({ at, terms, options, since, http, signal }) {
    const url = join(options.baseUrl ?? home, 'news/search');
    const seen = new Set<string>();
    for (const word of searchWords(terms)) {
      let listed = 0;
      for (let page = 1; page <= lastPage; page += 1) {
        signal.throwIfAborted();
        const first = page === 1 ? undefined : listed + 1;
        const query = { q: `"${word.replaceAll('"', ' ')}"`, format: 'rss', setmkt: at.market, first };
        const items = (await http.feed(url, { query }))?.body.items ?? [];
        listed += items.length;
        const read = readItems(items, 'item', Item, (item) => toPost(item, at.market));
        const fresh = read.posts.filter((post) => !seen.has(post.externalId));
        for (const post of fresh) seen.add(post.externalId);
        const more = fresh.some(({ publishedAt }) => publishedAt === null || publishedAt >= since);
        yield { ...read, posts: fresh, capped: more && page === lastPage };
        if (!more) break;
      }
    }
  },
});

function toPost(item: FeedItem, market: string): Post {
  const url = webLinks([item.url === null ? null : unwrapped(item.url)])[0] ?? null;
  // Only a link that could not be unwrapped still leads to Bing.
  const paper = url !== null && !/(^|\.)bing\.com$/.test(new URL(url).hostname) ? hostNamed(url) : null;
  const words = item.content ?? '';
  return barePost('bing-news', item.contentIsHtml ? plainText(words) : words.trim(), {
    // Feeds of the search carry no ids: an article is where it stands.
    externalId: url ?? item.id?.trim() ?? '',
    url,
    title: item.title || null,
    language: declaredLanguage(market),
    publishedAt: item.publishedAt,
    origin: headlineOrigin(paper, item.title ?? '', item.publishedAt),
    place: paper,
  });
}
