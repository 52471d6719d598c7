/** What a host has left for us over hours and days: the interface that the store fulfils, and a forgetful one. */
import { nextFreeAt, type Pace, reachMsOf, withinReach } from './pace.ts';

/** Hosts as `host` or `host:port`; `account` is null where nobody is signed in. Times are milliseconds UTC. */
export interface Budgets {
  /** Counts one call before it is made. Null: go ahead; else nothing was counted and this is when it may be tried again. */
  reserve(host: string, account: string | null, limits: readonly Pace[], now: number): Promise<number | null>;
  /** The host asked us to stay away until then. */
  hold(host: string, account: string | null, until: number): Promise<void>;
  heldUntil(host: string, account: string | null, now: number): Promise<number | null>;
}

/** For tests and for trying a source out: everything is forgotten when the process ends. */
export function createMemoryBudgets(): Budgets {
  const calls = new Map<string, number[]>();
  const held = new Map<string, number>();
  const keyOf = (host: string, account: string | null) => JSON.stringify([host, account]);
  return {
    reserve: async (host, account, limits, now) => {
      const key = keyOf(host, account);
      const past = withinReach(calls.get(key) ?? [], reachMsOf(limits), now);
      const free = nextFreeAt(past, limits, now);
      calls.set(key, free > now ? past : [...past, now]);
      return free > now ? free : null;
    },
    hold: async (host, account, until) => {
      const key = keyOf(host, account);
      held.set(key, Math.max(until, held.get(key) ?? 0));
    },
    heldUntil: async (host, account, now) => {
      const until = held.get(keyOf(host, account));
      return until !== undefined && until > now ? until : null;
    },
  };
}
