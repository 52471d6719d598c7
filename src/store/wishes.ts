/** People who asked to be erased stay erased when an older back-up takes the database's place. */

import { type KnownAuthor, readAuthors } from './authors.ts';
import { postsToErase } from './erase.ts';
import { authorMark, erasedAmong } from './erased.ts';
import { postKey } from './post-id.ts';
import type { Tx } from './tables.ts';

/** Of whom a database holds something though they asked to be erased. */
export async function stillHere(
  tx: Tx,
): Promise<{ readonly authors: readonly KnownAuthor[]; readonly postIds: readonly number[] }> {
  const authors = await tx.selectFrom('authors').select(['id', 'source', 'key']).execute();
  const posts = await tx.selectFrom('posts').select(['id', 'source', 'external_id as externalId']).execute();
  const asked = await erasedAmong(
    tx,
    [...authors.map(({ source, key }) => authorMark(source, key)), ...posts.map(postKey)],
    'asked',
  );
  const authorIds = authors.filter(({ source, key }) => asked.has(authorMark(source, key))).map(({ id }) => id);
  const own = posts.filter((post) => asked.has(postKey(post))).map(({ id }) => id);
  const theirs = await postsToErase(tx, { authorIds, mentionIds: [] });
  return { authors: await readAuthors(tx, authorIds), postIds: [...new Set([...own, ...theirs])] };
}
