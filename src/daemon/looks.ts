/** Looks at what is due without holding one place up for another: no watch twice at once, hosts side by side, each in turn. */
import { collect, type LookRound, newRound } from '../jobs/collect.ts';
import type { Tools } from '../jobs/tools.ts';
import { watchKey, watchRow } from '../store/watches.ts';
import type { Watch } from '../watch.ts';
import { dueWatches, lanes } from './plan.ts';
import { tellRun, tellTrouble, withFacts } from './tell.ts';
import { readWatched } from './watched.ts';

/** Of one start; each may hold a page in memory, and most of the time it waits for its host. */
const lanesAtOnce = 32;

export interface Looks {
  /** Begins with what is due and not being looked at; done when all of that has ended. A look's trouble is told, not thrown. */
  startDue(tools: Tools): Promise<void>;
}

export function createLooks(): Looks {
  const running = new Set<string>();
  return {
    startDue: async (tools) => {
      // A look that ends while this is read is not due again by what was read before it ended.
      const before = new Set(running);
      const watched = await readWatched(tools);
      const due = dueWatches(watched, tools.clock.now(), tools.config.timezone);
      const free = due.filter((watch) => !before.has(keyOf(watch)) && !running.has(keyOf(watch)));
      for (const watch of free) running.add(keyOf(watch));
      const waiting = lanes(free);
      const round = newRound();
      const walk = async () => {
        for (let lane = waiting.shift(); lane; lane = waiting.shift()) {
          for (const watch of lane) {
            if (!tools.signal.aborted) await look(tools, watch, round);
            running.delete(keyOf(watch));
          }
        }
      };
      await Promise.all(Array.from({ length: Math.min(lanesAtOnce, waiting.length) }, walk));
    },
  };
}

async function look(tools: Tools, watch: Watch, round: LookRound): Promise<void> {
  const startedAt = tools.clock.now();
  const log = withFacts(tools.log, { watch: `${watch.source} ${watch.key}` });
  try {
    const [run] = await collect({ ...tools, log }, { watches: [watch], round });
    if (run) tellRun(log, run, tools.clock.now() - startedAt);
  } catch (error) {
    tellTrouble(log, 'keeping what was heard', error);
  }
}

const keyOf = (watch: Watch) => watchKey(watchRow(watch));
