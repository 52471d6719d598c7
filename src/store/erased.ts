/** Table `erased`: keyed hashes of posts that were pruned or erased, so that nothing comes back. */
import { among, insertRows } from './lists.ts';
import { ownHash } from './meta.ts';
import type { Tx } from './tables.ts';

/** Which of these keys were erased. */
export async function erasedAmong(tx: Tx, keys: readonly string[]): Promise<Set<string>> {
  const any = await tx.selectFrom('erased').select('at').limit(1).executeTakeFirst();
  if (any === undefined || keys.length === 0) return new Set();
  const hash = await ownHash(tx);
  const keyOf = new Map(keys.map((key) => [hash(key), key]));
  const rows = await tx
    .selectFrom('erased')
    .select('hash')
    .where('hash', 'in', among([...keyOf.keys()]))
    .execute();
  return new Set(rows.map((row) => keyOf.get(row.hash) ?? ''));
}

/** Remembers that these must not come back. Once is enough. */
export async function rememberErased(tx: Tx, keys: readonly string[], at: number): Promise<void> {
  const hash = await ownHash(tx);
  const rows = keys.map((key) => ({ hash: hash(key), at }));
  await insertRows(tx, 'erased', rows, { key: 'once', with: (insert) => insert.onConflict((on) => on.doNothing()) });
}
