/** How often a host is asked: retries, pace, quiet and budgets, on a clock that the tests hold. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryBudgets } from '../../src/net/budgets.ts';
import { nextFreeAt, type Pace, reachMsOf, withinReach } from '../../src/net/pace.ts';
import { fakeClock } from '../support/clock.ts';
import { loopback } from '../support/loopback.ts';
import { anything, visitOf } from './visit-of.ts';

const start = Date.parse('2026-11-20T08:00:00Z');
const busy = (headers: Record<string, string>) => ({ status: 429, json: {}, headers });

/** A host that by its name lives elsewhere, since towards this machine no pace is kept. */
async function shop() {
  const server = await loopback({ '/*': { json: {} } });
  const edges = { allowed: ['shop.example'], lookup: async () => ['127.0.0.1'] };
  return { server, edges, url: `http://shop.example:${server.port}/` };
}

describe('asked twice', () => {
  test('only what is unreachable, twice more, after growing waits', async () => {
    const server = await loopback({
      '/down': { status: 502 },
      '/up': [{ status: 500 }, { status: 503 }, { json: {} }],
    });
    const down = visitOf();
    await expect(down.http.text(`${server.url}/down`)).rejects.toMatchObject({ kind: 'unreachable' });
    expect(down.clock.slept).toEqual([1000, 2000]);
    expect(server.requests).toHaveLength(3);
    await visitOf().http.json(`${server.url}/up`, anything);
    expect(server.requests).toHaveLength(6);
  });

  test('with jitter, so that watches do not march in step', async () => {
    const server = await loopback({ '/': { status: 500 } });
    for (const [random, waits] of [
      [0, [500, 1000]],
      [0.999, [1499, 2998]],
    ] as const) {
      const { http, clock } = visitOf({ random: () => random });
      await expect(http.text(`${server.url}/`)).rejects.toThrow();
      expect(clock.slept).toEqual(waits);
    }
  });

  test('never a refusal, a gone page or a garbled answer', async () => {
    for (const reply of [{ status: 401 }, { status: 403 }, { status: 404 }, { status: 400 }, { body: '{' }]) {
      const server = await loopback({ '/': reply });
      await expect(visitOf().http.json(`${server.url}/`, anything)).rejects.toThrow();
      expect(server.requests).toHaveLength(1);
    }
  });

  test('once more after a short "slow down", and not a third time', async () => {
    const server = await loopback({
      '/once': [busy({ 'retry-after': '30' }), { json: {} }],
      '/twice': busy({ 'retry-after': '20' }),
    });
    const { http, clock } = visitOf();
    await http.json(`${server.url}/once`, anything);
    expect(clock.now() - start).toBe(30_000);
    await expect(http.json(`${server.url}/twice`, anything)).rejects.toMatchObject({
      kind: 'slow-down',
      retryAt: start + 70_000,
    });
    expect(server.requests).toHaveLength(4);
  });

  test('not at all after a long "slow down": the caller gets the time', async () => {
    const server = await loopback({ '/': busy({ 'retry-after': '31' }) });
    const { http, clock } = visitOf();
    await expect(http.json(`${server.url}/`, anything)).rejects.toMatchObject({
      kind: 'slow-down',
      retryAt: start + 31_000,
    });
    expect([server.requests.length, clock.slept]).toEqual([1, []]);
  });
});

describe('a host that wants quiet', () => {
  test('gets it from every visit, and from the next process by the budgets', async () => {
    const server = await loopback({ '/*': [busy({ 'retry-after': '3600' }), { json: {} }] });
    const budgets = createMemoryBudgets();
    const clock = fakeClock();
    const first = visitOf({ budgets, clock });
    const fault = { kind: 'slow-down', retryAt: start + 3_600_000 };
    await expect(first.http.json(`${server.url}/a`, anything)).rejects.toMatchObject(fault);
    const leftAlone = { ...fault, message: `${server.host} asked Earshot to slow down, so it is left alone for now.` };
    await expect(first.http.json(`${server.url}/b`, anything)).rejects.toMatchObject(leftAlone);
    const second = visitOf({ budgets, clock });
    await expect(second.http.json(`${server.url}/c`, anything)).rejects.toMatchObject(fault);
    expect(server.requests).toHaveLength(1);
    clock.advance(3_600_000);
    await second.http.json(`${server.url}/c`, anything);
    await first.http.json(`${server.url}/a`, anything);
    expect(server.requests).toHaveLength(3);
  });

  test('from one account has no quarrel with another', async () => {
    const server = await loopback({ '/*': [busy({ 'retry-after': '3600' }), { json: {} }] });
    const { net, http } = visitOf({}, { account: 'shop' });
    await expect(http.json(`${server.url}/`, anything)).rejects.toThrow();
    const other = net.visit({ pace: [], account: 'bar', validators: {}, signal: new AbortController().signal });
    await other.http.json(`${server.url}/`, anything);
    expect(server.requests).toHaveLength(2);
  });

  test('says so before it has to: nothing left is waited out when short, and reported when long', async () => {
    const server = await loopback({
      '/short': { json: {}, headers: { 'x-ratelimit-remaining': '0.0', 'x-ratelimit-reset': '45' } },
      '/long': { json: {}, headers: { 'ratelimit-remaining': '0', 'ratelimit-reset': String(start / 1000 + 600) } },
    });
    const { http, clock } = visitOf();
    await http.json(`${server.url}/short`, anything);
    expect(clock.slept).toEqual([]);
    await http.json(`${server.url}/long`, anything);
    expect(clock.slept).toEqual([45_000]);
    await expect(http.json(`${server.url}/long`, anything)).rejects.toMatchObject({
      kind: 'slow-down',
      retryAt: start + 600_000,
    });
    expect(server.requests).toHaveLength(2);
  });

  test('at a door that turned us away twice in a row is believed for a while, once it is not', async () => {
    const server = await loopback({ '/shut': { status: 403 }, '/open': { json: {} } });
    const { http, clock } = visitOf();
    const ask = (path: string) => http.json(server.url + path, anything);
    await expect(ask('/shut')).rejects.toMatchObject({ kind: 'blocked', retryAt: start + 900_000 });
    await ask('/open');
    await expect(ask('/shut')).rejects.toMatchObject({ kind: 'blocked' });
    await expect(ask('/shut')).rejects.toMatchObject({ kind: 'blocked' });
    await expect(ask('/open')).rejects.toMatchObject({
      kind: 'blocked',
      message: `${server.host} turned Earshot away at its door, so it is left alone for now.`,
    });
    expect(server.requests).toHaveLength(4);
    clock.advance(900_000);
    await ask('/open');
  });
});

describe('the pace', () => {
  test('is kept over all visits of a host, in a window that slides', async () => {
    const { url, edges } = await shop();
    const pace = [{ requests: 2, perSeconds: 10 }];
    const { net, clock, http } = visitOf(edges, { pace });
    const other = net.visit({ pace, account: 'bar', validators: {}, signal: new AbortController().signal });
    const at: number[] = [];
    for (const door of [http, other.http, http, other.http, http]) {
      await door.json(url, anything);
      at.push(clock.now() - start);
      clock.advance(1000);
    }
    expect(at).toEqual([0, 1000, 10_000, 11_000, 20_000]);
  });

  test('one question at a time, in the order they came, and another host does not wait', async () => {
    const elsewhere = await loopback({ '/': { json: {} } });
    const { http } = visitOf();
    let under = 0;
    let most = 0;
    const server = await loopback({
      '/0': () => http.json(`${elsewhere.url}/`, anything).then(() => ({ json: {} })),
      '/*': async () => {
        under += 1;
        most = Math.max(most, under);
        for (let turn = 0; turn < 50; turn += 1) await new Promise((go) => setImmediate(go));
        under -= 1;
        return { json: {} };
      },
    });
    await Promise.all(['/0', '/1', '/2', '/3', '/4'].map((path) => http.json(server.url + path, anything)));
    expect(server.requests.map(({ path }) => path)).toEqual(['/0', '/1', '/2', '/3', '/4']);
    expect(most).toBe(1);
  });

  test('of an hour or more is reserved in the budgets, and a spent one makes no call', async () => {
    const { server, url, edges } = await shop();
    const budgets = createMemoryBudgets();
    const clock = fakeClock();
    const pace = [
      { requests: 2, perSeconds: 86_400 },
      { requests: 100, perSeconds: 60 },
    ];
    for (const _run of [1, 2]) {
      const { http } = visitOf({ ...edges, budgets, clock }, { pace });
      await http.json(url, anything);
      clock.advance(3_600_000);
    }
    const { http } = visitOf({ ...edges, budgets, clock }, { pace });
    await expect(http.json(url, anything)).rejects.toMatchObject({
      kind: 'slow-down',
      retryAt: start + 86_400_000,
      message: `Earshot has asked shop.example:${server.port} as often as it may for now.`,
    });
    expect(server.requests).toHaveLength(2);
  });

  test('is not kept towards this machine, where each source has a quiet of its own', async () => {
    const server = await loopback({ '/busy': busy({ 'retry-after': '3600' }), '/': { json: {} } });
    const pace = [
      { requests: 1, perSeconds: 60 },
      { requests: 1, perSeconds: 86_400 },
    ];
    const { net, http, clock } = visitOf({}, { pace, source: 'reddit' });
    for (const _turn of [1, 2, 3]) await http.json(`${server.url}/`, anything);
    await expect(http.json(`${server.url}/busy`, anything)).rejects.toMatchObject({ kind: 'slow-down' });
    await expect(http.json(`${server.url}/`, anything)).rejects.toMatchObject({ kind: 'slow-down' });
    const other = { pace, source: 'lemmy', account: null, validators: {}, signal: new AbortController().signal };
    await net.visit(other).http.json(`${server.url}/`, anything);
    expect(clock.slept).toEqual([]);
  });

  test('never lets more calls into any window than it says, and never waits longer than it must', () => {
    const paces = fc.array(
      fc.record({ requests: fc.integer({ min: 1, max: 5 }), perSeconds: fc.integer({ min: 1, max: 20 }) }),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(paces, fc.array(fc.integer({ min: 0, max: 8000 }), { maxLength: 40 }), (all: Pace[], gaps) => {
        let now = 0;
        let calls: number[] = [];
        const made: number[] = [];
        for (const gap of gaps) {
          now += gap;
          const free = nextFreeAt(calls, all, now);
          expect(free).toBeGreaterThanOrEqual(now);
          if (free > now) expect(all.some((pace) => isFull(made, pace, free - 1))).toBe(true);
          now = free;
          calls = [...withinReach(calls, reachMsOf(all), now), now];
          made.push(now);
          for (const pace of all)
            expect(made.filter((at) => at > now - pace.perSeconds * 1000).length).toBeLessThanOrEqual(pace.requests);
        }
      }),
    );
  });
});

function isFull(made: readonly number[], { requests, perSeconds }: Pace, at: number): boolean {
  return made.filter((one) => one > at - perSeconds * 1000).length >= requests;
}

test('questions that a platform counts apart have limits of their own, and leave those of the others alone', async () => {
  const server = await loopback({ '/*': { json: {} } });
  const day = (requests: number) => [{ requests, perSeconds: 86_400 }];
  const { http } = visitOf(
    { allowed: [`shop.example:${server.port}`], lookup: async () => ['127.0.0.1'] },
    { pace: day(2) },
  );
  const url = `http://shop.example:${server.port}/`;
  const search = () => http.json(url, anything, { budget: { of: 'searches', pace: day(1) } });
  await search();
  await expect(search()).rejects.toMatchObject({ kind: 'slow-down' });
  await http.json(url, anything);
  await http.json(url, anything);
  await expect(http.json(url, anything)).rejects.toMatchObject({ kind: 'slow-down' });
  expect(server.requests).toHaveLength(3);
});
