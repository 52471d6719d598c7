/** Table `erased`: keyed hashes of posts that were pruned and of people who were erased, so that nothing comes back. */
import { createHmac } from 'node:crypto';
import { among, insertRows } from './lists.ts';
import { ownHash, ownKey, readMeta, saveMeta } from './meta.ts';
import type { Tx } from './tables.ts';

/** What is remembered of an author beside his posts: no post is called so. */
export function authorMark(source: string, key: string): string {
  return JSON.stringify(['author', source, key]);
}

/** Which of these keys were erased, be it that a person asked for it or that they were pruned; or `asked`, only the former. */
export async function erasedAmong(tx: Tx, keys: readonly string[], which?: 'asked'): Promise<Set<string>> {
  const any = await tx.selectFrom('erased').select('at').limit(1).executeTakeFirst();
  if (any === undefined || keys.length === 0) return new Set();
  const hashes = [await ownHash(tx), ...(await inheritedKeys(tx)).map(hashWith)];
  const keyOf = new Map(keys.flatMap((key) => hashes.map((hash) => [hash(key), key] as const)));
  const rows = await tx
    .selectFrom('erased')
    .select('hash')
    .where('hash', 'in', among([...keyOf.keys()]))
    .where('asked', '>=', which === 'asked' ? 1 : 0)
    .execute();
  return new Set(rows.map((row) => keyOf.get(row.hash) ?? ''));
}

/** Remembers that these must not come back. `asked`: a person's wish, which outlives a restored back-up. */
export async function rememberErased(tx: Tx, keys: readonly string[], at: number, asked = false): Promise<void> {
  const hash = await ownHash(tx);
  const rows = keys.map((key) => ({ hash: hash(key), at, asked: asked ? (1 as const) : (0 as const) }));
  await insertRows(tx, 'erased', rows, asWished);
}

/** What a database knows of people who asked to be erased: hashes, and the keys that they were made with. */
export interface Wishes {
  readonly keys: readonly string[];
  readonly rows: readonly { readonly hash: string; readonly at: number }[];
}

/** For the database that a back-up is restored to. */
export async function erasureWishes(tx: Tx): Promise<Wishes> {
  const rows = await tx.selectFrom('erased').select(['hash', 'at']).where('asked', '=', 1).execute();
  return { keys: [(await readMeta(tx, ownKey)) ?? '', ...(await inheritedKeys(tx))], rows };
}

/** Takes them over, with the keys of a database that had others. */
export async function inheritWishes(tx: Tx, { keys, rows }: Wishes): Promise<void> {
  const own = await readMeta(tx, ownKey);
  const others = [...new Set([...(await inheritedKeys(tx)), ...keys])].filter((key) => key !== own && key !== '');
  if (others.length > 0) await saveMeta(tx, inherited, JSON.stringify(others));
  const asked = rows.map((row) => ({ ...row, asked: 1 as const }));
  await insertRows(tx, 'erased', asked, asWished);
}

const inherited = 'keys of restored wishes';

/** Once is enough; what was pruned before, and is asked for now, stays away from back-ups, too. */
const asWished = 'on conflict (hash) do update set asked = max(erased.asked, excluded.asked)';

const hashWith = (key: string) => (text: string) => createHmac('sha256', key).update(text).digest('hex');

async function inheritedKeys(tx: Tx): Promise<readonly string[]> {
  const kept: unknown = JSON.parse((await readMeta(tx, inherited)) ?? '[]');
  return Array.isArray(kept) ? kept.filter((key) => typeof key === 'string') : [];
}
