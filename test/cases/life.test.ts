/** What may happen to a case, and what its events add up to. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterEvent,
  type CaseEvent,
  type CaseEventKind,
  type CaseLife,
  caseEventKinds,
  found,
  type Promptness,
  refusal,
} from '../../src/cases/life.ts';
import { caseStates, closedStates } from '../../src/mention.ts';

const hour = 3_600_000;
const promptness: Promptness = { answerWithin: { ms: 24 * hour }, time: { hours: null, timezone: 'UTC' } };
const event = (kind: CaseEventKind, at: number, more: Partial<CaseEvent> = {}): CaseEvent => ({
  kind,
  at,
  by: 'Ana',
  details: {},
  ...more,
});
const lifeOf = (...events: CaseEvent[]): CaseLife =>
  events.reduce((life, one) => afterEvent(life, one, promptness), found(0, promptness));

describe('the life of a case', () => {
  test('begins new, with an answer due', () => {
    expect(lifeOf()).toEqual({
      state: 'new',
      owner: null,
      dueAt: 24 * hour,
      snoozedUntil: null,
      closedAt: null,
      remainingMs: null,
    });
  });

  test('whoever touches it first owns it; taking it makes it one’s own', () => {
    expect(lifeOf(event('answered', hour))).toMatchObject({ state: 'answered', owner: 'Ana', dueAt: null });
    expect(lifeOf(event('take', hour), event('take', 2 * hour, { by: 'Tom' }))).toMatchObject({
      state: 'open',
      owner: 'Tom',
      dueAt: 24 * hour,
    });
  });

  test('a note on a new case opens it without owning it', () => {
    expect(lifeOf(event('note', hour))).toMatchObject({ state: 'open', owner: null });
  });

  test('the clock stops while it is snoozed and goes on with what was left', () => {
    expect(lifeOf(event('snooze', 20 * hour, { details: { until: 100 * hour } }))).toMatchObject({
      snoozedUntil: 100 * hour,
      dueAt: 104 * hour,
    });
    const twice = lifeOf(
      event('snooze', 20 * hour, { details: { until: 100 * hour } }),
      event('snooze', 50 * hour, { details: { until: 200 * hour } }),
    );
    expect(twice).toMatchObject({ snoozedUntil: 200 * hour, dueAt: 204 * hour });
  });

  test('fixed is checked back on a day; happy closes', () => {
    const fixed = event('fix', hour, { details: { until: 72 * hour } });
    expect(lifeOf(fixed)).toMatchObject({ state: 'fixed', dueAt: 72 * hour, closedAt: null });
    expect(lifeOf(fixed, event('happy', 80 * hour))).toMatchObject({
      state: 'happy',
      dueAt: null,
      closedAt: 80 * hour,
    });
  });

  test('a customer who speaks again reopens it, but not what was dismissed', () => {
    const again = event('spoke-again', 50 * hour, { by: 'earshot' });
    expect(lifeOf(event('answered', hour), again)).toMatchObject({ state: 'open', dueAt: 74 * hour });
    expect(lifeOf(again)).toMatchObject({ state: 'new', dueAt: 24 * hour });
    expect(refusal(lifeOf(event('dismiss', hour)), 'spoke-again')).not.toBeNull();
  });

  test('a snooze that is over gives no time away', () => {
    const over = event('snooze', 20 * hour, { details: { until: 100 * hour } });
    const again = event('snooze', 103 * hour, { details: { until: 200 * hour } });
    expect(lifeOf(over, again)).toMatchObject({ dueAt: 201 * hour, remainingMs: hour });
  });

  test('a customer who speaks again wakes what was put off, with the time that was left', () => {
    const later = event('snooze', 20 * hour, { details: { until: 500 * hour } });
    const again = event('spoke-again', 30 * hour, { by: 'earshot' });
    expect(lifeOf(later, again)).toMatchObject({ snoozedUntil: null, dueAt: 34 * hour, state: 'open' });
  });

  test('a step that is taken back leaves everything as it was, also what is long past; only new it is no more', () => {
    const before = lifeOf(event('snooze', hour, { details: { until: 5 * hour } }));
    const undo = (life: CaseLife) => event('undo', 90 * hour, { by: 'Tom', details: { life } });
    expect(lifeOf(event('dismiss', 30 * hour), undo(before))).toEqual(before);
    expect(lifeOf(event('dismiss', 30 * hour), undo(lifeOf()))).toEqual({ ...lifeOf(), state: 'open' });
    expect(() => lifeOf(event('undo', hour))).toThrow(RangeError);
  });

  test('urgent comes sooner, never later, and one that sleeps goes on sleeping', () => {
    const quick: Promptness = { ...promptness, answerWithin: { ms: 2 * hour } };
    const urgent = (at: number) => event('urgent', at, { details: { urgency: 'critical' } });
    expect(afterEvent(lifeOf(), urgent(hour), quick)).toMatchObject({ state: 'open', owner: null, dueAt: 3 * hour });
    expect(afterEvent(lifeOf(), urgent(23 * hour), quick)).toMatchObject({ dueAt: 24 * hour });
    const asleep = lifeOf(event('snooze', hour, { details: { until: 50 * hour } }));
    expect(afterEvent(asleep, urgent(2 * hour), quick)).toMatchObject({
      snoozedUntil: 50 * hour,
      dueAt: 52 * hour,
      remainingMs: 2 * hour,
    });
    expect(afterEvent(lifeOf(event('answered', hour)), urgent(2 * hour), quick)).toMatchObject({ dueAt: null });
  });

  test('what Earshot alone closed it may find again, with the clock as it was; what a person dismissed never', () => {
    const withdrawn = event('withdrawn', hour, { by: 'earshot' });
    const again = (details = {}) => event('found', 3 * hour, { by: 'earshot', details });
    expect(lifeOf(withdrawn, again({ dueAt: 24 * hour }))).toEqual(lifeOf());
    expect(lifeOf(withdrawn, again())).toMatchObject({ state: 'new', dueAt: 27 * hour, closedAt: null });
    expect(refusal(lifeOf(event('dismiss', hour)), 'found')).not.toBeNull();
    expect(refusal(lifeOf(), 'found')).not.toBeNull();
  });

  test('what no person has touched Earshot may withdraw, and nothing else', () => {
    expect(refusal(lifeOf(), 'withdrawn')).toBeNull();
    expect(refusal(lifeOf(event('take', hour)), 'withdrawn')).not.toBeNull();
  });

  test('a refusal is a sentence with the next step', () => {
    expect(refusal(lifeOf(event('dismiss', hour)), 'answered')).toBe(
      'it is closed (dismissed). Reopen it first: `case reopen`.',
    );
    expect(refusal(lifeOf(event('take', hour)), 'reopen')).toBe('it is open already: it is your turn.');
  });

  test('no sequence of events leads outside the table, or to a clock that stands before what set it', () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom(...caseEventKinds), fc.integer({ min: 1, max: 100 }), fc.boolean()),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(steps, (sequence) => {
        let life = found(0, promptness);
        let now = 0;
        for (const [kind, hours, machine] of sequence) {
          now += hours * hour;
          const details = { until: now + hours * hour, life };
          const one = event(kind, now, { by: machine ? 'earshot' : 'Ana', details });
          if (refusal(life, kind) !== null) {
            expect(() => afterEvent(life, one, promptness)).toThrow(RangeError);
            continue;
          }
          life = afterEvent(life, one, promptness);
          expect(caseStates).toContain(life.state);
          expect(life.closedAt !== null).toBe(closedStates.includes(life.state));
          if (life.closedAt !== null) expect(life).toMatchObject({ dueAt: null, snoozedUntil: null });
          if (life.remainingMs !== null) expect(life.remainingMs).toBeGreaterThanOrEqual(0);
          if (life.dueAt !== null) expect(life.dueAt).toBeGreaterThan(0);
        }
      }),
      { numRuns: 300 },
    );
  });
});
