/** How sources look at stored posts again: what is there as it is now, what is gone, and silence where they cannot tell. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { barePost, type Post } from '../../src/mention.ts';
import { bluesky } from '../../src/sources/bluesky.ts';
import { hackerNews } from '../../src/sources/hacker-news.ts';
import { mastodon } from '../../src/sources/mastodon.ts';
import { recheckSource } from '../support/recheck-source.ts';

const fixture = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures', name), 'utf8'));
const stored = (source: string, externalId: string, more: Partial<Post> = {}) =>
  barePost(source, 'as it was', { externalId, ...more });

test('Hacker News: the words and points as they are now, the story as it was; deleted, killed and missing are gone', async () => {
  const title = 'Ask HN: Who roasts well?';
  const comment = stored('hacker-news', '1', { title, threadId: '9', engagement: { ...barePost('', '').engagement } });
  const { posts, gone } = await recheckSource(
    hackerNews,
    (baseUrl) => ({ baseUrl }),
    [comment, ...['2', '3', '4'].map((id) => stored('hacker-news', id))],
    {
      '/v0/item/1.json': { json: { id: 1, type: 'comment', by: 'ana', text: 'Blue Door<p>paid &amp; said sorry' } },
      '/v0/item/2.json': { json: { id: 2, deleted: true, type: 'comment' } },
      '/v0/item/3.json': { json: { id: 3, dead: true, type: 'comment', text: 'spam' } },
      '/v0/item/4.json': { json: null },
    },
  );
  expect(posts).toEqual([{ ...comment, text: 'Blue Door\n\npaid & said sorry' }]);
  expect(gone).toEqual(['2', '3', '4']);
});

test('Bluesky: 25 at a time; missing and hidden from visitors are gone, followers stay known', async () => {
  const [view] = fixture('bluesky/name.json').posts;
  const hidden = {
    ...view,
    uri: view.uri.replace(/\w+$/, 'hidden'),
    author: { ...view.author, labels: [{ val: '!no-unauthenticated' }] },
  };
  const author = { handle: 'ana.bsky.example', name: 'Ana P.', url: null, followers: 7 };
  const many = Array.from({ length: 30 }, (_, at) => stored('bluesky', `${view.uri}${at}`));
  const { posts, gone, requests } = await recheckSource(
    bluesky,
    (baseUrl) => ({ baseUrl }),
    [stored('bluesky', view.uri, { author }), stored('bluesky', hidden.uri), ...many],
    { '/xrpc/app.bsky.feed.getPosts': { json: { posts: [view, hidden] } } },
  );
  expect(requests.map(({ query }) => query.getAll('uris').length)).toEqual([25, 7]);
  expect(posts[0]).toMatchObject({ externalId: view.uri, text: view.record.text, author: { followers: 7 } });
  expect(gone).toContain(hidden.uri);
  expect(gone).toContain(`${view.uri}0`);
  expect(gone).not.toContain(view.uri.slice(0, -1));
});

test('Bluesky: where one post of the answer has no name, none counts as gone', async () => {
  const [view] = fixture('bluesky/name.json').posts;
  const { gone } = await recheckSource(bluesky, (baseUrl) => ({ baseUrl }), [stored('bluesky', `${view.uri}1`)], {
    '/xrpc/app.bsky.feed.getPosts': { json: { posts: [view, { $type: 'something new' }] } },
  });
  expect(gone).toEqual([]);
});

test('Mastodon: asks the server where it was written; 404 in its own words is gone, another server’s post stays as it is', async () => {
  const [status] = fixture('mastodon/page-1.json');
  const at = (url: string, id: number) => `${url}/users/ana/statuses/${id}`;
  let base = '';
  const { posts, gone, requests } = await recheckSource(
    mastodon,
    (url) => ({ instances: [url] }),
    (url) => {
      base = url;
      return [
        stored('mastodon', at(url, 1), { place: '#bluedoor' }),
        stored('mastodon', at(url, 2)),
        stored('mastodon', at('https://elsewhere.example', 3)),
      ];
    },
    {
      '/api/v1/statuses/1': () => ({ json: { ...status, uri: at(base, 1), content: '<p>They paid me back</p>' } }),
      '/api/v1/statuses/2': { status: 404, json: { error: 'Record not found' } },
    },
  );
  expect(posts).toMatchObject([
    { externalId: at(base, 1), text: expect.stringContaining('paid me back'), place: '#bluedoor' },
  ]);
  expect(gone).toEqual([at(base, 2)]);
  expect(requests).toHaveLength(2);
});

test('Mastodon: a missing page of somebody else’s is no word about the post', async () => {
  const asked = recheckSource(
    mastodon,
    (url) => ({ instances: [url] }),
    (url) => [stored('mastodon', `${url}/users/ana/statuses/2`)],
    { '/api/v1/statuses/2': { status: 404, body: '<h1>Not here</h1>' } },
  );
  await expect(asked).rejects.toMatchObject({ kind: 'gone' });
});
