/** What is alike is found among the first of a pile, so that a long one is read in no time. */
import { expect, test } from 'vitest';
import { groupAlike } from '../../src/jobs/group-alike.ts';
import { listMentions } from '../../src/store/mention-list.ts';
import { anInbox, unsure } from '../inbox/an-inbox.ts';

const text = 'They moved the till at Blue Door Coffee to the back, so everybody walks past the cakes on the way';

/** A long pile, all of it alike. */
async function aPile(length: number) {
  const inbox = await anInbox();
  await inbox.hear(
    ...Array.from({ length }, (_, at) => ({
      ...unsure,
      post: { externalId: `p${at}`, text: text + '!'.repeat(at % 3) },
    })),
  );
  return inbox.tools.store.read('test', (tx) => listMentions(tx, { pile: 'unsure', limit: 0 }));
}

test('the first 300 are held against each other, the rest stand alone', async () => {
  const rows = await aPile(305);
  expect(groupAlike(rows).map(({ others }) => others.length)).toEqual([299, 0, 0, 0, 0, 0]);
});
