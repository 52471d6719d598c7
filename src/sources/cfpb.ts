/** Complaints about a financial company in the public register of the CFPB; what happened is often told weeks later. */
import { z } from 'zod';
import { dayMs } from '../clock.ts';
import { barePost, type Post } from '../mention.ts';
import { Fault } from '../net/fault.ts';
import type { Http } from '../net/http.ts';
import { join } from '../net/join.ts';
import { baseUrl } from './options.ts';
import { type ReadItems, readItems } from './read-items.ts';
import { defineSource, type Page } from './source.ts';
import { timeOf } from './values.ts';

const home = 'https://www.consumerfinance.gov';
const api = 'data-research/consumer-complaints/search/api/v1/';
const pageSize = 100;
/** 20 searches a minute are allowed: so many take a minute and a half. */
const lastPage = 30;

const Options = z.strictObject({
  companies: z
    .array(z.string().trim().min(1))
    .min(1)
    .describe('Your company as the register writes it, such as BLUE DOOR SAVINGS, INC.; look it up at its home page.'),
  baseUrl: baseUrl(home),
});

const Id = z.union([z.int(), z.string().min(1)]).transform(String);
const words = z.string().nullish();
const Hit = z.object({
  _id: Id,
  _source: z.object({
    product: words,
    issue: words,
    sub_issue: words,
    /** Empty in fresh complaints, and for good where the consumer did not agree to publish it. */
    complaint_what_happened: words,
    date_received: words,
    state: words,
  }),
});
const Found = z.object({
  hits: z.object({ hits: z.array(z.unknown()) }),
  _meta: z
    .object({ is_data_stale: z.boolean().nullish(), has_data_issue: z.boolean().nullish() })
    .nullish()
    .catch(null),
});
/** Where the next page begins: `1730912400000_10701248`. */
const Sort = z.object({ sort: z.tuple([Id, Id]) });

export const cfpb = defineSource({
  id: 'cfpb',
  title: 'CFPB complaints',
  kind: 'posts',
  suits: ['other'],
  home: 'https://www.consumerfinance.gov/data-research/consumer-complaints/',
  docs: 'https://cfpb.github.io/api/ccdb/',
  hears: 'complaints on money matters, US',
  about:
    'Reads the complaints about a financial company in the public register of the Consumer Financial Protection Bureau ' +
    '(United States). It needs no account. What happened is often published weeks later; then the complaint is judged anew.',
  access: 'open',
  keeps: 'everything',
  order: 'newest-first',
  pace: [{ requests: 20, perSeconds: 60 }],
  cron: '15 7 * * *',
  // A complaint appears up to 15 days after it was made, and its words within two months.
  overlapMs: 75 * dayMs,
  quietAfterMs: 60 * dayMs,
  options: Options,
  example: { companies: ['BLUE DOOR SAVINGS, INC.'] },
  secrets: {},

  looks: ({ companies }) =>
    [...new Set(companies)].map(
      (company) => ({ key: company, scope: 'brand', certain: true, at: { company } }) as const,
    ),

  async *collect({ at: { company }, options, since, http, signal }) {
    const search: Search = { http, base: join(options.baseUrl ?? home, api), company, since, signal, seen: new Set() };
    const whole = yield* walk(search, {});
    if (search.seen.size === 0) await checkName(search);
    // Of a company with very many, those that have words by now matter most.
    if (!whole) yield* walk(search, { has_narrative: true });
  },

  /** Single complaints may be asked for five times a minute: those of the stored ones' days come in hundreds. What is missing may be another company's by now. */
  async *recheck({ options, posts, http, signal }) {
    const wanted = new Set(posts.map(({ externalId }) => externalId));
    const times = posts.flatMap(({ publishedAt }) => publishedAt ?? []);
    if (times.length === 0) return;
    const dates = { date_received_max: dateOf(Math.max(...times) + dayMs), company: options.companies };
    const search = { http, base: join(options.baseUrl ?? home, api), since: Math.min(...times), signal };
    for await (const page of walk({ ...search, company: '', seen: new Set() }, dates)) {
      yield { posts: page.posts.filter(({ externalId }) => wanted.delete(externalId)) };
      if (wanted.size === 0) return;
    }
  },
});

interface Search {
  readonly http: Http;
  readonly base: string;
  readonly company: string;
  readonly since: number;
  readonly signal: AbortSignal;
  readonly seen: Set<string>;
}

/** Newest first. Returns whether it came to the end. */
async function* walk(
  { http, base, company, since, signal, seen }: Search,
  only: object,
): AsyncGenerator<Page, boolean> {
  const date_received_min = dateOf(since);
  const sorting = { sort: 'created_date_desc', size: pageSize, no_aggs: true, no_highlight: true };
  const passed = new Set<string | undefined>([undefined]);
  let search_after: string | undefined;
  for (let page = 1; ; page += 1) {
    signal.throwIfAborted();
    const query = { company, date_received_min, ...sorting, ...only, search_after };
    const { body } = await http.json(base, Found, { query });
    const { hits } = body.hits;
    const read = readItems(hits, 'hits.hits', Hit, toPost);
    search_after = Sort.safeParse(hits.at(-1)).data?.sort.join('_');
    const more = hits.length >= pageSize && !passed.has(search_after);
    const capped = more && page === lastPage;
    yield { ...unseen(read, seen), capped, ...(body._meta?.is_data_stale ? { note: stale } : {}) };
    if (!more || capped) return !capped;
    passed.add(search_after);
  }
}

const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);

const stale = 'The register says that its own data is out of date for the moment.';

function unseen(read: ReadItems, seen: Set<string>): ReadItems {
  const posts = read.posts.filter(({ externalId }) => !seen.has(externalId));
  for (const { externalId } of posts) seen.add(externalId);
  return { ...read, posts };
}

/** No complaint in months may be good news, or a name that the register writes differently. */
async function checkName({ http, base, company }: Search): Promise<void> {
  const known = await suggestions(http, base, company);
  if (known === null || known.some((name) => name.toLowerCase() === company.toLowerCase())) return;
  const others = known.slice(0, 3).map((name) => `“${name}”`);
  throw new Fault(
    'gone',
    `The CFPB’s register has no company called “${company}”.${others.length > 0 ? ` It knows ${others.join(', ')}.` : ''} Mend \`cfpb.companies\`.`,
  );
}

/** Null where the register does not tell: a question beside the matter must not cost the look. */
async function suggestions(http: Http, base: string, text: string): Promise<readonly string[] | null> {
  try {
    return (await http.json(join(base, '_suggest_company'), z.array(z.string()), { query: { text } })).body;
  } catch (fault) {
    if (fault instanceof Fault) return null;
    throw fault;
  }
}

function toPost({ _id, _source: { product, issue, sub_issue, ...complaint } }: z.infer<typeof Hit>): Post {
  const about = [product, issue, sub_issue].filter(Boolean).join(' – ');
  return barePost('cfpb', complaint.complaint_what_happened || about, {
    externalId: _id,
    url: `${home}/data-research/consumer-complaints/search/detail/${encodeURIComponent(_id.toWellFormed())}`,
    title: complaint.complaint_what_happened ? issue || product || null : null,
    publishedAt: timeOf(complaint.date_received),
    place: complaint.state || null,
  });
}
