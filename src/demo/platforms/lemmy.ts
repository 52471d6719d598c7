/** A Lemmy server of the running network (API v3, 0.19): posts and comments, searched as `%words%in%order%`. */
import { numberOf } from '../markup.ts';
import { parentOf, type ShownPost } from '../timeline.ts';
import { type Ask, json, type Platform, type Reply } from './platform.ts';

const domain = 'loiners.example';
const mostItems = 50;
const languages = ['und', 'en', 'de', 'es', 'fr', 'it', 'nl', 'pt'];

export const lemmyPlatform: Platform = {
  prefix: 'lemmy',
  holds: 'lemmy',
  answer(ask) {
    const reply = ask.method === 'GET' ? methods.get(ask.path)?.(ask) : undefined;
    // 1.0 would answer /api/v4/site.
    return reply ?? { status: 404, body: '' };
  },
};

const methods: ReadonlyMap<string, (ask: Ask) => Reply> = new Map([
  ['/api/v3/site', site],
  ['/api/v3/search', search],
]);

function site(): Reply {
  return json({
    site_view: {
      site: { id: 1, name: 'Loiners', actor_id: `https://${domain}/` },
      local_site_rate_limit: { search: 60, search_per_second: 600 },
    },
    version: '0.19.13',
    all_languages: languages.map((code, id) => ({ id, code, name: code })),
    discussion_languages: [],
  });
}

function search({ query, posts }: Ask): Reply {
  const limit = Number(query.get('limit') ?? 10);
  const page = Number(query.get('page') ?? 1);
  if (limit < 1 || limit > mostItems || page < 1) return json({ error: 'couldnt_get_posts' }, { status: 400 });
  const type = query.get('type_') ?? 'All';
  const matches = likeMatcher(query.get('q') ?? '');
  const found = posts.filter(({ title, text }) => matches(title ?? '') || matches(text));
  const listed = (kind: string, isComment: boolean) =>
    type === kind || type === 'All'
      ? found.filter(({ replyTo }) => (replyTo !== undefined) === isComment).slice((page - 1) * limit, page * limit)
      : [];
  return json({
    type_: type,
    comments: listed('Comments', true).map((post) => commentView(post, posts)),
    posts: listed('Posts', false).map(postView),
    communities: [],
    users: [],
  });
}

/** Spaces are wildcards and everything else is itself, quotation marks too. */
function likeMatcher(q: string): (text: string) => boolean {
  const parts = q.toLowerCase().split(' ');
  return (text) => {
    let at = 0;
    return parts.every((part) => {
      const found = text.toLowerCase().indexOf(part, at);
      at = found + part.length;
      return found >= 0;
    });
  };
}

function postView(post: ShownPost) {
  return {
    post: {
      id: Number(post.id),
      name: post.title ?? '',
      ...(post.text === '' ? {} : { body: post.text }),
      ...(post.link === undefined ? {} : { url: post.link }),
      ...shared(post),
      locked: false,
      nsfw: false,
      featured_community: false,
      featured_local: false,
      ap_id: addressOf(post),
    },
    ...around(post),
    counts: { post_id: Number(post.id), comments: post.counts.replies ?? 0, ...votes(post) },
    subscribed: 'NotSubscribed',
    saved: false,
    read: false,
    unread_comments: 0,
  };
}

function commentView(post: ShownPost, all: readonly ShownPost[]) {
  const chain = chainOf(post, all);
  const thread = chain[0] ?? post;
  return {
    comment: {
      id: Number(post.id),
      post_id: Number(thread.id),
      content: post.text,
      ...shared(post),
      distinguished: false,
      path: ['0', ...chain.slice(1).map(({ id }) => id), post.id].join('.'),
      ap_id: addressOf(post),
    },
    ...around(post),
    post: postView(thread).post,
    counts: { comment_id: Number(post.id), child_count: post.counts.replies ?? 0, ...votes(post) },
    saved: false,
  };
}

/** What it answers, from the thread's first post down. */
function chainOf(post: ShownPost, all: readonly ShownPost[]): readonly ShownPost[] {
  const parent = parentOf(post, all);
  return parent === undefined ? [] : [...chainOf(parent, all), parent];
}

function shared(post: ShownPost) {
  return {
    creator_id: Number(numberOf(post.author.handle ?? '', 6)),
    community_id: Number(numberOf(post.place ?? '', 5)),
    removed: false,
    deleted: false,
    published: time(post.publishedAt),
    ...(post.editedAt === null ? {} : { updated: time(post.editedAt) }),
    local: hostOf(post) === domain,
    language_id: Math.max(0, languages.indexOf(post.language)),
  };
}

function around(post: ShownPost) {
  const [name = 'somebody'] = (post.author.handle ?? '').split('@');
  const community = post.place ?? 'main';
  return {
    creator: {
      id: Number(numberOf(post.author.handle ?? '', 6)),
      name,
      ...(post.author.name === undefined ? {} : { display_name: post.author.name }),
      actor_id: `https://${hostOf(post)}/u/${name}`,
      local: hostOf(post) === domain,
      deleted: false,
      bot_account: false,
    },
    community: {
      id: Number(numberOf(community, 5)),
      name: community,
      title: community,
      actor_id: `https://${domain}/c/${community}`,
      local: true,
      removed: false,
      deleted: false,
      nsfw: false,
    },
  };
}

function votes(post: ShownPost) {
  const upvotes = post.counts.likes ?? 1;
  return { score: upvotes, upvotes, downvotes: 0, published: time(post.publishedAt) };
}

const hostOf = ({ author }: ShownPost) => author.handle?.split('@')[1] ?? domain;
const addressOf = (post: ShownPost) =>
  `https://${hostOf(post)}/${post.replyTo === undefined ? 'post' : 'comment'}/${post.id}`;
const time = (ms: number) => new Date(ms).toISOString().replace('Z', '000Z');
