/** Questions and answers that name the brand on the sites of Stack Exchange. */
import { z } from 'zod';
import { dayMs, hourMs } from '../clock.ts';
import type { Post } from '../mention.ts';
import type { Fault } from '../net/fault.ts';
import { inBatches, pageAgain } from './again.ts';
import { baseUrl } from './options.ts';
import { type ReadItems, readItems } from './read-items.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page } from './source.ts';
import { type Asking, asking, secrets, spent, waitIn } from './stack-exchange-access.ts';
import { Answer, Excerpt, Question, toAnswer, toAnswerAgain, toQuestion } from './stack-exchange-post.ts';

const home = 'https://api.stackexchange.com';
const pageSize = 100;
/** Pages behind the 25th need an account; ten are a thousand posts for one word. */
const lastPage = 10;

const Options = z.strictObject({
  sites: z
    .array(
      z
        .string()
        .regex(/^[a-z0-9][a-z0-9.-]*$/i, 'should be a site’s short name, such as stackoverflow')
        .toLowerCase(),
    )
    .min(1)
    .default(['stackoverflow'])
    .describe(
      'Sites to search, each by its short name, the first part of its address: stackoverflow, superuser, cooking.',
    ),
  baseUrl: baseUrl(home),
});

interface Method {
  readonly path: string;
  readonly filter: string | undefined;
  read(items: readonly unknown[], site: string): ReadItems;
}

const questions: Method = {
  path: '2.3/search/advanced',
  filter: 'withbody',
  read: (items, site) => readItems(items, 'items', Question, (item) => toQuestion(item, site)),
};
/** The only search that finds answers; the questions in it have come with their whole text already. */
const answers: Method = {
  path: '2.3/search/excerpts',
  filter: undefined,
  read: (items, site) => readItems(items, 'items', Excerpt, (item) => toAnswer(item, site)),
};

export const stackExchange = defineSource({
  id: 'stack-exchange',
  title: 'Stack Exchange',
  kind: 'posts',
  suits: ['software', 'other'],
  home: 'https://stackexchange.com/sites',
  docs: 'https://api.stackexchange.com/docs',
  hears: 'questions about software',
  about: 'Searches the questions and answers of Stack Overflow and its sister sites. It needs no account.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  pace: [
    { requests: 20, perSeconds: 1 },
    { requests: 300, perSeconds: 86_400 },
  ],
  // Two searches for each name and site have to fit into 300 requests a day.
  cron: '35 * * * *',
  overlapMs: hourMs,
  quietAfterMs: 30 * dayMs,
  options: Options,
  example: { sites: ['stackoverflow'] },
  secrets,
  steps: [
    'Open https://stackapps.com/apps/oauth/register and sign in.',
    'Fill in any name and website, and copy the “Key”.',
    'Write it into the file earshot.env beside your config: `STACK_EXCHANGE_KEY=` and behind it what you copied.',
  ],

  looks: ({ sites }) => [...new Set(sites)].map((site) => ({ key: site, scope: 'brand', at: { site } })),

  async *collect({ at, terms, options, secrets, since, http, signal }) {
    const ask = asking(http, options.baseUrl ?? home, at.site, secrets.key);
    const search: Search = { ask, site: at.site, words: searchWords(terms), since, signal };
    const waits = [yield* readMethod(search, questions), yield* readMethod(search, answers)];
    for (const wait of waits) if (wait) throw wait;
  },

  async *recheck({ options, secrets, posts, http, signal }) {
    for (const [site, ofSite] of Map.groupBy(posts, ({ externalId }) => externalId.replace(/:.*$/, ''))) {
      const ask = asking(http, options.baseUrl ?? home, site, secrets.key);
      for (const kind of ['questions', 'answers'] as const) {
        let wait: Fault | null = null;
        for (const asked of inBatches(ofSite.filter(isOf(kind)), pageSize)) {
          signal.throwIfAborted();
          if (wait) throw wait;
          const ids = asked.map(({ externalId }) => externalId.replace(/^.*:[qa]/, '')).join(';');
          const { found, askedAt } = await ask(`2.3/${kind}/${ids}`, { filter: 'withbody', pagesize: pageSize });
          const titles = new Map(asked.map(({ externalId, title }) => [externalId, title]));
          const read =
            kind === 'questions'
              ? questions.read(found.items, site)
              : readItems(found.items, 'items', Answer, (item) =>
                  toAnswerAgain(item, site, titles.get(`${site}:a${item.answer_id}`) ?? null),
                );
          yield pageAgain(asked, read);
          wait = waitIn(found, askedAt);
        }
      }
    }
  },
});

const isOf =
  (kind: 'questions' | 'answers') =>
  ({ externalId }: Post) =>
    externalId.includes(kind === 'questions' ? ':q' : ':a');

interface Search {
  readonly ask: Asking;
  readonly site: string;
  readonly words: readonly string[];
  readonly since: number;
  readonly signal: AbortSignal;
}

/**
 * Returns the wait that the platform asked for where there was more to read: it binds this method, not the other one. A
 * spent budget binds both, and is thrown.
 */
async function* readMethod(
  { ask, site, words, since, signal }: Search,
  { path, filter, read }: Method,
): AsyncGenerator<Page, Fault | null> {
  const seen = new Set<string>();
  let wait: Fault | null = null;
  for (const word of words) {
    const q = /[^\p{L}\p{N}]/u.test(word) ? `"${word.replaceAll('"', ' ')}"` : word;
    const query = {
      q,
      order: 'desc',
      sort: 'creation',
      fromdate: Math.floor(since / 1000),
      pagesize: pageSize,
    };
    for (let page = 1; page <= lastPage; page += 1) {
      if (wait) {
        if (wait.cause === spent) throw wait;
        return wait;
      }
      signal.throwIfAborted();
      const { found, askedAt } = await ask(path, { ...query, page, filter });
      const { posts: all, unreadable } = read(found.items, site);
      const posts = all.filter((post) => !seen.has(post.externalId));
      for (const post of posts) seen.add(post.externalId);
      yield { posts, unreadable, capped: found.has_more && page === lastPage };
      wait = waitIn(found, askedAt);
      if (!found.has_more) break;
    }
  }
  return null;
}
