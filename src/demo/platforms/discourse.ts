/** A Discourse forum, The Back Fence: its newest fifty posts, and with `before` the fifty that end with that one. */
import { numberOf, paragraphs, slugOf } from '../markup.ts';
import type { ShownPost } from '../timeline.ts';
import { json, type Platform } from './platform.ts';

const pageSize = 50;

export const discoursePlatform: Platform = {
  prefix: 'discourse',
  holds: 'discourse',
  answer({ path, query, posts }) {
    if (path !== '/posts.json') {
      const errors = ['The requested URL or resource could not be found.'];
      return json({ errors, error_type: 'not_found' }, { status: 404 });
    }
    // Forums before 2026 count `before` in, later ones don't: the older way is the one that can trap a reader.
    const before = Number(query.get('before') ?? 0) || Number.POSITIVE_INFINITY;
    const topics = topicsOf(posts);
    const page = posts
      .filter(({ id }) => Number(id) <= before)
      .sort((a, b) => Number(b.id) - Number(a.id))
      .slice(0, pageSize);
    return json({ latest_posts: page.map((post) => toPost(post, topics.get(post.id) ?? alone(post))) });
  },
};

interface Spot {
  readonly first: ShownPost;
  /** 1 for the post that began the topic. */
  readonly number: number;
  readonly replyTo: number | null;
}

const alone = (post: ShownPost): Spot => ({ first: post, number: 1, replyTo: null });

/** Where in which topic each post stands, by id. */
function topicsOf(posts: readonly ShownPost[]): ReadonlyMap<string, Spot> {
  const spots = new Map<string, Spot>();
  const lengths = new Map<string, number>();
  for (const post of posts.toReversed()) {
    const parent = post.replyTo === undefined ? undefined : spots.get(post.replyTo);
    const first = parent?.first ?? post;
    const number = (lengths.get(first.id) ?? 0) + 1;
    lengths.set(first.id, number);
    spots.set(post.id, { first, number, replyTo: parent?.number ?? null });
  }
  return spots;
}

function toPost(post: ShownPost, { first, number, replyTo }: Spot) {
  const likes = post.counts.likes ?? 0;
  const title = first.title ?? '';
  return {
    id: Number(post.id),
    name: post.author.name ?? null,
    username: post.author.handle ?? 'somebody',
    avatar_template: '/letter_avatar_proxy/v4/letter/e/df705f/{size}.png',
    created_at: new Date(post.publishedAt).toISOString(),
    cooked: paragraphs(post.text),
    raw: post.text,
    post_number: number,
    post_type: 1,
    updated_at: new Date(post.editedAt ?? post.publishedAt).toISOString(),
    reply_count: post.counts.replies ?? 0,
    reply_to_post_number: replyTo,
    quote_count: 0,
    incoming_link_count: 0,
    reads: post.counts.views ?? 1,
    score: 0.2,
    yours: false,
    topic_id: Number(first.id) * 10,
    topic_slug: slugOf(title),
    topic_title: title,
    topic_html_title: title,
    category_id: Number(numberOf(post.place ?? '', 2)),
    version: post.editedAt === null ? 1 : 2,
    actions_summary: likes === 0 ? [] : [{ id: 2, count: likes }],
    moderator: false,
    admin: false,
    staff: false,
    user_id: Number(numberOf(post.author.handle ?? '', 4)),
    hidden: false,
    trust_level: 2,
    deleted_at: null,
    user_deleted: false,
    edit_reason: null,
    wiki: false,
  };
}
