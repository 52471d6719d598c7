/** Table `meta`: facts about this database itself, and its own hash. */
import { createHmac } from 'node:crypto';
import type { Tx } from './tables.ts';

/** What was remembered under that name; null where nothing was. */
export async function readMeta(tx: Tx, key: string): Promise<string | null> {
  const row = await tx.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
  return row?.value ?? null;
}

export async function saveMeta(tx: Tx, key: string, value: string): Promise<void> {
  await tx
    .insertInto('meta')
    .values({ key, value })
    .onConflict((on) => on.column('key').doUpdateSet({ value }))
    .execute();
}

/** A hash that only this database can make (HMAC-SHA-256, hexadecimal): the same words elsewhere give another. */
export async function ownHash(tx: Tx): Promise<(text: string) => string> {
  const key = (await readMeta(tx, ownKey)) ?? '';
  return (text) => createHmac('sha256', key).update(text).digest('hex');
}

/** Where the database's own key lies; made together with the database. */
export const ownKey = 'own-key';
