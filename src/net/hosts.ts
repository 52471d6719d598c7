/** One queue a host over all visits: one question at a time, never more often than its pace, none while it wants quiet. */
import PQueue from 'p-queue';
import { type Clock, minuteMs } from '../clock.ts';
import type { Budgets } from './budgets.ts';
import { Fault } from './fault.ts';
import { longPaceSeconds, nextFreeAt, type Pace, reachMsOf, withinReach } from './pace.ts';

/** Shorter quiet is waited for; quiet of this length or more is refused, and kept for the next process too. */
const lastingMs = minuteMs;
/** A door that turned us away this often in a row is not knocked at again until its fault's own time. */
const blockedInARow = 2;

export interface Caller {
  /** Whose queue and quiet it is. */
  readonly host: string;
  /** As people know the host. */
  readonly name: string;
  readonly account: string | null;
  readonly pace: readonly Pace[];
  readonly signal: AbortSignal;
}

export interface Hosts {
  /** Runs when it is the caller's turn; the turn lasts until the question is settled, retries included. */
  inTurn<Value>(caller: Caller, ask: () => Promise<Value>): Promise<Value>;
  /** Before each single call: waits for the pace, counts the call; throws the fault of a host that wants quiet. */
  permit(caller: Caller): Promise<void>;
  /** After each single call: what the host's answer means for the next one. */
  settle(caller: Caller, outcome: { readonly fault: Fault | null; readonly usedUpUntil: number | null }): Promise<void>;
}

interface HostState {
  readonly queue: PQueue;
  calls: number[];
  /** The longest window that any visit has brought. */
  reachMs: number;
  readonly quiet: Map<string | null, { readonly until: number; readonly fault: Fault }>;
  blocks: number;
}

export function createHosts(clock: Clock, budgets: Budgets): Hosts {
  const states = new Map<string, HostState>();
  const stateOf = (host: string): HostState => {
    const state = states.get(host) ?? newState();
    states.set(host, state);
    return state;
  };

  return {
    inTurn: (caller, ask) => stateOf(caller.host).queue.add(ask, { signal: caller.signal }),

    permit: async (caller) => {
      const { host, name, account, pace, signal } = caller;
      const state = stateOf(host);
      await respectQuiet(state, caller, clock);
      const held = await budgets.heldUntil(host, account, clock.now());
      if (held !== null) throw wantsQuiet(name, held);
      const long = pace.filter(({ perSeconds }) => perSeconds >= longPaceSeconds);
      const spentUntil = long.length === 0 ? null : await budgets.reserve(host, account, long, clock.now());
      if (spentUntil !== null) throw spent(name, spentUntil);
      const short = pace.filter(({ perSeconds }) => perSeconds < longPaceSeconds);
      state.reachMs = Math.max(state.reachMs, reachMsOf(short));
      for (let free = nextFreeAt(state.calls, short, clock.now()); free > clock.now(); ) {
        await clock.sleep(free - clock.now(), signal);
        signal.throwIfAborted();
        free = nextFreeAt(state.calls, short, clock.now());
      }
      state.calls = [...withinReach(state.calls, state.reachMs, clock.now()), clock.now()];
    },

    settle: async ({ host, name, account }, { fault, usedUpUntil }) => {
      const state = stateOf(host);
      const now = clock.now();
      // A connection that never came about has cost the host nothing.
      if (fault?.kind === 'unreachable' && typeof fault.cause === 'string') state.calls = state.calls.slice(0, -1);
      state.blocks = fault?.kind === 'blocked' ? state.blocks + 1 : 0;
      const quiet = quietAfter(name, fault, usedUpUntil, state.blocks);
      if (quiet === null) return;
      state.quiet.set(account, quiet);
      if (quiet.fault.kind === 'slow-down' && quiet.until - now >= lastingMs)
        await budgets.hold(host, account, quiet.until);
    },
  };
}

function newState(): HostState {
  return { queue: new PQueue({ concurrency: 1 }), calls: [], reachMs: 0, quiet: new Map(), blocks: 0 };
}

async function respectQuiet(state: HostState, { account, signal }: Caller, clock: Clock): Promise<void> {
  const quiet = state.quiet.get(account);
  if (quiet === undefined) return;
  const waitMs = quiet.until - clock.now();
  if (waitMs >= lastingMs) throw quiet.fault;
  if (waitMs > 0) await clock.sleep(waitMs, signal);
  signal.throwIfAborted();
  state.quiet.delete(account);
}

/** `fault`: for whoever comes after the one that was answered so. */
function quietAfter(host: string, fault: Fault | null, usedUpUntil: number | null, blocks: number) {
  const until = fault?.retryAt ?? null;
  if (fault?.kind === 'slow-down' && until !== null) return { until, fault: wantsQuiet(host, until) };
  if (fault?.kind === 'blocked' && until !== null && blocks >= blockedInARow)
    return { until, fault: turnedAway(host, until) };
  return usedUpUntil === null ? null : { until: usedUpUntil, fault: spent(host, usedUpUntil) };
}

function wantsQuiet(host: string, retryAt: number): Fault {
  return new Fault('slow-down', `${host} asked Earshot to slow down, so it is left alone for now.`, { retryAt });
}

function turnedAway(host: string, retryAt: number): Fault {
  return new Fault('blocked', `${host} turned Earshot away at its door, so it is left alone for now.`, { retryAt });
}

function spent(host: string, retryAt: number): Fault {
  return new Fault('slow-down', `Earshot has asked ${host} as often as it may for now.`, { retryAt });
}
