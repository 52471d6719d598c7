/** The main job from outside: what the platforms give is kept or counted by reason, and the same again brings nothing new. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { demoConfig } from '../../src/demo/config.ts';
import { demoApp } from '../../src/demo/platforms/app-store.ts';
import { startPlatforms } from '../../src/demo/platforms.ts';
import { type PlatformPost, readSample, toPlatformPost } from '../../src/demo/sample.ts';
import { RunsFace } from '../../src/face/run.ts';
import { counted, type House, house, parsed, type Run } from './house.ts';

/** Of each platform two posts that name the brand; of those that are read whole, one that does not. */
const posts: readonly PlatformPost[] = [
  { platform: 'feed', place: 'leeds-eats.xml', id: '1', agoHours: 5, title: 'Blue Door Coffee', text: 'Two hours for a flat white.' },
  { platform: 'feed', place: 'leeds-eats.xml', id: '2', agoHours: 6, title: 'Brunch', text: 'Blue Door Coffee was lovely.' },
  { platform: 'feed', place: 'leeds-eats.xml', id: '3', agoHours: 7, title: 'Parking', text: 'The car park is shut.' },
  { platform: 'hacker-news', id: '101', agoHours: 5, author: { handle: 'ana' }, title: 'Blue Door Coffee’s app charges twice', text: 'Ask me how I know.' },
  { platform: 'hacker-news', id: '102', agoHours: 4, replyTo: '101', author: { handle: 'ben' }, text: 'Blue Door Coffee did it to me as well.' },
  { platform: 'bluesky', id: '3aaa', agoHours: 5, author: { handle: 'ana.sky.example' }, text: 'Blue Door Coffee kept my deposit.' },
  { platform: 'bluesky', id: '3aab', agoHours: 6, author: { handle: 'ben.sky.example' }, text: 'Best cake: Blue Door Coffee' },
  { platform: 'mastodon', id: '115570361973436726', agoHours: 5, author: { handle: 'ana@aire.example' }, text: 'Blue Door Coffee lost my order #leedsfood' },
  { platform: 'mastodon', id: '115570361973436727', agoHours: 6, author: { handle: 'ben@aire.example' }, text: 'Rain again #leedsfood' },
  { platform: 'mastodon', id: '115570361973436728', agoHours: 7, author: { handle: 'cem@aire.example' }, text: 'Queue at Blue Door Coffee #leedsfood' },
  { platform: 'reddit', place: 'Leeds', id: 't3_1aaa', agoHours: 5, author: { handle: 'ana' }, title: 'Blue Door Coffee', text: 'Never again.' },
  { platform: 'reddit', place: 'Leeds', id: 't3_1aab', agoHours: 6, author: { handle: 'ben' }, title: 'Buses', text: 'Late.' },
  { platform: 'reddit', place: 'Leeds', id: 't1_1aac', agoHours: 4, replyTo: 't3_1aaa', author: { handle: 'cem' }, text: 'Blue Door Coffee is fine if you sit outside.' },
  { platform: 'lemmy', place: 'leeds', id: '201', agoHours: 5, author: { handle: 'ana@lemmy.example' }, title: 'Blue Door Coffee', text: 'They charged me for two.' },
  { platform: 'lemmy', place: 'leeds', id: '202', agoHours: 4, replyTo: '201', author: { handle: 'ben@lemmy.example' }, text: 'Blue Door Coffee never refunds.' },
  { platform: 'discourse', place: 'food', id: '301', agoHours: 5, author: { handle: 'ana' }, title: 'Coffee in Leeds', text: 'Blue Door Coffee was closed at noon.' },
  { platform: 'discourse', place: 'food', id: '302', agoHours: 4, replyTo: '301', author: { handle: 'ben' }, text: 'Try the market.' },
  { platform: 'discourse', place: 'food', id: '303', agoHours: 3, replyTo: '301', author: { handle: 'cem' }, text: 'Blue Door Coffee, every Sunday.' },
  { platform: 'stack-exchange', place: 'webapps', id: '401', agoHours: 5, author: { handle: 'ana' }, title: 'Blue Door Coffee app does not open', text: 'Blue Door Coffee crashes at the start.' },
  { platform: 'stack-exchange', place: 'webapps', id: '402', agoHours: 4, replyTo: '401', author: { handle: 'ben' }, text: 'Blue Door Coffee needs the newest system.' },
  { platform: 'app-store', place: 'gb', id: '501', agoHours: 5, author: { handle: '77', name: 'Ana' }, title: 'Bad', text: 'Crashes.', rating: 1 },
  { platform: 'app-store', place: 'gb', id: '502', agoHours: 6, author: { handle: '78', name: 'Ben' }, title: 'Good', text: 'Works.', rating: 5 },
]; // biome-ignore format: a table

/** What is in the table, by source: posts that name the brand, and posts that do not. */
const expected: Readonly<Record<string, readonly [mentions: number, others: number]>> = {
  feed: [2, 1],
  'hacker-news': [2, 0],
  bluesky: [2, 0],
  mastodon: [2, 1],
  reddit: [2, 1],
  lemmy: [2, 0],
  discourse: [2, 1],
  'stack-exchange': [2, 0],
  'app-store': [2, 0],
  file: [2, 1],
};

/** All ten sources, each behind its own prefix of one address. */
function allTen(here: House, url: string): void {
  writeFileSync(
    join(here.folder, 'posts.jsonl'),
    [
      { id: '1', text: 'Blue Door Coffee: cold soup.', publishedAt: '2026-11-19T10:00:00Z' },
      { id: '2', text: 'Nothing about anybody.' },
      { id: '3', text: 'blue-door coffee is fine' },
    ]
      .map((line) => JSON.stringify(line))
      .join('\n'),
  );
  here.settle([
    {
      name: 'Blue Door Coffee',
      sources: {
        feed: { urls: [`${url}/feed/leeds-eats.xml`] },
        'hacker-news': { baseUrl: `${url}/hacker-news` },
        bluesky: { baseUrl: `${url}/bluesky` },
        mastodon: { instances: [`${url}/mastodon-a`], hashtags: ['leedsfood'] },
        reddit: { subreddits: ['Leeds'], baseUrl: `${url}/reddit` },
        lemmy: { instances: [`${url}/lemmy`] },
        discourse: { forums: [`${url}/discourse`] },
        'stack-exchange': { sites: ['webapps'], baseUrl: `${url}/stack-exchange` },
        'app-store': { app: demoApp, countries: ['gb'], baseUrl: `${url}/app-store` },
        file: { path: 'posts.jsonl' },
      },
    },
  ]);
}

const sumBySource = (runs: readonly Run[], of: (run: Run) => number) =>
  Object.fromEntries(
    [...Map.groupBy(runs, (run) => run.source)].map(([source, list]) => [
      source,
      list.reduce((sum, run) => sum + of(run), 0),
    ]),
  );

async function standIns(now: () => number, shown: readonly PlatformPost[] = posts) {
  const platforms = await startPlatforms({ posts: shown, now });
  onTestFinished(() => platforms.close());
  return platforms;
}

test('all ten sources on one address: every post that was given is a mention or counted by reason', async () => {
  const here = house();
  const { baseUrl } = await standIns(here.clock.now);
  allTen(here, baseUrl);
  const startedAt = here.clock.now();
  const runs = await here.collect();

  expect(runs.filter((run) => run.outcome !== 'complete')).toEqual([]);
  for (const run of runs) expect(counted(run), run.watch).toBe(run.seen);
  expect(sumBySource(runs, (run) => run.fresh)).toEqual(mapped(expected, ([mentions]) => mentions));
  expect(sumBySource(runs, (run) => run.setAside['no-match'] ?? 0)).toEqual(mapped(expected, ([, others]) => others));
  expect(here.clock.now() - startedAt, 'nobody is kept waiting by a server of their own').toBeLessThan(5_000);

  const mentions = await here.mentions();
  expect(mapped(Object.fromEntries(Map.groupBy(mentions, (one) => one.source)), (list) => list?.length)).toEqual(
    mapped(expected, ([count]) => count),
  );
});

test('the same again gives nothing new, also when an hour has passed', async () => {
  const here = house();
  const { baseUrl } = await standIns(here.clock.now);
  allTen(here, baseUrl);
  await here.collect();
  const before = await here.mentions();
  for (const laterMs of [0, 3_600_000]) {
    here.clock.advance(laterMs);
    const again = await here.collect();
    expect(again.map((run) => [run.watch, run.outcome, run.fresh, run.flagged])).toEqual(
      again.map((run) => [run.watch, 'complete', 0, 0]),
    );
  }
  expect(await here.mentions()).toEqual(before);
});

test('the real program does the same in two processes, one after the other', async () => {
  const here = house({ now: Date.now() });
  const { baseUrl } = await standIns(() => Date.now());
  allTen(here, baseUrl);
  const [first, second] = [await here.program('collect', '--json'), await here.program('collect', '--json')].map(
    (said) => ({ ...said, runs: parsed(said, (out) => RunsFace.parse(out).runs) }),
  );
  const fresh = (runs: readonly Run[] = []) => runs.reduce((sum, run) => sum + run.fresh, 0);
  expect([first?.code, second?.code, first?.err, second?.err]).toEqual([0, 0, '', '']);
  expect(fresh(first?.runs)).toBe(20);
  expect(fresh(second?.runs)).toBe(0);
});

test('the demo’s whole sample on one address: what was given is all there, and once', {
  timeout: 240_000,
}, async () => {
  const here = house();
  const sample = readSample(join(import.meta.dirname, '../../data/sample')).map(toPlatformPost);
  const { baseUrl } = await standIns(here.clock.now, sample);
  writeFileSync(
    here.config,
    demoConfig((prefix) => `${baseUrl}/${prefix}`, here.folder),
  );
  const runs = await here.collect();
  expect(runs.filter((run) => run.fault).map((run) => [run.watch, run.fault?.message])).toEqual([]);
  const mentions = await here.mentions();
  expect(runs.reduce((sum, run) => sum + run.fresh, 0)).toBe(mentions.length);
  const places = mentions.flatMap((one) =>
    one.places.map((place) => `${one.brand} ${place.source} ${place.externalId}`),
  );
  expect(new Set(places).size, 'no post is a place of two mentions of one brand').toBe(places.length);
  for (const run of runs)
    expect(counted(run), `${run.watch} counts nothing that was not given`).toBeLessThanOrEqual(run.seen);
  const again = await here.collect();
  expect(again.reduce((sum, run) => sum + run.fresh, 0)).toBe(0);
});

function mapped<From, To>(object: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, to(value)]));
}
