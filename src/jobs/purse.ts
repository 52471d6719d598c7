/** What platforms cost where each answer is paid for: counted by the calendar month, kept in the store over restarts. */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { localDay } from '../digest/local-time.ts';
import { Fault } from '../net/fault.ts';
import type { Costs, Purse, Source } from '../sources/source.ts';
import { readMeta, saveMeta } from '../store/meta.ts';
import type { Tx } from '../store/tables.ts';
import type { Watch } from '../watch.ts';
import type { Tools } from './tools.ts';

export interface Spending extends Costs {
  readonly source: string;
  readonly title: string;
  readonly account: string | null;
  /** In this calendar month. */
  readonly spent: number;
}

const free: Purse = {
  left: async () => Number.POSITIVE_INFINITY,
  spend: async (_, ask) => (await ask()).answer,
};

/** Of the account that the watch listens with, whatever brand it is for. */
export function purseOf(
  { store, clock, config }: Tools,
  source: Source,
  watch: Pick<Watch, 'account' | 'options'>,
): Purse {
  const costs = source.costs?.(watch.options);
  if (!costs) return free;
  const key = keyOf(source.id, watch.account);
  const month = () => localDay(clock.now(), config.timezone).slice(0, 7);
  /** @returns whether that much was left; else nothing is counted */
  const count = (amount: number, of: string) =>
    store.write('what it costs', async (tx) => {
      const sum = (await spentIn(tx, key, of)) + amount;
      if (amount > 0 && sum > costs.most) return false;
      await saveMeta(tx, key, JSON.stringify({ month: of, amount: Math.max(0, sum) }));
      return true;
    });
  return {
    left: () => store.read('what is left', async (tx) => Math.max(0, costs.most - (await spentIn(tx, key, month())))),
    spend: async (most, ask) => {
      const of = month();
      if (!(await count(most, of))) throw usedUp(source, costs, of, config.timezone);
      try {
        const { answer, cost } = await ask();
        await count(Math.min(cost, most) - most, of);
        return answer;
      } catch (error) {
        // Whoever did not answer may have counted it all the same.
        if (error instanceof Fault && error.kind !== 'unreachable') await count(-most, of);
        throw error;
      }
    },
  };
}

/** One for each account that the config listens with, where it costs; of several limits the lowest. */
export async function spending(
  tx: Tx,
  { watches, sources, config, clock }: Pick<Tools, 'watches' | 'sources' | 'config' | 'clock'>,
): Promise<Spending[]> {
  const month = localDay(clock.now(), config.timezone).slice(0, 7);
  const found = new Map<string, Spending>();
  for (const { source: id, account, options } of watches) {
    const source = sources.find((one) => one.id === id);
    const costs = source?.costs?.(options);
    if (!source || !costs) continue;
    const key = keyOf(id, account);
    const before = found.get(key);
    if (before && before.most <= costs.most) continue;
    found.set(key, { source: id, title: source.title, account, ...costs, spent: await spentIn(tx, key, month) });
  }
  return [...found.values()];
}

/** What was spent is remembered under names that begin so. */
export const spentBegins = 'spent ';
const keyOf = (source: string, account: string | null) => `${spentBegins}${source} ${account ?? ''}`.trimEnd();

const Spent = z.object({ month: z.string(), amount: z.number() });

async function spentIn(tx: Tx, key: string, month: string): Promise<number> {
  const text = await readMeta(tx, key);
  const spent = text === null ? null : Spent.parse(JSON.parse(text));
  return spent?.month === month ? spent.amount : 0;
}

function usedUp({ title, id }: Source, { most, currency }: Costs, month: string, timezone: string): Fault {
  const next = Temporal.PlainYearMonth.from(month).add({ months: 1 }).toPlainDate({ day: 1 });
  const retryAt = next.toZonedDateTime(timezone).epochMilliseconds;
  return new Fault(
    'slow-down',
    `What ${title} may cost in a month (${most} ${currency}) is spent. Earshot goes on next month; with more in \`${id}.moneyPerMonth\` it goes on at once.`,
    { retryAt },
  );
}
