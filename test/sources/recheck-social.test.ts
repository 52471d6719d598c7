/** How Meta's places, channels and registers look at stored posts again: what a missing one means differs from each to each. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { barePost, type Post } from '../../src/mention.ts';
import { cfpb } from '../../src/sources/cfpb.ts';
import { facebookPage } from '../../src/sources/facebook-page.ts';
import { instagram } from '../../src/sources/instagram.ts';
import { lobsters } from '../../src/sources/lobsters.ts';
import { telegram } from '../../src/sources/telegram.ts';
import { threads } from '../../src/sources/threads.ts';
import { pages } from '../fixtures/facebook-page/fixture.ts';
import { post as onThreads } from '../fixtures/threads/fixture.ts';
import type { Reply, Routes } from '../support/loopback.ts';
import { recheckSource } from '../support/recheck-source.ts';

const fixture = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures', name), 'utf8'));
const stored = (source: string, externalId: string, more: Partial<Post> = {}) =>
  barePost(source, 'as it was', { externalId, ...more });
const session = { token: 't1', until: Date.parse('2027-01-10T00:00:00Z') };
const graphNo = (code: number, error_subcode?: number): Reply => ({
  status: 400,
  json: { error: { message: 'Unsupported get request.', type: 'GraphMethodException', code, error_subcode } },
});
const notShown = graphNo(100, 33);
const alone = (baseUrl: string) => ({ baseUrl });

test('Facebook page: with the page’s own key; what is not shown is gone where its kind is shown', async () => {
  const comment = { url: 'https://www.facebook.com/7001/posts/1/?comment_id=1', place: 'Blue Door Coffee' };
  const tagged = { url: 'https://www.facebook.com/55/posts/9', place: 'Blue Door Coffee' };
  const { posts, gone, requests } = await recheckSource(
    facebookPage,
    alone,
    [
      stored('facebook-page', '1_11', comment),
      stored('facebook-page', '1_12', comment),
      stored('facebook-page', '55_9', tagged),
      stored('facebook-page', '7001 - 2026', tagged),
      stored('facebook-page', '1_13', { ...comment, place: 'Another page' }),
    ],
    {
      ...pages,
      '/v25.0/1_11': {
        json: {
          id: '1_11',
          message: 'All is well by now.',
          created_time: '2026-11-19T08:30:00+0000',
          permalink_url: comment.url,
          like_count: 4,
        },
      },
      '/v25.0/1_12': notShown,
      '/v25.0/55_9': notShown,
    },
    { session },
  );
  expect(posts).toMatchObject([{ externalId: '1_11', text: 'All is well by now.', engagement: { likes: 4 } }]);
  expect(gone, 'single posts of others are never shown').toEqual(['1_12']);
  expect(requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ['/v25.0/me/accounts', 'Bearer t1'],
    ['/v25.0/1_11', 'Bearer page.invented'],
    ['/v25.0/1_12', 'Bearer page.invented'],
    ['/v25.0/55_9', 'Bearer page.invented'],
  ]);
});

test('Instagram: comments below one’s own pictures; other people’s pictures are not asked for', async () => {
  const { posts, gone, requests } = await recheckSource(
    instagram,
    alone,
    [
      stored('instagram', '21'),
      stored('instagram', '22'),
      stored('instagram', '23', { url: 'https://www.instagram.com/p/x/' }),
    ],
    {
      '/v25.0/21': { json: { id: '21', text: 'Cold soup', timestamp: '2026-11-19T08:30:00+0000', username: 'ana' } },
      '/v25.0/22': notShown,
    },
    { session },
  );
  expect([posts.map(({ text }) => text), gone, requests.length]).toEqual([['Cold soup'], ['22'], 2]);
});

test.each<[string, Routes, readonly string[], readonly string[]]>([
  ['shows single ones', { '/v1.0/1': { json: onThreads('1') }, '/v1.0/2': notShown }, ['1'], ['2']],
  ['shows no single one', { '/v1.0/1': notShown, '/v1.0/2': notShown }, [], []],
  ['does not let the app', { '/v1.0/1': graphNo(10) }, [], []],
])('Threads: where it %s', async (_, routes, ids, missing) => {
  const asked = ['1', '2'].map((id) => stored('threads', id));
  const { posts, gone } = await recheckSource(threads, alone, asked, routes, { session });
  expect([posts.map(({ externalId }) => externalId), gone]).toEqual([ids, missing]);
});

test('Threads: a connection that has ended is told', async () => {
  const asked = recheckSource(threads, alone, [stored('threads', '1')], { '/v1.0/1': graphNo(190) }, { session });
  await expect(asked).rejects.toMatchObject({ kind: 'not-allowed', message: expect.stringContaining('has ended') });
});

test('Telegram: a page at a time; what lies between its messages and is not there was deleted', async () => {
  const html = readFileSync(join(import.meta.dirname, '../fixtures/telegram/channel.html'), 'utf8');
  const page = html.replaceAll('90071992547409931234', '310');
  const { posts, gone, requests } = await recheckSource(
    telegram,
    (baseUrl) => ({ channels: ['LeedsFood'], baseUrl }),
    ['302', '303', '310', '12']
      .map((id) => stored('telegram', `leedsfood/${id}`))
      .concat(stored('telegram', 'other/5')),
    {
      '/robots.txt': { status: 404, body: '' },
      '/s/leedsfood': ({ query }) =>
        query.get('before') === '311' ? page : { status: 302, headers: { location: '/leedsfood' } },
      '/leedsfood': '<html><body>View in Telegram</body></html>',
    },
  );
  expect(posts.map(({ externalId, text }) => [externalId, text])).toEqual([
    ['leedsfood/302', expect.stringContaining('closes its garden')],
    ['leedsfood/310', 'They kept my deposit.'],
  ]);
  expect(gone).toEqual(['leedsfood/303']);
  expect(requests.filter(({ path }) => path === '/s/leedsfood').map(({ query }) => query.get('before'))).toEqual([
    '311',
    '13',
  ]);
});

test('Lobsters: stories and comments by themselves; only what it calls deleted is gone', async () => {
  const [story] = fixture('lobsters/newest.json');
  const title = 'What the comment stands under';
  const { posts, gone } = await recheckSource(
    lobsters,
    alone,
    [
      stored('lobsters', 's/abc'),
      stored('lobsters', 's/gone'),
      stored('lobsters', 'c/one', { title }),
      stored('lobsters', 'c/two'),
    ],
    {
      '/s/abc.json': { json: { ...story, short_id: 'abc', score: 41, comments: [] } },
      '/s/gone.json': { status: 404, body: '' },
      '/c/one.json': {
        json: { short_id: 'one', comment: '<p>Paid back &amp; sorry.</p>', score: 3, is_deleted: false },
      },
      '/c/two.json': { json: { short_id: 'two', comment: '', is_deleted: true } },
    },
  );
  expect(posts).toMatchObject([
    { externalId: 's/abc', engagement: { likes: 41 } },
    { externalId: 'c/one', title, text: 'Paid back & sorry.', engagement: { likes: 3 } },
  ]);
  expect(gone).toEqual(['c/two']);
});

test('CFPB: the complaints of the stored ones’ days, until all were seen; none counts as gone', async () => {
  const found = fixture('cfpb/complaints.json');
  const [fresh] = found.hits.hits;
  const told = { ...fresh._source, complaint_what_happened: 'They took {$50.00} twice.' };
  const at = (day: string) => ({ publishedAt: Date.parse(`${day}T17:00:00Z`) });
  const { posts, gone, requests } = await recheckSource(
    cfpb,
    (baseUrl) => ({ companies: ['BLUE DOOR SAVINGS, INC.', 'BLUE DOOR BANK'], baseUrl }),
    [stored('cfpb', '90071992547409931234', at('2026-08-18')), stored('cfpb', '5', at('2026-08-02'))],
    {
      '/data-research/consumer-complaints/search/api/v1/': {
        json: {
          ...found,
          hits: {
            ...found.hits,
            hits: [
              { ...fresh, _source: told },
              { ...fresh, _id: '6' },
            ],
          },
        },
      },
    },
  );
  expect(posts).toMatchObject([{ externalId: '90071992547409931234', text: 'They took {$50.00} twice.' }]);
  expect(gone).toEqual([]);
  const [request] = requests;
  expect(request?.query.getAll('company')).toEqual(['BLUE DOOR SAVINGS, INC.', 'BLUE DOOR BANK']);
  expect([request?.query.get('date_received_min'), request?.query.get('date_received_max')]).toEqual([
    '2026-08-02',
    '2026-08-19',
  ]);
});
