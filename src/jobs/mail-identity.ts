/** Who Earshot's mails come from, and what tells those of this database from another's. */
import { basename } from 'node:path';
import { readMeta, saveMeta } from '../store/meta.ts';
import type { Tools } from './tools.ts';

/** Sender where no mail server is set and mails go to files. */
const noSender = 'Earshot <earshot@localhost.invalid>';

export const sender = (tools: Tools): string => tools.config.mail?.from ?? noSender;

/** What tells this database from others in a Message-ID; made once, so that a moved file keeps its name. */
export async function storeName(tools: Tools): Promise<string> {
  const known = await tools.store.read('its name', (tx) => readMeta(tx, 'store-name'));
  if (known !== null) return known;
  return tools.store.write('its name', async (tx) => {
    const name = (await readMeta(tx, 'store-name')) ?? `${basename(tools.store.path)} ${tools.clock.now()}`;
    await saveMeta(tx, 'store-name', name);
    return name;
  });
}
