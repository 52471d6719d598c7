/** A place that many brands name is asked once and matched for all of them; a search is asked for each brand. */
import { expect, test } from 'vitest';
import { loopback, type Reply } from '../support/loopback.ts';
import { house } from './house.ts';

/** Some names stand in others, as names do. */
const names = [
  'Blue Door',
  'Blue Door Coffee',
  'Door Coffee',
  'Red Lion',
  'Lion',
  'Red',
  'Café Änne',
  'O’Hara & Sons',
  'Tallyo',
  'Loomfield',
  'Acht',
  'Harbour Street Bakery',
];

const at = (hour: number) => `2026-11-20T0${hour}:00:00.000Z`;

const items = names
  .map(
    (name, index) =>
      `<item><guid>urn:x:${index}</guid><title>${escaped(name)}</title><description>Cold soup.</description></item>`,
  )
  .join('');
const rss = `<?xml version="1.0"?><rss version="2.0"><channel><title>Leeds Eats</title>${items}
  <item><guid>urn:x:all</guid><title>Worst three</title><description>Tallyo, the Red Lion and blue-door coffee.</description></item>
  <item><guid>urn:x:none</guid><title>Weather</title><description>A bluedoorway, Loomfields, lionesses.</description></item>
</channel></rss>`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;');
}

const forumPost = (id: number, cooked: string) => ({
  id,
  username: 'ana',
  created_at: at(7),
  cooked: `<p>${escaped(cooked)}</p>`,
  post_number: 1,
  topic_id: id,
  topic_title: 'Where not to eat',
});

test('a feed and a forum that twelve brands name are asked once and matched for all twelve', async () => {
  const server = await loopback({
    '/feed.xml': { body: rss, headers: { 'content-type': 'application/rss+xml' } },
    '/forum/posts.json': ({ query }) => ({
      json: {
        latest_posts: query.has('before')
          ? []
          : names.map((name, index) => forumPost(100 - index, `${name}: cold soup.`)),
      },
    }),
    '/hn/api/v1/search_by_date': { json: { hits: [], nbPages: 0 } },
  });
  const here = house();
  here.settle(
    names.map((name) => ({
      name,
      sources: {
        feed: { urls: [`${server.url}/feed.xml`] },
        discourse: { forums: [`${server.url}/forum`] },
        'hacker-news': { baseUrl: `${server.url}/hn` },
      },
    })),
  );
  const runs = await here.collect();
  const asked = (path: string) => server.requests.filter((request) => request.path === path);
  expect(asked('/feed.xml')).toHaveLength(1);
  expect(asked('/forum/posts.json').map(({ query }) => query.get('before'))).toEqual([null, '89']);
  expect(asked('/hn/api/v1/search_by_date').map(({ query }) => query.get('query'))).toEqual(
    names.map((name) => `"${name}"`),
  );
  const place = (source: string) => runs.filter((run) => run.source === source).map((run) => run.brands);
  expect([place('feed'), place('discourse')]).toEqual([[names], [names]]);
  expect(place('hacker-news')).toEqual(names.map((name) => [name]));

  const mentions = await here.mentions();
  const brandsOf = (source: string, id: string) =>
    mentions
      .filter((one) => one.source === source && one.externalId.endsWith(id))
      .map((one) => one.brand)
      .toSorted();
  expect(brandsOf('feed', 'urn:x:0')).toEqual(['Blue Door']);
  expect(brandsOf('feed', 'urn:x:1'), 'the longer name is meant').toEqual(['Blue Door Coffee']);
  expect(brandsOf('feed', 'urn:x:3')).toEqual(['Red Lion']);
  expect(brandsOf('feed', 'urn:x:all')).toEqual(['Blue Door Coffee', 'Red Lion', 'Tallyo']);
  expect(brandsOf('feed', 'urn:x:none')).toEqual([]);
  for (const name of names)
    expect(new Set(mentions.filter((one) => one.brand === name).map((one) => one.source)), name).toEqual(
      new Set(['feed', 'discourse']),
    );
  const feed = runs.find((run) => run.source === 'feed');
  expect([feed?.seen, feed?.setAside]).toEqual([14, { 'no-match': 1 }]);
});

test('a brand that comes to a place later is told of what stands there, though the place has not changed since', async () => {
  const server = await loopback({
    '/feed.xml': ({ headers }): Reply =>
      headers['if-none-match'] === '"v1"'
        ? { status: 304, headers: { etag: '"v1"' } }
        : { body: rss, headers: { etag: '"v1"', 'content-type': 'application/rss+xml' } },
  });
  const sources = { feed: { urls: [`${server.url}/feed.xml`] } };
  const here = house();
  here.settle([{ name: 'Tallyo', sources }]);
  expect((await here.collect()).map((run) => [run.seen, run.fresh, run.brands])).toEqual([[14, 2, ['Tallyo']]]);
  expect(
    (await here.collect()).map((run) => run.seen),
    'not asked for again',
  ).toEqual([0]);
  here.settle([
    { name: 'Tallyo', sources },
    { name: 'Red Lion', sources },
  ]);
  const runs = await here.collect();
  expect(runs.map((run) => [run.seen, run.brands])).toEqual([[14, ['Tallyo', 'Red Lion']]]);
  expect((await here.mentions()).map((one) => one.brand).toSorted()).toEqual([
    'Red Lion',
    'Red Lion',
    'Tallyo',
    'Tallyo',
  ]);
});

test('places at a host that takes no connection fail together: its patience is spent once', async () => {
  const gone = await loopback();
  await gone.close();
  const here = house();
  const urls = ['a', 'b', 'c'].map((name) => `${gone.url}/${name}.xml`);
  here.settle([{ name: 'Blue Door', sources: { feed: { urls } } }]);
  const runs = await here.collect();
  const silence = `${gone.host} does not take connections at the moment.`;
  expect(runs.map(({ fault }) => fault?.message)).toEqual([silence, silence, silence]);
  const waits = here.clock.slept.length;
  expect(waits, 'between the three tries of the first').toBe(2);
  await here.collect();
  expect(here.clock.slept.length, 'the next round asks again').toBe(2 * waits);
});
