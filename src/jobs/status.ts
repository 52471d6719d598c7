/** Where things stand: every place, and what waits for somebody. */
import type { WatchReport } from '../insight/health.ts';
import { noProgress, readProgress, watchRow } from '../store/watches.ts';
import { wantsConnection } from './connections.ts';
import type { Tools } from './tools.ts';

/** A gap that is older is no news any more. */
const gapToldForMs = 7 * 86_400_000;

/** One report a watch, in the order of the config. */
export async function watchReports(
  tools: Pick<Tools, 'watches' | 'sources' | 'store' | 'env'> & { readonly clock: Pick<Tools['clock'], 'now'> },
  brandIds: readonly string[] | null = null,
): Promise<WatchReport[]> {
  const watches = tools.watches.filter(
    (watch) => brandIds === null || watch.brands.some((id) => brandIds.includes(id)),
  );
  const progress = await tools.store.read('places', (tx) => readProgress(tx, watches.map(watchRow)));
  return watches.map((watch, index) => {
    const { firstRunAt, lastGoodAt, lastNewAt, lastTriedAt, fault, note, listeningSince, ...rest } =
      progress[index] ?? noProgress;
    const isNews = (at: number | undefined) => at !== undefined && at > tools.clock.now() - gapToldForMs;
    const gapSince = isNews(rest.gapSince ?? undefined) ? rest.gapSince : null;
    const gap = isNews(rest.gap?.to) ? rest.gap : null;
    const source = tools.sources.find((one) => one.id === watch.source);
    const title = source?.title ?? watch.source;
    const takesKey = Object.values(source?.secrets ?? {}).some(({ sends }) => !sends);
    const connects = source !== undefined && wantsConnection(source, watch.account, tools.env);
    return {
      ...{ watch, title, takesKey, connects, firstRunAt, lastGoodAt, lastNewAt, lastTriedAt, fault, note },
      ...{ gapSince, listeningSince, gap },
    };
  });
}
