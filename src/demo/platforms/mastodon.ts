/** Two Mastodon servers that know the same posts, each under its own numbers: what federation looks like from outside. */
import { escaped, numberOf } from '../markup.ts';
import { parentOf, type ShownPost } from '../timeline.ts';
import { type Ask, json, type Platform, type Reply, wholeNumber } from './platform.ts';

export const mastodonPlatforms: readonly Platform[] = [
  server('mastodon-a', 'aire.example'),
  server('mastodon-b', 'brunch.example'),
];

function server(prefix: string, domain: string): Platform {
  return {
    prefix,
    holds: 'mastodon',
    answer(ask) {
      const reply = answer(ask, domain);
      return { ...reply, headers: { ...limitHeaders(ask), ...reply.headers } };
    },
  };
}

/** When the limit ends is told as a time, not as a number. */
const limitHeaders = ({ now, asked }: Ask) => ({
  'x-ratelimit-limit': '300',
  'x-ratelimit-remaining': String(Math.max(0, 299 - asked)),
  'x-ratelimit-reset': new Date(now + 300_000).toISOString(),
});

function answer(ask: Ask, domain: string): Reply {
  const tag = /^\/api\/v1\/timelines\/tag\/([^/]+)$/.exec(ask.path)?.[1];
  if (tag !== undefined) return tagTimeline(ask, domain, tag);
  if (ask.path === '/api/v2/instance') return json(instance(domain));
  if (ask.path === '/api/v1/timelines/public') {
    return json({ error: 'This method requires an authenticated user' }, { status: 401 });
  }
  // Without a token a search knows accounts and hashtags only, and nobody asks for those here.
  if (ask.path === '/api/v2/search') return json({ accounts: [], statuses: [], hashtags: [] });
  return json({ error: 'Not Found' }, { status: 404 });
}

function tagTimeline({ path, query, posts, base }: Ask, domain: string, tag: string): Reply {
  const limit = wholeNumber(query, 'limit', 20, 40);
  const any = [tag, ...query.getAll('any[]')].map(lower);
  const all = query.getAll('all[]').map(lower);
  const none = query.getAll('none[]').map(lower);
  const bound = (name: string) => (query.has(name) ? BigInt(query.get(name) ?? 0) : null);
  const [maxId, sinceId, minId] = [bound('max_id'), bound('since_id'), bound('min_id')];
  const found = posts
    .map((post) => ({ post, tags: tagsIn(post.text).map(lower), id: localId(post, domain) }))
    .filter(({ tags }) => any.some((one) => tags.includes(one)) && all.every((one) => tags.includes(one)))
    .filter(({ tags }) => !none.some((one) => tags.includes(one)))
    .filter(({ id }) => (maxId === null || id < maxId) && id > (minId ?? sinceId ?? -1n))
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  // `min_id` walks forward from the oldest one unseen, `since_id` gives the newest page.
  const page = minId === null ? found.slice(0, limit) : found.slice(-limit);
  const [first, last] = [page.at(0), page.at(-1)];
  const link = (id: bigint, name: string) => `${base}${encodeURI(path)}?limit=${limit}&${name}=${id}`;
  return json(
    page.map(({ post, id }) => toStatus(post, id, domain, posts)),
    first === undefined || last === undefined
      ? {}
      : { headers: { link: `<${link(last.id, 'max_id')}>; rel="next", <${link(first.id, 'min_id')}>; rel="prev"` } },
  );
}

/** Rises with time, like a snowflake, and is another one on every server. */
function localId(post: ShownPost, domain: string): bigint {
  const rest = [...`${domain} ${post.id}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) & 0xffff, 7);
  return (BigInt(post.publishedAt) << 16n) + BigInt(rest);
}

function toStatus(post: ShownPost, id: bigint, domain: string, all: readonly ShownPost[]) {
  const { user, host } = accountOf(post);
  const parent = parentOf(post, all);
  return {
    id: String(id),
    created_at: new Date(post.publishedAt).toISOString(),
    in_reply_to_id: parent ? String(localId(parent, domain)) : null,
    in_reply_to_account_id: parent ? numberOf(parent.author.handle ?? '', 18) : null,
    sensitive: false,
    spoiler_text: post.title ?? '',
    visibility: 'public',
    language: post.language,
    uri: `https://${host}/users/${user}/statuses/${post.id}`,
    url: `https://${host}/@${user}/${post.id}`,
    replies_count: post.counts.replies ?? 0,
    reblogs_count: post.counts.reposts ?? 0,
    favourites_count: post.counts.likes ?? 0,
    quotes_count: 0,
    edited_at: post.editedAt === null ? null : new Date(post.editedAt).toISOString(),
    content: content(post.text, domain),
    reblog: null,
    account: account(post, domain),
    media_attachments: [],
    mentions: [],
    tags: tagsIn(post.text).map((name) => ({ name: lower(name), url: `https://${domain}/tags/${lower(name)}` })),
    emojis: [],
    card: null,
    poll: null,
  };
}

function accountOf({ author }: ShownPost): { user: string; host: string } {
  const [user = 'somebody', host = 'aire.example'] = (author.handle ?? '').split('@');
  return { user, host };
}

/** Neighbours on the same server go without its name. */
function account(post: ShownPost, domain: string) {
  const { user, host } = accountOf(post);
  return {
    id: numberOf(post.author.handle ?? '', 18),
    username: user,
    acct: host === domain ? user : `${user}@${host}`,
    display_name: post.author.name ?? '',
    locked: false,
    bot: false,
    discoverable: true,
    indexable: true,
    noindex: false,
    group: false,
    note: '',
    url: `https://${host}/@${user}`,
    uri: `https://${host}/users/${user}`,
    followers_count: post.author.followers ?? 0,
    following_count: 0,
    statuses_count: 1,
    emojis: [],
    fields: [],
  };
}

/** Long addresses are cut by spans that hide their ends, and hashtags are links. */
function content(text: string, domain: string): string {
  const html = escaped(text).replace(/https?:\/\/[^\s<]*[^\s<.,;:!?)]|#[\p{L}\p{N}_]+/gu, (word) =>
    word.startsWith('#')
      ? `<a href="https://${domain}/tags/${lower(word.slice(1))}" class="mention hashtag" rel="tag">#<span>${word.slice(1)}</span></a>`
      : webLink(word),
  );
  return html
    .split(/\n{2,}/)
    .map((part) => `<p>${part.replaceAll('\n', '<br />')}</p>`)
    .join('');
}

function webLink(url: string): string {
  const [scheme = '', rest = ''] = url.split(/(?<=:\/\/)/);
  const [shown, hidden] = [rest.slice(0, 30), rest.slice(30)];
  return `<a href="${url}" rel="nofollow noopener" target="_blank"><span class="invisible">${scheme}</span><span class="ellipsis">${shown}</span><span class="invisible">${hidden}</span></a>`;
}

function instance(domain: string) {
  const open = { local: 'public', remote: 'public' };
  const closed = { local: 'disabled', remote: 'disabled' };
  return {
    domain,
    title: domain,
    version: '4.6.2',
    description: '',
    usage: { users: { active_month: 812 } },
    languages: ['en'],
    configuration: {
      urls: { streaming: `wss://streaming.${domain}` },
      timelines_access: { live_feeds: closed, hashtag_feeds: open, trending_link_feeds: open },
      limited_federation: false,
    },
    registrations: { enabled: true, approval_required: true, message: null },
    api_versions: { mastodon: 9 },
    rules: [],
  };
}

const tagsIn = (text: string) => [...text.matchAll(/(?<![\w&/])#([\p{L}\p{N}_]+)/gu)].map(([, tag]) => tag ?? '');
const lower = (text: string) => text.toLowerCase();
