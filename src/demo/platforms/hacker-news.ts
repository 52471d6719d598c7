/** Hacker News' search by Algolia: newest first, at most 1,000 hits of a question however one turns the pages. */
import { escaped, linked } from '../markup.ts';
import { matcherOf } from '../query.ts';
import { rootOf, type ShownPost } from '../timeline.ts';
import { json, type Platform, wholeNumber } from './platform.ts';

const mostHits = 1000;

export const hackerNewsPlatform: Platform = {
  prefix: 'hacker-news',
  holds: 'hacker-news',
  answer({ path, query, posts }) {
    if (path !== '/api/v1/search_by_date') return json({ message: 'Path not found', status: 404 }, { status: 404 });
    const words = query.get('query') ?? '';
    const matches = matcherOf(words, query.get('queryType') === 'prefixNone' ? 'whole' : 'prefix-last');
    const fields = query.get('restrictSearchableAttributes')?.split(',') ?? searchable;
    const size = wholeNumber(query, 'hitsPerPage', 20, mostHits);
    const page = wholeNumber(query, 'page', 0, Number.MAX_SAFE_INTEGER, 0);
    const found = posts.filter(
      (post) =>
        hasTags(tagsOf(post), query.get('tags') ?? '') &&
        isWithin(seconds(post), query.get('numericFilters') ?? '') &&
        (words === '' || matches(searchedText(post, fields))),
    );
    const reachable = found.slice(0, mostHits);
    return json({
      hits: reachable.slice(page * size, (page + 1) * size).map((post) => toHit(post, posts)),
      nbHits: found.length,
      page,
      nbPages: Math.ceil(reachable.length / size),
      hitsPerPage: size,
      exhaustiveNbHits: true,
      exhaustiveTypo: true,
      processingTimeMS: 3,
      query: words,
      params: query.toString(),
    });
  },
};

const searchable = ['title', 'story_text', 'comment_text', 'url', 'author'];

const seconds = ({ publishedAt }: ShownPost) => Math.floor(publishedAt / 1000);
const isComment = ({ replyTo }: ShownPost) => replyTo !== undefined;

function tagsOf(post: ShownPost): readonly string[] {
  return [isComment(post) ? 'comment' : 'story', `author_${post.author.handle}`];
}

function searchedText(post: ShownPost, fields: readonly string[]): string {
  const { title, link, author, text } = post;
  const values: Readonly<Record<string, string | undefined>> = isComment(post)
    ? { author: author.handle, comment_text: text }
    : { author: author.handle, title, url: link, story_text: text };
  return fields.map((field) => values[field] ?? '').join('\n');
}

function toHit(post: ShownPost, posts: readonly ShownPost[]) {
  const story = rootOf(post, posts);
  const comment = isComment(post);
  const html = post.text === '' ? null : markup(post.text);
  return {
    objectID: post.id,
    created_at: new Date(post.publishedAt).toISOString().replace('.000Z', 'Z'),
    created_at_i: seconds(post),
    updated_at: new Date(post.editedAt ?? post.publishedAt).toISOString(),
    author: post.author.handle ?? null,
    title: comment ? null : (post.title ?? null),
    url: comment ? null : (post.link ?? null),
    story_text: comment ? null : html,
    comment_text: comment ? html : null,
    story_id: Number(story.id),
    story_title: comment ? (story.title ?? null) : null,
    story_url: comment ? (story.link ?? null) : null,
    parent_id: comment ? Number(post.replyTo) : null,
    points: comment ? null : (post.counts.likes ?? 1),
    num_comments: comment ? null : (post.counts.replies ?? 0),
    _tags: [...tagsOf(post), `story_${story.id}`],
  };
}

/** Paragraphs stand behind a `<p>` that is never closed, and slashes and apostrophes become entities. */
function markup(text: string): string {
  return linked(escaped(text).replaceAll("'", '&#x27;')).replaceAll(/\n{2,}/g, '<p>');
}

/** Comma means and, brackets mean or. */
function hasTags(tags: readonly string[], wanted: string): boolean {
  const groups = wanted.match(/\([^)]*\)|[^,]+/g) ?? [];
  return groups.every((group) =>
    group
      .replace(/[()]/g, '')
      .split(',')
      .some((tag) => tags.includes(tag.trim())),
  );
}

function isWithin(at: number, filters: string): boolean {
  return [...filters.matchAll(/created_at_i(<=|>=|<|>|=)(\d+)/g)].every(([, sign, number]) => {
    const than = Number(number);
    if (sign === '<') return at < than;
    if (sign === '<=') return at <= than;
    if (sign === '>') return at > than;
    return sign === '>=' ? at >= than : at === than;
  });
}
