/** Pages and news that name the brand in Brave's web search, with the place on the page that a new customer sees. */
import { z } from 'zod';
import { hourMs, minuteMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { resetTime } from '../net/reset-time.ts';
import { plainText } from '../text/plain.ts';
import { hostNamed } from './feed-address.ts';
import { declaredLanguage } from './language.ts';
import { baseUrl } from './options.ts';
import { readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page } from './source.ts';
import { utcTimeOf } from './values.ts';
import { webLinks } from './web-links.ts';

const home = 'https://api.search.brave.com';
const onePage = 20;
/** Five dollars of questions are free each month; each costs half a cent. */
const freeAMonth = 1000;
const unsaidWaitMs = minuteMs;

const Options = z.strictObject({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'should be a country of two letters, such as GB')
    .optional()
    .describe('The country from which to search, two letters: GB, DE.'),
  language: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)?$/, 'should be a language of two letters, such as en')
    .optional()
    .describe('The language of the results, two letters: en, de.'),
  news: z.boolean().default(true).describe('Whether to search the news as well; that is one question more a name.'),
  baseUrl: baseUrl(home),
});

const secrets = {
  key: {
    env: 'BRAVE_SEARCH_KEY',
    about: 'The first 1,000 or so questions of a month are free, but Brave wants a card.',
  },
} as const;

const Result = z.object({
  url: z.string().min(1),
  title: z.string().nullish(),
  description: z.string().nullish(),
  extra_snippets: z.array(z.string()).nullish().catch(null),
  page_age: z.string().nullish().catch(null),
  language: z.string().nullish().catch(null),
});
const Results = z.array(z.unknown());
/** What finds nothing has no results at all, but still says what was asked. */
const Answer = z
  .looseObject({ web: z.object({ results: Results }).nullish(), results: Results.nullish() })
  .refine((body) => ['type', 'query', 'mixed', 'web', 'results'].some((name) => name in body), { error: 'no answer' });
const Refusal = z.object({ error: z.object({ code: z.string().default(''), detail: z.string().default('') }) });

export const braveSearch = defineSource({
  id: 'brave-search',
  title: 'Brave Search',
  kind: 'articles',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://search.brave.com',
  docs: 'https://api-dashboard.search.brave.com/app/documentation/web-search/get-started',
  hears: 'the web, and your first page there',
  about:
    'Searches the web with Brave: new pages and news that name you, and the first page that a new customer sees. A complaint ' +
    'among its first ten results counts as urgent. It needs a key, and asks for a card.',
  access: 'paid',
  // Who may store results depends on the plan: the words stay only as long as the search goes on showing them.
  keeps: { textForHours: 24 },
  order: 'unordered',
  pace: [
    { requests: 1, perSeconds: 1 },
    { requests: freeAMonth, perSeconds: 31 * 86_400 },
  ],
  cron: '40 6,18 * * *',
  overlapMs: 24 * hourMs,
  quietAfterMs: 60 * 24 * hourMs,
  options: Options,
  example: { country: 'GB', news: true },
  secrets,
  steps: [
    'Open https://api-dashboard.search.brave.com and register.',
    'Choose the Search plan; it wants a card.',
    'Open “API keys”, press “Add API key”, and copy it.',
    'Write it into the file earshot.env beside your config: `BRAVE_SEARCH_KEY=` and behind it what you copied.',
  ],

  looks: () => [{ key: 'search', scope: 'brand', at: {} }],

  async *collect({ terms, options, secrets: { key }, http, signal }) {
    const seen = new Set<string>();
    const search = async (kind: 'web' | 'news', q: string, rankFor: string | null): Promise<Page> => {
      signal.throwIfAborted();
      const { body } = await http.json(join(options.baseUrl ?? home, `res/v1/${kind}/search`), Answer, {
        query: {
          q,
          count: onePage,
          freshness: rankFor === null ? 'pm' : undefined,
          country: options.country,
          search_lang: options.language,
          text_decorations: false,
        },
        headers: { 'x-subscription-token': key ?? '' },
        refused,
      });
      return pageOf((kind === 'web' ? body.web?.results : body.results) ?? [], rankFor, seen);
    };
    const [name] = terms.names;
    // What a new customer sees: the first page for the bare name, whatever its age.
    if (name !== undefined) yield await search('web', name, name);
    for (const word of searchWords(terms)) {
      const phrase = `"${word.replaceAll('"', ' ')}"`;
      yield await search('web', phrase, null);
      if (options.news) yield await search('news', phrase, null);
    }
  },
});

/** @param rankFor the words whose first page this is, null where places on the page mean nothing. */
function pageOf(results: readonly unknown[], rankFor: string | null, seen: Set<string>): Page {
  let rank = 0;
  const page = readItems(results, 'results', Result, (result) => {
    rank += 1;
    return toPost(result, rankFor === null ? null : { rank, words: rankFor });
  });
  const posts = page.posts.filter((post) => !seen.has(post.externalId));
  for (const post of posts) seen.add(post.externalId);
  return { ...page, posts };
}

function toPost(result: z.infer<typeof Result>, searchRank: Post['searchRank'] | null): Post | null {
  const [url] = webLinks([result.url]);
  if (url === undefined) return null;
  const snippets = [result.description ?? '', ...(result.extra_snippets ?? [])].map(plainText);
  const text = [...new Set(snippets)].filter((words) => words !== '').join('\n\n');
  return barePost('brave-search', text, {
    externalId: url,
    url,
    title: plainText(result.title ?? '') || null,
    language: declaredLanguage(result.language),
    // However old the page: what stands on the first page is said to new customers today.
    publishedAt: searchRank ? null : utcTimeOf(result.page_age),
    place: hostNamed(url),
    ...(searchRank && { searchRank }),
  });
}

/** Errors are `{ error: { code, detail } }`; a key that is not known comes as 422 too. */
function refused({ status, headers, text }: RawAnswer, now: number): Fault | undefined {
  if (status < 400) return undefined;
  const code = refusalIn(text, Refusal)?.error.code ?? '';
  if (status === 429 || /QUOTA|RATE_LIMIT/.test(code)) {
    const retryAt = resetTime(headers['retry-after'], now) ?? windowEnd(headers, now) ?? now + unsaidWaitMs;
    return new Fault('slow-down', 'Brave Search has no more questions for this key for now; Earshot waits.', {
      retryAt,
    });
  }
  if (/TOKEN/.test(code)) {
    return new Fault(
      'not-allowed',
      `Brave Search does not take the key in ${secrets.key.env}. Copy it again: \`npx earshot sources brave-search\` says where.`,
    );
  }
  if (status === 422) {
    return new Fault(
      'gone',
      'Brave Search does not know this country or language. Mend `brave-search.country` and `brave-search.language`.',
    );
  }
  return undefined;
}

/** Its headers tell of several windows at once, `1, 1419704` seconds to go: the longest of those that are used up. */
function windowEnd(headers: RawAnswer['headers'], now: number): number | null {
  const listed = (name: string) => (headers[name] ?? '').split(',').map((part) => part.trim());
  const remaining = listed('x-ratelimit-remaining');
  const ends = listed('x-ratelimit-reset').map((reset) => resetTime(reset, now));
  const used = ends.flatMap((end, index) => (end !== null && remaining[index] === '0' ? end : []));
  return used.length > 0 ? Math.max(...used) : null;
}
