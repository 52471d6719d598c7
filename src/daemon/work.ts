/** What the daemon has begun and not ended: each job only once at a time, its trouble told, all of it waited for at the end. */
import type { Tools } from '../jobs/tools.ts';
import { tellTrouble } from './tell.ts';

export interface Work {
  /** Does nothing where a job of that name still runs, or where we are stopping. */
  begin(name: string, act: () => Promise<void>): void;
  /** When nothing runs any more. */
  ended(): Promise<void>;
}

/** @param idle called whenever the last job has ended */
export function createWork({ log, signal }: Pick<Tools, 'log' | 'signal'>, idle: () => void): Work {
  const jobs = new Map<string, Promise<void>>();
  const run = async (name: string, act: () => Promise<void>) => {
    try {
      await act();
    } catch (error) {
      if (!signal.aborted) tellTrouble(log, name, error);
    }
    jobs.delete(name);
    if (jobs.size === 0) idle();
  };
  return {
    begin: (name, act) => {
      if (!signal.aborted && !jobs.has(name)) jobs.set(name, run(name, act));
    },
    ended: async () => {
      while (jobs.size > 0) await Promise.all(jobs.values());
    },
  };
}
