/** The daemon listens to streams beside its looks, stops within seconds, and goes on where it was; `--once` only looks. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openApp, readConfig } from '../../src/app.ts';
import type { Clock } from '../../src/clock.ts';
import { runDaemon } from '../../src/daemon/daemon.ts';
import { doWhatIsDue } from '../../src/daemon/once.ts';
import { healthSentence } from '../../src/insight/health.ts';
import { collect } from '../../src/jobs/collect.ts';
import { watchReports } from '../../src/jobs/status.ts';
import { type Jetstream, jetstream, uriOf, written } from '../support/jetstream.ts';
import { type Loopback, loopback } from '../support/loopback.ts';
import { contents, edgesOf, type House, house, rss } from './house.ts';

const now = Date.parse('2026-11-20T08:00:30Z');
const clock: Clock = {
  now: () => now,
  sleep: async (ms, signal) => void (await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined)),
};
const note = 'Blue Door Coffee, a';
let stream: Jetstream;
let server: Loopback;
let home: House;

beforeEach(async () => {
  stream = await jetstream();
  server = await loopback({ '/a.xml': rss([{ id: 'a', text: note, at: now - 60_000 }]) });
  home = house({ 'bluesky-jetstream': { baseUrl: stream.url }, feed: { urls: [`${server.url}/a.xml`] } });
});
afterEach(async () => {
  await stream.close();
  home.remove();
});

const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 5 });

function start() {
  const stop = new AbortController();
  const lines: string[] = [];
  const write = (level: string) => (_facts: object, message: string) => void lines.push(`${level} ${message}`);
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  const edges = edgesOf(home, { clock, signal: stop.signal });
  let strike: () => void = () => undefined;
  const ended = runDaemon({
    clock,
    log,
    signal: stop.signal,
    open: (signal) => openApp({ ...edges, signal }, { config: home.config, log }),
    configStamp: () => '',
    readConfig: async () => (await readConfig(edges, home.config)).config,
    everyMinute: (tick) => {
      strike = tick;
      return () => undefined;
    },
    rest: () => undefined,
  });
  const end = async () => {
    stop.abort();
    await ended;
  };
  return { lines, minute: () => strike(), end };
}

async function sentence(): Promise<string> {
  const app = await openApp(edgesOf(home, { clock }), { config: home.config });
  try {
    const report = (await watchReports(app)).find(({ watch }) => watch.source === 'bluesky-jetstream');
    return report ? healthSentence(report, clock.now(), 'UTC') : 'no report';
  } finally {
    await app.close();
  }
}

/** Of both places: the feed's item by its words, the stream's posts by their ids. */
const kept = async () =>
  (await contents(home.store)).mentions
    .map((line) => line.split(' | '))
    .map(([, source, id, text]) => (source === 'feed' ? text : id))
    .sort();
test('what is said is kept within moments, looks go on, and a stop is told and taken up again', async () => {
  const one = written(1, 'Blue Door Coffee charged me twice');
  const other = written(60, 'Blue Door Coffee, while nobody was connected');
  const first = start();
  await soon(() => expect(stream.cursors).toHaveLength(1));
  stream.say(one, written(10, 'a sunny day'));
  await soon(async () => expect(await kept()).toEqual([note, uriOf(one)].sort()));
  expect(await sentence()).toMatch(/^listening since 08:00/);
  first.minute();
  first.minute();
  expect(first.lines.slice(0, 2)).toEqual([
    'info Listening in 2 places for Blue Door Coffee',
    expect.stringContaining('info The first look goes back'),
  ]);
  expect(first.lines).toContain('info listening to Bluesky live');
  await first.end();
  expect(await sentence()).toMatch(/^listened until 08:00, not since: it is heard while `npx earshot start` runs/);
  stream.say(other, written(70, 'rain'));
  const second = start();
  await soon(async () => expect(await kept()).toEqual([note, uriOf(one), uriOf(other)].sort()));
  expect(stream.cursors).toHaveLength(2);
  await second.end();
  expect([...first.lines, ...second.lines].filter((line) => /mistake|warn|error/.test(line))).toEqual([]);
});

test('`collect` and `start --once` look, and open no line that stays open', async () => {
  const app = await openApp(edgesOf(home, { clock }), { config: home.config });
  expect(await doWhatIsDue(app)).toBe(true);
  const runs = await collect(app, { watches: app.watches });
  await app.close();
  expect(runs.map(({ source }) => source)).toEqual(['feed']);
  expect(stream.cursors).toEqual([]);
  expect(await sentence()).toBe('not listened yet: it is heard while `npx earshot start` runs');
});
