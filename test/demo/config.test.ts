/** The demo's settings are right, and the real sources read the whole sample through them. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { ConfigShape } from '../../src/config/schema.ts';
import { hurriedClock } from '../../src/demo/clock.ts';
import { demoBrands, demoConfig } from '../../src/demo/config.ts';
import { type Platforms, startPlatforms } from '../../src/demo/platforms.ts';
import { type PlatformId, readSample, toPlatformPost } from '../../src/demo/sample.ts';
import { createNet } from '../../src/net/net.ts';
import type { Page } from '../../src/sources/source.ts';
import { sources } from '../support/every-source.ts';

const start = Date.parse('2026-11-21T12:00:00Z');
const sample = readSample(join(import.meta.dirname, '../../data/sample'));

/** What every source yields for every brand. */
async function collectAll(platforms: Platforms) {
  const config = ConfigShape.parse(parse(demoConfig(platforms.urlOf, '/nowhere')));
  const hosts = [...JSON.stringify(config).matchAll(/127\.0\.0\.1:\d+/g)].map(([host]) => host);
  const net = createNet({ clock: hurriedClock({ now: () => start }), userAgent: 'Earshot/0', allowed: hosts });
  const { signal } = new AbortController();
  const pages: { readonly source: string; readonly page: Page }[] = [];
  for (const { name, aliases, handles, domains, sources: wanted } of config.brands) {
    const terms = { names: [name, ...aliases], handles, domains };
    for (const [id, given] of Object.entries(wanted)) {
      const source = sources.find((one) => one.id === id);
      if (source === undefined) throw new Error(`no source ${id}`);
      const options = source.options.parse(given);
      const secrets = Object.fromEntries(Object.keys(source.secrets).map((key) => [key, null]));
      for (const { at } of source.looks(options, terms)) {
        const { http } = net.visit({ pace: source.pace, account: null, validators: {}, signal });
        const files = { read: () => Promise.reject(new Error('no files here')) };
        const since = start - 75 * 86_400_000;
        const request = { at, terms, options, secrets, session: null, since, http, files, signal };
        for await (const page of source.collect(request)) pages.push({ source: id, page });
      }
    }
  }
  await net.close();
  return pages;
}

test('names the three businesses, and no address but those of the platforms', () => {
  const text = demoConfig((prefix) => `http://127.0.0.1:4000/${prefix}`, '/somewhere/demo');
  const config = ConfigShape.parse(parse(text));
  expect(config.brands.map(({ id }) => id)).toEqual([...demoBrands]);
  expect(config.store).toBe('/somewhere/demo/earshot.db');
  expect(config.mail).toBeUndefined();
  expect(config.digest.to).toEqual([{ address: 'owner@figtree.example', at: '08:00' }]);
  const hosts = [...text.matchAll(/https?:\/\/([^\s/"']+)/g)].map(([, host]) => host);
  expect(new Set(hosts)).toEqual(new Set(['127.0.0.1:4000']));
});

test('lets the real sources hear all of the sample that search and places can bring', async () => {
  const platforms = await startPlatforms({ posts: sample.map(toPlatformPost), now: () => start });
  const pages = await collectAll(platforms);
  await platforms.close();

  expect(pages.flatMap(({ page }) => page.unreadable ?? [])).toEqual([]);
  const heard = (source: string) =>
    new Set(
      pages.filter((one) => one.source === source).flatMap(({ page }) => page.posts.map((post) => post.externalId)),
    ).size;
  const said = (platform: PlatformId, named = false) =>
    sample.filter((post) => post.platform === platform && (!named || post.brand !== undefined)).length;
  for (const place of ['mastodon', 'discourse', 'app-store', 'reddit'] as const)
    expect(heard(place), place).toBe(said(place));
  expect(heard('feed')).toBe(said('feed') + said('alerts'));
  // Searches find what has the name in its words: less than what belongs to a brand's threads, and nothing else.
  for (const search of ['bluesky', 'hacker-news', 'lemmy', 'stack-exchange'] as const) {
    expect(heard(search), search).toBeGreaterThan(said(search, true) * 0.7);
    expect(heard(search), search).toBeLessThanOrEqual(said(search, true));
  }
});

test('gives the waits of the net door back at once', async () => {
  const clock = hurriedClock({ now: () => 1000 });
  await clock.sleep(60_000);
  expect(clock.now()).toBe(61_000);
  await clock.sleep(60_000, AbortSignal.abort());
  expect(clock.now()).toBe(61_000);
});
