/** Commenters whom an address alone made one person, though anybody may type it: told apart by name, as whoever is heard from now on is. */
import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

export async function whoTyped(db: Kysely<Tables>): Promise<void> {
  const said = await db
    .selectFrom('authors')
    .innerJoin('posts', 'posts.author_id', 'authors.id')
    .select(['author_id', 'authors.source', 'authors.key', 'posts.id', 'external_id', 'posts.url', 'byline'])
    .where('handle', 'is', null)
    .whereRef('authors.key', '=', 'authors.url')
    .orderBy('posts.id', 'desc')
    .execute();
  for (const [author, posts] of Map.groupBy(said, ({ author_id }) => author_id)) {
    const [last, ...others] = [...Map.groupBy(posts, keyOf)];
    for (const [key, theirs] of others) {
      const other = (await rowOf(db, key, theirs)) ?? (await added(db, key, theirs));
      for (const { id } of theirs)
        await db.updateTable('posts').set({ author_id: other }).where('id', '=', id).execute();
    }
    // The row stays that of whoever wrote last: its name is theirs.
    if (author === null || !last || last[1].some(({ key }) => key === last[0])) continue;
    const [key, theirs] = last;
    // Who was heard again since has a second row by now.
    const second = await rowOf(db, key, theirs);
    if (second !== null) {
      await db.updateTable('posts').set({ author_id: author }).where('author_id', '=', second).execute();
      await db.deleteFrom('authors').where('id', '=', second).execute();
    }
    await db
      .updateTable('authors')
      .set({ key, name: nameIn(theirs) })
      .where('id', '=', author)
      .execute();
  }
}

interface Said {
  readonly source: string;
  readonly key: string;
  readonly external_id: string;
  readonly url: string | null;
  readonly byline: string | null;
}

/** As src/store/authors.ts makes it when this is written, of one without a handle. */
function keyOf({ key, external_id, url, byline }: Said): string {
  if (isProfile(key, url)) return key;
  return byline === null ? `post ${external_id}` : `${key} ${byline.trim().toLowerCase()}`;
}

function isProfile(address: string, at: string | null): boolean {
  const url = URL.parse(address);
  const hosts = [url, URL.parse(at ?? '')].map((one) => one?.hostname.replace(/^www\./, '') ?? '');
  const [own = '', place = ''] = hosts;
  if (url === null || own === '' || place === '' || (url.pathname === '/' && url.search === '')) return false;
  return own === place || own.endsWith(`.${place}`) || place.endsWith(`.${own}`);
}

const nameIn = (said: readonly Said[]) => said[0]?.byline ?? null;
const sourceIn = (said: readonly Said[]) => said[0]?.source ?? '';

async function rowOf(db: Kysely<Tables>, key: string, said: readonly Said[]): Promise<number | null> {
  const row = await db
    .selectFrom('authors')
    .select('id')
    .where('source', '=', sourceIn(said))
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.id ?? null;
}

async function added(db: Kysely<Tables>, key: string, said: readonly Said[]): Promise<number> {
  const row = {
    source: sourceIn(said),
    key,
    handle: null,
    name: nameIn(said),
    url: said[0]?.key ?? null,
    followers: null,
  };
  return (await db.insertInto('authors').values(row).returning('id').executeTakeFirstOrThrow()).id;
}
