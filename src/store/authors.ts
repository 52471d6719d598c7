/** Table `authors`: who says things, one row a person and source, as last seen. */
import { sql } from 'kysely';
import type { Post } from '../mention.ts';
import { among, insertRows, nextId, updateRows } from './lists.ts';
import type { Tx } from './tables.ts';

/** The stored author of a post that was given to `saveAuthors`; null where the platform tells nothing of him. */
export type AuthorIds = (post: Post) => number | null;

/** Adds the authors of posts and refreshes what has changed about them. */
export async function saveAuthors(tx: Tx, posts: readonly Post[]): Promise<AuthorIds> {
  const rows = new Map<string, ReturnType<typeof authorRow>>();
  for (const post of posts) {
    const key = authorKey(post);
    if (key !== null) rows.set(JSON.stringify([post.source, key]), authorRow(post, key));
  }
  const known = await knownAuthors(tx, [...rows.values()]);
  const ids = new Map<string, number>([...known].map(([key, row]) => [key, row.id]));
  const from = await nextId(tx, 'authors');
  const fresh = [...rows].filter(([key]) => !known.has(key));
  const added = fresh.map(([, row], place) => ({ id: from + place, ...row }));
  await insertRows(tx, 'authors', added);
  for (const [place, [key]] of fresh.entries()) ids.set(key, from + place);
  const changed = [...known].flatMap(([key, before]) => {
    const now = rows.get(key);
    if (now === undefined || !hasChanged(before, now)) return [];
    const { name, url, followers, automatic } = now;
    return [
      {
        id: before.id,
        name: name ?? before.name,
        url: url ?? before.url,
        followers: followers ?? before.followers,
        automatic,
      },
    ];
  });
  await updateRows(tx, 'authors', changed);
  return (post) => {
    const key = authorKey(post);
    return key === null ? null : (ids.get(JSON.stringify([post.source, key])) ?? null);
  };
}

/** Forgets those of these authors of whom no post is left. */
export async function dropSilentAuthors(tx: Tx, ids: readonly (number | null)[]): Promise<void> {
  const those = [...new Set(ids.filter((id) => id !== null))];
  await tx
    .deleteFrom('authors')
    .where('id', 'in', among(those))
    .where(({ not, exists }) => not(exists(sql`(select 1 from posts where author_id = authors.id)`)))
    .execute();
}

/** Handles that anybody bears who has none: theirs is a row for each post, too. */
const nobodys =
  /^\W*(a google user|anonym|anonymous|anonymous user|deleted|deleted user|guest|removed|somebody|unknown|user)\W*$/i;

/**
 * What makes two posts of a source one person's. A name alone makes nobody the same person: two reviewers called Anna are
 * two, so theirs is a row for each post. Nor does an address alone that is no page of the place itself: a commenter types
 * any, and all of one firm type the same.
 */
export function authorKey(post: Pick<Post, 'author' | 'externalId' | 'url'>): string | null {
  const { author, externalId } = post;
  if (nobodys.test(author.handle ?? '')) return `post ${externalId}`;
  if (author.handle) return `@${author.handle}`;
  if (author.url && isProfile(author.url, post.url)) return author.url;
  if (author.url && author.name) return `${author.url} ${author.name.trim().toLowerCase()}`;
  return author.url || author.name ? `post ${externalId}` : null;
}

/** A page of its own, with the host that the post stands on. */
function isProfile(address: string, at: string | null): boolean {
  const url = URL.parse(address);
  const hosts = [url, URL.parse(at ?? '')].map((one) => one?.hostname.replace(/^www\./, '') ?? '');
  const [own = '', place = ''] = hosts;
  if (url === null || own === '' || place === '' || (url.pathname === '/' && url.search === '')) return false;
  return own === place || own.endsWith(`.${place}`) || place.endsWith(`.${own}`);
}

function authorRow({ source, author }: Post, key: string) {
  const { handle, name, url, followers, automatic } = author;
  return { source, key, handle, name, url, followers, automatic: automatic ? 1 : 0 } as const;
}

type Known = ReturnType<typeof authorRow> & { readonly id: number };

async function knownAuthors(
  tx: Tx,
  rows: readonly { readonly source: string; readonly key: string }[],
): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  for (const [source, list] of Map.groupBy(rows, (row) => row.source)) {
    const found = await tx
      .selectFrom('authors')
      .selectAll()
      .where('source', '=', source)
      .where('key', 'in', among(list.map(({ key }) => key)))
      .execute();
    for (const row of found) known.set(JSON.stringify([source, row.key]), row);
  }
  return known;
}

/** What the platform leaves out this time is no change. */
function hasChanged(before: Known, now: ReturnType<typeof authorRow>): boolean {
  if (now.automatic !== before.automatic) return true;
  return (['name', 'url', 'followers'] as const).some((name) => now[name] !== null && now[name] !== before[name]);
}

/** An account as it is stored. */
export interface KnownAuthor {
  readonly id: number;
  readonly source: string;
  readonly handle: string | null;
  readonly name: string | null;
  readonly url: string | null;
}

/** In the order of their ids; those that are no more are left out. */
export async function readAuthors(tx: Tx, ids: readonly number[]): Promise<KnownAuthor[]> {
  return tx
    .selectFrom('authors')
    .select(['id', 'source', 'handle', 'name', 'url'])
    .where('id', 'in', among(ids))
    .orderBy('id')
    .execute();
}

/** Those whose handle, name or address is that word, be it in capitals; with or without an @ in front. */
export async function authorsCalled(tx: Tx, word: string): Promise<KnownAuthor[]> {
  const plain = word.trim().replace(/^@/, '').toLowerCase();
  const rows = await sql<KnownAuthor>`
    select id, source, handle, name, url from authors
    where ltrim(lower(handle), '@') = ${plain} or lower(name) = ${plain} or lower(url) = ${plain}
    order by id`.execute(tx);
  return rows.rows;
}
