/** Real answers through the whole program: each post in them is a mention, old ones are history, and the same again is nothing new. */
import { expect, test } from 'vitest';
import type { Source } from '../../src/sources/source.ts';
import { sources } from '../support/every-source.ts';
import { loopback, type Routes } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import { recordings as all, type Recording, recorded, recordingsFolder } from '../support/recordings.ts';
import { type Brand, house } from './house.ts';

function sourceOf(id: string): Source {
  const source = sources.find((one) => one.id === id);
  if (!source) throw new Error(`no source is called ${id}`);
  return source;
}

/** Places that give what was recorded whatever its age; the others are read source by source, in test/sources/recordings.test.ts. */
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

/** A brand for each recording, whose names are words of the recorded posts: which those are nobody has to write down here. */
async function listenerFor(
  recording: Recording,
  index: number,
  url: string,
): Promise<{ brand: Brand; wordless: number }> {
  const { source: id, file, routes, options, terms, secrets } = recording;
  const source = sourceOf(id);
  const { posts } = await readSource(source, {
    options,
    routes: (at) => routes(recorded(file), at),
    since: '2005-01-01',
    ...(terms && { terms }),
    ...(secrets && { secrets }),
  });
  const names = posts.flatMap(({ title, text }) => wordIn(`${title ?? ''} ${text}`));
  const brand = {
    name: `recording ${index}`,
    aliases: [...new Set(names), ...(terms?.names ?? [])],
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

/** Not one inside an address: those are matched as addresses. */
function wordIn(text: string): string[] {
  const bare = text.replace(/https?:\S+/g, ' ');
  return /(?<![^\s(])\p{L}{3,}(?![^\s,.!?)])/u.exec(bare)?.slice(0, 1) ?? [];
}

function behind(prefix: string, routes: Routes): Routes {
  return Object.fromEntries(
    Object.entries(routes).map(([key, route]) => [key.replace(/^([A-Z]+ )?/, `$1${prefix}`), route]),
  );
}

if (!recordingsFolder) {
  process.stdout.write('Skipped: EARSHOT_RECORDINGS is not set, so no recorded answers went through the program.\n');
  test.skip('recorded answers go through the program without loss', () => {});
} else
  test('recorded answers go through the program without loss, and only once', async () => {
    const server = await loopback();
    const recordings = all.filter(({ source }) => giveAll.includes(source));
    const env = Object.fromEntries(
      recordings.flatMap(({ source, secrets = {} }, index) =>
        Object.entries(secrets).map(([name, value]) => [`${sourceOf(source).secrets[name]?.env}__R${index}`, value]),
      ),
    );
    const here = house({ env });
    const listeners = await Promise.all(
      recordings.map((recording, index) => listenerFor(recording, index, `${server.url}/${index}`)),
    );
    for (const [index, { file, routes }] of recordings.entries())
      server.route(behind(`/${index}`, routes(recorded(file), `${server.url}/${index}`)));
    here.settle(listeners.map(({ brand }) => brand));

    const runs = await here.collect();
    expect(runs.filter((run) => run.outcome !== 'complete').map((run) => [run.watch, run.fault])).toEqual([]);
    const mentions = await here.mentions();
    for (const [index, { file, posts, leftOut = 0 }] of recordings.entries()) {
      const own = runs.filter((run) => run.brands.includes(`recording ${index}`));
      const sum = (of: (run: (typeof own)[number]) => number) => own.reduce((total, run) => total + of(run), 0);
      expect(
        sum((run) => run.seen),
        file,
      ).toBe(posts + leftOut);
      expect(
        sum((run) => run.setAside.unreadable ?? 0),
        file,
      ).toBe(leftOut);
      const unmatched = sum((run) => run.setAside['no-match'] ?? 0);
      expect(unmatched, file).toBeLessThanOrEqual(listeners[index]?.wordless ?? 0);
      const places = mentions.filter((one) => one.brand === `recording ${index}`).flatMap((one) => one.places);
      expect(new Set(places.map((place) => place.externalId)).size, file).toBe(posts - unmatched);
    }
    const old = Date.parse('2026-10-21T08:00:00Z');
    const history = mentions.filter((one) => one.publishedAt !== null && Date.parse(one.publishedAt) < old);
    expect(history.length).toBeGreaterThan(50);
    expect(history.filter((one) => one.case !== null)).toEqual([]);

    const again = await here.collect();
    expect(again.map((run) => [run.watch, run.fresh])).toEqual(again.map((run) => [run.watch, 0]));
    expect(await here.mentions()).toEqual(mentions);
  });
