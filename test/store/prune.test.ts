/** Pruning takes what is old and touched by nobody, and it does not come back. */
import { expect, test } from 'vitest';
import { createCases, readCases } from '../../src/store/cases.ts';
import { addMarks } from '../../src/store/marks.ts';
import { listMentionIds } from '../../src/store/mention-list.ts';
import { readMentions } from '../../src/store/mention-rows.ts';
import { erasePosts, prunePosts } from '../../src/store/prune.ts';
import type { Store } from '../../src/store/store.ts';
import { aPost, aStore, day, hear, noon } from './a-store.ts';

const columns = {
  state: 'new',
  owner: null,
  dueAt: null,
  snoozedUntil: null,
  closedAt: null,
  remainingMs: null,
  urgency: 'normal',
} as const;
const left = (store: Store) => store.read('left', (tx) => listMentionIds(tx, { pile: 'all', limit: 0 }));

function openCase(store: Store, mentionIds: readonly [number, ...number[]]) {
  return store.write('case', (tx) =>
    createCases(tx, [
      {
        brandId: 'blue',
        openedAt: noon,
        mentionIds,
        columns,
        events: [{ kind: 'found', at: noon, by: 'earshot', details: {} }],
      },
    ]),
  );
}

test('what has a mark, a case or a new place stays; the rest goes in pieces, and stays away', async () => {
  const store = await aStore();
  const origin = 'https://home.example/1';
  const posts = [aPost(), aPost(), aPost({ origin }), aPost(), aPost()];
  const old = await store.write('old', (tx) =>
    hear(
      tx,
      posts.map((post) => ({ post })),
      { seenAt: noon - 400 * day },
    ),
  );
  const [marked = 0, worked = 0, renewed = 0, plain, other] = old.mentions.map(({ id }) => id);
  const recent = await store.write('new', (tx) => hear(tx, [{ post: aPost({ origin }) }, { post: aPost() }]));
  await store.write('mark', (tx) => addMarks(tx, [{ mentionId: marked, kind: 'us', by: 'Ana', at: noon }]));
  await openCase(store, [worked]);

  const prune = () => store.write('prune', (tx) => prunePosts(tx, { before: noon - 365 * day, now: noon, limit: 1 }));
  expect(await prune()).toEqual({ posts: 1, mentions: 1 });
  expect(await prune()).toEqual({ posts: 1, mentions: 1 });
  expect(await prune()).toEqual({ posts: 0, mentions: 0 });
  const remaining = await left(store);
  expect(remaining).not.toContain(plain);
  expect(remaining).not.toContain(other);
  expect(new Set(remaining)).toEqual(new Set([marked, worked, renewed, recent.mentions[1]?.id]));

  const again = await store.write('again', (tx) =>
    hear(
      tx,
      posts.map((post) => ({ post })),
    ),
  );
  expect(again.posts.map(({ id }) => id === null)).toEqual([false, false, false, true, true]);
  expect(await left(store)).toHaveLength(4);
  const authors = await store.read('authors', (tx) => tx.selectFrom('authors').selectAll().execute());
  expect(authors).toHaveLength(5);
});

test('erasing one place leaves the mention to the next, and the case to its next mention', async () => {
  const store = await aStore();
  const origin = 'https://home.example/1';
  const saved = await store.write('hear', (tx) =>
    hear(tx, [{ post: aPost({ origin }) }, { post: aPost({ origin }) }, { post: aPost() }]),
  );
  const [first = 0, second = 0, third = 0] = saved.posts.map(({ id }) => id ?? 0);
  const [mention = 0, , other = 0] = saved.mentions.map(({ id }) => id);
  const [caseId = 0] = await openCase(store, [mention, other]);
  await store.write('erase', (tx) => erasePosts(tx, [first], noon));
  const [row] = await store.read('rows', (tx) => readMentions(tx, [mention]));
  expect(row).toMatchObject({ post: { id: second }, places: [{ postId: second }] });
  await store.write('erase', (tx) => erasePosts(tx, [second], noon));
  expect(await store.read('case', (tx) => readCases(tx, [caseId]))).toMatchObject([
    { leadMentionId: other, mentionIds: [other] },
  ]);
  await store.write('erase', (tx) => erasePosts(tx, [third], noon));
  expect(await store.read('case', (tx) => readCases(tx, [caseId]))).toEqual([]);
  const events = await store.read('events', (tx) => tx.selectFrom('case_events').selectAll().execute());
  expect(events).toEqual([]);
});
