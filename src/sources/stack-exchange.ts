/** Questions and answers that name the brand on the sites of Stack Exchange. */
import { z } from 'zod';
import type { Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { links, plainText } from '../text/plain.ts';
import { baseUrl, webAddress } from './options.ts';
import { changed, type ReadItems, readItems } from './read-items.ts';
import { refusalIn } from './refusal.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page } from './source.ts';

const home = 'https://api.stackexchange.com';
const pageSize = 100;
/** Pages behind the 25th need an account; ten are a thousand posts for one word. */
const lastPage = 10;
const dayMs = 86_400_000;

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

/** A number, or its digits where a number could not hold them. */
const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const address = webAddress().nullish().catch(null);
const count = z.int().nullish().catch(null);
/** JavaScript knows no later second. */
const second = z.int().max(8_640_000_000_000);
/** A deleted account has neither address nor number, sometimes not even a name. */
const Owner = z.object({ display_name: z.string().nullish(), link: address }).nullish();
const Item = z.object({
  title: z.string().nullish(),
  body: z.string().nullish(),
  creation_date: second,
  owner: Owner,
  score: count,
});
const Question = Item.extend({
  question_id: Id,
  link: address,
  last_edit_date: second.nullish().catch(null),
  answer_count: count,
  view_count: count,
});
const Excerpt = Item.extend({
  item_type: z.string(),
  question_id: Id,
  answer_id: Id.nullish(),
  excerpt: z.string().nullish(),
});

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
    const ask = asking(http, options.baseUrl ?? home, at.site, since, secrets.key);
    const words = searchWords(terms);
    const waits = [
      yield* readMethod(ask, questions, words, at.site, signal),
      yield* readMethod(ask, answers, words, at.site, signal),
    ];
    for (const wait of waits) if (wait) throw wait;
  },
});

/**
 * Returns the wait that the platform asked for where there was more to read: it binds this method, not the other one. A
 * spent budget binds both, and is thrown.
 */
async function* readMethod(
  ask: Asking,
  method: Method,
  words: readonly string[],
  site: string,
  signal: AbortSignal,
): AsyncGenerator<Page, Fault | null> {
  const seen = new Set<string>();
  let wait: Fault | null = null;
  let spent: Fault | null = null;
  for (const word of words) {
    for (let page = 1; page <= lastPage; page += 1) {
      if (spent) throw spent;
      if (wait) return wait;
      signal.throwIfAborted();
      const { found, askedAt } = await ask(method, word, page);
      const read = method.read(found.items, site);
      const posts = read.posts.filter((post) => !seen.has(post.externalId));
      for (const post of posts) seen.add(post.externalId);
      yield { ...read, posts, capped: found.has_more && page === lastPage };
      if (found.backoff) wait = slowDown(askedAt + found.backoff * 1000);
      if (found.quota_remaining === 0) spent = slowDown(nextMidnight(askedAt));
      if (!found.has_more) break;
    }
  }
  return null;
}

type Asking = (
  method: Method,
  word: string,
  page: number,
) => Promise<{ readonly found: Wrapper; readonly askedAt: number }>;

function asking(http: Http, base: string, site: string, since: number, key: string | null): Asking {
  return async ({ path, filter }, word, page) => {
    let askedAt = since;
    const { body } = await http.json(join(base, path), Wrapper, {
      query: {
        site,
        q: /[^\p{L}\p{N}]/u.test(word) ? `"${word.replaceAll('"', ' ')}"` : word,
        order: 'desc',
        sort: 'creation',
        fromdate: Math.floor(since / 1000),
        pagesize: pageSize,
        page,
        filter,
        key: key ?? undefined,
      },
      refused: (answer, now) => {
        askedAt = now;
        return refusal(answer, now, site);
      },
    });
    return { found: body, askedAt };
  };
}

function toQuestion(item: z.infer<typeof Question>, site: string): Post {
  const id = `${site}:q${item.question_id}`;
  return {
    ...toPost(item, site),
    externalId: id,
    url: item.link ?? `https://${hostOf(site)}/q/${item.question_id}`,
    text: plainText(item.body ?? ''),
    editedAt: item.last_edit_date ? item.last_edit_date * 1000 : null,
    engagement: {
      likes: item.score ?? null,
      reposts: null,
      replies: item.answer_count ?? null,
      views: item.view_count ?? null,
    },
    links: links(item.body ?? ''),
    threadId: id,
  };
}

function toAnswer(item: z.infer<typeof Excerpt>, site: string): Post | null {
  if (item.item_type !== 'answer' || !item.answer_id) return null;
  const question = `${site}:q${item.question_id}`;
  return {
    ...toPost(item, site),
    externalId: `${site}:a${item.answer_id}`,
    url: `https://${hostOf(site)}/a/${item.answer_id}`,
    text: plainText(item.body ?? item.excerpt ?? ''),
    parentId: question,
    threadId: question,
  };
}

/** What questions and answers share; names and titles come with entities in them. */
function toPost(
  { owner, title, creation_date, score }: z.infer<typeof Item>,
  site: string,
): Omit<Post, 'externalId' | 'url' | 'text'> {
  const name = owner?.display_name ? plainText(owner.display_name) : null;
  return {
    source: 'stack-exchange',
    author: { handle: name, name, url: owner?.link ?? null, followers: null },
    title: title ? plainText(title) : null,
    language: null,
    publishedAt: creation_date * 1000,
    editedAt: null,
    rating: null,
    engagement: { likes: score ?? null, reposts: null, replies: null, views: null },
    links: [],
    origin: null,
    parentId: null,
    threadId: null,
    place: site,
  };
}

const ownHosts: Readonly<Record<string, string>> = {
  mathoverflow: 'mathoverflow.net',
  'meta.mathoverflow': 'meta.mathoverflow.net',
  meta: 'meta.stackexchange.com',
};

/** Answers come without an address; the site's short name gives its host. */
function hostOf(site: string): string {
  if (/\.(?:com|net)$/.test(site)) return site;
  const alone = /^(?:\w+\.)?(?:stackoverflow|superuser|serverfault|askubuntu|stackapps)$/.test(site);
  return ownHosts[site] ?? (alone ? `${site}.com` : `${site}.stackexchange.com`);
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

function slowDown(retryAt: number | null): Fault {
  return new Fault(
    'slow-down',
    'Stack Exchange wants fewer questions from here; Earshot waits and goes on by itself. A free key allows many more: `npx earshot sources stack-exchange`.',
    { retryAt },
  );
}

/** The day's budget begins anew at midnight UTC. */
function nextMidnight(now: number): number {
  return (Math.floor(now / dayMs) + 1) * dayMs;
}
