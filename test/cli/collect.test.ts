/** `earshot collect`: looks at real servers on this computer, keeps what is about us, and says how it went. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RunsFace } from '../../src/face/run.ts';
import { StatusFace } from '../../src/face/status.ts';
import { loopback, type Routes } from '../support/loopback.ts';
import { type Desk, desk, words } from './desk.ts';

const item = (number: number, text: string, at: string) =>
  `<item><guid isPermaLink="false">talk-${number}-of-leeds</guid><link>https://talk.example/${number}</link><title>Table ${number}</title><description>${text}</description><pubDate>${new Date(at).toUTCString()}</pubDate></item>`;
const feed = (...items: string[]) => ({
  headers: { 'content-type': 'application/rss+xml; charset=utf-8' },
  body: `<?xml version="1.0"?><rss version="2.0"><channel><title>Leeds Talk</title>${items.join('')}</channel></rss>`,
});
const twoPosts = feed(item(1, words.refund, '2026-11-19T12:00:00Z'), item(2, words.lovely, '2026-10-25T12:00:00Z'));

async function listening(
  routes: Routes = { '/feed.xml': twoPosts },
  ...more: string[]
): Promise<{ here: Desk; url: string }> {
  const { url } = await loopback(routes);
  const here = desk();
  here.settle([
    { name: 'Blue Door Coffee', sources: { feed: { urls: [`${url}/feed.xml`, ...more.map((path) => url + path)] } } },
  ]);
  return { here, url };
}

const runs = (out: string) => RunsFace.parse(JSON.parse(out)).runs;

test('says for people what each place gave, and for scripts the same as JSON', async () => {
  const { here, url } = await listening();
  const { code, out, err } = await here.earshot('collect');
  expect(code).toBe(0);
  expect(out).toMatch(
    /^✓ 127\.0\.0\.1:\d+\/feed\.xml {2}2 read, 2 new, 1 complaint\n\n2 new mentions, 1 complaint\.\n$/,
  );
  expect(err).toBe('  npx earshot list  what needs you\n');
  const again = await here.earshot('collect --json');
  expect([again.code, again.err]).toEqual([0, '']);
  expect(runs(again.out)).toMatchObject([
    {
      watch: `feed ${url}/feed.xml`,
      source: 'feed',
      brands: ['Blue Door Coffee'],
      outcome: 'complete',
      fresh: 0,
      flagged: 0,
      fault: null,
    },
  ]);
  expect(await here.list('--all')).toHaveLength(2);
});

test('a file named “-” is what is piped in; at a keyboard it is told how, and nothing waits', async () => {
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', sources: { file: { path: '-' } } }]);
  const typed = await here.earshot('collect --source file --json');
  expect([typed.code, runs(typed.out)]).toMatchObject([0, [{ outcome: 'complete', seen: 0 }]]);
  const status = await here.earshot('status');
  expect((status.out + status.err).replaceAll(/\s+/g, ' ')).toContain('only when something is piped in: `… | ');
  const stdin = `${JSON.stringify({ id: 'a', text: words.refund })}\nid`;
  const piped = await here.earshot('collect --source file --json', { stdin });
  expect(runs(piped.out)).toMatchObject([{ outcome: 'complete', seen: 2, fresh: 1, setAside: { unreadable: 1 } }]);
  const csv = await here.earshot('collect --source file --json', { stdin: `id,text\nb,"${words.lovely}"\n` });
  expect(runs(csv.out)).toMatchObject([{ outcome: 'complete', fresh: 1 }]);
  const html = await here.earshot('collect --source file', { stdin: '<html>\n</html>' });
  expect(html.err.replaceAll(/\s+/g, ' ')).toContain('Nothing in what was piped in could be read. Line 1:');
});

test('stars that a platform lets nobody keep are shown to whoever looks, and are nowhere afterwards', async () => {
  const place = 'ChIJ0123456789abcdefghijklm';
  const { url } = await loopback({
    [`/v1/places/${place}`]: {
      json: {
        id: place,
        displayName: { text: 'Blue Door\u001b[2J Coffee' },
        googleMapsUri: 'https://maps.google.com/?cid=1',
        rating: 4.3,
        userRatingCount: 212,
      },
    },
  });
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', sources: { 'google-places': { places: [place], baseUrl: url } } }]);
  const env = { GOOGLE_PLACES_API_KEY: 'invented' };
  const { code, out } = await here.earshot('collect', { env, columns: 80 });
  expect(code).toBe(0);
  expect(out).toContain(
    [
      '',
      'Stars to see now, kept nowhere: these platforms do not allow it.',
      '★ Blue Door Coffee on Google      4.3 of 5, from 212 ratings',
      '  Maps                            https://maps.google.com/?cid=1',
      '',
    ].join('\n'),
  );
  expect(runs((await here.earshot('collect --json --dry-run', { env })).out)[0]?.ratings).toMatchObject([
    { platform: 'Google Maps', value: 4.3, scale: 5, count: 212, kept: false },
  ]);
  for (const line of ['status', 'rating', 'export --format json', 'digest'])
    expect((await here.earshot(line, { env })).out, line).not.toContain('4.3');
});

test('a dry run reads and judges, and keeps nothing', async () => {
  const { here } = await listening();
  const { code, out } = await here.earshot('collect --dry-run');
  expect(code).toBe(0);
  expect(out).toContain('Nothing was kept. There would be 2 new mentions, 1 complaint.');
  expect(await here.list('--all')).toEqual([]);
  expect((await here.earshot('status --json')).out).toContain('"lastTriedAt": null');
  expect(runs((await here.earshot('collect --json')).out)[0]?.fresh).toBe(2);
});

test('--since sets aside what is older, and tells it', async () => {
  const { here } = await listening();
  const { out } = await here.earshot('collect --since 2026-11-01 --json');
  expect(runs(out)[0]).toMatchObject({ seen: 2, fresh: 1, setAside: { 'too-old': 1 } });
  expect((await here.list('--all')).map(({ publishedAt }) => publishedAt)).toEqual(['2026-11-19T12:00:00.000Z']);
});

test('one place in trouble fails the run, and the others keep what they gave', async () => {
  const { here } = await listening({ '/feed.xml': twoPosts }, '/gone.xml');
  const { code, out, err } = await here.earshot('collect');
  expect(code).toBe(1);
  expect(out).toContain('2 new mentions, 1 complaint.');
  expect(err).toMatch(/^✗ 127\.0\.0\.1:\d+\/gone\.xml: .*\n/);
  expect(err).toMatch(/npx earshot status +why 1 place could not be read to the end/);
  const status = StatusFace.parse(JSON.parse((await here.earshot('status --json')).out));
  expect(status.places.map(({ state, fix }) => [state, fix])).toEqual([
    ['fresh', null],
    ['never-worked', 'config'],
  ]);
  expect(status.queue).toEqual({ flagged: 1, overdue: 0, unsure: 0, mentions: 2 });
});

test('--brand and --source choose; what nobody listens to is said', async () => {
  const { here, url } = await listening();
  here.settle([
    { name: 'Blue Door Coffee', sources: { feed: { urls: [`${url}/feed.xml`] } } },
    { name: 'Red Door Tea', sources: { discourse: { forums: [url] } } },
  ]);
  expect(runs((await here.earshot('collect --json --brand blue-door-coffee')).out)).toHaveLength(1);
  expect(runs((await here.earshot('collect --json --source feed')).out)).toHaveLength(1);
  for (const [line, sentence] of [
    ['--source fed', 'The config names no place called fed. Did you mean feed?'],
    ['--source bluesky', 'The config names no place called bluesky. There are: feed, discourse.'],
    ['--brand red-door-tea --source feed', 'red-door-tea has no place called feed. There are: discourse.'],
    ['--brand nobody', 'There is no brand called nobody.'],
    ['--since later', '--since later is no date'],
  ]) {
    const { code, out, err } = await here.earshot(`collect ${line}`);
    expect([code, out], line).toEqual([2, '']);
    expect(err).toContain(sentence);
  }
});

test('somebody who watches sees how far it is; a log does not', async () => {
  const { here } = await listening();
  expect((await here.earshot('collect', { lively: true })).err).toContain('Listening in 1 place …');
  expect((await here.earshot('collect')).err).not.toMatch(/Listening|\r/);
});

test('status names every place in words, what is broken first, within the terminal', async () => {
  const { here } = await listening({ '/feed.xml': twoPosts }, '/gone.xml');
  const before = await here.earshot('status');
  expect(before.out).toContain('not looked yet');
  expect(before.err).toMatch(/npx earshot collect +listen now/);
  await here.earshot('collect');
  for (const columns of [60, 80, 140]) {
    const { code, out } = await here.earshot('status', { columns });
    expect(code).toBe(0);
    expect(out).toMatch(/^1 complaint needs you · 0 unsure · 2 mentions\n\nWhere Earshot listens\n✗ .*\n/);
    expect(out.indexOf('✗')).toBeLessThan(out.indexOf('✓'));
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(columns);
    expect(out).not.toMatch(/\b(blind|fault|watch|run|never-worked|garbled)\b|\b[45]\d\d\b/);
  }
});

test('a feed that wants a day’s rest is not said to be heard while nobody asks it; by hand it is asked once an hour', async () => {
  const server = await loopback({
    '/feed.xml': { ...twoPosts, headers: { ...twoPosts.headers, 'cache-control': 'max-age=86400' } },
  });
  const here = desk();
  here.settle([{ name: 'Blue Door Coffee', sources: { feed: { urls: [`${server.url}/feed.xml`] } } }]);
  const place = async () => StatusFace.parse(JSON.parse((await here.earshot('status --json')).out)).places[0];
  await here.earshot('collect');
  const heard = (await place())?.lastGoodAt;
  expect((await place())?.sentence).toBe('heard at 08:00; its maker wants it left alone until Sat 08:00');
  await server.close();

  here.clock.advance(61_000);
  const skipped = await here.earshot('collect', { columns: 80 });
  expect(skipped.code).toBe(0);
  expect(skipped.out).toMatch(
    /^– 127.* {2}not asked: last heard 08:00, asked again from\s+09:00\n\nFeeds are asked only as/,
  );
  expect(skipped.out).not.toMatch(/nothing new|0 new/);
  const [run] = runs((await here.earshot('collect --json')).out);
  expect(run?.notAsked).toEqual({ heardAt: heard, until: '2026-11-21T08:00:00.000Z' });
  expect(await place()).toMatchObject({ state: 'fresh', lastGoodAt: heard, lastTriedAt: '2026-11-20T08:01:01.000Z' });

  here.clock.advance(3_600_000);
  const once = await here.earshot('start --once');
  expect(once.out + once.err).not.toMatch(/heard (?:Feeds|127)/);
  expect(once.out + once.err).toMatch(/did not ask 127\S+: its maker wants it left alone for now/);
  expect((await place())?.lastGoodAt).toBe(heard);

  const failed = await here.earshot('collect');
  expect([failed.code, failed.err]).toEqual([1, expect.stringContaining('does not take connections at the moment')]);
  expect(await place()).toMatchObject({ state: 'blind', lastGoodAt: heard });
});

test('what is wrong in a file is told with its lines, and the posts around it are kept', async () => {
  const here = desk();
  const lines = [
    '{"id":"1","text":"The coffee at Blue Door Coffee was cold and the waiter was rude.","publishedAt":"gestern"}',
    'not json',
    '{"id":"2","text":"Blue Door Coffee is lovely","rating":{"value":9,"scale":5}}',
  ];
  writeFileSync(join(here.folder, 'posts.jsonl'), lines.join('\n'));
  here.settle([{ name: 'Blue Door Coffee', sources: { file: { path: 'posts.jsonl' } } }]);
  const { out, err, code } = await here.earshot('collect --dry-run', { columns: 200 });
  expect(code).toBe(0);
  expect(err).toContain(`! Look at these lines of ${join(here.folder, 'posts.jsonl')}:\n`);
  expect(err).toContain('\n  line 2: is not a whole JSON object; each line must be one, from { to }.\n');
  expect(err).toContain('\n  line 1: kept without publishedAt: “gestern” is no date');
  expect(err).toContain('\n  line 3: kept without rating: 9 of 5 is not on its own scale.\n');
  expect(out).toContain('2 new mentions, 1 complaint.');
  const [run] = RunsFace.parse(JSON.parse((await here.earshot('collect --json')).out)).runs;
  expect(run?.unread).toHaveLength(3);
  expect(await here.list('--all')).toHaveLength(2);
});
