/** The net door's budgets over the store, since cron starts a new process each time. */
import type { Budgets } from '../net/budgets.ts';
import { heldUntil, holdCalls, reserveCall } from '../store/budgets.ts';
import type { Store } from '../store/store.ts';

export function storedBudgets(store: Store): Budgets {
  return {
    reserve: (host, account, limits, now) =>
      store.write('a call', (tx) => reserveCall(tx, { host, account }, limits, now)),
    hold: (host, account, until) => store.write('a wait', (tx) => holdCalls(tx, { host, account }, until)),
    heldUntil: (host, account, now) => store.read('a wait', (tx) => heldUntil(tx, { host, account }, now)),
  };
}
