/** Since when words that were taken out may still stand in unused parts of the file; kept there, so that whoever opens it next knows. */
import { readMeta, saveMeta } from './meta.ts';
import type { Tx } from './tables.ts';

const key = 'words let go of since';

/** Called in the transaction that takes them out. */
export async function rememberLetGo(tx: Tx, at: number): Promise<void> {
  if ((await letGoSince(tx)) === null) await saveMeta(tx, key, String(at));
}

/** Milliseconds UTC; null where the file was written anew since. */
export async function letGoSince(tx: Tx): Promise<number | null> {
  const since = Number(await readMeta(tx, key));
  return since > 0 ? since : null;
}

export async function forgetLetGo(tx: Tx): Promise<void> {
  await tx.deleteFrom('meta').where('key', '=', key).execute();
}
