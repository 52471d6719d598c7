/** Words of posts that go before their post does: their platform's time is over, or it took the post away. */
import { among } from './lists.ts';
import { bySource, type PostId } from './post-id.ts';
import type { Tx } from './tables.ts';

/** The columns of a post whose words are gone. */
export const noWords = {
  title: null,
  text: '',
  byline: null,
  links: '[]',
  text_hash: null,
  words: 'dropped',
  words_until: null,
} as const;

/** Takes the words out of posts whose platform let us keep them only so long. @returns how many. */
export async function dropDueWords(tx: Tx, now: number): Promise<number> {
  const done = await tx.updateTable('posts').set(noWords).where('words_until', '<=', now).executeTakeFirst();
  return Number(done.numUpdatedRows);
}

/** Takes the words out of posts that their platform no longer shows. @returns the ids of those we had. */
export async function markGone(tx: Tx, gone: readonly PostId[], at: number): Promise<number[]> {
  const ids: number[] = [];
  for (const [source, externalIds] of bySource(gone)) {
    const rows = await tx
      .updateTable('posts')
      .set({ ...noWords, gone_at: at })
      .where('source', '=', source)
      .where('external_id', 'in', among(externalIds))
      .where('gone_at', 'is', null)
      .returning('id')
      .execute();
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}
