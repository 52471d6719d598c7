/** What is particular to feeds: how one is found, which ids its items get, and how Google Alerts are unwrapped and hidden. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { feed } from '../../src/sources/feed.ts';
import { shownAddress, unwrapped } from '../../src/sources/feed-address.ts';
import { fixture } from '../fixtures/feed/fixture.ts';
import { loopback, type Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import { blueDoor } from '../support/source-fixture.ts';

const rss = (...items: string[]) =>
  `<rss version="2.0"><channel><title>News</title>${items.map((item) => `<item>${item}</item>`).join('')}</channel></rss>`;
const html = (head: string, body = '') => ({
  body: `<!doctype html><html><head>${head}</head><body>${body}</body></html>`,
  headers: { 'content-type': 'text/html' },
});
const reading = (paths: string[], routes: Routes) =>
  readSource(feed, { options: (url) => ({ urls: paths.map((path) => url + path) }), routes: () => routes });

test('an article keeps its words, author, date and links', async () => {
  const { posts } = await readSource(feed, fixture);
  expect(posts[0]).toEqual({
    source: 'feed',
    externalId: 'https://eats.example/?p=90071992547409931',
    url: 'https://eats.example/2026/11/blue-door-coffee/',
    author: { handle: null, name: 'Nadia Brook', url: null, followers: null },
    title: 'Blue Door Coffee: an hour for a flat white',
    text: 'We waited an hour & were then told the till was closed.\n\nThe menu still looks lovely.',
    language: 'en',
    publishedAt: Date.parse('2026-11-19T09:30:00Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: null, reposts: null, replies: null, views: null },
    links: ['https://bluedoor.example/menu'],
    origin: null,
    parentId: null,
    threadId: null,
    place: 'Leeds Eats',
  });
  expect(posts[3]).toMatchObject({ externalId: 'https://eats.example/short/991', title: null, publishedAt: null });
  expect(posts[4]).toMatchObject({
    title: 'What I paid at Blue Door Café',
    text: 'Six pounds, and no receipt.',
    author: { name: 'Tim Hollis', url: 'https://notes.example/tim' },
    editedAt: Date.parse('2026-11-19T18:30:02Z'),
  });
});

test('a Google Alert tells where the article really is, who published it, and shows nothing bold', async () => {
  const { posts } = await readSource(feed, fixture);
  expect(
    posts.slice(5).map(({ url, title, text, author, language }) => ({ url, title, text, by: author.name, language })),
  ).toEqual([
    {
      url: 'https://www.leedsdaily.example/news/kiosk?id=7&p=2',
      title: 'Why Blue Door Coffee closed its kiosk & what comes next',
      text: 'Customers of Blue Door Coffee found the shutters down. ... no notice at the station, ...',
      by: 'leedsdaily.example',
      language: null,
    },
    {
      url: 'http://blog.example/door',
      title: 'Old form of a link',
      text: 'Nothing bold here ...',
      by: 'blog.example',
      language: null,
    },
  ]);
});

test('what lets people in is not shown, and two such addresses still differ', () => {
  const alert = (n: number) => `https://www.google.com/alerts/feeds/01234567890123456789/${n}`;
  const keys = feed.looks({ urls: [alert(1), alert(2), alert(1)] }, blueDoor).map(({ key }) => key);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(2);
  for (const key of keys) expect(key).toMatch(/^Google Alert [\da-f]{12}$/);
  for (const open of ['https://blog.example/feed?tag=a', 'https://blog.example/?author=ana&design=2'])
    expect(shownAddress(open)).toBe(open);
  for (const secret of ['https://ana:s3cret@blog.example/feed', 'https://r.example/.rss?feed=s3cret&user=ana&x=1'])
    expect(shownAddress(secret)).toMatch(/^https:\/\/[^@]*example(?!.*s3cret).* \([\da-f]{12}\)$/);
});

test('a redirect is unwrapped only to another web address, and everything else is left as it is', () => {
  expect(unwrapped('https://www.google.com/url?url=javascript:alert(1)')).toContain('google.com/url');
  expect(unwrapped('https://www.google.com/search?q=https://a.example/')).toContain('google.com/search');
  expect(unwrapped('https://evilgoogle.example/url?url=https://a.example/')).toContain('evilgoogle');
  expect(unwrapped('http://www.bing.com/news/apiclick.aspx?ref=x&url=https%3a%2f%2fa.example%2fb')).toBe(
    'https://a.example/b',
  );
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), (target) => {
      const wrapped = `https://www.google.de/url?sa=t&url=${encodeURIComponent(target)}&ct=ga`;
      expect(unwrapped(wrapped)).toBe(new URL(target).href);
    }),
  );
});

test('ids: the feed’s own, made its own where it is short; else the address; else title and date, wherever it stands', async () => {
  const items = [
    '<guid>12</guid><title>a</title>',
    '<title>b</title><link>https://a.example/b</link>',
    '<title>c</title><pubDate>Thu, 19 Nov 2026 09:30:00 GMT</pubDate>',
  ];
  const routes = (order: string[]) => ({ '/one.xml': rss(...order), '/two.xml': rss(...order) });
  const ids = async (order: string[]) =>
    (await reading(['/one.xml'], routes(order))).posts.map(({ externalId }) => externalId);
  const forward = await ids(items);
  expect(forward[0]).toMatch(/^[\da-f]{12}:12$/);
  expect(forward[1]).toBe('https://a.example/b');
  expect(forward[2]).toMatch(/^[\da-f]{64}$/);
  const backward = await ids([...items].reverse());
  expect(backward.reverse().slice(1)).toEqual(forward.slice(1));
  const both = await reading(['/one.xml', '/two.xml'], routes(items));
  expect(both.posts[0]?.externalId).not.toBe(both.posts[3]?.externalId);
});

test('the same item twice in a feed is one post, and an item that says nothing is not read', async () => {
  const item = '<guid>https://a.example/1</guid><title>a</title>';
  const { posts, faults } = await reading(['/f.xml'], { '/f.xml': rss(item, item, '') });
  expect(posts.map(({ title }) => title)).toEqual(['a']);
  expect(faults).toEqual([]);
});

test('of an id that comes again with other words the newest hold, else the last; how many there were is told', async () => {
  const item = (text: string, at = '') =>
    `<guid>urn:a.example:1</guid><title>${text}</title>${at && `<pubDate>${new Date(at).toUTCString()}</pubDate>`}`;
  const undated = await reading(['/f.xml'], { '/f.xml': rss(item('one'), item('one'), item('two')) });
  expect(undated.posts.map(({ title }) => title)).toEqual(['two']);
  expect(undated.pages.map(({ repeated }) => repeated)).toEqual([2]);
  const dated = rss(item('now', '2026-11-19T12:00:00Z'), item('before', '2026-11-18T12:00:00Z'));
  expect((await reading(['/f.xml'], { '/f.xml': dated })).posts.map(({ title }) => title)).toEqual(['now']);
});

test('a page without a word about feeds is asked in the usual places; without any it is a mistake in the config', async () => {
  const found = await reading(['/site'], {
    '/site': html('<title>Site</title>'),
    '/site/atom.xml': rss('<title>a</title>'),
  });
  expect(found.posts).toHaveLength(1);
  expect(found.requests.map(({ path }) => path)).toEqual(['/site', '/site/feed/', '/site/rss', '/site/atom.xml']);
  const none = await reading(['/site'], { '/site': html('<title>Site</title>') });
  expect(none.faults.map(({ kind }) => kind)).toEqual(['gone']);
  expect(none.faults[0]?.message).toMatch(/no feed/);
});

test('the usual places at the root of the site are tried behind those below the page; where it was is remembered', async () => {
  const routes: Routes = {
    '/shop/news': html('<title>News</title>'),
    '/feed.xml': rss('<title>a</title>'),
  };
  const found = await reading(['/shop/news?page=1#top'], routes);
  expect(found.posts).toHaveLength(1);
  const names = ['feed/', 'rss', 'atom.xml', 'feed.xml', 'index.xml'];
  expect(found.requests.map(({ path }) => path)).toEqual([
    '/shop/news',
    ...names.map((name) => `/shop/news/${name}`),
    ...names.slice(0, 4).map((name) => `/${name}`),
  ]);
  const server = await loopback();
  const options = () => ({ urls: [`${server.url}/shop/news`] });
  const read = (position?: string) =>
    readSource(feed, { options, routes: () => routes, server, ...(position !== undefined && { position }) });
  const position = (await read()).pages[0]?.position;
  const before = server.requests.length;
  expect((await read(position)).posts).toHaveLength(1);
  expect(server.requests.slice(before).map(({ path }) => path)).toEqual(['/shop/news', '/feed.xml']);
});

test('a JSON feed that a page announces as plain JSON is read; JSON that is none is passed over', async () => {
  const version = 'https://jsonfeed.org/version/1';
  const json = JSON.stringify({ version, title: 'News', items: [{ id: '1', content_text: 'a' }] });
  const announced = (href: string) => `<link rel="alternate" type="application/json" href="${href}">`;
  const found = await reading(['/'], {
    '/': html(announced('/wp-json/1') + announced('/feed.json')),
    '/wp-json/1': { json: { id: 1, title: { rendered: 'A page' } } },
    '/feed.json': { body: json, headers: { 'content-type': 'application/json' } },
  });
  expect(found.posts.map(({ text }) => text)).toEqual(['a']);
  expect(found.faults).toEqual([]);
});

test('a page that stays the same does not hide what is new in the feed that it names', async () => {
  const server = await loopback();
  const head = '<link rel="alternate" type="application/rss+xml" href="/f.xml">';
  const page = html(head);
  const routes = (...titles: string[]): Routes => ({
    '/': ({ headers }) =>
      headers['if-none-match'] === '"p"' ? { status: 304 } : { ...page, headers: { ...page.headers, etag: '"p"' } },
    '/f.xml': rss(...titles.map((title) => `<title>${title}</title>`)),
  });
  const options = () => ({ urls: [`${server.url}/`] });
  const first = await readSource(feed, { options, server, routes: () => routes('a') });
  const next = await readSource(feed, {
    options,
    server,
    routes: () => routes('b', 'a'),
    validators: first.validators,
  });
  expect(next.posts.map(({ title }) => title)).toEqual(['b', 'a']);
});

test('a slow-down while looking for the feed is told as such, not as a missing feed', async () => {
  const { faults, requests } = await reading(['/site'], {
    '/site': html('<title>Site</title>'),
    '/site/feed/': { status: 429, headers: { 'retry-after': '900' } },
  });
  expect(faults.map(({ kind }) => kind)).toEqual(['slow-down']);
  expect(requests).toHaveLength(2);
});

test('a feed in which nothing has changed is an empty page, not a fault', async () => {
  const routes: Routes = {
    '/f.xml': ({ headers }) =>
      headers['if-none-match'] === '"1"'
        ? { status: 304 }
        : { body: rss('<title>a</title>'), headers: { etag: '"1"' } },
  };
  const server = await loopback();
  const reading = { options: (url: string) => ({ urls: [`${url}/f.xml`] }), routes: () => routes, server };
  const { posts, validators } = await readSource(feed, reading);
  expect(posts).toHaveLength(1);
  const again = await readSource(feed, { ...reading, validators });
  expect(again.pages).toEqual([{ posts: [] }]);
  expect(again.faults).toEqual([]);
});

test('an item that points to a script points nowhere', async () => {
  const item = '<guid>https://a.example/1</guid><title>a</title><link>javascript:alert(1)</link>';
  const { posts } = await reading(['/f.xml'], { '/f.xml': rss(item) });
  expect(JSON.stringify(posts)).not.toContain('javascript');
});
