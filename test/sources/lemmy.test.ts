/** What is particular to Lemmy: two forms of servers, dates without a zone, ids that hold across servers, and how it says no. */
import { expect, test } from 'vitest';
import { lemmy } from '../../src/sources/lemmy.ts';
import { fixture } from '../fixtures/lemmy/fixture.ts';
import type { Received, Reply } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import { answer } from '../support/source-fixture.ts';

const file = (name: string) =>
  answer({ ...import.meta, url: new URL('../fixtures/lemmy/', import.meta.url).href }, name);
const terms = { names: ['Blue Door Coffee'], handles: [], domains: [] };
const nothing = { json: { posts: [], comments: [] } };

const person = (name: string) => ({ name, actor_id: `https://lemmy.example/u/${name}` });
const found = (n: number, published: string) => ({
  post: { ap_id: `https://lemmy.example/post/${n}`, name: 'Blue Door Coffee', published, language_id: 0 },
  creator: person('ana'),
  community: person('leeds'),
  counts: { score: 1, comments: 0 },
});
const pageOf = (from: number, published: string, count = 50): Reply => ({
  json: { posts: Array.from({ length: count }, (_, index) => found(from + index, published)), comments: [] },
});

test('a post keeps its address of origin, its home names, its links and its time without a zone as UTC', async () => {
  const read = await readSource(lemmy, { ...fixture, terms });
  expect(read.posts[0]).toEqual({
    source: 'lemmy',
    externalId: 'https://lemmy.example/post/90071992547409931234',
    url: 'https://lemmy.example/post/90071992547409931234',
    author: { handle: 'ana@lemmy.example', name: 'Ana P.', url: 'https://lemmy.example/u/ana', followers: null },
    title: 'Blue Door Coffee charged me twice',
    text: 'Third time this month. See [the receipt](https://pictures.example/receipt_(1).png), or https://bluedoor.example/help.\n\n**Still** waiting for my refund.',
    language: 'en',
    publishedAt: Date.parse('2026-11-18T09:41:12.254Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: 13, reposts: null, replies: 2, views: null },
    links: ['https://pictures.example/receipt_(1).png', 'https://bluedoor.example/help'],
    origin: 'https://lemmy.example/post/90071992547409931234',
    parentId: null,
    threadId: 'https://lemmy.example/post/90071992547409931234',
    place: '!leeds@lemmy.example',
  });
  expect(read.posts[1]).toMatchObject({
    text: '',
    language: null,
    links: ['https://bluedoor.example/visit'],
    editedAt: Date.parse('2026-11-15T18:00:00Z'),
    place: '!coffee@feddit.example',
  });
});

test('a comment knows what it answers; what was removed or deleted is told as gone', async () => {
  const read = await readSource(lemmy, { ...fixture, terms });
  const [, , first, second] = read.posts;
  const root = 'https://lemmy.example/post/90071992547409931234';
  expect(first).toMatchObject({ parentId: root, threadId: root, engagement: { likes: 4, replies: 1 } });
  expect(second).toMatchObject({
    externalId: 'https://feddit.example/comment/55',
    parentId: `${read.url}/comment/880`,
    author: { handle: 'tomk@feddit.example', name: null },
  });
  expect(read.pages.flatMap(({ gone }) => gone ?? []).map(({ externalId }) => externalId)).toEqual([
    'https://lemmy.example/post/4103',
    'https://feddit.example/comment/56',
  ]);
});

test('an old server is searched for posts and for comments, newest first, fifty at a time', async () => {
  const read = await readSource(lemmy, { ...fixture, terms });
  const searches = read.requests.filter(({ path }) => path === '/api/v3/search').map(({ query }) => `${query}`);
  expect(searches).toEqual(
    ['Posts', 'Comments'].map((type) => `q=Blue+Door+Coffee&type_=${type}&sort=New&listing_type=All&page=1&limit=50`),
  );
});

test('a 1.0 server is searched in the new form, back to the time asked for and on along its cursor', async () => {
  const search = ({ query }: Received): Reply | string => {
    if (query.get('type_') === 'comments') return file('comments-1.0.json');
    return query.get('page_cursor') === 'Pa1b2' ? nothing : file('posts-1.0.json');
  };
  const read = await readSource(lemmy, {
    options: fixture.options,
    terms,
    routes: () => ({
      '/api/v4/site': { body: file('site-1.0.json'), headers: { date: 'Fri, 20 Nov 2026 08:00:00 GMT' } },
      '/api/v4/search': search,
    }),
    since: '2026-11-19T08:00:00Z',
  });
  expect(read.faults).toEqual([]);
  expect(read.posts).toMatchObject([
    {
      externalId: 'https://lemmy.example/post/4101',
      author: { handle: 'ana@lemmy.example', name: 'Ana P.', url: 'https://lemmy.example/u/ana' },
      publishedAt: Date.parse('2026-11-18T09:41:12.254Z'),
      editedAt: Date.parse('2026-11-18T09:50:00Z'),
      engagement: { likes: 13, replies: 2 },
      language: 'en',
      place: '!leeds@lemmy.example',
    },
    {
      externalId: 'https://feddit.example/comment/55',
      author: { handle: 'lena@feddit.example' },
      engagement: { likes: 4, replies: 1 },
      language: 'de',
    },
  ]);
  const [posts] = read.requests.filter(({ path }) => path === '/api/v4/search');
  expect(`${posts?.query}`).toBe(
    'search_term=Blue+Door+Coffee&type_=posts&listing_type=all&time_range_seconds=86400&limit=50',
  );
});

test('the mixed list of the betas is read too', async () => {
  const { posts } = JSON.parse(file('posts-1.0.json'));
  const { comments } = JSON.parse(file('comments-1.0.json'));
  const search = [...posts.map((one: object) => ({ type_: 'post', ...one })), ...comments];
  const read = await readSource(lemmy, {
    options: fixture.options,
    terms,
    routes: () => ({ '/api/v4/site': file('site-1.0.json'), '/api/v4/search': { json: { search } } }),
  });
  expect(read.posts.map(({ externalId }) => externalId)).toEqual([
    'https://lemmy.example/post/4101',
    'https://feddit.example/comment/55',
  ]);
});

test('it stops at the first page that is wholly too old, and says so where it stops with more to come', async () => {
  const pages = (byPage: (page: number) => Reply) => ({
    '/api/v3/search': ({ query }: Received) =>
      query.get('type_') === 'Posts' ? byPage(Number(query.get('page'))) : nothing,
  });
  const asked = async (byPage: (page: number) => Reply) => {
    const read = await readSource(lemmy, { options: fixture.options, terms, routes: () => pages(byPage) });
    return { posts: read.posts.length, capped: read.pages.map(({ capped }) => capped ?? false) };
  };
  const old = await asked((page) => pageOf(page * 100, page < 2 ? '2026-11-19T08:00:00Z' : '2026-10-01T08:00:00Z'));
  expect(old).toEqual({ posts: 100, capped: [false, false, false] });
  const endless = await asked((page) => pageOf(page * 100, '2026-11-19T08:00:00Z'));
  expect(endless.posts).toBe(500);
  expect(endless.capped).toEqual([...Array(9).fill(false), true, false]);
});

test('a name that another one covers is not searched for, and a post found twice comes once', async () => {
  const read = await readSource(lemmy, {
    ...fixture,
    terms: { names: ['Blue Door Coffee', 'Blue Door'], handles: [], domains: ['bluedoor.example'] },
  });
  const words = read.requests.map(({ query }) => query.get('q')).filter(Boolean);
  expect([...new Set(words)]).toEqual(['Blue Door', 'bluedoor.example']);
  expect(read.posts).toHaveLength(fixture.posts);
});

test.each<[string, Reply, string]>([
  ['its limit in an old server', { status: 400, json: { error: 'rate_limit_error' } }, 'slow-down'],
  ['its limit in a newer server', { status: 429, json: { error: 'rate_limit_error' } }, 'slow-down'],
  ['nothing at all', { status: 400, body: '' }, 'slow-down'],
  ['an empty body that looks well', { status: 200, body: '' }, 'slow-down'],
  ['that it is private', { status: 400, json: { error: 'instance_is_private' } }, 'not-allowed'],
  ['something else', { status: 400, json: { error: 'couldnt_find_post' } }, 'garbled'],
  ['that it is down', { status: 502, body: '' }, 'unreachable'],
])('a server that says %s', async (_, reply, kind) => {
  const read = await readSource(lemmy, {
    options: fixture.options,
    terms,
    routes: () => ({ '/api/v3/search': reply }),
  });
  expect(read.faults.map((fault) => fault.kind)).toEqual([kind]);
});

test('one server’s trouble is not another’s; two spellings of one address are one look', async () => {
  const looks = lemmy.looks(
    { instances: ['https://a.example/', 'https://a.example', 'https://b.example/lemmy'] },
    terms,
  );
  expect(looks.map(({ key }) => key)).toEqual(['https://a.example', 'https://b.example/lemmy']);
  const read = await readSource(lemmy, {
    options: (url) => ({ instances: [`${url}/down`, `${url}/up`] }),
    terms,
    routes: () => ({ '/down/*': { status: 503 }, '/up/api/v3/search': pageOf(1, '2026-11-19T08:00:00Z', 1) }),
  });
  expect(read.faults).toHaveLength(1);
  expect(read.posts).toHaveLength(1);
});

test('what is no web address does not come in as one, and costs only itself', async () => {
  const { json } = pageOf(1, '2026-11-19T08:00:00Z', 1) as { json: { posts: ReturnType<typeof found>[] } };
  const [good] = json.posts;
  const posts = [
    { ...good, post: { ...good?.post, ap_id: 'javascript:alert(1)' } },
    {
      ...good,
      post: { ...good?.post, url: 'magnet:?xt=1' },
      creator: { name: 'ana', actor_id: 'javascript:alert(1)' },
    },
  ];
  const read = await readSource(lemmy, {
    options: fixture.options,
    terms,
    routes: () => ({
      '/api/v3/search': ({ query }) => (query.get('type_') === 'Posts' ? { json: { posts } } : nothing),
    }),
  });
  expect(read.unreadable).toEqual(['posts.0: post.ap_id is not as expected']);
  expect(read.posts).toMatchObject([{ links: [], author: { handle: expect.stringMatching(/^ana@127/), url: null } }]);
});
