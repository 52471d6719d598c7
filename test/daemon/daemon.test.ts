/** The daemon in this process, with the clock and the minutes in the test's hand; config, database and platform are real. */
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openApp, readConfig } from '../../src/app.ts';
import { type OpenTools, runDaemon } from '../../src/daemon/daemon.ts';
import { type FakeClock, fakeClock } from '../support/clock.ts';
import { type Loopback, loopback, type Reply } from '../support/loopback.ts';
import { contents, edgesOf, type House, house, mailsIn, rss } from './house.ts';

const minuteMs = 60_000;
const homes: House[] = [];
let clock: FakeClock;
let server: Loopback;
/** Another host: one host's questions go one after the other in any case. */
let other: Loopback;
let stop: AbortController;
let daemon: Daemon | null = null;
let mistakesWanted = 0;

interface Daemon {
  readonly lines: string[];
  readonly ended: Promise<void>;
  /** A full minute strikes, after the clock was moved on. */
  minute(laterMs?: number): void;
}

beforeEach(async () => {
  clock = fakeClock('2026-11-20T06:00:30Z');
  server = await loopback();
  other = await loopback();
  stop = new AbortController();
  daemon = null;
  mistakesWanted = 0;
});
afterEach(async () => {
  stop.abort();
  await daemon?.ended;
  expect(daemon?.lines.filter((line) => line.includes('mistake'))).toHaveLength(mistakesWanted);
  for (const made of homes.splice(0)) made.remove();
});

const note = (id: string) => rss([{ id, text: `Blue Door Coffee, ${id}`, at: clock.now() - minuteMs }]);
const asked = (path: string) =>
  [...server.requests, ...other.requests].filter((request) => request.path === path).length;
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 20_000, interval: 5 });
/** The same with a minute striking before each check, though no time passes: what is at its very end is begun anew later. */
const soonWithTicks = (check: () => void | Promise<void>) =>
  soon(() => {
    daemon?.minute(0);
    return check();
  });
/** Long enough for a look that should not be there to show itself. */
const settled = () => wait(150);

function shopWith(...paths: string[]): House {
  const shop = house({
    feed: { urls: paths.map((path) => (path === '/quick.xml' ? other : server).url + path), cron: '*/10 * * * *' },
  });
  homes.push(shop);
  return shop;
}

function run(shop: House, change: (tools: OpenTools) => OpenTools = (tools) => tools): Daemon {
  const lines: string[] = [];
  const write = (level: string) => (_facts: object, message: string) => void lines.push(`${level} ${message}`);
  const log = { info: write('info'), warn: write('warn'), error: write('error') };
  const edges = edgesOf(shop, { clock, signal: stop.signal });
  let strike: () => void = () => undefined;
  let stamp = 0;
  const configure = shop.configure;
  Object.assign(shop, {
    configure: (more: object) => {
      configure(more);
      stamp += 1;
    },
  });
  const ended = runDaemon({
    clock,
    log,
    signal: stop.signal,
    open: async (signal) => change(await openApp({ ...edges, signal }, { config: shop.config, log })),
    configStamp: () => String(stamp),
    readConfig: async () => (await readConfig(edges, shop.config)).config,
    everyMinute: (tick) => {
      strike = tick;
      return () => {
        strike = () => undefined;
      };
    },
    rest: () => undefined,
  });
  daemon = {
    lines,
    ended,
    minute: (laterMs = minuteMs) => {
      clock.advance(laterMs);
      strike();
    },
  };
  return daemon;
}

/** A route that keeps its caller waiting until it is let go. */
function held(answer: Reply) {
  const { promise, resolve } = Promise.withResolvers<Reply>();
  return { route: () => promise, letGo: () => resolve(answer) };
}

describe('a daemon', () => {
  test('looks at once, then when the cron says so, and says hello after the first pass', async () => {
    server.route({ '/a.xml': note('a') });
    const shop = shopWith('/a.xml');
    const { lines, minute } = run(shop);
    await soon(() => expect(mailsIn(shop)).toEqual([expect.stringContaining('welcome')]));
    expect(lines.slice(0, 3)).toEqual([
      'info Listening in one place for Blue Door Coffee',
      'info The first look goes back 30 days and can take some minutes',
      expect.stringContaining('info The daily mail goes to owner@bluedoor.example at 08:00 (Europe/London)'),
    ]);
    for (let ten = 0; ten < 9; ten += 1) minute();
    await settled();
    expect(asked('/a.xml')).toBe(1);
    minute();
    await soonWithTicks(() => expect(asked('/a.xml')).toBe(2));
  });

  test('a slow place is not asked twice, and holds up neither the others nor the mail', async () => {
    server.route({ '/slow.xml': note('slow') });
    other.route({ '/quick.xml': note('quick') });
    const shop = shopWith('/slow.xml', '/quick.xml');
    const { minute } = run(shop);
    await soon(() => expect(mailsIn(shop)).toHaveLength(1));
    const runsOf = async (name: string) =>
      (await contents(shop.store)).runs.filter(({ watch }) => watch.includes(name)).length;
    const slow = held(note('slow'));
    server.route({ '/slow.xml': slow.route });
    clock.advance(26 * 3_600_000);
    minute();
    await soonWithTicks(() =>
      expect([asked('/slow.xml'), asked('/quick.xml'), mailsIn(shop).length]).toEqual([2, 2, 2]),
    );
    await soon(async () => expect(await runsOf('quick')).toBe(2));
    minute(10 * minuteMs);
    await soonWithTicks(() => expect(asked('/quick.xml')).toBe(3));
    await settled();
    expect(asked('/slow.xml')).toBe(2);
    slow.letGo();
    await soon(async () => expect(await runsOf('slow')).toBe(2));
    minute(10 * minuteMs);
    await soonWithTicks(() => expect(asked('/slow.xml')).toBe(3));
  });

  test('the welcome waits for every place, also for one that cannot be read', async () => {
    const slow = held({ status: 404 });
    server.route({ '/slow.xml': slow.route });
    other.route({ '/quick.xml': note('quick') });
    const shop = shopWith('/slow.xml', '/quick.xml');
    const { minute } = run(shop);
    await soon(() => expect(asked('/quick.xml')).toBe(1));
    minute();
    await settled();
    expect(mailsIn(shop)).toEqual([]);
    slow.letGo();
    await soonWithTicks(() => expect(mailsIn(shop)).toHaveLength(1));
  });

  test('after a night’s sleep the mail waits a minute for the looks that are due, so that it tells of what they bring', async () => {
    server.route({ '/a.xml': note('a') });
    const shop = shopWith('/a.xml');
    const { minute } = run(shop);
    await soon(() => expect(mailsIn(shop)).toHaveLength(1));
    const slow = held(note('b'));
    server.route({ '/a.xml': slow.route });
    minute(26 * 60 * minuteMs);
    await soon(() => expect(asked('/a.xml')).toBe(2));
    await settled();
    expect(mailsIn(shop)).toHaveLength(1);
    slow.letGo();
    await soon(() => expect(mailsIn(shop)).toHaveLength(2));
  });

  test('a computer that slept for two days catches up with one look and one digest', async () => {
    server.route({ '/a.xml': note('a'), '/b.xml': note('b') });
    const shop = shopWith('/a.xml', '/b.xml');
    const { minute } = run(shop);
    await soon(() => expect(mailsIn(shop)).toHaveLength(1));
    minute(2 * 24 * 60 * minuteMs);
    minute(0);
    await soonWithTicks(() => expect([asked('/a.xml'), asked('/b.xml'), mailsIn(shop).length]).toEqual([2, 2, 2]));
    minute(1000);
    await settled();
    expect([asked('/a.xml'), asked('/b.xml'), mailsIn(shop).length]).toEqual([2, 2, 2]);
    expect((await contents(shop.store)).mails.map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  test('a mistake of ours is told without what was written, and the next minute goes on', async () => {
    server.route({ '/a.xml': note('a') });
    const shop = shopWith('/a.xml');
    let broken = true;
    const { lines, minute } = run(shop, (tools) => ({
      ...tools,
      net: async () => {
        if (broken) throw new TypeError('cannot read "they charged me twice" of undefined');
        return tools.net();
      },
    }));
    await soon(() => expect(lines.join('\n')).toContain('error a mistake of Earshot’s own'));
    expect(lines.join('\n')).not.toContain('charged');
    expect(asked('/a.xml')).toBe(0);
    mistakesWanted = lines.filter((line) => line.includes('mistake')).length;
    broken = false;
    minute();
    await soonWithTicks(() => expect(mailsIn(shop)).toHaveLength(1));
  });

  test('asked to stop, it begins nothing more, cuts short what runs, and closes the database', async () => {
    const slow = held(note('slow'));
    server.route({ '/slow.xml': slow.route });
    const shop = shopWith('/slow.xml');
    const { ended, minute, lines } = run(shop);
    await soon(() => expect(asked('/slow.xml')).toBe(1));
    stop.abort();
    await ended;
    minute(3_600_000);
    await settled();
    expect(asked('/slow.xml')).toBe(1);
    expect(lines.at(-1)).toContain('info stopped while listening to 127.0.0.1');
    expect((await contents(shop.store)).runs).toMatchObject([{ outcome: 'cut-short', seen: 0, fault: null }]);
    slow.letGo();
  });

  test('a changed config is taken up at the next minute, a broken one is told and the old one kept', async () => {
    server.route({ '/a.xml': note('a'), '/b.xml': note('b') });
    const shop = shopWith('/a.xml');
    const { lines, minute } = run(shop);
    await soon(() => expect(mailsIn(shop)).toHaveLength(1));

    shop.configure({ brands: [{ name: 'Blue Door Coffee', sources: { feed: { url: 'x' } } }] });
    minute();
    await soon(() => expect(lines.join('\n')).toContain('going on with the one from before'));
    minute(10 * minuteMs);
    await soonWithTicks(() => expect(asked('/a.xml')).toBe(2));
    // A look that a new config cuts short is begun anew.
    await soon(async () => expect((await contents(shop.store)).runs).toHaveLength(2));

    const urls = [`${server.url}/a.xml`, `${server.url}/b.xml`];
    shop.configure({ brands: [{ name: 'Blue Door Coffee', sources: { feed: { urls, cron: '*/10 * * * *' } } }] });
    minute();
    await soonWithTicks(() => expect([asked('/a.xml'), asked('/b.xml')]).toEqual([2, 1]));
    expect(lines.filter((line) => line.includes('going on with what it says now'))).toHaveLength(1);

    shop.configure({ store: `${shop.store}-other` });
    minute();
    await soon(() => expect(lines.join('\n')).toContain('names another database'));
  });
});
