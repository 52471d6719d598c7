/** Which case comes first, and why. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graveKinds, sayGrave } from '../../src/cases/grave.ts';
import { inOrder, muchLongerMs, oldestWithin, type Pressing, priorityOf } from '../../src/cases/priority.ts';
import { urgencies } from '../../src/mention.ts';

const hour = 3_600_000;
const now = 1000 * 24 * hour;
const nobody = { mentions: 1, praise: 0, complaints: 1, firstAt: now - hour };
const one = (id: number, more: Partial<Pressing> = {}) => ({
  pressing: {
    id,
    state: 'open',
    urgency: 'normal',
    grave: null,
    dueAt: now + 24 * hour,
    snoozedUntil: null,
    waitsSince: now - hour,
    exposure: null,
    customer: nobody,
    ...more,
  } satisfies Pressing,
});
const order = (...all: ReturnType<typeof one>[]) => inOrder(all, now).map(({ pressing }) => pressing.id);
const seen = (high: number, counted: boolean, low = high) => ({ low, high, counted });

describe('what comes first', () => {
  test('somebody may be hurt, then what we promised, then urgency, then the rest; what is not our turn last', () => {
    const all = [
      one(1),
      one(2, { urgency: 'high' }),
      one(3, { state: 'fixed', dueAt: now - hour }),
      one(4, { grave: 'hurt', urgency: 'critical' }),
      one(5, { state: 'answered', dueAt: null, urgency: 'critical' }),
      one(6, { state: 'answered', dueAt: now, urgency: 'low' }),
    ];
    expect(order(...all)).toEqual([4, 3, 6, 2, 1, 5]);
  });

  test('what is very urgent comes behind danger and before what is overdue, which comes before the rest', () => {
    const all = [
      one(1, { urgency: 'high' }),
      one(2, { urgency: 'low', dueAt: now - hour }),
      one(3, { urgency: 'critical', grave: 'charge-back' }),
      one(4, { urgency: 'high', dueAt: now - hour }),
      one(5, { urgency: 'critical', grave: 'hurt' }),
    ];
    expect(order(...all)).toEqual([5, 3, 4, 2, 1]);
  });

  test('an audience that is counted makes the order, a guessed one only decides between equals', () => {
    expect(order(one(1, { urgency: 'high' }), one(2, { exposure: seen(200_000, true) }))).toEqual([2, 1]);
    expect(order(one(1, { urgency: 'high' }), one(2, { exposure: seen(200_000, false) }))).toEqual([1, 2]);
    expect(order(one(1), one(2, { exposure: seen(300, false, 50) }))).toEqual([2, 1]);
    const justNow = { waitsSince: now - 1000 };
    expect(order(one(1, justNow), one(2, { ...justNow, exposure: seen(300, false, 50) }))).toEqual([2, 1]);
  });

  test('a regular, somebody who was a fan, and a third complaint count for one step', () => {
    const regular = { mentions: 3, praise: 0, complaints: 1, firstAt: now - 60 * 24 * hour };
    expect(order(one(1), one(2, { customer: regular }))).toEqual([2, 1]);
    const because = (customer: Pressing['customer']) => priorityOf(one(1, { customer }).pressing, now).because;
    expect(because(regular)).toContain('has spoken of you 3 times');
    expect(because({ ...regular, praise: 2 })).toContain('praised you 2 times before');
    expect(because({ ...regular, complaints: 3 })).toContain('their 3rd complaint in 60 days');
    expect(because(nobody)).toEqual(['waits for 1 hour']);
  });
});

test('why it stands there is told in words', () => {
  const pressing = one(1, { grave: 'hurt', urgency: 'critical', dueAt: now - 50 * hour, exposure: seen(12_000, true) });
  expect(priorityOf(pressing.pressing, now).because).toEqual([
    'somebody may be hurt or ill',
    'very urgent',
    '12,000 people have seen it',
    'overdue for 2 days',
  ]);
});

test('only whoever may be hurt is said to be', () => {
  const because = (grave: Pressing['grave']) =>
    priorityOf(one(1, { urgency: 'critical', grave }).pressing, now).because;
  for (const kind of graveKinds) expect(because(kind)).toEqual([sayGrave(kind), 'very urgent', 'waits for 1 hour']);
  expect(graveKinds.filter((kind) => because(kind).join().includes('hurt'))).toEqual(['hurt']);
  expect(because(null)).toEqual(['very urgent', 'waits for 1 hour']);
});

test('nobody is moved up for having waited as long as others', () => {
  const first = Array.from({ length: 9 }, (_, id) => one(id + 2, { urgency: 'high', waitsSince: now }));
  const ordered = inOrder([...first, one(1, { urgency: 'low', waitsSince: now })], now);
  expect(ordered.at(-1)?.pressing.id).toBe(1);
  const little = inOrder([...first, one(1, { urgency: 'low', waitsSince: now - 23 * hour })], now);
  expect(little.at(-1)?.pressing.id).toBe(1);
  expect(little.flatMap(({ priority }) => priority.before ?? [])).toEqual([]);
});

test('who was moved up for having waited longest is told so, and nobody else', () => {
  const urgent = Array.from({ length: 9 }, (_, id) => one(id, { urgency: 'high' }));
  const ordered = inOrder([...urgent, one(9, { urgency: 'low', waitsSince: now - 90 * hour })], now);
  expect(ordered[oldestWithin - 1]?.priority.because).toEqual(['waits for 4 days', 'nobody has waited longer']);
  expect(ordered[oldestWithin - 1]?.priority.before).toBe('nobody has waited longer');
  expect(ordered[0]?.priority.because).toEqual(['urgent', 'waits for 1 hour']);
});

test('nobody has waited much longer than the first ones, and nobody is lost or doubled', () => {
  const some = fc.record({
    urgency: fc.constantFrom(...urgencies),
    grave: fc.option(fc.constantFrom(...graveKinds)),
    state: fc.constantFrom('new' as const, 'open' as const, 'answered' as const, 'fixed' as const),
    waitsSince: fc.integer({ min: 0, max: now }),
    dueAt: fc.option(fc.integer({ min: 0, max: 2 * now })),
    exposure: fc.option(fc.record({ low: fc.nat(), high: fc.nat(), counted: fc.boolean() })),
  });
  fc.assert(
    fc.property(fc.array(some, { maxLength: 40 }), (given) => {
      const all = given.map((more, id) => one(id, more));
      const ordered = inOrder(all, now);
      expect(ordered.map(({ pressing }) => pressing.id).sort((a, b) => a - b)).toEqual(all.map((_, id) => id));
      const ours = all.filter(({ pressing: { state, dueAt } }) =>
        state === 'new' || state === 'open' ? true : dueAt !== null && dueAt <= now,
      );
      const oldest = Math.min(...ours.map(({ pressing }) => pressing.waitsSince));
      const first = ordered.slice(0, oldestWithin).map(({ pressing }) => pressing.waitsSince);
      if (ours.length > 0) expect(Math.min(...first) - oldest).toBeLessThan(muchLongerMs);
    }),
  );
});
