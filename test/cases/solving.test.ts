/** How long a case was ours, across snoozes, answers, reopenings and DST nights; and by when it should be solved. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BusinessTime, type Hours, openTimeBetween } from '../../src/cases/hours.ts';
import { afterEvent, type CaseEvent, caseEventKinds, found, type Promptness, refusal } from '../../src/cases/life.ts';
import { solvingClock } from '../../src/cases/solving.ts';
import { turnOf } from '../../src/cases/turn.ts';

const hour = 3_600_000;
const always: Promptness = { answerWithin: { ms: 10 * hour }, time: { hours: null, timezone: 'UTC' } };
const event = (kind: CaseEvent['kind'], at: number, details: CaseEvent['details'] = {}): CaseEvent => ({
  kind,
  at,
  by: 'Ana',
  details,
});
const found0 = event('found', 0);

describe('the clock of a solution', () => {
  test('stands still while it is the customer’s turn, and goes on when they write again', () => {
    const events = [found0, event('answered', 3 * hour)];
    expect(solvingClock({ openedAt: 0, events }, always, 50 * hour)).toEqual({
      oursMs: 3 * hour,
      answeredAfterMs: 3 * hour,
      solveDueAt: null,
    });
    const again = [...events, event('spoke-again', 100 * hour)];
    expect(solvingClock({ openedAt: 0, events: again }, always, 102 * hour)).toEqual({
      oursMs: 5 * hour,
      answeredAfterMs: 3 * hour,
      solveDueAt: 107 * hour,
    });
  });

  test('stands still while it is put off, and when it is closed; reopened it goes on', () => {
    const events = [
      found0,
      event('snooze', hour, { until: 20 * hour }),
      event('happy', 22 * hour),
      event('reopen', 99 * hour),
    ];
    const at = (now: number) =>
      solvingClock({ openedAt: 0, events: events.filter((one) => one.at <= now) }, always, now);
    expect(at(10 * hour)).toMatchObject({ oursMs: hour, solveDueAt: null });
    expect(at(21 * hour)).toMatchObject({ oursMs: 2 * hour, solveDueAt: 29 * hour });
    expect(at(50 * hour)).toMatchObject({ oursMs: 3 * hour, solveDueAt: null });
    expect(at(100 * hour)).toMatchObject({ oursMs: 4 * hour, solveDueAt: 106 * hour });
  });

  test('counts what a night of the clock change has, to the second', () => {
    const night: BusinessTime = { hours: { 'mon-sun': '00:00-06:00', closed: [] }, timezone: 'Europe/London' };
    const openedAt = Date.parse('2026-10-24T23:30:10Z');
    const events = [event('found', openedAt), event('answered', Date.parse('2026-10-25T05:59:50Z'))];
    const within: Promptness = { answerWithin: { ms: 8 * hour }, time: night };
    const { oursMs } = solvingClock({ openedAt, events }, within, Date.parse('2026-10-26T12:00Z'));
    // 00:30:10 BST to 05:59:50 GMT: the hour from one to two comes twice.
    expect(oursMs).toBe(6 * hour + 29 * 60_000 + 40_000);
  });
});

test('whatever happens: never negative, never more than the open time there was, and it runs only on our turn', () => {
  const zone = fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Lord_Howe');
  const hours = fc.constantFrom<Hours | null>(
    null,
    { 'tue-sun': '20:00-03:00', closed: ['2026-03-29'] },
    { 'mon-fri': '09:00-17:00', closed: [] },
  );
  const steps = fc.array(fc.tuple(fc.constantFrom(...caseEventKinds), fc.integer({ min: 0, max: 40 })), {
    maxLength: 12,
  });
  const start = Date.parse('2026-03-20T10:00Z');
  fc.assert(
    fc.property(zone, hours, steps, (timezone, week, sequence) => {
      const time: BusinessTime = { hours: week, timezone };
      const within: Promptness = { answerWithin: { days: 3 }, time };
      let life = found(start, within);
      let now = start;
      let before = 0;
      const events = [event('found', start)];
      for (const [kind, gap] of sequence) {
        now += gap * hour;
        const next = event(kind, now, { until: now + gap * hour, life });
        const stood = turnOf(life, now - 1) === 'ours' && (life.state === 'new' || life.state === 'open');
        const running = solvingClock({ openedAt: start, events }, within, now);
        expect(running.oursMs).toBeGreaterThanOrEqual(before);
        expect(running.oursMs).toBeLessThanOrEqual(openTimeBetween(start, now, time));
        if (gap > 0 && stood && running.solveDueAt !== null) expect(running.solveDueAt).toBeGreaterThanOrEqual(start);
        before = running.oursMs;
        if (refusal(life, kind) !== null) continue;
        life = afterEvent(life, next, within);
        events.push(next);
      }
    }),
    { numRuns: 40 },
  );
});
