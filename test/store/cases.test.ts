/** Cases: their events are added and never rewritten, their columns follow. */
import { describe, expect, test } from 'vitest';
import { casesOfAuthors, listCases } from '../../src/store/case-list.ts';
import { casesOfMentions, joinCases } from '../../src/store/case-mentions.ts';
import type { CaseColumns } from '../../src/store/case-rows.ts';
import { appendEvents, createCases, readCases } from '../../src/store/cases.ts';
import { addMarks, marksInOrder, marksOf, withdrawMarks } from '../../src/store/marks.ts';
import type { Store } from '../../src/store/store.ts';
import { aPost, aStore, day, hear, noon } from './a-store.ts';

const hour = 3_600_000;
const ana = { handle: 'ana', name: 'Ana', url: null, followers: null };

function columns(more: Partial<CaseColumns> = {}): CaseColumns {
  return {
    state: 'new',
    owner: null,
    dueAt: noon + day,
    snoozedUntil: null,
    closedAt: null,
    remainingMs: null,
    urgency: 'normal',
    ...more,
  };
}

const event = (kind: string, details = {}) => ({ kind, at: noon, by: 'earshot', details });

async function mentions(store: Store, count: number): Promise<[number, ...number[]]> {
  const heard = Array.from({ length: count }, () => ({ post: aPost({ author: ana }) }));
  const saved = await store.write('hear', (tx) => hear(tx, heard));
  const [first = 0, ...others] = saved.mentions.map(({ id }) => id);
  return [first, ...others];
}

async function open(store: Store, mentionIds: readonly [number, ...number[]], more: Partial<CaseColumns> = {}) {
  const draft = {
    brandId: 'blue',
    openedAt: noon,
    mentionIds,
    columns: columns(more),
    events: [event('found', { why: 'x' })],
  };
  const [id = 0] = await store.write('open', (tx) => createCases(tx, [draft]));
  return id;
}

describe('a case', () => {
  test('comes out with its events and mentions, and follows what happens', async () => {
    const store = await aStore();
    const [first, second, third] = await mentions(store, 3);
    const id = await open(store, [second ?? 0, first]);
    const after = columns({
      state: 'open',
      owner: 'Ana',
      snoozedUntil: noon + day,
      remainingMs: hour,
      urgency: 'high',
    });
    await store.write('work', async (tx) => {
      await joinCases(tx, [{ caseId: id, mentionIds: [third ?? 0, first] }]);
      await appendEvents(tx, [
        { caseId: id, event: event('joined', { mentionIds: [third] }), after: columns() },
        { caseId: id, event: { kind: 'take', at: noon + hour, by: 'Ana', details: {} }, after },
      ]);
    });
    const [read] = await store.read('read', (tx) => readCases(tx, [id, 99]));
    expect(read).toEqual({
      promise: null,
      hint: null,
      id,
      brandId: 'blue',
      leadMentionId: second,
      openedAt: noon,
      ...after,
      events: [
        event('found', { why: 'x' }),
        event('joined', { mentionIds: [third] }),
        { kind: 'take', at: noon + hour, by: 'Ana', details: {} },
      ],
      mentionIds: [second, first, third],
    });
    const of = await store.read('of', (tx) => casesOfMentions(tx, [first, 99]));
    expect([...of].map(([mention, one]) => [mention, one.id])).toEqual([[first, id]]);
  });

  test('is opened once for a mention', async () => {
    const store = await aStore();
    const [mention] = await mentions(store, 1);
    await open(store, [mention]);
    await expect(open(store, [mention])).rejects.toThrow('UNIQUE');
    expect(await store.read('list', (tx) => listCases(tx, {}))).toHaveLength(1);
  });

  test('that is closed has a time of closing, and one that is open has none', async () => {
    const store = await aStore();
    const [mention] = await mentions(store, 1);
    await expect(open(store, [mention], { state: 'happy' })).rejects.toThrow('time of closing');
    await expect(open(store, [mention], { closedAt: noon })).rejects.toThrow('time of closing');
  });

  test("events are never rewritten, not even by a program's mistake", async () => {
    const store = await aStore();
    const [mention] = await mentions(store, 1);
    await open(store, [mention]);
    const rewrite = store.write('rewrite', (tx) => tx.updateTable('case_events').set({ by: 'nobody' }).execute());
    await expect(rewrite).rejects.toThrow('only ever added to');
  });
});

describe('which cases', () => {
  test('are open, due, whose, in which state: the most urgent first', async () => {
    const store = await aStore();
    const [a, b = 0, c = 0, d = 0] = await mentions(store, 4);
    const late = await open(store, [a], { dueAt: noon - hour });
    const urgent = await open(store, [b], { dueAt: noon + hour, urgency: 'critical', owner: 'Ana' });
    const snoozed = await open(store, [c], { dueAt: noon - hour, snoozedUntil: noon + hour, state: 'open' });
    const closed = await open(store, [d], { state: 'happy', closedAt: noon, dueAt: null });
    const ids = (filter: Parameters<typeof listCases>[1]) =>
      store.read('list', async (tx) => (await listCases(tx, filter)).map(({ id }) => id));
    expect(await ids({})).toEqual([urgent, late, snoozed, closed]);
    expect(await ids({ open: true })).toEqual([urgent, late, snoozed]);
    expect(await ids({ dueBy: noon })).toEqual([late]);
    expect(await ids({ dueBy: noon + day })).toEqual([urgent, late, snoozed]);
    expect(await ids({ owner: 'Ana' })).toEqual([urgent]);
    expect(await ids({ owner: null, states: ['open', 'happy'] })).toEqual([snoozed, closed]);
    expect(await ids({ closedSince: noon })).toEqual([closed]);
    expect(await ids({ brandIds: ['red'] })).toEqual([]);
  });

  test('an author has: the open one before one that was closed', async () => {
    const store = await aStore();
    const [a, b = 0, c = 0] = await mentions(store, 3);
    await open(store, [a], { state: 'happy', closedAt: noon + hour, dueAt: null });
    const author = await store.read(
      'author',
      async (tx) => (await tx.selectFrom('posts').select('author_id').executeTakeFirstOrThrow()).author_id ?? 0,
    );
    const stateOf = (brandId = 'blue') =>
      store.read('of', async (tx) => (await casesOfAuthors(tx, brandId, [author])).get(author)?.state);
    expect(await stateOf()).toBe('happy');
    await open(store, [b]);
    expect(await stateOf()).toBe('new');
    await open(store, [c], { state: 'lost', closedAt: noon + day, dueAt: null });
    expect(await stateOf()).toBe('new');
    expect(await stateOf('red')).toBeUndefined();
  });
});

test('a mark answers its question until another does, or it is taken back; all stays on record', async () => {
  const store = await aStore();
  const [mentionId] = await mentions(store, 1);
  const mark = (kind: 'complaint' | 'no-complaint' | 'us' | 'urgent' | 'solved', why: string | null = null) => ({
    mentionId,
    kind,
    by: 'Ana',
    at: noon,
    why,
  });
  const standing = () => store.read('marks', async (tx) => (await marksOf(tx, [mentionId])).get(mentionId));
  expect(await standing()).toBeUndefined();
  await store.write('mark', (tx) =>
    addMarks(tx, [mark('complaint'), mark('no-complaint', 'a joke'), mark('us'), mark('solved')]),
  );
  expect(await standing()).toEqual({ complaint: 'no-complaint', us: 'us', urgent: false, solved: true });
  await store.write('undo', (tx) => withdrawMarks(tx, [mark('no-complaint'), mark('solved')]));
  expect(await standing()).toEqual({ complaint: null, us: 'us', urgent: false, solved: false });
  const record = await store.read('record', (tx) => marksInOrder(tx, [mentionId]));
  expect(record.map(({ kind, why, withdrawn }) => [kind, why, withdrawn])).toEqual([
    ['complaint', null, false],
    ['no-complaint', 'a joke', false],
    ['us', null, false],
    ['solved', null, false],
    ['no-complaint', null, true],
    ['solved', null, true],
  ]);
});
