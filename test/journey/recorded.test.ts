/** Answers through the whole program, in each platform's documented form and as recorded: each post in them is a mention, old ones are history, and the same again is nothing new. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Source } from '../../src/sources/source.ts';
import { sources } from '../support/every-source.ts';
import { loopback, type Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import { recordings as all, recorded, recordingsFolder } from '../support/recordings.ts';
import { blueDoor, type SourceFixture } from '../support/source-fixture.ts';
import { type Brand, house } from './house.ts';

function sourceOf(id: string): Source {
  const source = sources.find((one) => one.id === id);
  if (!source) throw new Error(`no source is called ${id}`);
  return source;
}

/** Places that give what they have whatever its age; the others are read source by source, in test/sources/recordings.test.ts. */
const giveAll = [
  'feed',
  'bluesky',
  'mastodon',
  'hacker-news',
  'reddit',
  'lemmy',
  'discourse',
  'stack-exchange',
  'app-store',
];

/** What one platform answers, and what stands in it. */
interface Answers extends Pick<SourceFixture, 'options' | 'routes' | 'terms' | 'secrets' | 'files' | 'posts'> {
  /** What a failed test calls them. */
  readonly name: string;
  readonly source: string;
  readonly leftOut?: number;
}

/** A brand for each, whose names are words of the posts: which those are nobody has to write down here. */
async function listenerFor(answers: Answers, index: number, url: string): Promise<{ brand: Brand; wordless: number }> {
  const { source: id, options, terms, secrets } = answers;
  const source = sourceOf(id);
  const { posts } = await readSource(source, { ...answers, since: '2005-01-01' });
  const names = posts.flatMap(({ title, text }) => wordIn(`${title ?? ''} ${text}`, terms?.names ?? []));
  const brand = {
    name: `place ${index}`,
    aliases: [...new Set([...names, ...(terms?.names ?? [])])],
    handles: terms?.handles ?? [],
    domains: terms?.domains ?? [],
    sources: {
      [id]: {
        ...(options(url) as object),
        ...(secrets && { account: `R${index}` }),
        ...(source.offByDefault && { off: false }),
      },
    },
  };
  // A review of one's own app needs no name in it; elsewhere a picture or a full stop mentions nobody.
  return { brand, wordless: source.kind === 'reviews' ? 0 : posts.length - names.length };
}

/** Not one inside an address: those are matched as addresses. Nor one of a name that is asked for: asked for alone, it would take that one's place. */
function wordIn(text: string, names: readonly string[]): string[] {
  const bare = text.replace(/https?:\S+/g, ' ');
  const words = bare.match(/(?<![^\s(])\p{L}{3,}(?![^\s,.!?)])/gu) ?? [];
  return words.filter((word) => !names.join(' ').toLowerCase().includes(word.toLowerCase())).slice(0, 1);
}

function behind(prefix: string, routes: Routes): Routes {
  return Object.fromEntries(
    Object.entries(routes).map(([key, route]) => [key.replace(/^([A-Z]+ )?/, `$1${prefix}`), route]),
  );
}

/** @returns the mentions that come of it. */
async function goThrough(list: readonly Answers[]) {
  const server = await loopback();
  const env = Object.fromEntries(
    list.flatMap(({ source, secrets = {} }, index) =>
      Object.entries(secrets).map(([name, value]) => [`${sourceOf(source).secrets[name]?.env}__R${index}`, value]),
    ),
  );
  // What they are judged to be is not the question here.
  const here = house({ env: { EARSHOT_JUDGE: 'fast', ...env } });
  const listeners = await Promise.all(
    list.map((answers, index) => listenerFor(answers, index, `${server.url}/${index}`)),
  );
  for (const [index, { routes, files = {} }] of list.entries()) {
    server.route(behind(`/${index}`, routes(`${server.url}/${index}`)));
    for (const [path, content] of Object.entries(files)) writeFileSync(join(here.folder, path), content);
  }
  here.settle(listeners.map(({ brand }) => brand));

  const runs = await here.collect();
  expect(runs.filter((run) => run.outcome !== 'complete').map((run) => [run.watch, run.fault])).toEqual([]);
  const mentions = await here.mentions();
  for (const [index, { name, posts, leftOut = 0 }] of list.entries()) {
    const own = runs.filter((run) => run.brands.includes(`place ${index}`));
    const sum = (of: (run: (typeof own)[number]) => number) => own.reduce((total, run) => total + of(run), 0);
    expect([name, sum((run) => run.seen)]).toEqual([name, posts + leftOut]);
    expect([name, sum((run) => run.setAside.unreadable ?? 0)]).toEqual([name, leftOut]);
    const unmatched = sum((run) => run.setAside['no-match'] ?? 0);
    expect(unmatched, name).toBeLessThanOrEqual(listeners[index]?.wordless ?? 0);
    const places = mentions.filter((one) => one.brand === `place ${index}`).flatMap((one) => one.places);
    expect([name, new Set(places.map((place) => place.externalId)).size]).toEqual([name, posts - unmatched]);
  }
  const again = await here.collect();
  expect(again.map((run) => [run.watch, run.fresh])).toEqual(again.map((run) => [run.watch, 0]));
  expect(await here.mentions()).toEqual(mentions);
  return mentions;
}

test('answers in the form that each platform documents go through the program without loss, and only once', async () => {
  const list = await Promise.all(
    [...giveAll, 'file'].map(async (source): Promise<Answers> => {
      const address = new URL(`../fixtures/${source}/fixture.ts`, import.meta.url);
      const { fixture } = (await import(/* @vite-ignore */ address.href)) as { readonly fixture: SourceFixture };
      const answers = { terms: blueDoor, ...fixture, name: source, source };
      const [content] = Object.values(fixture.files ?? {});
      if (content === undefined) return answers;
      return { ...answers, options: () => ({ path: 'posts.jsonl' }), files: { 'posts.jsonl': content } };
    }),
  );
  await goThrough(list);
}, 120_000);

if (!recordingsFolder) {
  process.stdout.write('Skipped: EARSHOT_RECORDINGS is not set, so no recorded answers went through the program.\n');
  test.skip('recorded answers go through the program without loss, and only once', () => {});
} else
  test('recorded answers go through the program without loss, and only once', async () => {
    const mentions = await goThrough(
      all
        .filter(({ source }) => giveAll.includes(source))
        .map(({ file, routes, ...recording }) => ({
          ...recording,
          name: file,
          routes: (url) => routes(recorded(file), url),
        })),
    );
    const old = Date.parse('2026-10-21T08:00:00Z');
    const history = mentions.filter((one) => one.publishedAt !== null && Date.parse(one.publishedAt) < old);
    expect(history.length).toBeGreaterThan(50);
    expect(history.filter((one) => one.case !== null)).toEqual([]);
  }, 120_000);
