/** News articles that name the brand, in 65 languages, from the GDELT Project's search; it gives headlines only. */
import { z } from 'zod';
import { dayMs, hourMs, minuteMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http, RawAnswer } from '../net/http.ts';
import { join } from '../net/join.ts';
import { parseJson } from '../net/parse-json.ts';
import { retryTime } from '../net/reset-time.ts';
import { plainText } from '../text/plain.ts';
import { hostNamed } from './feed-address.ts';
import { headlineOrigin } from './headline.ts';
import { languageNamed } from './language.ts';
import { baseUrl } from './options.ts';
import { changed, readItems } from './read-items.ts';
import { searchWords } from './search-words.ts';
import { defineSource, type Page } from './source.ts';
import { webLinks } from './web-links.ts';

const home = 'https://api.gdeltproject.org';
const fullAnswer = 250;
const lastPage = 4;
/** Who asks again soon is kept out for longer. */
const refusedWaitMs = 10 * minuteMs;
/** GDELT searches three months, and refuses whoever names an earlier day. */
const reachMs = 88 * dayMs;

const Options = z.strictObject({ baseUrl: baseUrl(home) });

const Article = z.object({
  url: z.string().min(1),
  title: z.string().nullish(),
  seendate: z.string().nullish(),
  domain: z.string().nullish(),
  language: z.string().nullish(),
});
/** Nothing found is `{}`, or an empty list; anything else has changed. */
const Found = z.union([z.object({ articles: z.array(z.unknown()) }), z.strictObject({})]);

export const gdelt = defineSource({
  id: 'gdelt',
  title: 'GDELT news search',
  kind: 'articles',
  suits: ['restaurant', 'shop', 'service', 'web-shop', 'software', 'other'],
  home: 'https://www.gdeltproject.org',
  docs: 'https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/',
  hears: 'headlines of the world’s news',
  about:
    'Searches the world’s news sites of the last three months through the GDELT Project and gives the headlines that name ' +
    'you. It needs no account, and often asks to wait.',
  access: 'open',
  keeps: 'everything',
  order: 'unordered',
  // One in five seconds is allowed; it refuses more than that when it is busy.
  pace: [{ requests: 1, perSeconds: 10 }],
  cron: '25 */2 * * *',
  overlapMs: 6 * hourMs,
  quietAfterMs: 60 * dayMs,
  options: Options,
  example: {},
  secrets: {},

  looks: () => [{ key: 'search', scope: 'brand', at: {} }],

  async *collect({ terms, options, since, http, signal }) {
    const words = searchWords(terms);
    if (words.length === 0) return;
    const search = { http, url: join(options.baseUrl ?? home, 'api/v2/doc/doc'), since, signal };
    const seen = new Set<string>();
    try {
      yield* articles(search, words, seen);
    } catch (fault) {
      if (!(fault instanceof Unsearchable) || words.length === 1) throw fault;
      // One word that GDELT does not search for must not silence the others.
      const refused: string[] = [];
      for (const word of words) {
        try {
          yield* articles(search, [word], seen);
        } catch (again) {
          if (!(again instanceof Unsearchable)) throw again;
          refused.push(word);
        }
      }
      if (refused.length === words.length) throw fault;
      yield { posts: [], note: `GDELT does not search for ${refused.map((word) => `“${word}”`).join(', ')}.` };
    }
  },
});

interface Search {
  readonly http: Http;
  readonly url: string;
  readonly since: number;
  readonly signal: AbortSignal;
}

/** Newest first; a full answer is followed by one that ends where it ended. */
async function* articles(search: Search, words: readonly string[], seen: Set<string>): AsyncGenerator<Page> {
  let until: number | null = null;
  for (let page = 1; page <= lastPage; page += 1) {
    search.signal.throwIfAborted();
    const list = await ask(search, words, until);
    const read = readItems(list, 'articles', Article, toPost);
    const posts = read.posts.filter((post) => !seen.has(post.externalId));
    for (const post of posts) seen.add(post.externalId);
    const times = read.posts.flatMap(({ publishedAt }) => publishedAt ?? []);
    const more = list.length >= fullAnswer && posts.length > 0 && times.length > 0;
    yield { ...read, posts, capped: more && page === lastPage };
    if (!more) return;
    until = Math.min(...times);
  }
}

async function ask({ http, url, since }: Search, words: readonly string[], until: number | null) {
  let askedAt = since;
  const phrases = words.map((word) => `"${word.replace(/["()]/g, ' ').trim()}"`).join(' OR ');
  const query = {
    query: words.length > 1 ? `(${phrases})` : phrases,
    mode: 'artlist',
    format: 'json',
    maxrecords: fullAnswer,
    sort: 'datedesc',
    enddatetime: until === null ? undefined : digits(until),
  };
  const refused = (answer: RawAnswer, now: number) => {
    askedAt = now;
    return refusal(answer, now, words);
  };
  try {
    const { body } = await http.text(url, { query: { ...query, startdatetime: digits(since) }, refused });
    return listIn(body);
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.kind !== 'garbled' || since > askedAt - reachMs) throw fault;
    const { body } = await http.text(url, { query, refused });
    return listIn(body);
  }
}

/** `20261120101500`. */
const digits = (time: number) => new Date(time).toISOString().replace(/\D/g, '').slice(0, 14);

/** Its JSON now and then holds bare control characters, and backslashes that escape nothing. */
function listIn(text: string): readonly unknown[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is mended
  const bare = text.replace(/[\u0000-\u001f]/g, ' ');
  const mended = bare.replace(/\\(["\\/bfnrt]|u[0-9a-fA-F]{4})?/g, (pair, known) => (known ? pair : '\\\\'));
  let value: unknown;
  try {
    value = parseJson(mended);
  } catch {
    throw changed('no JSON');
  }
  const read = Found.safeParse(value);
  if (!read.success) throw changed('articles is missing');
  return 'articles' in read.data ? read.data.articles : [];
}

function toPost({ url, title, seendate, domain, language }: z.infer<typeof Article>): Post | null {
  const [address] = webLinks([url]);
  if (address === undefined) return null;
  const headline = titleOf(title ?? '');
  const seenAt = timeOf(seendate ?? '');
  const paper = domain || hostNamed(address);
  return barePost('gdelt', '', {
    externalId: address,
    url: address,
    title: headline || null,
    language: languageNamed(language),
    // When GDELT saw it, within some fifteen minutes: the article's own date it does not tell.
    publishedAt: seenAt,
    origin: headlineOrigin(paper, headline, seenAt),
    place: paper,
  });
}

/** Headlines come with blanks around their punctuation: `Acme ' s kiosk , closed`. */
function titleOf(title: string): string {
  return plainText(title.replaceAll('<', '&lt;'))
    .replace(/ (['’]) ?(?=(?:s|t|d|m|re|ve|ll)\b)/gi, '$1')
    .replace(/ +([,.;:!?%)\]])/g, '$1')
    .replace(/([([]) +/g, '$1');
}

/** Of `20261120T101500Z`. */
function timeOf(text: string): number | null {
  const time = Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  return Number.isNaN(time) ? null : time;
}

/** GDELT takes the words for too short or too long. */
class Unsearchable extends Fault {}

/** It refuses in prose, mostly with a 200: that is no silence, nothing was measured. */
function refusal(answer: RawAnswer, now: number, words: readonly string[]): Fault | undefined {
  const { status, text, headers } = answer;
  const prose = status === 200 && !/^\s*[{<]/.test(text) ? text.slice(0, 500) : '';
  if (status === 429 || /limit requests|one every \d+ seconds|too many requests/i.test(prose)) {
    return new Fault('slow-down', 'GDELT’s news search is busy and asks to wait; Earshot goes on by itself.', {
      retryAt: retryTime(headers, now) ?? now + refusedWaitMs,
    });
  }
  if (/too short|too long/i.test(prose)) {
    return new Unsearchable(
      'gone',
      `GDELT does not search for ${words.map((word) => `“${word}”`).join(', ')}: too short or too long. Leave \`gdelt\` out, or give the brand a longer alias.`,
    );
  }
  return undefined;
}
