/** Pages and news that name the brand, found by a SearXNG of the owner's own, which asks many search engines at once. */
import { z } from 'zod';
import { dayMs, hourMs, minuteMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { plainText } from '../text/plain.ts';
import { hostNamed } from './feed-address.ts';
import { webAddress } from './options.ts';
import { readItems } from './read-items.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page } from './source.ts';
import { utcTimeOf } from './values.ts';
import { webLinks } from './web-links.ts';

/** An engine that turns us away is left alone for this long. */
const refusedWaitMs = 15 * minuteMs;

const Options = z.strictObject({
  instance: webAddress().describe(
    'The address of your own SearXNG. Public ones forbid programs. In its settings.yml, `search.formats` must list json.',
  ),
  categories: z
    .array(z.enum(['general', 'news', 'social media']))
    .min(1)
    .default(['general', 'news'])
    .describe('Kinds of results to search: general, news, social media.'),
  language: z.string().min(2).optional().describe('Language of the results, such as en-GB; otherwise all of them.'),
  engines: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Search engines to ask, as your SearXNG calls them; otherwise all that it has switched on.'),
});
type Options = z.infer<typeof Options>;

const Result = z.object({
  url: z.string().min(1),
  title: z.string().nullish(),
  content: z.string().nullish(),
  publishedDate: z.string().nullish().catch(null),
  /** Its place with each engine that found it. */
  positions: z.array(z.int().positive()).nullish().catch(null),
});
const Results = z.object({
  results: z.array(z.unknown()),
  unresponsive_engines: z.array(z.unknown()).catch([]).default([]),
});

interface At {
  readonly instance: string;
  readonly categories: Options['categories'];
}

export const searxng = defineSource({
  id: 'searxng',
  title: 'SearXNG web search',
  kind: 'articles',
  suits: ['software'],
  home: 'https://docs.searxng.org',
  docs: 'https://docs.searxng.org/dev/search_api.html',
  hears: 'the web, by your own search server',
  about:
    'Searches the web through a SearXNG that you run yourself: pages, news, social media. What complains about you among ' +
    'the first ten results for your name counts as urgent.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  // The engines behind it block who asks often.
  pace: [{ requests: 1, perSeconds: 10 }],
  cron: '35 */6 * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 60 * dayMs,
  options: Options,
  example: { instance: 'https://search.bluedoor.example', categories: ['general', 'news'] },
  secrets: {},

  looks: ({ instance, categories }): { key: string; scope: 'brand'; at: At }[] => [
    { key: instance, scope: 'brand', at: { instance, categories: [...new Set(categories)] } },
  ],

  async *collect({ at, terms, options, http, signal }) {
    const seen = new Set<string>();
    const [name] = terms.names;
    // What a new customer sees: the first page for the bare name, whatever its age.
    if (at.categories.includes('general') && name !== undefined) {
      signal.throwIfAborted();
      yield only(await search(http, at, options, { q: name, categories: 'general' }, name), seen);
    }
    for (const category of at.categories) {
      for (const word of searchWords(terms)) {
        signal.throwIfAborted();
        const query = { q: `"${word.replaceAll('"', ' ')}"`, categories: category, time_range: 'month' };
        yield only(await search(http, at, options, query, null), seen);
      }
    }
  },
});

function only(page: Page, seen: Set<string>): Page {
  const posts = page.posts.filter((post) => !seen.has(post.externalId));
  for (const post of posts) seen.add(post.externalId);
  return { ...page, posts };
}

/** @param rankFor the words whose first page this is, null where places on the page mean nothing. */
async function search(
  http: Http,
  { instance }: At,
  { language, engines }: Options,
  query: Readonly<Record<string, string>>,
  rankFor: string | null,
): Promise<Page> {
  const { host } = new URL(instance);
  const { body } = await http.json(join(instance, 'search'), Results, {
    query: { ...query, format: 'json', language, engines: engines?.join(','), safesearch: 0 },
    refused: (answer, now) => refused(answer, now, host),
  });
  const silent = body.unresponsive_engines.map(engineOf);
  if (body.results.length === 0 && silent.length > 0) throw unmeasured(host, silent);
  let listed = 0;
  const read = readItems(body.results, 'results', Result, (result) => {
    listed += 1;
    const rank = Math.min(...(result.positions?.length ? result.positions : [listed]));
    return toPost(result, rankFor === null ? null : { rank, words: rankFor });
  });
  return silent.length > 0 ? { ...read, note: `${host} got no answer from ${silent.join(', ')}.` } : read;
}

function toPost(result: z.infer<typeof Result>, searchRank: Post['searchRank'] | null): Post | null {
  const [url] = webLinks([result.url]);
  if (url === undefined) return null;
  return barePost('searxng', plainText(result.content ?? ''), {
    externalId: url,
    url,
    title: plainText(result.title ?? '') || null,
    // However old the page: what stands on the first page is said to new customers today.
    publishedAt: searchRank ? null : utcTimeOf(result.publishedDate),
    place: hostNamed(url),
    ...(searchRank && { searchRank }),
  });
}

/** `["google", "CAPTCHA"]`; the reason is in whatever language the instance speaks. */
function engineOf(given: unknown): string {
  const [name] = Array.isArray(given) ? given : [given];
  return typeof name === 'string' ? name : 'an engine';
}

function unmeasured(host: string, engines: readonly string[]): Fault {
  return new Fault(
    'unreachable',
    `The search engines behind ${host} gave no answer (${engines.join(', ')}), so nothing was searched. Earshot tries again by itself.`,
  );
}

function refused({ status }: RawAnswer, now: number, host: string): Fault | undefined {
  if (status !== 403) return undefined;
  return new Fault(
    'blocked',
    `${host} lets no program search. Put json into \`search.formats\` in its settings.yml, and give the address of a SearXNG of your own.`,
    { retryAt: now + refusedWaitMs },
  );
}
