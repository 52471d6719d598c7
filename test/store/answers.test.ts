/** What a brand answered before: told to a case, or seen on the platform itself. */
import { expect, test } from 'vitest';
import { earlierAnswers } from '../../src/store/answers.ts';
import { createCases } from '../../src/store/cases.ts';
import { aPost, aStore, day, hear, noon } from './a-store.ts';

test('comes from cases and platforms, the newest first, of that brand alone', async () => {
  const store = await aStore();
  const columns = {
    state: 'answered',
    owner: null,
    dueAt: null,
    snoozedUntil: null,
    closedAt: null,
    remainingMs: null,
    urgency: 'normal',
  } as const;
  const answered = (at: number, words?: string) => ({
    kind: 'answered',
    at,
    by: 'Ana',
    details: words === undefined ? { where: 'phone' } : { words },
  });
  await store.write('test', async (tx) => {
    const { mentions } = await hear(tx, [
      { post: aPost({ answer: { text: 'there', at: noon - day } }) },
      { post: aPost({ answer: { text: 'theirs', at: noon } }), brandId: 'red' },
    ]);
    await createCases(tx, [
      {
        brandId: 'blue',
        openedAt: noon,
        mentionIds: [mentions[0]?.id ?? 0],
        columns,
        events: [answered(noon - 2 * day, 'first'), answered(noon - 3, 'last'), answered(noon)],
      },
    ]);
  });
  expect(await store.read('test', (tx) => earlierAnswers(tx, 'blue'))).toEqual(['last', 'there', 'first']);
  expect(await store.read('test', (tx) => earlierAnswers(tx, 'blue', 1))).toEqual(['last']);
  expect(await store.read('test', (tx) => earlierAnswers(tx, 'red'))).toEqual(['theirs']);
});
