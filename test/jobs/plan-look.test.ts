/** However looks follow each other, whole, broken, with --since or with other terms: nothing that was said is skipped. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planLook } from '../../src/jobs/plan-look.ts';
import { type LookEnd, progressAfter } from '../../src/jobs/progress-after.ts';
import type { Source } from '../../src/sources/source.ts';
import { noProgress, type Progress } from '../../src/store/watches.ts';

const hour = 3_600_000;
const firstLookMs = 30 * 24 * hour;
const start = Date.parse('2026-11-20T08:00:00Z');

interface Step {
  readonly afterMs: number;
  readonly sinceMs: number | null;
  readonly terms: string;
  readonly how: LookEnd['how'];
  /** How many posts come before it breaks off. */
  readonly posts: number;
}

const steps = fc.array(
  fc.record({
    afterMs: fc.integer({ min: 1, max: 100 }).map((hours) => hours * hour),
    sinceMs: fc.option(
      fc.integer({ min: 0, max: 2000 }).map((hours) => hours * hour),
      { nil: null },
    ),
    terms: fc.constantFrom('these', 'those'),
    how: fc.constantFrom<LookEnd['how']>('whole', 'whole', 'stopped', 'broken'),
    posts: fc.integer({ min: 0, max: 40 }),
  }),
  { maxLength: 12 },
);

/** A platform on which something is said every seven hours; what a look reads of it is remembered for its terms. */
function play(order: Source['order'], given: readonly Step[]) {
  const read = new Map<string, Set<number>>();
  const last: Step = { afterMs: hour, sinceMs: null, terms: 'these', how: 'whole', posts: 0 };
  let progress: Progress = noProgress;
  let now = start;
  for (const step of [...given, last]) {
    now += step.afterMs;
    const plan = planLook(progress, {
      now,
      firstLookMs,
      overlapMs: 0,
      termsFingerprint: step.terms,
      since: step.sinceMs === null ? null : now - step.sinceMs,
    });
    // As the mailbox does: where there is a position, the time counts for nothing.
    const from = plan.position === null ? plan.since : Number(plan.position) + 1;
    const there = Array.from({ length: 1000 }, (_, index) => start - firstLookMs + index * 7 * hour);
    const asked = there.filter((saidAt) => saidAt >= from && saidAt <= now);
    const given = order === 'oldest-first' ? asked : asked.toReversed();
    const came = step.how === 'whole' ? given : given.slice(0, step.posts);
    const reads = read.get(step.terms) ?? new Set();
    for (const saidAt of came) reads.add(saidAt);
    read.set(step.terms, reads);
    const position = order === 'oldest-first' && came.length > 0 ? String(came.at(-1)) : null;
    const fault = { kind: 'unreachable', message: 'It went away.', retryAt: null } as const;
    const looked = { order, plan, progress, termsFingerprint: step.terms, validators: {}, startedAt: now };
    progress = progressAfter(
      { ...looked, endedAt: now, position, newest: null, capped: false, note: null },
      { how: step.how, trouble: step.how === 'broken' ? fault : null },
    );
  }
  return { progress, now, read: read.get('these') ?? new Set() };
}

test.each(['newest-first', 'oldest-first'] as const)('nothing is skipped where posts come %s', (order) => {
  fc.assert(
    fc.property(steps, (given) => {
      const { now, read } = play(order, given);
      // What the last look could still reach by itself was read by it or by an earlier one.
      for (let saidAt = start - firstLookMs; saidAt <= now; saidAt += 7 * hour)
        if (saidAt >= now - firstLookMs) expect(read.has(saidAt)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('a look that was stopped says nothing of the place: its trouble is neither gone nor new', () => {
  const tell = (...ways: LookEnd['how'][]): Progress =>
    progressAfter(
      {
        order: 'newest-first',
        plan: { since: 0, position: null, afresh: false, reachesBack: true },
        progress: ways.length > 1 ? tell(...ways.slice(0, -1)) : noProgress,
        termsFingerprint: 'these',
        validators: {},
        startedAt: ways.length,
        endedAt: ways.length,
        position: null,
        newest: null,
        capped: false,
        note: null,
      },
      {
        how: ways.at(-1) ?? 'whole',
        trouble: ways.at(-1) === 'broken' ? { kind: 'blocked', message: 'No.', retryAt: null } : null,
      },
    );
  expect(tell('whole', 'broken', 'stopped').fault).toMatchObject({ since: 2 });
  expect(tell('whole', 'broken', 'stopped', 'broken').fault).toMatchObject({ since: 2 });
  expect(tell('whole', 'broken', 'stopped', 'whole').fault).toBeNull();
  expect(tell('whole', 'stopped')).toMatchObject({ fault: null, lastTriedAt: 2, lastGoodAt: 1 });
});
