/** Where things stand: every place, and what waits for somebody. */
import { dayMs } from '../clock.ts';
import type { WatchReport } from '../insight/health.ts';
import { noProgress, readProgress, watchRow } from '../store/watches.ts';
import { restOf, type Watch } from '../watch.ts';
import { type Connection, connections, wantsConnection } from './connections.ts';
import type { Tools } from './tools.ts';

/** Connecting takes some minutes, and an owner reads the mail not every day. */
const endToldForMs = 7 * dayMs;
/** A gap that is older is no news any more. */
const gapToldForMs = 7 * dayMs;

/** One report a watch, in the order of the config. */
export async function watchReports(
  tools: Pick<Tools, 'watches' | 'sources' | 'store' | 'env'> &
    Partial<Pick<Tools, 'sessionKey'>> & {
      readonly clock: Pick<Tools['clock'], 'now'>;
    },
  brandIds: readonly string[] | null = null,
): Promise<WatchReport[]> {
  const watches = tools.watches.filter(
    (watch) => brandIds === null || watch.brands.some((id) => brandIds.includes(id)),
  );
  const progress = await tools.store.read('places', (tx) => readProgress(tx, watches.map(watchRow)));
  const now = tools.clock.now();
  const { sources, store, env, sessionKey } = tools;
  const connected = sessionKey ? await connections({ watches, sources, store, env, sessionKey, now }) : [];
  return watches.map((watch, index) => {
    const { firstRunAt, lastGoodAt, lastNewAt, lastTriedAt, fault, note, listeningSince, ...rest } =
      progress[index] ?? noProgress;
    const restsUntil = restOf(rest.validators);
    const isNews = (at: number | undefined) => at !== undefined && at > now - gapToldForMs;
    const gapSince = isNews(rest.gapSince ?? undefined) ? rest.gapSince : null;
    const gap = isNews(rest.gap?.to) ? rest.gap : null;
    const source = tools.sources.find((one) => one.id === watch.source);
    const title = source?.title ?? watch.source;
    const takesKey = Object.values(source?.secrets ?? {}).some(({ sends }) => sends !== 'only');
    const connects = source !== undefined && wantsConnection(source, watch.account, tools.env);
    return {
      ...{ watch, title, takesKey, connects, firstRunAt, lastGoodAt, lastNewAt, lastTriedAt, fault, note },
      ...{ gapSince, listeningSince, gap, restsUntil, endsAt: endsAt(connected, watch, now) },
    };
  });
}

/** Null where it is renewed by itself, holds for longer than a week, or has ended: that is trouble, and told as such. */
function endsAt(connected: readonly Connection[], { source, account }: Watch, now: number): number | null {
  const own = connected.find((one) => one.source === source && one.account === account);
  if (own?.state !== 'good' || own.until === null) return null;
  return own.until - now <= endToldForMs ? own.until : null;
}
