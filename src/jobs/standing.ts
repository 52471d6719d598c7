/** The queue and the mail in numbers. */
import { type LeftBehind, readLeftBehind } from '../store/brands.ts';
import { countCases } from '../store/case-list.ts';
import { countListed } from '../store/mention-list.ts';
import { lastMails, type Mail } from '../store/outbox.ts';
import { type Spending, spending } from './purse.ts';
import { type SecondStanding, secondStanding } from './second-means.ts';
import type { Tools } from './tools.ts';
import { countQueue, type Queue } from './turns.ts';

export interface Standing extends Queue {
  readonly overdue: number;
  readonly mentions: number;
  readonly leftBehind: readonly LeftBehind[];
  /** The last mail of each recipient; `sentAt` in milliseconds UTC. */
  readonly mails: readonly {
    readonly recipient: string;
    readonly forDay: string;
    readonly sentAt: number | null;
    readonly trouble: string | null;
    readonly state: Mail['state'];
    /** When it is tried again, or its claim runs out; null where nobody knows, or never. */
    readonly nextTryAt: number | null;
  }[];
  /** Null where none is asked for. */
  readonly second: SecondStanding | null;
  /** Of the places that cost. */
  readonly spending: readonly Spending[];
}

export async function standing(tools: Tools): Promise<Standing> {
  const now = tools.clock.now();
  const { secondOpinion, timezone } = tools.config;
  return tools.store.read('where things stand', async (tx) => {
    const mails: Standing['mails'][number][] = [];
    for (const { address } of tools.config.digestTo) {
      const [last] = await lastMails(tx, { kinds: ['digest', 'welcome'], recipient: address, limit: 1 });
      if (!last) continue;
      const { forDay, sentAt, trouble, state, nextAt } = last;
      mails.push({ recipient: address, forDay, sentAt, trouble, state, nextTryAt: nextAt });
    }
    return {
      ...(await countQueue(tx, {}, now)),
      overdue: await countCases(tx, { brandIds: [...tools.brands.keys()], dueBy: now }),
      mentions: await countListed(tx, { pile: 'all' }),
      leftBehind: await readLeftBehind(tx, [...tools.brands.keys()]),
      mails,
      second: secondOpinion && (await secondStanding(tx, secondOpinion, { now, timezone })),
      spending: await spending(tx, tools),
    };
  });
}
