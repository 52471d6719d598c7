/** Each platform on loopback answers in the shape its documents promise, finds what is asked for, and comes to an end. */
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { alertPath } from '../../src/demo/platforms/alerts.ts';
import { demoApp } from '../../src/demo/platforms/app-store.ts';
import { type Platforms, startPlatforms } from '../../src/demo/platforms.ts';
import type { PlatformId, PlatformPost } from '../../src/demo/sample.ts';

const start = Date.parse('2026-11-21T12:00:00Z');
const hourMs = 3_600_000;
let now = start;
let platforms: Platforms;

/** So many posts of a platform, an hour apart, every third about Blue Door. */
function many(
  platform: PlatformId,
  length: number,
  more: (at: number) => Partial<PlatformPost> = () => ({}),
): PlatformPost[] {
  return Array.from({ length }, (_, at) => ({
    platform,
    id: String(90_000 - at),
    agoHours: at + 1,
    title: `Number ${at}`,
    text: at % 3 === 0 ? `We sat in the Blue Door Café, table ${at}. #leeds` : `Nothing to do with it, ${at}. #leeds`,
    author: { handle: 'ana.sky.example', name: 'Ana', followers: 12 },
    ...more(at),
  }));
}

const posts: PlatformPost[] = [
  ...many('hacker-news', 137, (at) => (at % 2 ? { replyTo: '89864' } : {})),
  ...many('bluesky', 137),
  ...many('mastodon', 137, () => ({ author: { handle: 'ana@aire.example', name: 'Ana', followers: 12 } })),
  ...many('reddit', 137, (at) => ({ id: `t3_${90_000 - at}`, place: 'Leeds', author: { handle: 'ana_1' } })),
  { platform: 'reddit', id: 't1_c1', replyTo: 't3_90000', place: 'Leeds', agoHours: 0.5, text: 'Blue Door? Never!' },
  ...many('lemmy', 137, (at) => ({
    place: 'leeds',
    author: { handle: 'ana@loiners.example' },
    ...(at % 2 ? { replyTo: '89864' } : {}),
  })),
  ...many('discourse', 137, () => ({ place: 'Food', author: { handle: 'ana' } })),
  ...many('stack-exchange', 137, (at) => ({
    place: 'webapps',
    author: { handle: 'ana' },
    ...(at === 3 ? { replyTo: '89900' } : {}),
  })),
  ...many('app-store', 137, () => ({ place: 'gb', rating: 2 })),
  {
    platform: 'app-store',
    id: '1',
    place: 'us',
    agoHours: 3,
    title: 'Alone',
    text: 'One',
    rating: 5,
    author: { name: 'Bo' },
  },
  ...['blog.xml', 'blog.atom', 'blog.json'].map(
    (place): PlatformPost => ({
      platform: 'feed',
      id: '7',
      place,
      agoHours: 3,
      title: 'Blue & <Door>',
      text: 'Cold soup\u001b.\n\nAgain',
    }),
  ),
  {
    platform: 'feed',
    id: '8',
    place: 'stars.xml',
    agoHours: 30,
    title: 'Rated',
    text: 'Cold',
    rating: 1,
    edit: { agoHours: -2, text: 'Put right', rating: 4 },
  },
  { platform: 'feed', id: '9', place: 'stars.xml', agoHours: -1, title: 'Comes later', text: 'New' },
  {
    platform: 'alerts',
    id: '77',
    place: 'Blue Door',
    agoHours: 1,
    title: 'The Blue Door opens',
    text: `${'word '.repeat(80)}end`,
    link: 'https://news.example/a?b=1&c=2',
  },
];

beforeAll(async () => {
  platforms = await startPlatforms({ posts, now: () => now });
});
afterAll(() => platforms.close());

interface Got {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function get(path: string, headers: Record<string, string> = {}): Promise<Got> {
  const url = path.startsWith('http') ? path : platforms.baseUrl + path;
  const answer = await fetch(url, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

async function getJson<Body>(
  path: string,
  shape: z.ZodType<Body>,
  headers: Record<string, string> = {},
): Promise<Body> {
  return shape.parse(JSON.parse((await get(path, headers)).text));
}

/** Every page from the first on, until `next` knows no more; far too many are a trap. */
async function walk<Body>(
  first: string,
  shape: z.ZodType<Body>,
  next: (body: Body, page: number) => string | null,
  headers = {},
) {
  const pages: Body[] = [];
  for (let path: string | null = first; path !== null; path = next(pages.at(-1) as Body, pages.length)) {
    if (pages.length > 60) throw new Error(`${first} has no end`);
    pages.push(await getJson(path, shape, headers));
  }
  return pages;
}

const unique = (ids: readonly unknown[]) => new Set(ids).size;
const iso = z.iso.datetime();

describe('feeds', () => {
  test('come as RSS, Atom and JSON Feed, with nothing in them that XML forbids', async () => {
    const rss = await get('/feed/blog.xml');
    expect(rss.headers.get('content-type')).toMatch('application/rss+xml');
    expect(rss.text).toMatch(/^<\?xml version="1.0"[\s\S]*<rss version="2.0"/);
    expect(rss.text).toContain('<title>Blue &amp; &lt;Door&gt;</title>');
    expect(rss.text).toContain('<guid isPermaLink="true">https://blog.example/7</guid>');
    expect(rss.text).toContain(`<pubDate>${new Date(start - 3 * hourMs).toUTCString()}</pubDate>`);
    expect(rss.text).not.toContain('\u001b');
    const atom = await get('/feed/blog.atom');
    expect(atom.text).toMatch(
      /<feed xmlns="http:\/\/www.w3.org\/2005\/Atom">[\s\S]*<published>2026-11-21T09:00:00.000Z</,
    );
    const JsonFeed = z.object({
      version: z.literal('https://jsonfeed.org/version/1.1'),
      items: z.array(
        z.object({ id: z.string(), url: z.url(), title: z.string(), content_html: z.string(), date_published: iso }),
      ),
    });
    const { items } = await getJson('/feed/blog.json', JsonFeed);
    expect(items.map(({ title, content_html }) => [title, content_html])).toEqual([
      ['Blue & <Door>', '<p>Cold soup.</p>\n<p>Again</p>'],
    ]);
    expect((await get('/feed/nowhere.xml')).status).toBe(404);
  });

  test('say 304 to who has the newest, by tag or by date, until something is new or edited', async () => {
    const first = await get('/feed/stars.xml');
    expect(first.text).toContain('Rated ★☆☆☆☆');
    const tag = { 'if-none-match': first.headers.get('etag') ?? '' };
    const date = { 'if-modified-since': first.headers.get('last-modified') ?? '' };
    expect([(await get('/feed/stars.xml', tag)).status, (await get('/feed/stars.xml', date)).status]).toEqual([
      304, 304,
    ]);
    expect((await get('/feed/stars.xml', { ...date, 'if-none-match': '"other"' })).status).toBe(200);

    now = start + 1.5 * hourMs;
    const second = await get('/feed/stars.xml', tag);
    expect(second.status).toBe(200);
    expect(second.text).toContain('Comes later');
    expect(second.text).toContain('Rated ★☆☆☆☆');
    now = start + 2.5 * hourMs;
    const third = await get('/feed/stars.xml', { 'if-none-match': second.headers.get('etag') ?? '' });
    expect(third.text).toContain('Rated ★★★★☆');
    expect(third.text).toContain('Put right');
    now = start;
  });

  test('of Google Alerts wrap the link, print the name bold and cut the words', async () => {
    const { text } = await get(alertPath('Blue Door'));
    expect(text).toContain('<title>Google Alert - Blue Door</title>');
    expect(text).toContain('<id>tag:google.com,2013:googlealerts/feed:77</id>');
    expect(text).toContain('The &lt;b&gt;Blue Door&lt;/b&gt; opens');
    expect(text).not.toContain('end&amp;nbsp;');
    expect(text).toContain('&amp;nbsp;...');
    const href = /<link href="(https:\/\/www\.google\.com\/url\?[^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    expect(new URL(href ?? '').searchParams.get('url')).toBe('https://news.example/a?b=1&c=2');
    expect((await get(alertPath('Another'))).status).toBe(404);
  });
});

describe('hacker news', () => {
  const Hits = z.object({
    hits: z.array(
      z.object({
        objectID: z.string(),
        created_at: iso,
        created_at_i: z.int(),
        author: z.string(),
        title: z.string().nullable(),
        url: z.string().nullable(),
        story_text: z.string().nullable(),
        comment_text: z.string().nullable(),
        story_id: z.int(),
        points: z.int().nullable(),
        _tags: z.array(z.string()),
      }),
    ),
    nbHits: z.int(),
    nbPages: z.int(),
  });
  const search = '/hacker-news/api/v1/search_by_date';

  test('finds the phrase, newest first, page by page', async () => {
    const first = `${search}?query=%22blue%20door%22&tags=(story,comment)&hitsPerPage=20`;
    const pages = await walk(first, Hits, ({ nbPages }, page) => (page < nbPages ? `${first}&page=${page}` : null));
    const hits = pages.flatMap((page) => page.hits);
    expect([unique(hits.map(({ objectID }) => objectID)), hits.length, pages[0]?.nbHits]).toEqual([46, 46, 46]);
    expect(hits.map((hit) => hit.created_at_i)).toEqual(hits.map((hit) => hit.created_at_i).toSorted((a, b) => b - a));
    expect(hits.filter(({ comment_text, points }) => comment_text !== null && points !== null)).toEqual([]);
  });

  test('minds tags, times and fields, and takes the last word for a beginning unless told otherwise', async () => {
    const found = async (query: string) => (await getJson(`${search}?${query}`, Hits)).nbHits;
    const since = start / 1000 - 10 * 3600;
    expect(await found('query=blue&tags=story')).toBe(23);
    expect(await found(`query=blue&numericFilters=created_at_i>=${since}`)).toBe(4);
    expect(await found('query=blu')).toBe(46);
    expect(await found('query=blu&queryType=prefixNone')).toBe(0);
    expect(await found('query=ana')).toBe(137);
    expect(await found('query=ana&restrictSearchableAttributes=title,story_text,comment_text,url')).toBe(0);
  });
});

describe('bluesky', () => {
  const Found = z.object({
    posts: z.array(
      z.object({
        uri: z.string().regex(/^at:\/\/did:plc:[a-z2-7]{24}\/app\.bsky\.feed\.post\/\w+$/),
        cid: z.string(),
        author: z.object({ did: z.string(), handle: z.string(), displayName: z.string() }),
        record: z.object({
          $type: z.literal('app.bsky.feed.post'),
          text: z.string(),
          createdAt: iso,
          langs: z.array(z.string()),
          facets: z.array(z.object({ index: z.object({ byteStart: z.int(), byteEnd: z.int() }) })).optional(),
        }),
        likeCount: z.int(),
        repostCount: z.int(),
        replyCount: z.int(),
        quoteCount: z.int(),
        indexedAt: iso,
      }),
    ),
    cursor: z.string().optional(),
  });
  const Refusal = z.object({ error: z.string(), message: z.string() });
  const search = '/bluesky/xrpc/app.bsky.feed.searchPosts?q=%22blue%20door%22&limit=20';

  test('shows visitors one page, and sends them away from the second with a page of HTML', async () => {
    const { posts: page, cursor } = await getJson(search, Found);
    expect([page.length, cursor]).toEqual([20, '20']);
    const second = await get(`${search}&cursor=20`);
    expect([second.status, second.headers.get('content-type')]).toEqual([403, 'text/html']);
    const hashtag = page[0]?.record.facets?.[0]?.index;
    const bytes = Buffer.from(page[0]?.record.text ?? '');
    expect(bytes.subarray(hashtag?.byteStart, hashtag?.byteEnd).toString()).toBe('#leeds');
  });

  test('lets accounts turn the pages until their token has ended, which is a 400', async () => {
    const signIn = (password: string) =>
      fetch(`${platforms.baseUrl}/bluesky/xrpc/com.atproto.server.createSession`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identifier: 'ana.sky.example', password }),
      });
    expect((await signIn('my real password')).status).toBe(401);
    const { accessJwt } = z.object({ accessJwt: z.string() }).parse(await (await signIn('abcd-efgh-ijkl-mnop')).json());
    const headers = { authorization: `Bearer ${accessJwt}` };
    const pages = await walk(search, Found, ({ cursor }) => (cursor ? `${search}&cursor=${cursor}` : null), headers);
    const uris = pages.flatMap((page) => page.posts.map(({ uri }) => uri));
    expect([uris.length, unique(uris)]).toEqual([46, 46]);

    now = start + 3 * hourMs;
    expect((await get(search, headers)).status).toBe(400);
    expect((await getJson(search, Refusal, headers)).error).toBe('ExpiredToken');
    now = start;
    const forged = { authorization: `Bearer ${accessJwt.slice(0, -3)}abc` };
    expect((await getJson(search, Refusal, forged)).error).toBe('InvalidToken');
  });

  test('knows followers from profiles only, and names what a question lacks', async () => {
    const Profiles = z.object({
      profiles: z.array(z.object({ did: z.string(), handle: z.string(), followersCount: z.int() })),
    });
    const path = '/bluesky/xrpc/app.bsky.actor.getProfiles?actors=ana.sky.example&actors=nobody.example';
    expect(
      (await getJson(path, Profiles)).profiles.map(({ handle, followersCount }) => [handle, followersCount]),
    ).toEqual([['ana.sky.example', 12]]);
    expect((await getJson('/bluesky/xrpc/app.bsky.feed.searchPosts', Refusal)).error).toBe('InvalidRequest');
  });
});

describe('mastodon', () => {
  const Statuses = z.array(
    z.object({
      id: z.string().regex(/^\d{18}$/),
      uri: z.url(),
      url: z.url(),
      created_at: iso,
      edited_at: iso.nullable(),
      content: z.string().startsWith('<p>'),
      language: z.string(),
      reblog: z.null(),
      account: z.object({ acct: z.string(), display_name: z.string(), followers_count: z.int() }),
      tags: z.array(z.object({ name: z.string() })),
    }),
  );

  async function timeline(server: string) {
    const all: z.infer<typeof Statuses> = [];
    for (let url: string | undefined = `/${server}/api/v1/timelines/tag/Leeds?limit=40`; url !== undefined; ) {
      const page: Got = await get(url);
      all.push(...Statuses.parse(JSON.parse(page.text)));
      url = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
    }
    return all;
  }

  test('tells the same posts on two servers, each under its own numbers, and ends where no link leads on', async () => {
    const [a, b] = [await timeline('mastodon-a'), await timeline('mastodon-b')];
    expect([a.length, unique(a.map(({ id }) => id))]).toEqual([137, 137]);
    expect(b.map(({ uri }) => uri)).toEqual(a.map(({ uri }) => uri));
    expect(b.filter(({ id }) => a.some((other) => other.id === id))).toEqual([]);
    expect([a[0]?.account.acct, b[0]?.account.acct]).toEqual(['ana', 'ana@aire.example']);
  });

  test('walks forward with min_id, says which timelines are open, and until when the limit holds as a time', async () => {
    const all = await timeline('mastodon-a');
    const forward = Statuses.parse(
      JSON.parse((await get(`/mastodon-a/api/v1/timelines/tag/leeds?limit=5&min_id=${all[20]?.id}`)).text),
    );
    expect(forward.map(({ id }) => id)).toEqual(all.slice(15, 20).map(({ id }) => id));
    const Access = z.object({
      hashtag_feeds: z.object({ local: z.literal('public') }),
      live_feeds: z.object({ local: z.literal('disabled') }),
    });
    await getJson(
      '/mastodon-b/api/v2/instance',
      z.object({ domain: z.string(), configuration: z.object({ timelines_access: Access }) }),
    );
    const closed = await get('/mastodon-a/api/v1/timelines/public');
    expect(closed.status).toBe(401);
    expect(iso.parse(closed.headers.get('x-ratelimit-reset'))).toBe('2026-11-21T12:05:00.000Z');
    expect((await get('/mastodon-a/api/v1/timelines/tag/nowhere')).text).toBe('[]');
  });
});

describe('reddit', () => {
  const ids = (text: string) => [...text.matchAll(/<id>(t[13]_\w+)<\/id>/g)].map(([, id]) => id ?? '');

  test('searches posts, not comments, and goes on after the last one until nothing is left', async () => {
    const found: string[] = [];
    for (let after = ''; ; ) {
      const page = ids((await get(`/reddit/search.rss?q=%22blue+door%22&sort=new&limit=25&after=${after}`)).text);
      if (page.length === 0) break;
      found.push(...page);
      after = page.at(-1) ?? '';
    }
    expect([found.length, unique(found)]).toEqual([46, 46]);
    expect(ids((await get('/reddit/search.rss?q="table 3" OR "table 6"')).text)).toEqual(['t3_89997', 't3_89994']);
  });

  test('lists new posts and comments of subreddits together, with the tail that every post has', async () => {
    const posts = await get('/reddit/r/coffee+leeds/new/.rss?limit=100');
    expect(ids(posts.text)).toHaveLength(100);
    expect(posts.text).toContain('[comments]&lt;/a&gt;');
    const { text } = await get('/reddit/r/leeds/comments/.rss');
    expect(ids(text)).toEqual(['t1_c1']);
    expect(text).toContain('<title>/u/[deleted] on Number 0</title>');
    expect(text).toContain('href="https://www.reddit.com/r/Leeds/comments/90000/number_0/c1/"');
  });
});

describe('lemmy', () => {
  const Post = z.object({ id: z.int(), name: z.string(), body: z.string().optional(), published: iso, ap_id: z.url() });
  const around = {
    creator: z.object({ name: z.string(), actor_id: z.url() }),
    community: z.object({ name: z.string() }),
    counts: z.object({ score: z.int() }),
  };
  const Found = z.object({
    posts: z.array(z.object({ post: Post, ...around })),
    comments: z.array(
      z.object({ comment: z.object({ content: z.string(), path: z.string(), ap_id: z.url() }), post: Post, ...around }),
    ),
  });
  const search = (q: string, type: string) =>
    `/lemmy/api/v3/search?q=${q}&type_=${type}&sort=New&listing_type=All&limit=10`;

  test('speaks the third version only, finds posts and comments apart, and ends with an empty page', async () => {
    expect((await get('/lemmy/api/v4/site')).status).toBe(404);
    await getJson(
      '/lemmy/api/v3/site',
      z.object({ all_languages: z.array(z.object({ id: z.int(), code: z.string() })) }),
    );
    for (const [type, of] of [
      ['Posts', 'posts'],
      ['Comments', 'comments'],
    ] as const) {
      const first = search('blue%20door', type);
      const pages = await walk(first, Found, (body, page) =>
        body[of].length > 0 ? `${first}&page=${page + 1}` : null,
      );
      expect(pages.flatMap((page) => page[of]).length).toBe(23);
    }
    const comment = (await getJson(search('blue', 'Comments'), Found)).comments[0];
    expect(comment?.comment.path).toBe('0.89997');
  });

  test('takes spaces for anything and quotation marks for themselves', async () => {
    expect((await getJson(search('blue%20table%203', 'All'), Found)).comments.length).toBeGreaterThan(0);
    expect((await getJson(search('%22blue%20door%22', 'All'), Found)).posts).toEqual([]);
    expect((await get(`${search('blue', 'All')}0000`)).text).toBe('{"error":"couldnt_get_posts"}');
  });
});

describe('discourse', () => {
  test('gives the newest fifty, and with before the fifty that end there', async () => {
    const Latest = z.object({
      latest_posts: z.array(
        z.object({
          id: z.int(),
          username: z.string(),
          created_at: iso,
          updated_at: iso,
          cooked: z.string(),
          raw: z.string(),
          post_number: z.int(),
          topic_id: z.int(),
          topic_slug: z.string(),
          topic_title: z.string(),
        }),
      ),
    });
    const first = '/discourse/posts.json';
    const pages = await walk(first, Latest, ({ latest_posts: page }) =>
      page.length > 1 ? `${first}?before=${page.at(-1)?.id}` : null,
    );
    expect(pages[0]?.latest_posts).toHaveLength(50);
    expect(unique(pages.flatMap((page) => page.latest_posts.map(({ id }) => id)))).toBe(137);
    expect((await get('/discourse/latest.json')).status).toBe(404);
  });
});

describe('stack exchange', () => {
  const Wrapper = z.object({
    items: z.array(
      z.looseObject({ question_id: z.int(), creation_date: z.int(), title: z.string(), body: z.string().optional() }),
    ),
    has_more: z.boolean(),
    quota_max: z.literal(300),
    quota_remaining: z.int(),
  });

  test('finds questions, and their answers among the excerpts, and counts what is left', async () => {
    const first = '/stack-exchange/2.3/search/advanced?site=webapps&q=%22blue%20door%22&pagesize=20&filter=withbody';
    const pages = await walk(first, Wrapper, ({ has_more }, page) => (has_more ? `${first}&page=${page + 1}` : null));
    const items = pages.flatMap((page) => page.items);
    expect([items.length, unique(items.map((item) => item.question_id))]).toEqual([45, 45]);
    expect(items.every((item) => item.body?.startsWith('<p>'))).toBe(true);
    expect(pages[0] && pages[1] && pages[0].quota_remaining - pages[1].quota_remaining).toBe(1);
    const excerpts = await getJson('/stack-exchange/2.3/search/excerpts?site=webapps&q=table&pagesize=100', Wrapper);
    const answers = excerpts.items.filter((item) => item.item_type === 'answer');
    expect(answers.map((item) => [item.question_id, item.answer_id])).toEqual([[89900, 89997]]);
    expect(await getJson('/stack-exchange/2.3/search/advanced?q=x', z.object({ error_name: z.string() }))).toEqual({
      error_name: 'bad_parameter',
    });
  });

  test('sends gzip to who did not ask for it', async () => {
    const encoding = await new Promise<string | undefined>((resolve, reject) => {
      const asking = request(`${platforms.baseUrl}/stack-exchange/2.3/search/advanced?site=webapps`, (answer) => {
        answer.resume().on('end', () => resolve(answer.headers['content-encoding']));
      });
      asking.on('error', reject).end();
    });
    expect(encoding).toBe('gzip');
  });
});

describe('app store', () => {
  const Label = z.object({ label: z.string() });
  const Entry = z.object({
    id: Label,
    title: Label,
    content: Label,
    'im:rating': z.object({ label: z.enum(['1', '2', '3', '4', '5']) }),
    updated: z.object({ label: z.iso.datetime({ offset: true }) }),
    author: z.object({ name: Label, uri: Label }),
  });
  const Reviews = z.object({ feed: z.object({ entry: z.union([z.array(Entry), Entry]).optional() }) });
  const path = (country: string, page: number, app = demoApp) =>
    `/app-store/${country}/rss/customerreviews/page=${page}/id=${app}/sortby=mostrecent/json`;

  test('gives fifty a page: a list, one thing alone, or nothing', async () => {
    const pages = await walk(path('gb', 1), Reviews, ({ feed }, page) => (feed.entry ? path('gb', page + 1) : null));
    const entries = pages.flatMap(({ feed }) => feed.entry ?? []);
    expect([pages.length, entries.length, unique(entries.map(({ id }) => id.label))]).toEqual([4, 137, 137]);
    expect(Array.isArray((await getJson(path('us', 1), Reviews)).feed.entry)).toBe(false);
    expect((await getJson(path('gb', 1, '1'), Reviews)).feed.entry).toBeUndefined();
    expect((await get(path('gb', 11))).status).toBe(400);
  });

  test('knows the rating of its one app and of no other', async () => {
    const Lookup = z.object({ resultCount: z.int(), results: z.array(z.object({ averageUserRating: z.number() })) });
    expect((await getJson(`/app-store/lookup?id=${demoApp}&country=gb`, Lookup)).results[0]?.averageUserRating).toBe(2);
    expect((await getJson('/app-store/lookup?id=1&country=gb', Lookup)).resultCount).toBe(0);
  });
});

describe('the servers', () => {
  test('remember what they were asked, answer on one address and on one for each, and refuse where told to', async () => {
    const own = await startPlatforms({ posts, now: () => now, refusing: ['reddit'] });
    const refused = await get(`${own.urlOf('reddit')}/search.rss?q=x`, { 'user-agent': 'Earshot/0' });
    expect([refused.status, refused.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect((await get(`${own.urlOf('discourse')}/posts.json`)).text).toBe(
      (await get(`${own.baseUrl}/discourse/posts.json`)).text,
    );
    expect((await get(`${own.baseUrl}/nowhere`)).status).toBe(404);
    expect(own.requests().map(({ platform, status }) => [platform, status])).toEqual([
      ['reddit', 403],
      ['discourse', 200],
      ['discourse', 200],
      [null, 404],
    ]);
    expect(own.requests()[0]).toMatchObject({
      method: 'GET',
      target: '/reddit/search.rss?q=x',
      userAgent: 'Earshot/0',
    });
    expect(new Set(['reddit', 'bluesky', 'feed'].map((prefix) => new URL(own.urlOf(prefix)).port)).size).toBe(3);
    await own.close();
    await expect(get(`${own.baseUrl}/discourse/posts.json`)).rejects.toThrow();
  });
});
