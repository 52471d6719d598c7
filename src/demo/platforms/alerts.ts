/** Google Alerts delivered as a feed: Atom whose links are wrapped and whose words are cut to a snippet. */
import { escaped, numberOf } from '../markup.ts';
import type { ShownPost } from '../timeline.ts';
import type { Platform } from './platform.ts';

const user = numberOf('the owner', 20);
/** An alert's feed holds about its twenty newest finds; older ones fall off. */
const longestFeed = 20;
const snippetLength = 220;

/** The secret path of an alert: `/alerts/feeds/…/…`. */
export const alertPath = (query: string) => `/alerts/feeds/${user}/${numberOf(query, 20)}`;

export const alertsPlatform: Platform = {
  prefix: 'alerts',
  holds: 'alerts',
  answer({ path, base, posts }) {
    const found = posts.filter(({ place }) => place !== undefined && alertPath(place) === `/alerts${path}`);
    const [newest] = found;
    if (newest?.place === undefined) {
      return { status: 404, headers: { 'content-type': 'text/html; charset=UTF-8' }, body: '<h1>404</h1>' };
    }
    const query = newest.place;
    const id = path.split('/').slice(-2);
    const body = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:idx="urn:atom-extension:indexing">
<id>tag:google.com,2005:reader/user/${id[0]}/state/com.google/alerts/${id[1]}</id>
<title>Google Alert - ${escaped(query)}</title>
<link href="${escaped(base + path)}" rel="self"></link>
<updated>${time(newest.publishedAt)}</updated>
${found
  .slice(0, longestFeed)
  .map((post) => entry(post, query))
  .join('\n')}
</feed>`;
    return { headers: { 'content-type': 'application/atom+xml; charset=UTF-8' }, body };
  },
};

function entry(post: ShownPost, query: string): string {
  const target = (post.link ?? '').replaceAll('?', '%3F').replaceAll('&', '%26');
  const wrapped = `https://www.google.com/url?rct=j&sa=t&url=${target}&ct=ga&cd=${numberOf(post.id, 16)}&usg=${numberOf(target, 16)}`;
  const snippet =
    post.text.length > snippetLength ? post.text.slice(0, snippetLength).replace(/\s\S*$/, '') : post.text;
  return `<entry>
<id>tag:google.com,2013:googlealerts/feed:${post.id}</id>
<title type="html">${escaped(bold(post.title ?? '', query))}</title>
<link href="${escaped(wrapped)}"></link>
<published>${time(post.publishedAt)}</published>
<updated>${time(post.publishedAt)}</updated>
<content type="html">${escaped(`${bold(snippet, query)}&nbsp;...`)}</content>
<author>
    <name></name>
</author>
</entry>`;
}

function bold(text: string, query: string): string {
  const at = text.toLowerCase().indexOf(query.toLowerCase());
  if (at < 0) return escaped(text);
  const end = at + query.length;
  return `${escaped(text.slice(0, at))}<b>${escaped(text.slice(at, end))}</b>${escaped(text.slice(end))}`;
}

const time = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
