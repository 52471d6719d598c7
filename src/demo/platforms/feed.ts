/** Sites with a feed: RSS 2.0 (`x.xml`), Atom (`x.atom`) and JSON Feed (`x.json`), answering conditional questions. */
import { createHash } from 'node:crypto';
import { escaped, paragraphs } from '../markup.ts';
import type { ShownPost } from '../timeline.ts';
import { type Ask, json, type Platform, type Reply } from './platform.ts';

export const feedPlatform: Platform = {
  prefix: 'feed',
  holds: 'feed',
  answer(ask) {
    const place = ask.path.slice(1);
    const posts = ask.posts.filter((post) => post.place === place);
    const [name = '', format = ''] = place.split(/\.(?=[^.]*$)/);
    const write = formats.get(format);
    if (posts.length === 0 || write === undefined) {
      return { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not found</h1>' };
    }
    const site = { url: `https://${name}.example`, title: titleOf(name), self: `${ask.base}${ask.path}` };
    return conditional(ask, write(site, posts), changedAt(posts));
  },
};

interface Site {
  readonly url: string;
  readonly title: string;
  readonly self: string;
}

/** 304 where the asker has the newest already: the tag decides, the date only where there is no tag (RFC 9110, 13.2.2). */
function conditional({ headers }: Ask, reply: Reply, changedAtMs: number): Reply {
  const etag = `W/"${createHash('sha256').update(reply.body).digest('hex').slice(0, 24)}"`;
  const modified = new Date(changedAtMs).toUTCString();
  const validators = { etag, 'last-modified': modified, 'cache-control': 'max-age=900' };
  const tags = headers['if-none-match'];
  const since = Date.parse(headers['if-modified-since'] ?? '');
  const known = tags === undefined ? since >= Date.parse(modified) : tags.split(/\s*,\s*/).includes(etag);
  if (known) return { status: 304, headers: validators, body: '' };
  return { ...reply, headers: { ...reply.headers, ...validators } };
}

const formats: ReadonlyMap<string, (site: Site, posts: readonly ShownPost[]) => Reply> = new Map([
  ['xml', rss],
  ['atom', atom],
  ['json', jsonFeed],
]);

function rss(site: Site, posts: readonly ShownPost[]): Reply {
  const items = posts.map(
    (post) => `<item>
<title>${escaped(headline(post))}</title>
<link>${escaped(addressOf(post, site))}</link>
<guid isPermaLink="true">${escaped(addressOf(post, site))}</guid>
<pubDate>${new Date(post.publishedAt).toUTCString()}</pubDate>
${post.author.name ? `<dc:creator>${escaped(post.author.name)}</dc:creator>` : ''}
<content:encoded>${escaped(paragraphs(post.text))}</content:encoded>
</item>`,
  );
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${escaped(site.title)}</title>
<link>${site.url}</link>
<description>${escaped(site.title)}</description>
<language>en-GB</language>
<lastBuildDate>${new Date(changedAt(posts)).toUTCString()}</lastBuildDate>
<atom:link href="${escaped(site.self)}" rel="self" type="application/rss+xml"/>
${items.join('\n')}
</channel>
</rss>`;
  return { headers: { 'content-type': 'application/rss+xml; charset=utf-8' }, body };
}

function atom(site: Site, posts: readonly ShownPost[]): Reply {
  const entries = posts.map(
    (post) => `<entry>
<id>${escaped(addressOf(post, site))}</id>
<title>${escaped(headline(post))}</title>
<link rel="alternate" href="${escaped(addressOf(post, site))}"/>
<published>${new Date(post.publishedAt).toISOString()}</published>
<updated>${new Date(post.editedAt ?? post.publishedAt).toISOString()}</updated>
<author><name>${escaped(post.author.name ?? site.title)}</name></author>
<content type="html">${escaped(paragraphs(post.text))}</content>
</entry>`,
  );
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>${site.url}/</id>
<title>${escaped(site.title)}</title>
<updated>${new Date(changedAt(posts)).toISOString()}</updated>
<link rel="self" href="${escaped(site.self)}"/>
<link rel="alternate" href="${site.url}"/>
${entries.join('\n')}
</feed>`;
  return { headers: { 'content-type': 'application/atom+xml; charset=utf-8' }, body };
}

function jsonFeed(site: Site, posts: readonly ShownPost[]): Reply {
  const reply = json({
    version: 'https://jsonfeed.org/version/1.1',
    title: site.title,
    home_page_url: site.url,
    feed_url: site.self,
    items: posts.map((post) => ({
      id: addressOf(post, site),
      url: addressOf(post, site),
      title: headline(post),
      content_html: paragraphs(post.text),
      date_published: new Date(post.publishedAt).toISOString(),
      ...(post.editedAt === null ? {} : { date_modified: new Date(post.editedAt).toISOString() }),
      authors: post.author.name ? [{ name: post.author.name }] : [],
      language: post.language,
    })),
  });
  return { ...reply, headers: { 'content-type': 'application/feed+json; charset=utf-8' } };
}

/** Review sites put the stars where a reader of feeds sees them: behind the title. */
function headline({ title, text, rating }: ShownPost): string {
  const words = title ?? text.slice(0, 80);
  return rating === undefined ? words : `${words} ${'★'.repeat(rating)}${'☆'.repeat(5 - rating)}`;
}

const addressOf = (post: ShownPost, site: Site) => post.link ?? `${site.url}/${post.id}`;
const titleOf = (name: string) => name.replaceAll('-', ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
const changedAt = (posts: readonly ShownPost[]) =>
  Math.max(...posts.map(({ publishedAt, editedAt }) => editedAt ?? publishedAt));
