/** Words of posts that go before their post does: their platform's time is over, or it took the post away. */
import { dropSilentAuthors } from './authors.ts';
import { rememberLetGo } from './let-go.ts';
import { among } from './lists.ts';
import { forgetBefore } from './post-edits.ts';
import { bySource, type PostId } from './post-id.ts';
import type { Tx } from './tables.ts';

/** The columns of a post whose words are gone, and with them who said them. */
export const noWords = {
  author_id: null,
  title: null,
  text: '',
  byline: null,
  links: '[]',
  text_hash: null,
  words: 'dropped',
  words_until: null,
} as const;

/** What such a platform lets nobody keep either: a place may be a business's name, counts are its own figures. */
export const nothingBeside = {
  likes: null,
  reposts: null,
  replies: null,
  views: null,
  place: null,
  language: null,
} as const;

/** Finds one post whose words are due at a time; asked before every transaction, so it reads an index only. */
export const duePosts = 'select 1 from posts where words_until <= ? limit 1';

/** Takes words, author and figures out of posts whose platform let us keep them only so long. @returns how many. */
export async function dropDueWords(tx: Tx, now: number): Promise<number> {
  const due = await tx.selectFrom('posts').select(['id', 'author_id']).where('words_until', '<=', now).execute();
  await letGoOf(tx, due, now, nothingBeside);
  return due.length;
}

/** Takes the words out of posts that their platform no longer shows. @returns the ids of those we had. */
export async function markGone(tx: Tx, gone: readonly PostId[], at: number): Promise<number[]> {
  const ids: number[] = [];
  for (const [source, externalIds] of bySource(gone)) {
    const rows = await tx
      .selectFrom('posts')
      .select(['id', 'author_id'])
      .where('source', '=', source)
      .where('external_id', 'in', among(externalIds))
      .where('gone_at', 'is', null)
      .execute();
    await letGoOf(tx, rows, at, { gone_at: at });
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

type Owned = { readonly id: number; readonly author_id: number | null };

async function letGoOf(
  tx: Tx,
  posts: readonly Owned[],
  at: number,
  more: { readonly gone_at: number } | typeof nothingBeside,
): Promise<void> {
  if (posts.length === 0) return;
  await rememberLetGo(tx, at);
  const ids = posts.map(({ id }) => id);
  await tx
    .updateTable('posts')
    .set({ ...noWords, ...more })
    .where('id', 'in', among(ids))
    .execute();
  await forgetBefore(tx, ids);
  await tx.deleteFrom('post_bands').where('post_id', 'in', among(ids)).execute();
  await dropSilentAuthors(
    tx,
    posts.map(({ author_id }) => author_id),
  );
}
