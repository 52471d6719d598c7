/** How each watch of the config fares that is looked at now and then, read from the store. */
import type { Tools } from '../jobs/tools.ts';
import { noProgress, readProgress, watchRow } from '../store/watches.ts';
import type { Watched } from './plan.ts';

/** In the order of the config. */
export async function readWatched({ store, watches: all }: Tools): Promise<Watched[]> {
  const watches = all.filter(({ live }) => !live);
  const progress = await store.read('what is due', (tx) => readProgress(tx, watches.map(watchRow)));
  return watches.map((watch, index) => ({ watch, progress: progress[index] ?? noProgress }));
}
