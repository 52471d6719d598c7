/** What is particular to Telegram's channel pages: their markup, answers and forwards, going back, and channels without a page. */
import { expect, test } from 'vitest';
import { telegram } from '../../src/sources/telegram.ts';
import { empty, fixture } from '../fixtures/telegram/fixture.ts';
import type { Answering, Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';

const message = (id: number, more = '') =>
  `<div class="tgme_widget_message" data-post="leedsfood/${id}"><div class="tgme_widget_message_text">Message ${id}</div>${more}</div>`;
const pageOf = (ids: readonly number[], before?: number) =>
  `<!doctype html><html><body><div class="tgme_header"></div>${before === undefined ? '' : `<a class="tme_messages_more" data-before="${before}"></a>`}${ids
    .map((id) => message(id))
    .join('')}</body></html>`;
const readChannel = (routes: (url: string) => Routes, since?: string) =>
  readSource(telegram, { options: fixture.options, routes, ...(since && { since }) });

test('a message keeps its lines, links and views, and who said it to how many', async () => {
  const read = await readSource(telegram, fixture);
  expect(read.posts[1]).toEqual({
    source: 'telegram',
    externalId: 'leedsfood/302',
    url: 'https://t.me/leedsfood/302',
    author: { handle: 'leedsfood', name: 'Leeds Food', url: 'https://t.me/leedsfood', followers: 4400 },
    title: null,
    text: 'Blue Door Coffee closes its garden 🔥\nMore: here & there',
    language: null,
    publishedAt: Date.parse('2026-11-18T09:12:00Z'),
    editedAt: null,
    rating: null,
    engagement: { likes: null, reposts: null, replies: null, views: 2_380_000 },
    links: ['https://bluedoor.example/garden?a=1&b=2', 'https://bluedoor.example/news'],
    origin: 'https://t.me/leedsfood/302',
    parentId: null,
    threadId: null,
    place: '@leedsfood',
  });
});

test('what a message answers is not its own words; a forwarded one says where it comes from', async () => {
  const [answer] = (await readSource(telegram, fixture)).posts;
  expect(answer).toMatchObject({
    text: 'They kept my deposit.',
    parentId: 'leedsfood/302',
    origin: 'https://t.me/yorkeats/77',
    engagement: { views: 812 },
  });
});

test('it goes back page by page, and not behind the last look', async () => {
  const pages: Answering = ({ query }) => {
    const before = Number(query.get('before') ?? 400);
    return pageOf([before - 2, before - 1], before - 2);
  };
  const endless = await readChannel(() => ({ '/s/leedsfood': pages }));
  expect(endless.requests.map(({ query }) => query.get('before'))).toEqual([null, null, '398', '396', '394', '392']);
  expect(endless.pages.map(({ capped }) => capped)).toEqual([false, false, false, false, true]);
  const dated = (date: string) =>
    pageOf([1], 1).replace('</div></div>', `</div><time datetime="${date}"></time></div>`);
  const old = await readChannel(() => ({ '/s/leedsfood': dated('2026-10-01T00:00:00+00:00') }), '2026-11-01');
  expect(old.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/s/leedsfood']);
});

test('a page that leads back to itself is read once; an empty one in the middle is passed', async () => {
  const same = await readChannel(() => ({ '/s/leedsfood': pageOf([5, 6], 5) }));
  expect(same.pages).toHaveLength(2);
  const gap: Answering = ({ query }) =>
    ({ '40': pageOf([], 20), '20': pageOf([18, 19]) })[query.get('before') ?? ''] ?? pageOf([40, 41], 40);
  const read = await readChannel(() => ({ '/s/leedsfood': gap }));
  expect(read.posts.map(({ externalId }) => externalId.split('/')[1])).toEqual(['41', '40', '19', '18']);
});

test('a group, a channel without preview and a wrong name are a mistake in the config', async () => {
  const read = await readChannel((url) => ({
    '/s/leedsfood': { status: 302, headers: { location: `${url}/leedsfood` } },
    '/leedsfood': '<!doctype html><html><body class="tgme_page">Send message</body></html>',
  }));
  expect(read.faults[0]).toMatchObject({ kind: 'gone', message: /no messages of “leedsfood” to the public/ });
  expect(read.posts).toEqual([]);
});

test('what robots.txt closes stays closed', async () => {
  const read = await readChannel(() => ({ '/robots.txt': 'User-agent: *\nDisallow: /s/', '/s/leedsfood': empty }));
  expect(read.faults.map(({ kind }) => kind)).toEqual(['not-allowed']);
  expect(read.requests).toHaveLength(1);
});

test('a message whose number is missing costs only itself; a picture alone says nothing', async () => {
  const page = pageOf([1]).replace('</body>', `${message(2).replace(/data-post="[^"]*"/, '')}</body>`);
  const read = await readChannel(() => ({ '/s/leedsfood': page }));
  expect(read.posts).toHaveLength(1);
  expect(read.unreadable).toEqual(['message.1: id is missing']);
});

test('channels are named as people copy them, and capitals mean nothing', () => {
  const channels = ['@LeedsFood', 'https://t.me/s/leedsfood', 't.me/leedsfood/'];
  const options = telegram.options.parse({ channels });
  expect(telegram.looks(options, { names: [], handles: [], domains: [] }).map(({ key }) => key)).toEqual([
    '@leedsfood',
  ]);
  expect(telegram.options.safeParse({ channels: ['https://t.me/+AbCd'] }).success).toBe(false);
});
