/** The mail to whoever takes over an overdue case: whose it was, since when, what was said, and what to do. */
import type { MentionFace } from '../face/mention.ts';
import { onOneLine } from '../text/clean.ts';
import { shellWord } from '../text/command.ts';
import type { Digest, DigestRows } from './digest.ts';
import { itemOf } from './item.ts';
import { sayDate, sayMoment } from './local-time.ts';
import { brandsOf } from './subject.ts';

/** Read from the store when it is sent. Times are milliseconds UTC. */
export interface EscalationRows
  extends Pick<
    DigestRows,
    'earshot' | 'brandNames' | 'recipient' | 'now' | 'timezone' | 'sourceTitles' | 'inboxAddress'
  > {
  readonly caseId: number;
  /** The post that stands for the case. */
  readonly mention: MentionFace;
  /** Who let it become overdue, and who has it now; as the config names them. */
  readonly from: string;
  readonly to: string;
  readonly dueAt: number;
  /** The customer has an answer: what is overdue is the question whether all is well. */
  readonly checkBack: boolean;
}

export function composeEscalation(rows: EscalationRows): Digest {
  const { caseId, mention, dueAt, checkBack, now, timezone, earshot } = rows;
  const from = onOneLine(rows.from);
  const to = onOneLine(rows.to);
  const headline = checkBack ? 'A check-back is yours now' : 'A complaint is yours now';
  const what = checkBack ? 'To ask this customer whether all is well' : 'An answer to this customer';
  const nothing = { title: '', items: [], total: 0, more: null };
  return {
    kind: 'escalation',
    subject: `${headline}, c${caseId}: ${from} did not get to it · ${onOneLine(mention.brand)}`,
    headline,
    about: brandsOf({ brandNames: [mention.brand] }),
    date: sayDate(now, timezone),
    connect: null,
    lead: [
      `${what} was due ${sayMoment(dueAt, now, timezone)}, and ${from} did not get to it. ${to}, it is yours now.`,
    ],
    needsYou: { title: 'Waits for you', items: [itemOf(mention, 'overdue', rows)], total: 1, more: null },
    correction: {
      say: `If it is to stay with ${from}`,
      command: `${earshot} case assign c${caseId} ${shellWord(from)}`,
    },
    news: { title: '', lines: [], more: null },
    unsure: nothing,
    praise: nothing,
    places: { title: '', lines: [], more: null },
    ratings: { title: '', lines: [] },
    leftOut: { title: '', lines: [] },
    counts: { title: '', lines: [] },
    inbox: rows.inboxAddress
      ? {
          say: 'On the computer where Earshot runs, work it at',
          address: `${rows.inboxAddress}#c${caseId}-needsYou`,
        }
      : null,
    footer: [
      `Times are those of ${timezone}.`,
      `This mail comes from Earshot on your own computer, for ${onOneLine(rows.recipient)}: under “people” its config file says that you take over what ${from} does not get to.`,
    ],
  };
}
