/** Whatever a platform sends in place of what it promised, a source yields whole posts or throws a Fault, never anything else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Post } from '../../src/mention.ts';
import type { Source } from '../../src/sources/source.ts';
import { sources } from '../support/every-source.ts';
import type { Answering, Received, Reply, Route } from '../support/loopback.ts';
import { readSource } from '../support/read-source.ts';
import type { SourceFixture } from '../support/source-fixture.ts';

/** Which part of an answer is spoilt, counted through all its parts, and what stands there instead. */
interface Spoiling {
  readonly part: number;
  readonly junk: unknown;
}

const nasty: readonly unknown[] = [
  ...[null, true, -1, 0.5, 1e308, 9e15, 1e12, '', [], {}, [null], [[]], { a: 1 }],
  ...['\ud800', '\u0000', '<', '&#xD800;', '%', '%E0%A4%A', '/', ':', '@', '#', ' ', '"', '\n'],
  ...['javascript:alert(1)', 'https://', 'http://[', 'https://\ud800', '//x', 'at://a/b/c', 'at://', 'not a date'],
  ...['9999-12-31T23:59:59Z', '-271821-04-20T00:00:00Z', '+275760-09-13T00:00:01Z', '99999999999999999999'],
];
const junk = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 2 }),
);

/** One part of the JSON, or one stretch of any other text, is replaced. */
function spoil(body: string, { part, junk }: Spoiling): string {
  if (!/^\s*[{[]/.test(body)) {
    const at = part % (body.length + 1);
    return body.slice(0, at) + String(junk) + body.slice(at + (part % 40));
  }
  const root = { root: JSON.parse(body) };
  const parts = partsOf(root);
  const chosen = parts[part % parts.length];
  if (chosen) chosen.of[chosen.key] = junk;
  return JSON.stringify(root.root) ?? 'null';
}

interface Part {
  readonly of: Record<string, unknown>;
  readonly key: string;
}

function partsOf(of: object): Part[] {
  return Object.entries(of).flatMap(([key, value]) => [
    { of: of as Record<string, unknown>, key },
    ...(value !== null && typeof value === 'object' ? partsOf(value) : []),
  ]);
}

/** The outermost lists hold, besides their first item, that item once for each of its parts and each nasty value there. */
function withEverySpoiling(value: unknown): unknown {
  if (Array.isArray(value)) {
    const [first] = value;
    if (first === null || typeof first !== 'object') return value;
    const count = partsOf(first).length;
    const variants = Array.from({ length: count }, (_, index) =>
      nasty.map((bad) => {
        const copy = structuredClone(first) as object;
        const part = partsOf(copy)[index];
        if (part) part.of[part.key] = bad;
        return copy;
      }),
    );
    return [first, ...variants.flat()];
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withEverySpoiling(inner)]));
}

function changed(route: Route, change: (body: string) => string): Answering {
  return async (request: Received, response) => {
    const one = Array.isArray(route) ? route[0] : route;
    const given: Reply | string | null = typeof one === 'function' ? await one(request, response) : one;
    const reply: Reply = typeof given === 'string' ? { body: given } : (given ?? {});
    const body = reply.json === undefined ? String(reply.body ?? '') : JSON.stringify(reply.json);
    return { status: reply.status ?? 200, headers: reply.headers ?? {}, body: change(body) };
  };
}

/** What is no Fault is thrown by readSource and fails the test. */
async function readChanged(source: Source, fixture: SourceFixture, change: (body: string) => string) {
  const read = await readSource(source, {
    options: fixture.options,
    terms: { names: ['Blue Door Coffee'], handles: [], domains: [] },
    ...(fixture.secrets && { secrets: fixture.secrets }),
    ...(fixture.session && { session: fixture.session }),
    routes: (url) =>
      Object.fromEntries(Object.entries(fixture.routes(url)).map(([path, route]) => [path, changed(route, change)])),
  });
  for (const post of read.posts) expectSound(post);
  for (const fault of read.faults) expect(fault.message).toMatch(/[.?]$/);
  return read;
}

function expectSound(post: Post): void {
  expect(post.externalId).toMatch(/\S/);
  expect(typeof post.text).toBe('string');
  for (const time of [post.publishedAt, post.editedAt])
    if (time !== null) expect(new Date(time).toISOString()).toMatch(/T/);
  for (const count of [...Object.values(post.engagement), post.author.followers])
    if (count !== null) expect(Number.isFinite(count)).toBe(true);
  for (const link of [post.url, post.author.url, ...post.links])
    if (link !== null) expect(link).toMatch(/^https?:\/\//i);
}

/** A file, a mailbox and what comes over a socket have suites of their own. */
const ownSuites = ['file', 'mailbox', 'webhook', 'bluesky-jetstream'];
const asked = sources.filter(({ id }) => !ownSuites.includes(id));
describe.each(asked.map((source) => ({ id: source.id, source })))('$id', ({ id, source }) => {
  const load = async () => {
    const address = new URL(`../fixtures/${id}/fixture.ts`, import.meta.url).href;
    return ((await import(/* @vite-ignore */ address)) as { fixture: SourceFixture }).fixture;
  };

  test('an answer spoilt anywhere becomes posts and faults, nothing else', async () => {
    const fixture = await load();
    await fc.assert(
      fc.asyncProperty(fc.record({ part: fc.nat(5000), junk }), async (spoiling) => {
        await readChanged(source, fixture, (body) => spoil(body, spoiling));
      }),
      { numRuns: 25 },
    );
  });

  test('a post spoilt in every part and in every way costs no other one', async () => {
    const fixture = await load();
    const made = new Map<string, string>();
    const read = await readChanged(source, fixture, (body) => {
      const spoilt =
        made.get(body) ?? (/^\s*[{[]/.test(body) ? JSON.stringify(withEverySpoiling(JSON.parse(body))) : body);
      made.set(body, spoilt);
      return spoilt;
    });
    expect(read.posts.length).toBeGreaterThan(0);
    expect(read.faults.map(({ message }) => message)).toEqual([]);
  });
});
