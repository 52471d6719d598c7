/** A write, or for a dry run the same in a transaction that is then rolled back. */
import type { Store } from '../store/store.ts';
import type { Tx } from '../store/tables.ts';

class Undone extends Error {
  readonly result: unknown;
  constructor(result: unknown) {
    super('a dry run keeps nothing');
    this.result = result;
  }
}

export async function rehearse<Result>(
  store: Store,
  dryRun: boolean,
  label: string,
  change: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  if (!dryRun) return store.write(label, change);
  try {
    return await store.write(label, async (tx) => {
      throw new Undone(await change(tx));
    });
  } catch (error) {
    if (error instanceof Undone) return error.result as Result;
    throw error;
  }
}
