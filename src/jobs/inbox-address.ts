/** Where the inbox is served just now, and which start of it let a browser in last: noted in the database for other processes. */
import { readMeta, saveMeta } from '../store/meta.ts';
import type { Tx } from '../store/tables.ts';
import type { Tools } from './tools.ts';

const key = 'inbox-address';
const letInKey = 'inbox-let-in';

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

/** The start of the inbox that let a browser in last; null where none did. */
export async function inboxLetIn({ store }: Pick<Tools, 'store'>): Promise<string | null> {
  return store.read('who was let in', (tx) => readMeta(tx, letInKey));
}

export async function noteLetIn({ store }: Pick<Tools, 'store'>, start: string): Promise<void> {
  await store.write('a browser is let in', (tx) => saveMeta(tx, letInKey, start));
}
