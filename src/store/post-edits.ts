/** Table `post_edits`: what posts said before their authors edited them. */
import type { Rating } from '../mention.ts';
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

/** Two feeds that give one item in two forms would fill the disk. */
const keptEdits = 10;

export interface Before {
  readonly postId: number;
  /** When the edit was noticed, milliseconds UTC. */
  readonly until: number;
  readonly title: string | null;
  readonly text: string;
  readonly rating: Rating | null;
}

export async function rememberBefore(tx: Tx, { postId, until, title, text, rating }: Before): Promise<void> {
  const stars = { rating_value: rating?.value ?? null, rating_scale: rating?.scale ?? null };
  await tx
    .insertInto('post_edits')
    .values({ post_id: postId, until, title, text, ...stars })
    .execute();
  await tx
    .deleteFrom('post_edits')
    .where('post_id', '=', postId)
    .where('id', 'not in', (select) =>
      select.selectFrom('post_edits').select('id').where('post_id', '=', postId).orderBy('id', 'desc').limit(keptEdits),
    )
    .execute();
}

/** The oldest first. */
export async function readBefore(tx: Tx, postIds: readonly number[]): Promise<Before[]> {
  const rows = await tx
    .selectFrom('post_edits')
    .selectAll()
    .where('post_id', 'in', among(postIds))
    .orderBy('id')
    .execute();
  return rows.map(({ post_id, until, title, text, rating_value, rating_scale }) => ({
    postId: post_id,
    until,
    title,
    text,
    rating: rating_value === null || rating_scale === null ? null : { value: rating_value, scale: rating_scale },
  }));
}

export async function forgetBefore(tx: Tx, postIds: readonly number[]): Promise<void> {
  await tx.deleteFrom('post_edits').where('post_id', 'in', among(postIds)).execute();
}
