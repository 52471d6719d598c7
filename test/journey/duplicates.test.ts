/** One thing said is one mention, wherever it stands; two people's words are two, however alike. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoApp } from '../../src/demo/platforms/app-store.ts';
import { startPlatforms } from '../../src/demo/platforms.ts';
import { loopback } from '../support/loopback.ts';
import { type House, house } from './house.ts';
import { hashtag, reading, type Status } from './statuses.ts';

const name = 'Blue Door Coffee';
const story =
  'The coffee shop Blue Door Coffee on Harbour Street in Leeds has closed its kitchen for two weeks after inspectors found a broken fridge and told the owners to replace it before any food may be served there again, the council said on Monday morning in a short statement.';

interface Item {
  readonly title: string;
  readonly link: string;
  readonly text: string;
}
/** Without a guid where its name begins with a star. */
const feed = (...items: Item[]) =>
  `<rss version="2.0"><channel><title>x</title>${items
    .map(
      ({ title, link, text }) =>
        `<item><title>${title.replace('*', '')}</title><link>${link}</link>${title.startsWith('*') ? '' : `<guid isPermaLink="false">urn:x:${encodeURIComponent(title)}</guid>`}<description>${text}</description></item>`,
    )
    .join('')}</channel></rss>`;

async function reads(feeds: Readonly<Record<string, string>>): Promise<House> {
  const server = await loopback(feeds);
  const here = house();
  here.settle([{ name, sources: { feed: { urls: Object.keys(feeds).map((path) => server.url + path) } } }]);
  const runs = await here.collect();
  expect(runs.every((run) => run.outcome === 'complete')).toBe(true);
  return here;
}

/** One feed more each time, since several of one look come in whatever order. */
async function readsInTurn(feeds: readonly string[]): Promise<House> {
  const server = await loopback(Object.fromEntries(feeds.map((body, index) => [`/${index}.xml`, body])));
  const here = house();
  for (const [index] of feeds.entries()) {
    const urls = feeds.slice(0, index + 1).map((_body, number) => `${server.url}/${number}.xml`);
    here.settle([{ name, sources: { feed: { urls } } }]);
    await here.collect();
  }
  return here;
}

test('an edited post is the same mention, says the new words and is judged by them; a case that nobody touched is withdrawn', async () => {
  let shown: Status[] = [
    { id: 1, text: `${name} charged me twice. Still waiting for my refund.`, at: '2026-11-20T07:00:00Z' },
  ];
  const server = await loopback(hashtag(() => shown));
  const here = house();
  here.settle([{ name, sources: reading(server.url) }]);
  await here.collect();
  const [before] = await here.mentions();
  expect([before?.complaint.verdict, before?.case?.state]).toEqual(['complaint', 'new']);

  shown = [
    {
      id: 1,
      text: `${name} was lovely, best cake in town.`,
      at: '2026-11-20T07:00:00Z',
      editedAt: '2026-11-20T08:30:00Z',
    },
  ];
  here.clock.advance(3_600_000);
  expect((await here.collect()).map((run) => run.fresh)).toEqual([0]);
  const after = await here.mentions();
  expect(after.map((one) => [one.id, one.text, one.complaint.verdict, one.sentiment.label])).toEqual([
    [before?.id, `${name} was lovely, best cake in town.`, 'none', 'positive'],
  ]);
  expect((await here.mentions('--search', 'refund')).length, 'the old words are found no more').toBe(0);
  expect((await here.mentions('--search', 'cake')).length).toBe(1);
  expect(after[0]?.case?.state).toBe('dismissed');
});

test('the same page in two sources is one mention with two places', async () => {
  const link = 'https://leeds-daily.example/kitchen';
  const server = await loopback({
    '/feed.xml': feed({ title: 'Kitchen closed', link: `${link}?utm_source=rss`, text: story }),
  });
  const here = house();
  writeFileSync(
    join(here.folder, 'posts.jsonl'),
    JSON.stringify({
      id: '1',
      text: `Seen this? ${name}`,
      url: `http://www.leeds-daily.example/kitchen/`,
      title: 'Kitchen closed',
    }),
  );
  here.settle([{ name, sources: { feed: { urls: [`${server.url}/feed.xml`] }, file: { path: 'posts.jsonl' } } }]);
  const runs = await here.collect();
  expect(runs.map((run) => run.seen)).toEqual([1, 1]);
  expect(runs.reduce((sum, run) => sum + run.fresh, 0)).toBe(1);
  expect((await here.mentions()).map((one) => one.places.map(({ source }) => source).toSorted())).toEqual([
    ['feed', 'file'],
  ]);
});

test('a story, an alert about it that gives its first words, and its copy in another paper are one mention', async () => {
  const link = 'https://leeds-daily.example/kitchen';
  const whole = feed({ title: 'Kitchen closed for two weeks', link, text: story });
  const alert = feed({ title: 'Kitchen closed for two weeks - Leeds Daily', link, text: `${story.slice(0, 150)} ...` });
  const copy = feed({
    title: 'Fridge shuts café',
    link: 'https://york-times.example/8812',
    text: story.replace('Monday', 'Tuesday'),
  });
  for (const order of [
    [whole, alert, copy],
    [alert, whole, copy],
  ]) {
    const here = await readsInTurn(order);
    const mentions = await here.mentions();
    expect(
      mentions.map((one) => [one.places.length, one.text]),
      'with all its words',
    ).toEqual([[3, story]]);
  }
});

test('two stories of one paper, and two guests with the same words, stay two', async () => {
  const here = await reads({
    '/feed.xml': feed(
      { title: 'Kitchen closed', link: 'https://leeds-daily.example/a', text: `${name} has closed its kitchen.` },
      { title: 'Kitchen open', link: 'https://leeds-daily.example/b', text: `${name} has opened its kitchen.` },
      { title: '*May', link: 'https://leeds-daily.example/news', text: `${name}: cake is back` },
      { title: '*June', link: 'https://leeds-daily.example/news', text: `${name}: new hours` },
    ),
  });
  expect(await here.mentions()).toHaveLength(4);

  const same = `${name} lost my order and nobody answers the phone.`;
  const server = await loopback(
    hashtag(() => [
      { id: 2, text: same, at: '2026-11-20T07:00:00Z', author: 'ana' },
      { id: 1, text: same, at: '2026-11-20T06:00:00Z', author: 'ben' },
    ]),
  );
  const guests = house();
  guests.settle([{ name, sources: reading(server.url) }]);
  await guests.collect();
  expect(await guests.mentions()).toHaveLength(2);
});

test('reviews of two authors stay two, however alike and at one address; the same review in two looks stays one', async () => {
  const here = house();
  const words = {
    title: 'Crashes',
    text: 'It crashes as soon as I open it, since the last update.',
    rating: 1,
    agoHours: 5,
    place: 'gb',
  } as const;
  const platforms = await startPlatforms({
    now: here.clock.now,
    posts: [
      { platform: 'app-store', id: '501', author: { handle: '77', name: 'Ana' }, ...words },
      { platform: 'app-store', id: '502', author: { handle: '78', name: 'Ben' }, ...words },
    ],
  });
  try {
    here.settle([
      {
        name: 'Tallyo',
        sources: { 'app-store': { app: demoApp, countries: ['gb'], baseUrl: platforms.urlOf('app-store') } },
      },
    ]);
    expect((await here.collect()).map((run) => run.fresh)).toEqual([2]);
    expect((await here.collect()).map((run) => run.fresh)).toEqual([0]);
    const mentions = await here.mentions();
    expect(mentions.map((one) => one.places.length)).toEqual([1, 1]);
    expect(mentions.map((one) => one.accounts)).toEqual([2, 2]);
    expect(new Set(mentions.map((one) => one.case?.id)).size, 'a dozen equal words are one case').toBe(1);
  } finally {
    await platforms.close();
  }
});

test('what somebody says again on one platform is one mention; a post that travels keeps its origin', async () => {
  const again: Status[] = [
    { id: 3, text: `Still no refund from ${name}, three weeks now!`, at: '2026-11-20T07:00:00Z' },
    { id: 2, text: `still no refund from ${name}, three weeks now`, at: '2026-11-18T07:00:00Z' },
    { id: 1, text: `Still no refund from ${name}, three weeks now!`, at: '2026-11-02T07:00:00Z' },
  ];
  const [home, away] = [await loopback(hashtag(() => again)), await loopback(hashtag(() => again))];
  const here = house();
  here.settle([{ name, sources: { mastodon: { instances: [home.url, away.url], hashtags: ['leedsfood'] } } }]);
  const runs = await here.collect();
  expect(runs.reduce((sum, run) => sum + run.seen, 0)).toBe(6);
  expect((await here.mentions()).map((one) => one.places.length).toSorted()).toEqual([1, 2]);
});

test('two feeds that give one item, one of them cut short, do not edit it to and fro', async () => {
  const item = { title: '*Kitchen closed', link: 'https://leeds-daily.example/kitchen' };
  const here = await reads({
    '/all.xml': feed({ ...item, text: story }),
    '/food.xml': feed({ ...item, text: `${story.slice(0, 100)} […]` }),
  });
  for (let look = 1; look <= 3; look += 1) {
    expect(
      (await here.mentions()).map((one) => one.text),
      `after look ${look}`,
    ).toEqual([story]);
    here.clock.advance(3_600_000);
    await here.collect();
  }
});
