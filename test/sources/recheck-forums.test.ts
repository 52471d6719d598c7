/** How forums and the like look at stored posts again: their own words say what is gone, and silence where they do not tell. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { barePost, type Post } from '../../src/mention.ts';
import { dev } from '../../src/sources/dev.ts';
import { discourse } from '../../src/sources/discourse.ts';
import { github } from '../../src/sources/github.ts';
import { lemmy } from '../../src/sources/lemmy.ts';
import { stackExchange } from '../../src/sources/stack-exchange.ts';
import { wordpress } from '../../src/sources/wordpress.ts';
import { youtube } from '../../src/sources/youtube.ts';
import { recheckSource } from '../support/recheck-source.ts';

const fixture = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures', name), 'utf8'));
const stored = (source: string, externalId: string, more: Partial<Post> = {}) =>
  barePost(source, 'as it was', { externalId, ...more });

test('Lemmy: asks the server where it was written; deleted and not found are gone', async () => {
  const [view] = fixture('lemmy/posts.json').posts;
  const [answered] = fixture('lemmy/comments.json').comments;
  const { posts, gone, requests } = await recheckSource(
    lemmy,
    (url) => ({ instances: [url] }),
    (url) => [
      ...['post/1', 'post/2', 'post/3', 'comment/4'].map((id) => stored('lemmy', `${url}/${id}`)),
      stored('lemmy', 'https://elsewhere.example/post/5'),
    ],
    (url) => ({
      '/api/v3/site': { json: { version: '0.19.3' } },
      '/api/v3/post': ({ query }) => {
        const ap_id = `${url}/post/${query.get('id')}`;
        if (query.get('id') === '1') return { json: { post_view: { ...view, post: { ...view.post, ap_id } } } };
        if (query.get('id') === '2')
          return { json: { post_view: { ...view, post: { ...view.post, ap_id, deleted: true } } } };
        return { status: 404, json: { error: 'couldnt_find_post' } };
      },
      '/api/v3/comment': {
        json: { comment_view: { ...answered, comment: { ...answered.comment, ap_id: `${url}/comment/4` } } },
      },
    }),
  );
  expect(posts.map(({ externalId, text }) => [new URL(externalId).pathname, text.slice(0, 10)])).toEqual([
    ['/post/1', 'Third time'],
    ['/comment/4', 'Same here,'],
  ]);
  expect(gone.map((id) => new URL(id).pathname)).toEqual(['/post/2', '/post/3']);
  expect(requests.filter(({ path }) => path.endsWith('/site'))).toHaveLength(2);
});

test('Discourse: deleted, hidden and not found are gone; what only some members see now nobody can tell', async () => {
  const post = fixture('discourse/post-210.json');
  const { posts, gone } = await recheckSource(
    discourse,
    (url) => ({ forums: [url] }),
    (url) => [
      ...[1, 2, 3, 4].map((id) => stored('discourse', `${url}/p/${id}`)),
      stored('discourse', `${url}/p/210`, { title: 'Mondays' }),
      stored('discourse', 'https://other.example/p/9'),
    ],
    {
      '/posts/1.json': { json: { ...post, id: 1, user_deleted: true } },
      '/posts/2.json': { json: { ...post, id: 2, hidden: true } },
      '/posts/3.json': { status: 404, json: { errors: ['not there'], error_type: 'not_found' } },
      '/posts/4.json': { status: 403, json: { errors: ['not for you'], error_type: 'invalid_access' } },
      '/posts/210.json': { json: { ...post, cooked: '<p>Open on <b>Mondays</b>, they wrote.</p>' } },
    },
  );
  expect(posts).toMatchObject([{ text: 'Open on Mondays, they wrote.', title: 'Mondays' }]);
  expect(gone.map((id) => new URL(id).pathname)).toEqual(['/p/1', '/p/2', '/p/3']);
});

test('Stack Exchange: a hundred in one question, site by site; an answer keeps its question’s title', async () => {
  const item = { creation_date: 1794990500, score: 3, body: '<p>They paid me back.</p>' };
  const { posts, gone, requests } = await recheckSource(
    stackExchange,
    (baseUrl) => ({ sites: ['cooking'], baseUrl }),
    [
      stored('stack-exchange', 'cooking:q1'),
      stored('stack-exchange', 'cooking:q2'),
      stored('stack-exchange', 'cooking:a3', { title: 'Oat milk' }),
      stored('stack-exchange', 'superuser:q1'),
    ],
    {
      '/2.3/questions/1;2': { json: { items: [{ ...item, question_id: 1, title: 'Milk &amp; more' }] } },
      '/2.3/answers/3': { json: { items: [{ ...item, question_id: 1, answer_id: 3, last_edit_date: 1795000000 }] } },
      '/2.3/questions/1': { json: { items: [] } },
    },
  );
  expect(posts).toMatchObject([
    { externalId: 'cooking:q1', title: 'Milk & more', text: 'They paid me back.' },
    { externalId: 'cooking:a3', title: 'Oat milk', editedAt: 1795000000000, engagement: { likes: 3 } },
  ]);
  expect(gone).toEqual(['cooking:q2', 'superuser:q1']);
  expect(requests.map(({ query }) => query.get('site'))).toEqual(['cooking', 'cooking', 'superuser']);
});

test('Stack Exchange: a pause that it asks for is kept before the next hundred', async () => {
  const many = Array.from({ length: 101 }, (_, at) => stored('stack-exchange', `cooking:q${at}`));
  const asked = recheckSource(stackExchange, (baseUrl) => ({ sites: ['cooking'], baseUrl }), many, {
    '/2.3/questions/*': { json: { items: [], backoff: 12 } },
  });
  await expect(asked).rejects.toMatchObject({ kind: 'slow-down', retryAt: Date.parse('2026-11-20T08:00:12Z') });
});

test('GitHub: issues and comments each by their address; deleted and closed to the public are gone', async () => {
  const [issue] = fixture('github/search.json').items;
  const [comment] = fixture('github/comments.json');
  const at = (path: string) => `https://github.com/octo-cafe/till/issues/${path}`;
  const { posts, gone } = await recheckSource(
    github,
    (baseUrl) => ({ baseUrl }),
    [
      stored('github', issue.node_id, { url: at('42') }),
      stored('github', comment.node_id, { url: at('42#issuecomment-3100001'), title: issue.title }),
      stored('github', 'I_7', { url: at('7') }),
      stored('github', 'I_8', { url: at('8') }),
    ],
    {
      '/repos/octo-cafe/till/issues/42': { json: { ...issue, body: 'Paid back.' } },
      '/repos/octo-cafe/till/issues/comments/3100001': { json: comment },
      '/repos/octo-cafe/till/issues/7': { status: 410, json: { message: 'This issue was deleted' } },
      '/repos/octo-cafe/till/issues/8': { status: 404, json: { message: 'Not Found' } },
    },
  );
  expect(posts).toMatchObject([
    { externalId: issue.node_id, text: 'Paid back.' },
    { externalId: comment.node_id, title: issue.title, editedAt: Date.parse(comment.updated_at) },
  ]);
  expect(gone).toEqual(['I_7', 'I_8']);
});

test('DEV: an article and the comments below it in two questions; with the article its comments go', async () => {
  const [listed] = fixture('dev/search.json');
  const article = { ...listed, ...fixture('dev/article.json'), body_markdown: 'They answered!' };
  const below = (code: string, threadId: string) => stored('dev', `comment ${code}`, { threadId });
  const { posts, gone, requests } = await recheckSource(
    dev,
    (baseUrl) => ({ baseUrl }),
    [
      stored('dev', '11', { threadId: '11' }),
      ...['2ab3c', '2ab5e', 'never'].map((code) => below(code, '11')),
      below('x', '12'),
    ],
    {
      '/api/articles/11': { json: { ...article, id: 11 } },
      '/api/comments': { json: fixture('dev/comments.json') },
      '/api/articles/12': { status: 404, json: { error: 'not found', status: 404 } },
    },
  );
  expect(posts.map(({ externalId }) => externalId)).toEqual(['11', 'comment 2ab3c', 'comment 2ab4d']);
  expect(posts[0]?.text).toBe('They answered!');
  expect(gone).toEqual(['comment 2ab5e', 'comment never', 'comment x']);
  expect(requests).toHaveLength(3);
});

test('YouTube: videos and comments fifty at a time; a refused list is halved until it tells which one is no more', async () => {
  const [video] = fixture('youtube/videos.json').items;
  const [reply] = fixture('youtube/replies.json').items;
  const refused = { error: { code: 404, message: 'No.', errors: [{ reason: 'commentNotFound' }] } };
  const { posts, gone, requests } = await recheckSource(
    youtube,
    (baseUrl) => ({ search: true, baseUrl }),
    [
      stored('youtube', video.id, { author: { handle: '@leedseats', name: null, url: null, followers: 900 } }),
      stored('youtube', 'private1'),
      stored('youtube', reply.id, { threadId: 't', parentId: 't', url: 'https://www.youtube.com/watch?v=v&lc=r' }),
      stored('youtube', 'deleted1', { threadId: 'deleted1' }),
    ],
    {
      '/youtube/v3/videos': { json: { items: [video] } },
      '/youtube/v3/comments': ({ query }) =>
        query.get('id') === reply.id ? { json: { items: [reply] } } : { status: 404, json: refused },
    },
    { secrets: { key: 'k' } },
  );
  expect(posts).toMatchObject([
    { externalId: video.id, author: { handle: '@leedseats', followers: 900 }, engagement: { views: 120345 } },
    { externalId: reply.id, text: 'Same here.', threadId: 't', url: 'https://www.youtube.com/watch?v=v&lc=r' },
  ]);
  expect(gone).toEqual(['private1', 'deleted1']);
  expect(requests.map(({ query }) => query.get('id')?.split(',').length)).toEqual([2, 2, 1, 1]);
});

test('YouTube: without a key nothing is asked', async () => {
  const { requests } = await recheckSource(
    youtube,
    (baseUrl) => ({ search: true, baseUrl }),
    [stored('youtube', 'v')],
    {},
  );
  expect(requests).toEqual([]);
});

test('WordPress: many in one list; what is left out is gone only where the site says so itself', async () => {
  const [comment] = fixture('wordpress/comments.json');
  let place = '';
  const { posts, gone, requests } = await recheckSource(
    wordpress,
    (url) => ({ sites: [url] }),
    (url) => {
      place = new URL(url).host;
      return [7, 8, 9].map((id) => stored('wordpress', `${place}#comment-${id}`));
    },
    {
      '/wp-json/wp/v2/comments': { json: [{ ...comment, id: 7 }] },
      '/wp-json/wp/v2/comments/8': { status: 404, json: { code: 'rest_comment_invalid_id', message: 'No.' } },
      '/wp-json/wp/v2/comments/9': { status: 401, json: { code: 'rest_cannot_read', message: 'No.' } },
    },
  );
  expect(posts.map(({ externalId }) => externalId)).toEqual([`${place}#comment-7`]);
  expect(gone).toEqual([`${place}#comment-8`]);
  expect(requests[0]?.query.get('include')).toBe('7,8,9');
});

test('WordPress: comments of sites at wordpress.com one by one', async () => {
  const { posts, gone } = await recheckSource(
    wordpress,
    (baseUrl) => ({ sites: ['https://eats.wordpress.com'], baseUrl }),
    ['5', '6'].map((id) => stored('wordpress', `eats.wordpress.com#comment-${id}`)),
    {
      '/rest/v1.1/sites/eats.wordpress.com/comments/5': {
        json: { ID: 5, post: { ID: 1, title: 'Queues' }, author: { name: 'Ana' }, content: '<p>Better now.</p>' },
      },
      '/rest/v1.1/sites/eats.wordpress.com/comments/6': { status: 404, json: { error: 'unknown_comment' } },
    },
  );
  expect(posts).toMatchObject([{ externalId: 'eats.wordpress.com#comment-5', text: 'Better now.' }]);
  expect(gone).toEqual(['eats.wordpress.com#comment-6']);
});
