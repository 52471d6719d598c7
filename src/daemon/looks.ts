/** Looks at watches without holding one up for another: never twice at once, hosts side by side, one host in turn. */
import { collect, watchRow } from '../jobs/collect.ts';
import type { Tools } from '../jobs/tools.ts';
import { watchKey } from '../store/watches.ts';
import type { Watch } from '../watch.ts';
import { tellBug, tellRun, withFacts } from './tell.ts';
import { lanes } from './plan.ts';

/** Of one start; each holds a page or two in memory, and most of the time waits for its host. */
const lanesAtOnce = 32;

export interface Looks {
  /**
   * Begins with those that are not being looked at already; done when all of them have ended. What goes wrong is told
   * and never thrown.
   */
  start(tools: Tools, watches: readonly Watch[]): Promise<void>;
}

export function createLooks(): Looks {
  const running = new Set<string>();

  const look = async (tools: Tools, watch: Watch) => {
    const startedAt = tools.clock.now();
    const log = withFacts(tools.log, { watch: `${watch.source} ${watch.key}` });
    try {
      const [run] = await collect({ ...tools, log }, { watches: [watch] });
      if (run) tellRun(log, run, tools.clock.now() - startedAt);
    } catch (error) {
      tellBug(log, 'the look was not kept', error);
    }
  };

  return {
    start: async (tools, watches) => {
      const free = watches.filter((watch) => !running.has(keyOf(watch)));
      for (const watch of free) running.add(keyOf(watch));
      const waiting = lanes(free);
      const walk = async () => {
        for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
          for (const watch of lane) {
            if (!tools.signal.aborted) await look(tools, watch);
            running.delete(keyOf(watch));
          }
        }
      };
      await Promise.all(Array.from({ length: Math.min(lanesAtOnce, waiting.length) }, walk));
    },
  };
}

const keyOf = (watch: Watch) => watchKey(watchRow(watch));
