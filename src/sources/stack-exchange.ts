/** Questions and answers that name the brand on the sites of Stack Exchange. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Ask, Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { inBatches, pageAgain } from './again.ts';
import { baseUrl } from './options.ts';
import { changed, type ReadItems, readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page } from './source.ts';
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

const secrets = {
  key: {
    env: 'STACK_EXCHANGE_KEY',
    about: 'Free, and raises the limit from 300 to 10,000 requests a day.',
    optional: true,
  },
} as const;

const Wrapper = z.object({
  items: z.array(z.unknown()),
  has_more: z.boolean().default(false),
  /** Seconds in which this method must be left alone; old answers have fractions. */
  backoff: z.number().nullish(),
  /** Seen as -1, beside answers that were good. */
  quota_remaining: z.number().nullish(),
});
type Wrapper = z.infer<typeof Wrapper>;
const Refusal = z.object({ error_id: z.number(), error_name: z.string(), error_message: z.string().default('') });

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
  overlapMs: 3_600_000,
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

/** The cause of a wait that is for the whole day's budget. */
const spent = 'spent';

function waitIn({ backoff, quota_remaining }: Wrapper, askedAt: number): Fault | null {
  if (quota_remaining === 0) return slowDown(nextMidnight(askedAt), spent);
  return backoff ? slowDown(askedAt + backoff * 1000) : null;
}

type Asking = (
  path: string,
  query: NonNullable<Ask['query']>,
) => Promise<{ readonly found: Wrapper; readonly askedAt: number }>;

function asking(http: Http, base: string, site: string, key: string | null): Asking {
  return async (path, query) => {
    let askedAt = 0;
    const { body } = await http.json(join(base, path), Wrapper, {
      query: { site, ...query, key: key ?? undefined },
      refused: (answer, now) => {
        askedAt = now;
        return refusal(answer, now, site);
      },
    });
    return { found: body, askedAt };
  };
}

/** Errors come as 400, whatever happened; the real code stands inside. */
function refusal({ status, text }: RawAnswer, now: number, site: string): Fault | undefined {
  const body = status === 200 && text.length > 1000 ? null : refusalIn(text, Refusal);
  if (!body) return undefined;
  const { error_name: name, error_message: message } = body;
  if (name === 'throttle_violation') {
    const seconds = /(\d+) seconds?/.exec(message)?.[1];
    return slowDown(seconds ? now + Number(seconds) * 1000 : null);
  }
  if (name === 'temporarily_unavailable' || name === 'internal_error') {
    return new Fault('unreachable', 'Stack Exchange is out of order for the moment; Earshot tries again by itself.');
  }
  if (name === 'bad_parameter' && /key/i.test(message)) {
    return new Fault(
      'not-allowed',
      `Stack Exchange does not know the key in ${secrets.key.env}. Copy it again from https://stackapps.com/apps, or leave it out.`,
    );
  }
  if (name === 'bad_parameter' && /site/i.test(message)) {
    return new Fault(
      'gone',
      `Stack Exchange has no site called “${site}”. Mend \`stack-exchange.sites\`: the short name is the first part of the site’s address, such as cooking.`,
    );
  }
  if (/^(?:access_|invalid_access_token|key_required)/.test(name)) {
    return new Fault(
      'not-allowed',
      `Stack Exchange does not let a guest search ${site}. Put a free key into ${secrets.key.env}: \`npx earshot sources stack-exchange\` says how.`,
    );
  }
  return changed(name);
}

function slowDown(retryAt: number | null, cause?: string): Fault {
  return new Fault(
    'slow-down',
    'Stack Exchange wants fewer questions from here; Earshot waits and goes on by itself. A free key allows many more: `npx earshot sources stack-exchange`.',
    { retryAt, cause },
  );
}

/** The day's budget begins anew at midnight UTC. */
function nextMidnight(now: number): number {
  return (Math.floor(now / dayMs) + 1) * dayMs;
}
