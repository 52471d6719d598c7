/** Reddit's feeds: search finds posts only, comments come by subreddit, and nothing carries a score. */
import { escaped, numberOf, paragraphs, slugOf } from '../markup.ts';
import { matcherOf } from '../query.ts';
import { rootOf, type ShownPost } from '../timeline.ts';
import { type Ask, type Platform, type Reply, wholeNumber } from './platform.ts';

const site = 'https://www.reddit.com';

export const redditPlatform: Platform = {
  prefix: 'reddit',
  holds: 'reddit',
  answer(ask) {
    const [, subreddits, listing] = /^(?:\/r\/([\w+]+))?\/(search|new|comments)?\/?\.rss$/.exec(ask.path) ?? [];
    if (subreddits === undefined && listing !== 'search') return { status: 404, body: '' };
    const names = subreddits?.toLowerCase().split('+');
    const inside = ask.posts.filter(
      ({ place }) => place !== undefined && (names === undefined || names.includes(place.toLowerCase())),
    );
    const posts = inside.filter(({ id }) => id.startsWith(listing === 'comments' ? 't1_' : 't3_'));
    return atom(ask, listing === 'search' ? searched(ask, posts) : posts, subreddits ?? 'all');
  },
};

const hour = 3_600_000;
const spans: Readonly<Record<string, number>> = {
  hour,
  day: 24 * hour,
  week: 7 * 24 * hour,
  month: 30 * 24 * hour,
  year: 365 * 24 * hour,
};

function searched({ query, now }: Ask, posts: readonly ShownPost[]): readonly ShownPost[] {
  const matches = matcherOf(query.get('q') ?? '');
  const span = spans[query.get('t') ?? 'all'] ?? Number.POSITIVE_INFINITY;
  return posts.filter(
    ({ title, text, publishedAt }) => now - publishedAt <= span && matches(`${title ?? ''}\n${text}`),
  );
}

function atom({ path, query, posts: all }: Ask, posts: readonly ShownPost[], label: string): Reply {
  const after = posts.findIndex(({ id }) => id === query.get('after'));
  const page = posts.slice(after + 1, after + 1 + wholeNumber(query, 'limit', 25, 100));
  const self = query.size === 0 ? path : `${path}?${query}`;
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
  <category term="${escaped(label)}" label="r/${escaped(label)}"/>
  <updated>${time(page[0]?.publishedAt ?? 0)}</updated>
  <id>${escaped(self)}</id>
  <link rel="self" href="${escaped(site + self)}" type="application/atom+xml"/>
  <link rel="alternate" href="${escaped(site + self.replace('.rss', ''))}" type="text/html"/>
  <title>${escaped(label)}</title>
  ${page.map((post) => entry(post, all)).join('\n  ')}
</feed>`;
  return { headers: { 'content-type': 'application/atom+xml; charset=UTF-8' }, body };
}

function entry(post: ShownPost, all: readonly ShownPost[]): string {
  const name = `/u/${post.author.handle ?? '[deleted]'}`;
  const thread = rootOf(post, all);
  const isComment = thread !== post;
  const address = addressOf(post, thread);
  const words = `<!-- SC_OFF --><div class="md">${paragraphs(post.text)}\n</div><!-- SC_ON -->`;
  const tail = ` &#32; submitted by &#32; <a href="${site}${name.replace('/u/', '/user/')}"> ${name} </a> <br/> <span><a href="${post.link ?? address}">[link]</a></span> &#32; <span><a href="${address}">[comments]</a></span>`;
  const title = isComment ? `${name} on ${thread.title ?? ''}` : (post.title ?? '');
  return `<entry>
    <author><name>${name}</name><uri>${site}${name.replace('/u/', '/user/')}</uri></author>
    <category term="${post.place}" label="r/${post.place}"/>
    <content type="html">${escaped(isComment ? words : (post.text === '' ? '' : words) + tail)}</content>
    <id>${post.id}</id>
    <link href="${address}"/>
    <updated>${time(post.publishedAt)}</updated>
    ${isComment ? '' : `<published>${time(post.publishedAt)}</published>`}
    <title>${escaped(title)}</title>
  </entry>`;
}

function addressOf(post: ShownPost, thread: ShownPost): string {
  const name = slugOf(thread.title ?? '').replaceAll('-', '_');
  // A comment whose post is not among the posts still stands under one.
  const id = thread.id.startsWith('t3_') ? thread.id.slice(3) : numberOf(thread.id, 7);
  const comment = post.id.startsWith('t1_') ? `${post.id.slice(3)}/` : '';
  return `${site}/r/${post.place}/comments/${id}/${name}/${comment}`;
}

const time = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, '+00:00');
