/** Where the inbox is served just now, noted in the database so that a digest sent by another process can name it. */
import { readMeta, saveMeta } from '../store/meta.ts';
import type { Tx } from '../store/tables.ts';
import type { Tools } from './tools.ts';

const key = 'inbox-address';

/** Null where no inbox is served; after a power cut it may name one that is gone, until the next one begins. */
export async function inboxAddress(tx: Tx): Promise<string | null> {
  return (await readMeta(tx, key)) || null;
}

export async function noteInbox({ store }: Pick<Tools, 'store'>, address: string): Promise<void> {
  await store.write('the inbox begins', (tx) => saveMeta(tx, key, address));
}

/** Does nothing where another inbox has begun meanwhile. */
export async function forgetInbox({ store }: Pick<Tools, 'store'>, address: string): Promise<void> {
  await store.write('the inbox ends', async (tx) => {
    if ((await inboxAddress(tx)) === address) await saveMeta(tx, key, '');
  });
}
