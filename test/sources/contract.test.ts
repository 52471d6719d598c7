/** Every listed source keeps the contract of `src/sources/source.ts`; being in the list is what brings a source here. */
import { existsSync } from 'node:fs';
import { validate } from 'node-cron';
import { describe, expect, test } from 'vitest';
import { sourceIds, sourceTitles } from '../../src/sources/index.ts';
import type { Source } from '../../src/sources/source.ts';
import { sources } from '../support/every-source.ts';
import { loopback, type Routes } from '../support/loopback.ts';
import { optionsOf } from '../support/options-of.ts';
import { type Read, type Reading, readSource } from '../support/read-source.ts';
import { blueDoor, type SourceFixture } from '../support/source-fixture.ts';

const now = Date.parse('2026-11-20T08:00:00Z');
const prefix = '/stand-in/for-it';
const blockPage =
  '<!doctype html><html><head><title>Blocked</title></head><body><p>Request forbidden.</p></body></html>';
const everywhere = (reply: Routes[string]): Routes => ({ '/*': reply });
const html = { 'content-type': 'text/html; charset=utf-8' };

test('ids are unique and each says the file that it stands in', () => {
  const ids = sources.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids) expect(existsSync(new URL(`../../src/sources/${id}.ts`, import.meta.url)), id).toBe(true);
});

test('the list names each as it names itself', () => {
  expect(sources.map(({ id }) => id)).toEqual(sourceIds);
  expect(sources.map(({ id, title }) => [id, title])).toEqual([...sourceTitles]);
});

describe.each(sources.map((source) => ({ id: source.id, source })))('$id', ({ id, source }) => {
  describesItself(source);

  const address = new URL(`../fixtures/${id}/fixture.ts`, import.meta.url);
  if (!existsSync(address)) {
    test('has fixtures', () =>
      expect.fail(`write test/fixtures/${id}/fixture.ts (its form: test/support/source-fixture.ts)`));
    return;
  }
  const load = async () => ((await import(/* @vite-ignore */ address.href)) as { fixture: SourceFixture }).fixture;
  looksArePure(source, load);
  readsItsFixtures(source, load);
  tellsOutcomesApart(source, load);
});

type Load = () => Promise<SourceFixture>;

/** What a test changes about the fixture's healthy reading. */
const readingOf = (fixture: SourceFixture, change: Partial<Reading> = {}): Reading => ({
  options: fixture.options,
  routes: fixture.routes,
  prefix,
  ...(fixture.terms && { terms: fixture.terms }),
  ...(fixture.secrets && { secrets: fixture.secrets }),
  ...(fixture.session && { session: fixture.session }),
  ...(fixture.since && { since: fixture.since }),
  ...(fixture.files && { files: fixture.files }),
  ...(fixture.mails && { mails: fixture.mails }),
  ...change,
});

function describesItself(source: Source): void {
  test('describes itself in full', () => {
    expect(source.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(source.title.length).toBeGreaterThan(1);
    expect(source.hears, 'a few words that fit the list').toMatch(/^[^.].{2,33}[^.]$/);
    expect(source.about, 'sentences, ending in a full stop').toMatch(/^[A-Z].{20,}\.$/s);
    expect(source.suits.length).toBeGreaterThan(0);
    for (const address of [source.home, source.docs]) expect(new URL(address).protocol).toBe('https:');
    expect(validate(source.cron), `cron ${source.cron}`).toBe(true);
    expect(source.overlapMs).toBeGreaterThanOrEqual(0);
    expect(source.quietAfterMs).toBeGreaterThanOrEqual(86_400_000);
    for (const { requests, perSeconds } of source.pace) expect(Math.min(requests, perSeconds)).toBeGreaterThan(0);
    if (source.offByDefault !== undefined) expect(source.offByDefault).toMatch(/\.$/);
  });

  test('its example works and every option is described in a sentence', () => {
    expect(source.options.safeParse(source.example).error).toBeUndefined();
    for (const [name, about] of optionsOf(source.options))
      expect(about, `${source.id}.${name}`).toMatch(/^[A-Z].{10,}\.$/s);
    expect(source.options.safeParse({ ...(source.example as object), nonsense: 1 }).success, 'unknown options').toBe(
      false,
    );
  });

  test('its secrets are named for the environment and say where to get them', () => {
    for (const secret of Object.values(source.secrets)) {
      expect(secret.env).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/);
      expect(secret.about).toMatch(/^[A-Z].{20,}\.$/s);
    }
    for (const step of source.steps ?? []) expect(step).toMatch(/^[A-Z].{10,}\.$/s);
    if (source.steps !== undefined) expect(Object.keys(source.secrets).length).toBeGreaterThan(0);
  });
}

function looksArePure(source: Source, load: Load): void {
  test('looks are the same every time, each with a key that a person can read', async () => {
    const fixture = await load();
    const options = source.options.parse(fixture.options('http://127.0.0.1:9'));
    const before = structuredClone(options);
    const looks = source.looks(options, fixture.terms ?? blueDoor);
    expect(looks.length).toBeGreaterThan(0);
    expect(source.looks(options, fixture.terms ?? blueDoor)).toEqual(looks);
    expect(options).toEqual(before);
    const keys = looks.map(({ key }) => key);
    expect(new Set(keys).size, 'keys differ').toBe(keys.length);
    for (const { key, scope, certain } of looks) {
      expect(key).toMatch(/^[\p{L}\p{N}#@"'“/][^\n{}[\]]{0,200}$/u);
      if (certain) expect(scope).toBe('brand');
    }
  });
}

function readsItsFixtures(source: Source, load: Load): void {
  test('its healthy answers become whole posts', async () => {
    const fixture = await load();
    const read = await readSource(source, readingOf(fixture));
    expect(read.faults.map(({ message }) => message)).toEqual([]);
    expect(read.unreadable).toEqual([]);
    expect(read.posts).toHaveLength(fixture.posts);
    const ids = read.posts.map(({ externalId }) => externalId);
    expect(new Set(ids).size, 'ids are unique').toBe(ids.length);
    expect(
      ids.some((id) => id.includes(fixture.hugeId)),
      `huge id ${fixture.hugeId}`,
    ).toBe(true);
    for (const post of read.posts) expectWhole(post, source);
    for (const { rating } of read.ratings) expect(rating.value).toBeLessThanOrEqual(rating.scale);
  });

  test('the same answers twice give the same posts', async () => {
    const fixture = await load();
    const server = await loopback();
    const first = await readSource(source, readingOf(fixture, { server }));
    const again = await readSource(source, readingOf(fixture, { server }));
    expect(again.posts).toEqual(first.posts);
  });

  test('it asks its own platform only, and says who asks', async () => {
    const fixture = await load();
    const read = await readSource(source, readingOf(fixture));
    if (!fixture.files && !fixture.mails) expect(read.requests.length).toBeGreaterThan(0);
    // What a site lets programs read stands at its root.
    const rules = '/robots.txt';
    for (const address of read.asked)
      expect(address.startsWith(`${read.url}/`) || address === read.url.replace(prefix, rules), address).toBe(true);
    for (const { headers, path } of read.requests) {
      expect(path.startsWith(`${prefix}/`) || path === rules, path).toBe(true);
      expect(headers['user-agent']).toMatch(/^Earshot\//);
    }
  });

  test('stopped in the middle, it asks no more', async () => {
    const fixture = await load();
    const soFar: number[] = [];
    const stopped = await readSource(
      source,
      readingOf(fixture, {
        afterPage: (stop, requests) => {
          soFar.push(requests.length);
          stop();
        },
      }),
    );
    expect(stopped.pages).toHaveLength(1);
    expect(stopped.requests).toHaveLength(soFar[0] ?? -1);
    expect(stopped.faults, 'being stopped is no fault').toEqual([]);
  });
}

function expectWhole(post: Read['posts'][number], source: Source): void {
  const where = `${source.id} ${post.externalId}`;
  // A file's lines name their source; a Google Alert is one platform, whether it comes by mail or as a feed.
  const comesAs = { mailbox: ['mailbox', 'feed'], 'google-alerts': ['feed'] }[source.id] ?? [source.twin ?? source.id];
  if (source.id !== 'file') expect(comesAs, where).toContain(post.source);
  expect(post.externalId, where).toMatch(/^\S(.*\S)?$/);
  expect(post.externalId, where).not.toMatch(/^(undefined|null|NaN|\[object)/);
  for (const time of [post.publishedAt, post.editedAt]) {
    if (time === null) continue;
    expect(Number.isInteger(time), where).toBe(true);
    expect(time, where).toBeGreaterThan(Date.parse('1995-01-01'));
    expect(time, where).toBeLessThan(now + 86_400_000);
  }
  for (const text of [post.title ?? '', post.text, post.author.name ?? '']) {
    expect(text, where).not.toMatch(/<\/?(p|br|a|div|span|b|i|em|strong|img|ul|li|table)(\s[^>]*)?\/?>/i);
    expect(text, where).not.toMatch(/&(amp|lt|gt|quot|apos|nbsp|#\d+|#x[\da-f]+);/i);
  }
  expect(`${post.title ?? ''}${post.text}`.length > 0 || post.rating !== null, `${where} says something`).toBe(true);
  for (const address of [post.url, post.author.url, ...post.links])
    if (address !== null) expect(new URL(address).protocol, where).toMatch(/^https?:$/);
  if (post.language !== null) expect(post.language, where).toMatch(/^[a-z]{2}$/);
  if (post.rating) expect(post.rating.value, where).toBeLessThanOrEqual(post.rating.scale);
}

function tellsOutcomesApart(source: Source, load: Load): void {
  test('an empty, a changed, a blocked and a slowed-down answer and a page in place of data are five different things', async () => {
    const fixture = await load();
    const emptied = Object.fromEntries(Object.keys(fixture.files ?? {}).map((path) => [path, '']));
    const outcome = async (routes: SourceFixture['routes']) => {
      const read = await readSource(source, readingOf(fixture, { routes, files: emptied, mails: [] }));
      expect(read.posts).toEqual([]);
      const [fault] = read.faults;
      if (fault) expect(fault.message, 'a sentence').toMatch(/^\S.{20,}\.$/s);
      return fault ?? null;
    };
    expect(await outcome(fixture.empty), 'empty').toBeNull();
    if (fixture.files || fixture.mails) return;

    const changed = await outcome(fixture.changed ?? (() => everywhere({ json: { surprise: true } })));
    expect(changed?.kind, 'changed').toBe('garbled');
    const blocked = await outcome(() => everywhere({ status: 403, headers: html, body: blockPage }));
    expect(blocked?.kind, 'blocked').toBe('blocked');
    const slowed = await outcome(() =>
      everywhere({ status: 429, headers: { 'retry-after': '900' }, body: 'slow down' }),
    );
    expect(slowed?.kind, 'slowed down').toBe('slow-down');
    expect(slowed?.retryAt, 'slowed down until').toBeGreaterThanOrEqual(now + 900_000);
    const page = await outcome(() => everywhere({ status: 200, headers: html, body: blockPage }));
    expect(page, 'a page in place of data').not.toBeNull();
    expect(new Set([changed, blocked, slowed, page].map((fault) => fault?.message)).size).toBe(4);
  });
}
