/** Bluesky: the newest page of a search for everybody, further pages for accounts only, profiles for the followers. */
import { matcherOf } from '../query.ts';
import { parentOf, rootOf, type ShownPost } from '../timeline.ts';
import { createSession, didOf, error, refreshSession, whoAsks } from './bluesky-account.ts';
import { type Ask, json, type Platform, type Reply } from './platform.ts';

const limitHeaders = (now: number, asked: number) => ({
  'ratelimit-limit': '3000',
  'ratelimit-remaining': String(Math.max(0, 2999 - asked)),
  'ratelimit-reset': String(Math.floor(now / 1000) + 300),
  'ratelimit-policy': '3000;w=300',
});

export const blueskyPlatform: Platform = {
  prefix: 'bluesky',
  holds: 'bluesky',
  answer(ask) {
    const method = methods.get(`${ask.method} ${ask.path.replace('/xrpc/', '')}`);
    const reply = method === undefined ? error(501, 'MethodNotImplemented', 'Method Not Implemented') : method(ask);
    return { ...reply, headers: { ...limitHeaders(ask.now, ask.asked), ...reply.headers } };
  },
};

const methods: ReadonlyMap<string, (ask: Ask) => Reply> = new Map([
  ['GET app.bsky.feed.searchPosts', searchPosts],
  ['GET app.bsky.actor.getProfiles', getProfiles],
  ['POST com.atproto.server.createSession', createSession],
  ['POST com.atproto.server.refreshSession', refreshSession],
]);

function searchPosts(ask: Ask): Reply {
  const { query, posts } = ask;
  const who = whoAsks(ask);
  if (typeof who === 'object') return who;
  const q = query.get('q');
  if (!q) return error(400, 'InvalidRequest', 'Error: Params must have the property "q"');
  const limit = Number(query.get('limit') ?? 25);
  if (limit > 100) return error(400, 'InvalidRequest', 'Error: limit can not be greater than 100');
  const cursor = query.get('cursor');
  if (cursor !== null && who === 'visitor') return forbidden;

  const from = Number(cursor ?? 0);
  const found = posts.filter(wantedBy(query, q));
  const next = from + limit;
  return json({
    posts: found.slice(from, next).map((post) => toView(post, posts)),
    ...(next < found.length ? { cursor: String(next) } : {}),
    hitsTotal: found.length,
  });
}

/** The edge answers visitors who turn the page, whatever they search. */
const forbidden: Reply = {
  status: 403,
  headers: { 'content-type': 'text/html' },
  body: '<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n',
};

function wantedBy(query: URLSearchParams, q: string): (post: ShownPost) => boolean {
  const matches = q.trim() === '*' ? () => true : matcherOf(q);
  const since = timeOf(query.get('since'), Number.NEGATIVE_INFINITY);
  const until = timeOf(query.get('until'), Number.POSITIVE_INFINITY);
  const [mentions, author, domain, lang, url] = ['mentions', 'author', 'domain', 'lang', 'url'].map((name) =>
    query.get(name)?.toLowerCase(),
  );
  const tags = query.getAll('tag').map((tag) => tag.toLowerCase());
  return (post) => {
    const links = linksOf(post);
    const handle = post.author.handle ?? '';
    return (
      matches(`${post.text} ${links.join(' ')}`) &&
      post.publishedAt >= since &&
      post.publishedAt < until &&
      (mentions === undefined || handlesIn(post.text).some((one) => one === mentions || didOf(one) === mentions)) &&
      (author === undefined || author === handle || author === didOf(handle)) &&
      (domain === undefined || links.some((link) => new URL(link).hostname === domain)) &&
      (url === undefined || links.includes(url)) &&
      (lang === undefined || lang === post.language) &&
      tags.every((tag) => post.text.toLowerCase().includes(`#${tag}`))
    );
  };
}

function toView(post: ShownPost, all: readonly ShownPost[]) {
  const parent = parentOf(post, all);
  const reply = parent && { parent: refOf(parent), root: refOf(rootOf(parent, all)) };
  const facets = facetsOf(post.text);
  const at = new Date(post.publishedAt).toISOString();
  return {
    ...refOf(post),
    author: {
      did: didOf(post.author.handle ?? ''),
      handle: post.author.handle ?? 'handle.invalid',
      displayName: post.author.name ?? '',
      labels: [],
    },
    record: {
      $type: 'app.bsky.feed.post',
      createdAt: at,
      langs: [post.language],
      text: post.text,
      ...(facets.length === 0 ? {} : { facets }),
      ...(reply === undefined ? {} : { reply }),
      ...(post.link === undefined
        ? {}
        : {
            embed: {
              $type: 'app.bsky.embed.external',
              external: { uri: post.link, title: post.title ?? '', description: '' },
            },
          }),
    },
    bookmarkCount: 0,
    replyCount: post.counts.replies ?? 0,
    repostCount: post.counts.reposts ?? 0,
    likeCount: post.counts.likes ?? 0,
    quoteCount: 0,
    indexedAt: at,
    labels: [],
  };
}

function refOf({ id, author }: ShownPost) {
  return { uri: `at://${didOf(author.handle ?? '')}/app.bsky.feed.post/${id}`, cid: `bafyrei${id}` };
}

/** Places are counted in bytes of UTF-8. */
function facetsOf(text: string) {
  const bytes = (end: number) => Buffer.byteLength(text.slice(0, end));
  return [...text.matchAll(/https?:\/\/[^\s]*[^\s.,;:!?)]|(?<![\w@])@[\w-]+(?:\.[\w-]+)+|#[\p{L}\p{N}_]+/gu)].map(
    (hit) => ({
      index: { byteStart: bytes(hit.index), byteEnd: bytes(hit.index + hit[0].length) },
      features: [featureOf(hit[0])],
    }),
  );
}

function featureOf(word: string) {
  if (word.startsWith('#')) return { $type: 'app.bsky.richtext.facet#tag', tag: word.slice(1) };
  if (word.startsWith('@'))
    return { $type: 'app.bsky.richtext.facet#mention', did: didOf(word.slice(1).toLowerCase()) };
  return { $type: 'app.bsky.richtext.facet#link', uri: word };
}

const handlesIn = (text: string) =>
  [...text.toLowerCase().matchAll(/(?<![\w@])@([\w-]+(?:\.[\w-]+)+)/g)].map(([, handle]) => handle ?? '');

function linksOf({ text, link }: ShownPost): readonly string[] {
  const written = text.match(/https?:\/\/[^\s]*[^\s.,;:!?)]/g) ?? [];
  return link === undefined ? written : [...written, link];
}

function timeOf(text: string | null, otherwise: number): number {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? otherwise : time;
}

/** Accounts that do not exist are left out. */
function getProfiles({ query, posts }: Ask): Reply {
  const actors = query.getAll('actors');
  if (actors.length > 25) return error(400, 'InvalidRequest', 'Error: actors must not have more than 25 elements');
  const byDid = new Map(posts.map(({ author }) => [didOf(author.handle ?? ''), author]));
  const profiles = actors.flatMap((actor) => {
    const did = actor.startsWith('did:') ? actor : didOf(actor);
    const author = byDid.get(did);
    if (author === undefined) return [];
    const { handle, name, followers } = author;
    return [{ did, handle, displayName: name ?? '', followersCount: followers ?? 0, followsCount: 0, postsCount: 1 }];
  });
  return json({ profiles });
}
