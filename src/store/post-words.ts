/** Words of posts that go before their post does: their platform's time is over, or it took the post away. */
import { type RawBuilder, sql } from 'kysely';
import type { Gone } from '../mention.ts';
import { dropSilentAuthors } from './authors.ts';
import { rememberLetGo } from './let-go.ts';
import { among } from './lists.ts';
import { forgetBefore } from './post-edits.ts';
import { bySource } from './post-id.ts';
import type { Tx } from './tables.ts';

/** The columns of a post whose words are gone, and with them who said them. */
export const noWords = {
  author_id: null,
  title: null,
  text: '',
  byline: null,
  links: '[]',
  answer: null,
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
  answered_at: null,
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
export async function markGone(tx: Tx, gone: readonly Gone[], at: number): Promise<number[]> {
  const ids: number[] = [];
  const single = bySource(gone.filter(({ all }) => !all));
  for (const [source, externalIds] of single) ids.push(...(await letGoWhere(tx, source, at, oneOf(externalIds))));
  const whole = bySource(gone.filter(({ all }) => all));
  for (const [source, beginnings] of whole)
    ids.push(...(await letGoWhere(tx, source, at, beginningWith(source, beginnings))));
  return ids;
}

const oneOf = (externalIds: readonly string[]) => sql<boolean>`external_id in ${among(externalIds)}`;

/** By the index: from the beginning itself to the last text that begins so. */
const beginningWith = (source: string, beginnings: readonly string[]) => sql<boolean>`posts.id in (
  select inside.id from ${among(beginnings)} as beginning
  join posts as inside on inside.source = ${source}
    and inside.external_id >= beginning.value and inside.external_id < beginning.value || char(1114111))`;

async function letGoWhere(tx: Tx, source: string, at: number, which: RawBuilder<boolean>): Promise<number[]> {
  const rows = await tx
    .selectFrom('posts')
    .select(['id', 'author_id'])
    .where('source', '=', source)
    .where(which)
    .where('gone_at', 'is', null)
    .execute();
  await letGoOf(tx, rows, at, { gone_at: at });
  return rows.map(({ id }) => id);
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
