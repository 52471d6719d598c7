/** The mail to whoever takes over an overdue case: what the outbox keeps of it, and what it says when it is sent. */
import { colleague } from '../cases/escalation.ts';
import { whenOpen } from '../cases/hours.ts';
import type { CaseEvent } from '../cases/life.ts';
import { asked, waitsForUs } from '../cases/turn.ts';
import type { Digest } from '../digest/digest.ts';
import { composeEscalation } from '../digest/escalation.ts';
import { MailTrouble } from '../digest/mail-trouble.ts';
import { messageIdOf } from '../digest/message.ts';
import { type Case, readCases } from '../store/cases.ts';
import { readMentions } from '../store/mention-rows.ts';
import type { MailDraft } from '../store/outbox.ts';
import { inboxAddress } from './inbox-address.ts';
import { sender } from './mail-identity.ts';
import { lastingFace } from './mention-face.ts';
import { titlesOf } from './source-titles.ts';
import type { Tools } from './tools.ts';

/** What an outbox row remembers of it: never words. */
export interface EscalationIds {
  readonly caseId: number;
  /** Which of the case's events it tells of; the first is 0. */
  readonly event: number;
}

/**
 * For the escalation that is the case's next event: one mail a step, however often it is asked for, and while the brand is
 * open. Null where the config has no address for that person. @param store what `storeName` gives
 */
export function escalationMail(tools: Tools, known: Case, to: string, store: string): MailDraft | null {
  const recipient = colleague(tools.config.people, to)?.mail;
  if (recipient === undefined) return null;
  const ids: EscalationIds = { caseId: known.id, event: known.events.length };
  const only = { kind: 'escalation', recipient, forDay: `c${ids.caseId}-${ids.event}` } as const;
  const hours = tools.brands.get(known.brandId)?.hours ?? null;
  const notBefore = whenOpen(tools.clock.now(), { hours, timezone: tools.config.timezone });
  return { ...only, ids, notBefore, messageId: messageIdOf({ ...only, store }, sender(tools)) };
}

/** @throws MailTrouble where somebody has seen to it meanwhile: then there is nothing to send */
export async function draftEscalation(tools: Tools, recipient: string, ids: EscalationIds): Promise<Digest> {
  const { caseId, event: index } = ids;
  const { brands, clock, config, earshot } = tools;
  const now = clock.now();
  return tools.store.read('an escalation', async (tx) => {
    const [known] = await readCases(tx, [caseId]);
    const event = known?.events[index];
    const { to, was } = (event?.details ?? {}) as CaseEvent['details'];
    if (!known || !to || !was?.owner || known.owner !== to || !waitsForUs(known, now)) throw seenTo(caseId);
    const [row] = await readMentions(tx, [known.leadMentionId]);
    if (!row) throw seenTo(caseId);
    return composeEscalation({
      caseId,
      recipient,
      earshot,
      now,
      to,
      mention: lastingFace(row),
      from: was.owner,
      dueAt: was.dueAt ?? event?.at ?? now,
      checkBack: asked.includes(was.state),
      timezone: config.timezone,
      brandNames: [...brands.values()].map(({ name }) => name),
      sourceTitles: Object.fromEntries(titlesOf(tools)),
      inboxAddress: await inboxAddress(tx),
    });
  });
}

const seenTo = (caseId: number) =>
  new MailTrouble(`Somebody has seen to c${caseId} meanwhile.`, { scope: 'recipient', permanent: true });
