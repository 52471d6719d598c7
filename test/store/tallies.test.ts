/** What insight is counted from: days, topics, answers and ends, as people and marks have it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { causeOf } from '../../src/cases/cause.ts';
import { standing } from '../../src/cases/take-back.ts';
import { createCases } from '../../src/store/cases.ts';
import { addMarks } from '../../src/store/marks.ts';
import { answersOf, complaintsBetween, dayTallies, topicTallies } from '../../src/store/tallies.ts';
import { aPost, aStore, day, hear, noon, someFindings } from './a-store.ts';

const kind = someFindings({
  sentiment: { label: 'positive', score: 0.8 },
  complaint: { verdict: 'none', probability: 0.02 },
  topics: [],
  praise: true,
});
const all = { brandIds: ['blue'], from: noon - 30 * day, to: noon };
const ago = (days: number) => aPost({ publishedAt: noon - days * day - 1000 });

test('by day and place: what was set aside, is about others or stands in the own form is not counted', async () => {
  const store = await aStore();
  await store.write('posts', (tx) =>
    hear(tx, [
      { post: ago(0) },
      { post: ago(1), findings: kind },
      { post: ago(1), findings: kind },
      { post: aPost({ source: 'feed', publishedAt: noon - day - 1000 }) },
      { post: aPost({ place: 'own: contact form', publishedAt: noon - day - 1000 }) },
      { post: ago(2), findings: someFindings({ relevance: { verdict: 'other', probability: 0.9 } }) },
      { post: ago(3), brandId: 'red' },
      { post: ago(31) },
    ]),
  );
  for (const from of [all.from, noon - 1000 * day]) {
    const rows = await store.read('days', (tx) => dayTallies(tx, { ...all, from }));
    const recent = rows.filter((row) => row.ago < 30).map(({ brandId: _, ...row }) => row);
    expect(new Set(recent)).toEqual(
      new Set([
        { source: 'bluesky', ago: 0, mentions: 1, praise: 0, complaints: 1 },
        { source: 'bluesky', ago: 1, mentions: 2, praise: 2, complaints: 0 },
        { source: 'feed', ago: 1, mentions: 1, praise: 0, complaints: 1 },
      ]),
    );
  }
});

test('what a person marked counts before what was found', async () => {
  const store = await aStore();
  const { mentions } = await store.write('posts', (tx) => hear(tx, [{ post: ago(0) }, { post: ago(0) }]));
  const [first, second] = mentions.map(({ id }) => id);
  await store.write('marks', (tx) =>
    addMarks(tx, [
      { mentionId: first ?? 0, kind: 'no-complaint', by: 'Ana', at: noon },
      { mentionId: second ?? 0, kind: 'not-us', by: 'Ana', at: noon },
    ]),
  );
  const rows = await store.read('days', (tx) => dayTallies(tx, all));
  expect(rows).toMatchObject([{ mentions: 1, complaints: 0 }]);
  expect(await store.read('complaints', (tx) => complaintsBetween(tx, all))).toEqual([]);
});

test('by topic and week; whose complaint it is', async () => {
  const store = await aStore();
  const two = someFindings({ topics: ['delivery', 'staff'] });
  const ana = { handle: 'ana.example', name: 'Ana', url: null, followers: null };
  await store.write('posts', (tx) =>
    hear(tx, [
      { post: aPost({ author: ana, publishedAt: noon - 2 * day }), findings: two },
      { post: aPost({ author: ana, publishedAt: noon - 8 * day }), findings: two },
      { post: ago(9), findings: kind },
    ]),
  );
  const topics = await store.read('topics', (tx) => topicTallies(tx, all, 7));
  expect(topics.map(({ topic, ago: week, complaints }) => [topic, week, complaints]).toSorted()).toEqual([
    ['delivery', 0, 1],
    ['delivery', 1, 1],
    ['staff', 0, 1],
    ['staff', 1, 1],
  ]);
  const complaints = await store.read('complaints', (tx) => complaintsBetween(tx, all));
  expect(complaints).toHaveLength(2);
  expect(new Set(complaints.map(({ authorId }) => authorId)).size).toBe(1);
  expect(complaints[0]).toMatchObject({ topics: ['delivery', 'staff'], caseId: null, cause: null });
});

const someEvents = fc.array(
  fc.constantFrom(
    { kind: 'fix', details: { cause: 'cold food' } },
    { kind: 'fix', details: { cause: 'rude waiter' } },
    { kind: 'answered', details: {} },
    { kind: 'take', details: {} },
    { kind: 'note', details: {} },
    { kind: 'kept', details: {} },
    { kind: 'undo', details: {} },
    { kind: 'undo', details: { mark: 'urgent' } },
  ),
  { maxLength: 8 },
);

test('what was taken back is no cause and no answer, told by SQL as by the events themselves', async () => {
  const store = await aStore();
  await fc.assert(
    fc.asyncProperty(fc.array(someEvents, { minLength: 30, maxLength: 30 }), async (lists) => {
      const cases = lists.map((list) => list.map((one) => ({ ...one, at: noon, by: 'Ana' })));
      const columns = { state: 'open', owner: null, dueAt: noon, snoozedUntil: null, closedAt: null } as const;
      const ids = await store.write('cases', async (tx) => {
        const { mentions } = await hear(
          tx,
          cases.map(() => ({ post: ago(0) })),
        );
        return createCases(
          tx,
          mentions.map(({ id }, at) => ({
            brandId: 'blue',
            openedAt: noon - day,
            mentionIds: [id],
            columns: { ...columns, remainingMs: null, urgency: 'normal' },
            events: cases[at] ?? [],
          })),
        );
      });
      const [complaints, answers] = await store.read('both', async (tx) => [
        new Map((await complaintsBetween(tx, all)).map((one) => [one.caseId, one.cause])),
        new Map((await answersOf(tx, all)).map((one) => [one.caseId, one.answeredAt !== null])),
      ]);
      const answering = ({ kind }: { readonly kind: string }) => kind === 'answered' || kind === 'fix';
      expect(ids.map((id) => complaints.get(id))).toEqual(cases.map(causeOf));
      expect(ids.map((id) => answers.get(id))).toEqual(cases.map((events) => standing(events).some(answering)));
    }),
    { numRuns: 8 },
  );
});
