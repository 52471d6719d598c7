/** Tables `budgets` and `holds`: calls that count against limits of hours and days, since cron starts a new process each time. */
import type { Tx } from './tables.ts';

/** `requests` in any `perSeconds`. */
export interface Limit {
  readonly requests: number;
  readonly perSeconds: number;
}

/** Whose calls are counted together; `account` is null where nobody is signed in. */
export interface BudgetOf {
  readonly host: string;
  readonly account: string | null;
}

/**
 * Counts one call before it is made. Null: go ahead; else nothing was counted, and this is when it may be tried again
 * (milliseconds UTC).
 */
export async function reserveCall(tx: Tx, of: BudgetOf, limits: readonly Limit[], now: number): Promise<number | null> {
  const account = of.account ?? '';
  const longestMs = 1000 * limits.reduce((longest, { perSeconds }) => Math.max(longest, perSeconds), 0);
  await tx
    .deleteFrom('budgets')
    .where('host', '=', of.host)
    .where('account', '=', account)
    .where('at', '<=', now - longestMs)
    .execute();
  let freeAt = now;
  for (const { requests, perSeconds } of limits) {
    const blocking = await tx
      .selectFrom('budgets')
      .select('at')
      .where('host', '=', of.host)
      .where('account', '=', account)
      .orderBy('at', 'desc')
      .limit(1)
      .offset(requests - 1)
      .executeTakeFirst();
    if (blocking) freeAt = Math.max(freeAt, blocking.at + perSeconds * 1000);
  }
  if (freeAt > now) return freeAt;
  await tx.insertInto('budgets').values({ host: of.host, account, at: now }).execute();
  return null;
}

/** How many calls were counted after that moment (milliseconds UTC). */
export async function callsSince(tx: Tx, { host, account }: BudgetOf, after: number): Promise<number> {
  const { calls } = await tx
    .selectFrom('budgets')
    .select((of) => of.fn.countAll<number>().as('calls'))
    .where('host', '=', host)
    .where('account', '=', account ?? '')
    .where('at', '>', after)
    .executeTakeFirstOrThrow();
  return calls;
}

/** The host asked us to stay away until then; an earlier wish never shortens a later one. */
export async function holdCalls(tx: Tx, { host, account }: BudgetOf, until: number): Promise<void> {
  await tx
    .insertInto('holds')
    .values({ host, account: account ?? '', until })
    .onConflict((on) => on.columns(['host', 'account']).doUpdateSet({ until }).where('holds.until', '<', until))
    .execute();
}

/** Null: nobody asked us to wait, or the time is over. */
export async function heldUntil(tx: Tx, { host, account }: BudgetOf, now: number): Promise<number | null> {
  const row = await tx
    .selectFrom('holds')
    .select('until')
    .where('host', '=', host)
    .where('account', '=', account ?? '')
    .where('until', '>', now)
    .executeTakeFirst();
  return row?.until ?? null;
}
