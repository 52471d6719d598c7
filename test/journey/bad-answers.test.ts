/** A platform that misbehaves costs one place one look: told in a sentence, with all that came before kept and the others heard. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { RunsFace } from '../../src/face/run.ts';
import { type Loopback, loopback, type Reply, type Route } from '../support/loopback.ts';
import { house, parsed, wholeOf } from './house.ts';
import { hashtag, reading, type Status } from './statuses.ts';

const name = 'Blue Door Coffee';
const heard: Status = { id: 1, text: 'Blue Door Coffee lost my order', at: '2026-11-20T07:00:00Z' };
const later: Status = { id: 2, text: 'Blue Door Coffee has found it', at: '2026-11-20T08:30:00Z', author: 'ben' };
const feedOf = (words: string) =>
  `<rss version="2.0"><channel><title>Leeds Eats</title><item><guid>urn:x:${encodeURIComponent(words)}</guid><description>${words}</description></item></channel></rss>`;

const html = (body: string, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'text/html' },
  body: `<!DOCTYPE html><html><head><title>Hello</title></head><body>${body}</body></html>`,
});
const bomb = gzipSync(Buffer.alloc(60_000_000, ' '));
const entities = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">${'bcdefghi'
  .split('')
  .map((letter, index) => `<!ENTITY ${letter} "${`&${'abcdefgh'[index]};`.repeat(10)}">`)
  .join(
    '',
  )}]><rss version="2.0"><channel><title>&i;</title><item><guid>1</guid><description>&i;</description></item></channel></rss>`;

const unreadable = 'could not look since 09:00: what it sends cannot be read';
const unreachable = 'could not look since 09:00: it cannot be reached; Earshot tries again by itself';

type Case = readonly [
  does: string,
  kind: 'json' | 'feed',
  bad: (server: Loopback) => Route,
  fault: string,
  told: string,
  stands: string,
];
const cases: readonly Case[] = [
  [
    'sends a page where data was promised',
    'json',
    () => html('Welcome'),
    'garbled',
    'HOST sent a web page where data was expected. Check its address in your config.',
    unreadable,
  ],
  [
    'stops in the middle of its data',
    'json',
    () => '[{ "id": "2", "uri": "https://aire.ex',
    'garbled',
    'HOST sent an answer that is cut off or damaged and cannot be read.',
    unreadable,
  ],
  [
    'says 200 and means an error',
    'json',
    () => ({ json: { error: 'Service down' } }),
    'garbled',
    'HOST has changed its answers: its outermost part is not as expected. Earshot needs an update.',
    unreadable,
  ],
  [
    'says that nothing has changed though nobody asked',
    'json',
    () => ({ status: 304 }),
    'garbled',
    'HOST answered in a way that makes no sense here. Check its address in your config.',
    unreadable,
  ],
  [
    'turns us away with a page',
    'feed',
    () => html('Blocked', 403),
    'blocked',
    'HOST turns Earshot away at its door. That is not your key’s fault; Earshot tries again later.',
    'could not look since 09:00: it turns Earshot away at its door; Earshot tries again from 09:15',
  ],
  [
    'wants a password all at once',
    'json',
    () => ({ status: 401, json: { error: 'The access token is invalid' } }),
    'not-allowed',
    'HOST shows hashtags to its members only. Take another server in `mastodon.instances`; or, with an account there, put it first in the list. On your server open Preferences → Development → New application, allow it read:search, read:statuses and read:notifications, and put its access token into MASTODON_TOKEN.',
    'could not look since 09:00: it wants a password: `npx earshot sources mastodon`',
  ],
  [
    'has gone',
    'feed',
    () => ({ status: 410, body: 'gone' }),
    'gone',
    'HOST says that this feed is gone for good, so Earshot no longer asks for it. Take it out of your config, or put its new address there. Should it come back, `npx earshot collect --source feed --since 7d` asks once more.',
    'could not look since 09:00: there is nothing at its address: mend it in your config, then `npx earshot check`',
  ],
  [
    'breaks down',
    'json',
    () => ({ status: 500, body: 'oops' }),
    'unreachable',
    'HOST is having trouble and did not answer properly. Earshot tries again by itself.',
    unreachable,
  ],
  [
    'hangs up',
    'json',
    () => (_, response) => {
      response.destroy();
      return null;
    },
    'unreachable',
    'The connection to HOST broke off.',
    unreachable,
  ],
  [
    'redirects for ever',
    'json',
    ({ url }) => ({ status: 302, headers: { location: `${url}/api/v1/timelines/tag/leedsfood` } }),
    'garbled',
    'HOST keeps sending Earshot from one address to the next. Check its address in your config.',
    unreadable,
  ],
  [
    'sends us into the private network',
    'feed',
    () => ({ status: 302, headers: { location: 'http://127.0.0.1:1/feed.xml' } }),
    'not-allowed',
    '127.0.0.1 is in a private network, where answers from outside may not send Earshot. If you mean it, name it in your config.',
    'could not look since 09:00: it does not let Earshot in',
  ],
  [
    'sends 50 MB',
    'json',
    () => ({ body: Buffer.alloc(50_000_000, ' ') }),
    'garbled',
    'HOST sent more than the 4 MB that Earshot reads at most.',
    unreadable,
  ],
  [
    'sends a gzip bomb',
    'json',
    () => ({ body: bomb, headers: { 'content-encoding': 'gzip' } }),
    'garbled',
    'HOST sent more than the 4 MB that Earshot reads at most.',
    unreadable,
  ],
  [
    'sends a gzip bomb without saying so',
    'feed',
    () => ({ body: bomb }),
    'garbled',
    'HOST sent an answer that is cut off or damaged and cannot be read.',
    unreadable,
  ],
  [
    'sends a feed with an entity bomb',
    'feed',
    () => entities,
    'garbled',
    'The feed of HOST is built to do harm, so Earshot did not read it.',
    unreadable,
  ],
  [
    'sends a page where a feed was',
    'feed',
    () => html('We have moved'),
    'gone',
    'HOST has no feed at this address, and its page points to none. Give the address of the feed itself.',
    'could not look since 09:00: there is nothing at its address: mend it in your config, then `npx earshot check`',
  ],
  [
    'sends half a feed',
    'feed',
    () => '<rss version="2.0"><channel><ti',
    'garbled',
    'HOST sent a damaged feed where a feed was expected. Earshot looks again later.',
    unreadable,
  ],
];

test('seventeen places misbehave at once: each is told in its own words, nothing is lost, and all come back', async () => {
  const places = await Promise.all(
    cases.map(async ([does, kind, bad, fault, told, stands]) => {
      const server = await loopback(
        kind === 'json' ? hashtag(() => [heard]) : { '/feed.xml': feedOf(`${name}: ${does}`) },
      );
      return {
        does,
        kind,
        server,
        route: bad(server),
        expected: { fault, told: told.replace('HOST', server.host), stands },
      };
    }),
  );
  const good = await loopback({ '/feed.xml': [feedOf(`${name}: warm`), feedOf(`${name}: lukewarm`)] });
  const at = (kind: 'json' | 'feed') => places.filter((place) => place.kind === kind).map(({ server }) => server.url);
  const here = house();
  const urls = [...at('feed'), good.url].map((url) => `${url}/feed.xml`);
  here.settle([{ name, sources: { mastodon: { instances: at('json'), hashtags: ['leedsfood'] }, feed: { urls } } }]);
  const found = <Place extends { readonly watch: string }>(list: readonly Place[], { host }: Loopback) =>
    list.find(({ watch }) => watch.includes(host));
  const first = await here.collect();
  expect(first.filter((run) => run.outcome !== 'complete')).toEqual([]);
  // On every server stands the same post: it is one mention, with many places.
  const before = await here.mentions();

  for (const { kind, server, route } of places)
    server.route({ [kind === 'json' ? '/api/v1/timelines/tag/leedsfood' : '/feed.xml']: route });
  here.clock.advance(3_600_000);
  const runs = await here.collect();
  const stand = await here.places();
  const told = places.map(({ does, server }) => {
    const run = found(runs, server);
    const place = found(stand, server);
    return [does, run?.outcome, run?.seen, run?.fault?.kind, run?.fault?.message, place?.state, place?.sentence];
  });
  expect(told).toEqual(
    places.map(({ does, expected }) => [does, 'failed', 0, expected.fault, expected.told, 'blind', expected.stands]),
  );
  expect([found(runs, good)?.outcome, found(runs, good)?.fresh], 'the others go on').toEqual(['complete', 1]);
  expect(
    (await here.mentions()).filter((one) => !one.text.includes('lukewarm')),
    'what came before is kept',
  ).toEqual(before);
  const status = wholeOf(await here.earshot('status')).replaceAll(/ --config \S+/g, '');
  for (const { expected } of places) expect(status, 'status has room for the whole sentence').toContain(expected.told);

  for (const { does, kind, server } of places)
    server.route(
      kind === 'json' ? hashtag(() => [later, heard]) : { '/feed.xml': feedOf(`${name} once more: ${does}`) },
    );
  here.clock.advance(25 * 3_600_000);
  const back = await here.collect();
  const gone = places.find(({ does }) => does === 'has gone')?.server ?? good;
  const failed = back.filter((run) => run.outcome !== 'complete').map((run) => [run.watch, run.fault?.kind]);
  expect(failed, 'what was gone for good is asked once more by hand').toEqual([[found(back, gone)?.watch, 'gone']]);
  const asked = await here.collect('--source', 'feed', '--since', '7d');
  expect(found(asked, gone)?.outcome).toBe('complete');
  expect((await here.places()).filter((place) => place.state !== 'fresh')).toEqual([]);
  const fresh = [...back, ...asked].reduce((sum, run) => sum + run.fresh, 0);
  expect(fresh, 'the news of all of them').toBe(1 + at('feed').length);
});

test('nobody is there: told, and looked for again', async () => {
  const server = await loopback({ '/feed.xml': feedOf('Blue Door Coffee: cold') });
  const here = house();
  here.settle([{ name, sources: { feed: { urls: [`${server.url}/feed.xml`] } } }]);
  await here.collect();
  await server.close();
  const said = await here.earshot('collect');
  expect(said.code, 'what failed shows in the exit code').toBe(1);
  expect(wholeOf(said)).toContain(`${server.host} does not take connections at the moment.`);
  expect(wholeOf(said)).toContain('1 place could not be read to the end');
  expect((await here.places())[0]?.sentence).toMatch(/^could not look since 08:00: it cannot be reached/);
  expect(await here.mentions()).toHaveLength(1);
});

describe('asked to slow down', () => {
  const at = Date.parse('2026-11-20T12:00:00Z');
  test.each<[string, Record<string, string>]>([
    ['in seconds', { 'retry-after': '14400' }],
    ['by a date', { 'retry-after': 'Fri, 20 Nov 2026 12:00:00 GMT' }],
    ['by an epoch', { 'ratelimit-reset': String(at / 1000) }],
    ['by an ISO time', { 'x-ratelimit-reset': '2026-11-20T12:00:00Z' }],
    ['by seconds to go, as a fraction', { 'x-ratelimit-reset': '14400.0' }],
    ['before a 429, by what is left', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '14400' }],
  ])('%s: status says until when, and nobody asks before, also in another process', async (_, headers) => {
    const early = headers['x-ratelimit-remaining'] !== undefined;
    const server = await loopback({
      ...hashtag(() => [heard]),
      '/api/v2/instance': early ? { json: {}, headers } : { status: 429, headers },
    });
    const here = house();
    here.settle([{ name, sources: reading(server.url) }]);
    const [run] = await here.collect();
    expect([run?.outcome, run?.fault?.kind]).toEqual(['failed', 'slow-down']);
    expect((await here.places())[0]?.sentence).toBe('not heard yet: slowed down until 12:00, then goes on by itself');
    const asked = server.requests.length;
    here.clock.advance(3_600_000);
    const [again] = await here.collect();
    expect([again?.outcome, again?.fault?.kind, server.requests.length]).toEqual(['failed', 'slow-down', asked]);
    expect((await here.places())[0]?.sentence).toContain('slowed down until 12:00');

    server.route({ '/api/v2/instance': '{}' });
    here.clock.advance(3 * 3_600_000);
    expect((await here.collect()).map((each) => [each.outcome, each.fresh])).toEqual([['complete', 1]]);
  });

  test('for less than half a minute: waited for, and nothing is lost', async () => {
    const server = await loopback({
      ...hashtag(() => [heard]),
      '/api/v2/instance': [{ status: 429, headers: { 'retry-after': '20' } }, '{}'],
    });
    const here = house();
    here.settle([{ name, sources: reading(server.url) }]);
    expect((await here.collect()).map((run) => [run.outcome, run.fresh])).toEqual([['complete', 1]]);
  });

  test('the real program keeps to it, too', async () => {
    const server = await loopback({ '/api/v2/instance': { status: 429, headers: { 'retry-after': '14400' } } });
    const here = house();
    here.settle([{ name, sources: reading(server.url) }]);
    const first = await here.program('collect');
    const second = await here.program('collect', '--json');
    expect([first.code, second.code, server.requests.length]).toEqual([1, 1, 1]);
    expect(parsed(second, (out) => RunsFace.parse(out).runs[0]?.fault?.message)).toBe(
      `${server.host} asked Earshot to slow down, so it is left alone for now.`,
    );
    const { out } = await here.program('status', '--json');
    expect(out).toMatch(/slowed down until .+, then goes on by itself/);
  });
});
