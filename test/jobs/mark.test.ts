/** Marks and their undoing: the case follows, and is again what it was. */
import { describe, expect, test } from 'vitest';
import type { MarkKind } from '../../src/mention.ts';
import type { Case } from '../../src/store/cases.ts';
import { aDesk, awful, dayMs, hourMs, lovely } from '../support/desk.ts';

const standOf = (one: Case | null) => {
  if (!one) return null;
  const { state, owner, dueAt, snoozedUntil, closedAt, remainingMs, urgency } = one;
  return { state, owner, dueAt, snoozedUntil, closedAt, remainingMs, urgency };
};

const closing = ['not-us', 'no-complaint', 'solved'] as const satisfies readonly MarkKind[];

describe.each(closing)('%s, taken back', (kind) => {
  test('leaves an untouched case open, due when it was, and in the queue', async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(awful));
    const before = standOf(await desk.case(id));
    desk.shop.clock.advance(5 * dayMs);
    await desk.marks(id, kind);
    expect(await desk.queue()).toEqual([]);
    desk.shop.clock.advance(hourMs);
    await desk.marks(id, kind, true);
    expect(standOf(await desk.case(id))).toEqual({ ...before, state: 'open' });
    expect(await desk.queue()).toEqual([id]);
    await desk.marks(id, kind, true);
    expect(standOf(await desk.case(id))).toEqual({ ...before, state: 'open' });
  });

  test.each(['answered', 'snooze', 'fix', 'take'] as const)('leaves a case as “%s” left it', async (act) => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(awful));
    await desk.works(id, act, { until: desk.shop.clock.now() + 3 * dayMs });
    const before = standOf(await desk.case(id));
    desk.shop.clock.advance(hourMs);
    await desk.marks(id, kind);
    await desk.works(id, 'note', { words: 'rang them' });
    desk.shop.clock.advance(hourMs);
    await desk.marks(id, kind, true);
    expect(standOf(await desk.case(id))).toEqual(before);
  });

  test('does nothing to a case that somebody has opened again since', async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(awful));
    await desk.marks(id, kind);
    await desk.works(id, 'reopen');
    const before = standOf(await desk.case(id));
    await desk.marks(id, kind, true);
    expect(standOf(await desk.case(id))).toEqual(before);
  });
});

test('two marks that ask the same: the case comes back when both are taken back', async () => {
  const desk = await aDesk();
  const [id = 0] = await desk.hears(desk.says(awful));
  const before = standOf(await desk.case(id));
  await desk.marks(id, 'not-us');
  await desk.marks(id, 'no-complaint');
  await desk.marks(id, 'not-us', true);
  expect(await desk.queue()).toEqual([]);
  await desk.marks(id, 'no-complaint', true);
  expect(standOf(await desk.case(id))).toEqual({ ...before, state: 'open' });
});

test('whoever says the opposite takes back what the mark did', async () => {
  const desk = await aDesk();
  const [id = 0] = await desk.hears(desk.says(awful));
  const before = standOf(await desk.case(id));
  desk.shop.clock.advance(hourMs);
  await desk.marks(id, 'no-complaint');
  await desk.marks(id, 'complaint');
  expect(standOf(await desk.case(id))).toEqual({ ...before, state: 'open' });
  await desk.marks(id, 'complaint', true);
  expect(await desk.queue()).toEqual([id]);
});

test('a complaint that only a mark says goes when the mark goes, and comes back with it', async () => {
  const desk = await aDesk();
  const [id = 0] = await desk.hears(desk.says(lovely));
  await desk.marks(id, 'complaint');
  expect(await desk.queue()).toEqual([id]);
  await desk.marks(id, 'complaint', true);
  expect(await desk.queue()).toEqual([]);
  await desk.marks(id, 'complaint');
  expect(await desk.queue()).toEqual([id]);
});

describe('urgent', () => {
  const slow = 'The soup at Blue Door was cold, disappointing.';

  test('raises the case and lets its time follow; taken back it is as it was', async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(slow));
    const before = await desk.case(id);
    expect(before?.urgency).not.toBe('critical');
    desk.shop.clock.advance(hourMs);
    await desk.marks(id, 'urgent');
    expect(await desk.case(id)).toMatchObject({ urgency: 'critical', dueAt: desk.shop.clock.now() + 2 * hourMs });
    await desk.works(id, 'take');
    await desk.marks(id, 'urgent', true);
    expect(await desk.case(id)).toMatchObject({ urgency: before?.urgency, dueAt: before?.dueAt, owner: 'Ana' });
  });

  test('never gives more time than there was', async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says(slow));
    const before = await desk.case(id);
    desk.shop.clock.advance((before?.dueAt ?? 0) - desk.shop.clock.now() - hourMs);
    await desk.marks(id, 'urgent');
    expect(await desk.case(id)).toMatchObject({ urgency: 'critical', dueAt: before?.dueAt });
  });

  test('said before there was a case, it can be taken back too', async () => {
    const desk = await aDesk();
    const [id = 0] = await desk.hears(desk.says('Blue Door opens at nine.'));
    await desk.marks(id, 'urgent');
    await desk.marks(id, 'complaint');
    expect(await desk.case(id)).toMatchObject({ state: 'new', urgency: 'critical' });
    await desk.marks(id, 'urgent', true);
    expect((await desk.case(id))?.urgency).toBe((await desk.mention(id))?.findings.urgency);
  });
});

test('a complaint that was missed gets a case as urgent as it is bad; taken back all is as it was', async () => {
  const desk = await aDesk();
  const [id = 0] = await desk.hears(desk.says(lovely));
  const before = (await desk.mention(id))?.findings;
  expect(before?.severity).toBe(0);
  await desk.marks(id, 'complaint');
  const after = (await desk.mention(id))?.findings;
  expect(after?.severity).toBeGreaterThan(0);
  expect((await desk.case(id))?.urgency).toBe(after?.urgency);
  await desk.marks(id, 'complaint', true);
  expect((await desk.mention(id))?.findings).toEqual(before);
  expect(await desk.queue()).toEqual([]);
});
