/** Which watches are due, over random pasts, faults, sleeps and DST nights. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueWatches, firstPassIsOver, lanes, type Tried } from '../../src/daemon/plan.ts';
import type { Watch } from '../../src/watch.ts';

const minuteMs = 60_000;
const at = (iso: string) => Date.parse(iso);

const aWatch = (more: Partial<Watch> = {}): Watch => ({
  source: 'feed',
  key: 'notes.example/feed',
  scope: 'place',
  brands: ['blue-door'],
  cron: '*/10 * * * *',
  offsetMinutes: 0,
  quietAfterMs: 0,
  account: null,
  options: {},
  at: {},
  certain: false,
  ...more,
});
const looked = (lastTriedAt: number, fault: Tried['fault'] = null): Tried => ({
  lastTriedAt,
  lastGoodAt: fault ? null : lastTriedAt,
  fault,
});
const fault = (since: number, retryAt: number | null = null): Tried['fault'] => ({
  kind: 'unreachable',
  message: 'It cannot be reached.',
  retryAt,
  since,
});
const isDue = (progress: Tried, now: number, watch = aWatch(), zone = 'Europe/London') =>
  dueWatches([{ watch, progress }], now, zone).length === 1;

describe('dueWatches', () => {
  test('what was never tried is due at once, what is not due stays, in the order given', () => {
    const now = at('2026-11-20T08:03:00Z');
    const never = { watch: aWatch({ key: 'never' }), progress: { lastTriedAt: null, lastGoodAt: null, fault: null } };
    const late = { watch: aWatch({ key: 'late' }), progress: looked(at('2026-11-20T07:55:00Z')) };
    const fresh = { watch: aWatch({ key: 'fresh' }), progress: looked(at('2026-11-20T08:01:00Z')) };
    expect(dueWatches([late, fresh, never], now, 'UTC').map(({ key }) => key)).toEqual(['late', 'never']);
  });

  test('waits for the offset and for a retryAt, and not for one that is over', () => {
    const tried = at('2026-11-20T08:04:30Z');
    expect(isDue(looked(tried), at('2026-11-20T08:12:00Z'), aWatch({ offsetMinutes: 3 }))).toBe(false);
    expect(isDue(looked(tried), at('2026-11-20T08:13:00Z'), aWatch({ offsetMinutes: 3 }))).toBe(true);
    const until = at('2026-11-20T09:30:00Z');
    expect(isDue(looked(tried, fault(tried, until)), until - 1)).toBe(false);
    expect(isDue(looked(tried, fault(tried, until)), until)).toBe(true);
  });

  test('what was stopped in the middle is due at once', () => {
    const tried = at('2026-11-20T08:00:30Z');
    expect(isDue({ lastTriedAt: tried, lastGoodAt: tried - 600_000, fault: null }, tried + 1)).toBe(true);
    expect(isDue({ lastTriedAt: tried, lastGoodAt: null, fault: null }, tried + 1)).toBe(true);
    expect(isDue({ lastTriedAt: tried, lastGoodAt: tried + 500, fault: null }, tried + 1000)).toBe(false);
  });

  test('what was left to rest was not stopped: its next look is the next tick', () => {
    const tried = at('2026-11-20T08:00:30Z');
    const validators = { 'https://notes.example/feed': { notBefore: at('2026-11-21T07:00:00Z') } };
    const rests = { lastTriedAt: tried, lastGoodAt: at('2026-11-20T07:00:30Z'), fault: null, validators };
    expect(isDue(rests, tried + minuteMs)).toBe(false);
    expect(isDue(rests, at('2026-11-20T08:10:00Z'))).toBe(true);
  });

  test('a clock that was years ahead does not silence a watch, one that is put back a little does not double it', () => {
    const now = at('2026-11-20T08:00:00Z');
    expect(isDue(looked(at('2031-01-01T00:00:00Z')), now)).toBe(true);
    expect(isDue(looked(now + 5 * minuteMs), now)).toBe(false);
  });

  test('a place in trouble is asked often at first, then once an hour, however often its cron ticks', () => {
    const began = at('2026-11-20T00:00:00Z');
    const looks: number[] = [began];
    for (let now = began; now < began + 24 * 60 * minuteMs; now += minuteMs) {
      const last = looks.at(-1) ?? began;
      if (isDue(looked(last, fault(began)), now, aWatch({ cron: '* * * * *' }))) looks.push(now);
    }
    const pauses = looks.slice(1).map((look, index) => (look - (looks[index] ?? 0)) / minuteMs);
    expect(pauses.slice(0, 7)).toEqual([1, 1, 2, 4, 8, 16, 32]);
    expect(new Set(pauses.slice(7))).toEqual(new Set([60]));
  });

  test('a DST night neither loses nor doubles a daily look', () => {
    const daily = aWatch({ cron: '30 1 * * *' });
    for (const night of ['2026-03-29', '2026-10-25']) {
      let looks = 0;
      let last = at(`${night}T00:00:00Z`) - 12 * 60 * minuteMs;
      for (let now = last; now < at(`${night}T12:00:00Z`); now += minuteMs) {
        if (!isDue(looked(last), now, daily)) continue;
        looks += 1;
        last = now;
      }
      expect([night, looks]).toEqual([night, 1]);
    }
  });

  interface Past {
    readonly agoMinutes: number;
    readonly inTroubleForMinutes: number | null;
    readonly retryInMinutes: number | null;
    readonly cron: string;
    readonly offsetMinutes: number;
  }
  const pasts: fc.Arbitrary<Past> = fc.record({
    agoMinutes: fc.integer({ min: 0, max: 3 * 24 * 60 }),
    inTroubleForMinutes: fc.option(fc.integer({ min: 0, max: 10_000 }), { nil: null }),
    retryInMinutes: fc.option(fc.integer({ min: -100, max: 24 * 60 }), { nil: null }),
    cron: fc.constantFrom('* * * * *', '*/5 * * * *', '20 */3 * * *', '0 8 * * *', '0 8 * * 1'),
    offsetMinutes: fc.integer({ min: 0, max: 59 }),
  });
  const instants = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-12-31T00:00:00Z') });
  const zones = fc.constantFrom('Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'UTC');
  const progressOf = (past: Past, now: number): Tried => {
    const lastTriedAt = now - past.agoMinutes * minuteMs;
    const retryAt = past.retryInMinutes === null ? null : now + past.retryInMinutes * minuteMs;
    const { inTroubleForMinutes: lasted } = past;
    return looked(lastTriedAt, lasted === null ? null : fault(lastTriedAt - lasted * minuteMs, retryAt));
  };

  test('never before retryAt; what is due stays due until it is looked at; a look ends it', () => {
    fc.assert(
      fc.property(pasts, instants, zones, fc.integer({ min: 0, max: 26 * 60 }), (past, now, zone, laterMinutes) => {
        const watch = aWatch({ cron: past.cron, offsetMinutes: past.offsetMinutes });
        const progress = progressOf(past, now);
        const due = isDue(progress, now, watch, zone);
        if (progress.fault?.retryAt && progress.fault.retryAt > now) expect(due).toBe(false);
        if (!due) return;
        expect(isDue(progress, now + laterMinutes * minuteMs, watch, zone)).toBe(true);
        expect(isDue(looked(now), now, watch, zone)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test('after a sleep of any length each watch is due at most once', () => {
    fc.assert(
      fc.property(instants, zones, fc.integer({ min: 1, max: 20 * 24 * 60 }), (wake, zone, sleptMinutes) => {
        const watch = aWatch({ cron: '*/5 * * * *' });
        let progress = looked(wake - sleptMinutes * minuteMs);
        let looks = 0;
        for (let second = 0; second < 60; second += 20) {
          if (!isDue(progress, wake + second * 1000, watch, zone)) continue;
          looks += 1;
          progress = looked(wake + second * 1000);
        }
        // The one after the sleep, and another where a tick lies in the minute itself.
        expect(looks).toBeLessThanOrEqual(2);
        if (sleptMinutes >= 5) expect(looks).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 100 },
    );
  });
});

test('the first pass is over when each was tried, well or not', () => {
  const good = { watch: aWatch(), progress: looked(1) };
  const bad = { watch: aWatch(), progress: looked(1, fault(1)) };
  const never = { watch: aWatch(), progress: { lastTriedAt: null, lastGoodAt: null, fault: null } };
  expect([firstPassIsOver([good, bad]), firstPassIsOver([good, never]), firstPassIsOver([])]).toEqual([
    true,
    false,
    true,
  ]);
});

test('what one host answers goes into one lane', () => {
  const named = (source: string, key: string) => aWatch({ source, key });
  const grouped = lanes([
    named('mastodon', 'https://one.example #coffee'),
    named('feed', 'news.example/a'),
    named('mastodon', 'https://two.example search'),
    named('reddit', 'r/coffee'),
    named('feed', 'news.example/b'),
    named('mastodon', 'https://one.example search'),
    named('reddit', 'search'),
  ]);
  expect(grouped.map((lane) => lane.map(({ key }) => key))).toEqual([
    ['https://one.example #coffee', 'https://one.example search'],
    ['news.example/a', 'news.example/b'],
    ['https://two.example search'],
    ['r/coffee', 'search'],
  ]);
});
