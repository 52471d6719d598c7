/** The queue and the mail in numbers. */
import { listCases } from '../store/cases.ts';
import { countListed } from '../store/mention-list.ts';
import { lastMails } from '../store/outbox.ts';
import type { Tools } from './tools.ts';

export interface Standing {
  readonly flagged: number;
  readonly overdue: number;
  readonly unsure: number;
  readonly mentions: number;
  /** The last mail of each recipient; `sentAt` in milliseconds UTC. */
  readonly mails: readonly {
    readonly recipient: string;
    readonly forDay: string;
    readonly sentAt: number | null;
    readonly trouble: string | null;
  }[];
}

export async function standing(tools: Tools): Promise<Standing> {
  const now = tools.clock.now();
  return tools.store.read('where things stand', async (tx) => {
    const late = await listCases(tx, { brandIds: [...tools.brands.keys()], dueBy: now });
    const mails: Standing['mails'][number][] = [];
    for (const { address } of tools.config.digestTo) {
      const [last] = await lastMails(tx, { kinds: ['digest', 'welcome'], recipient: address, limit: 1 });
      if (last) mails.push({ recipient: address, forDay: last.forDay, sentAt: last.sentAt, trouble: last.trouble });
    }
    return {
      flagged: await countListed(tx, { pile: 'flagged' }),
      overdue: late.length,
      unsure: await countListed(tx, { pile: 'unsure' }),
      mentions: await countListed(tx, { pile: 'all' }),
      mails,
    };
  });
}
