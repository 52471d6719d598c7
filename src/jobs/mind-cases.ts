/** What happens to cases by the time alone: an overdue one goes on to the next person, who gets a mail, a silent customer's is closed. */
import { escalation } from '../cases/escalation.ts';
import { dueAfter } from '../cases/hours.ts';
import type { CaseEvent } from '../cases/life.ts';
import { fellSilent } from '../cases/silence.ts';
import { dayMs } from '../clock.ts';
import { listCases } from '../store/case-list.ts';
import { appendEvents, type Case, readCases } from '../store/cases.ts';
import { enqueueMails } from '../store/outbox.ts';
import { promptnessOf, step } from './case-steps.ts';
import { escalationMail } from './escalation-mail.ts';
import { storeName } from './mail-identity.ts';
import type { Tools } from './tools.ts';

/** @returns how many cases it did something to */
export async function mindCases(tools: Tools): Promise<number> {
  const now = tools.clock.now();
  const store = await storeName(tools);
  const filter = { brandIds: [...tools.brands.keys()], open: true };
  return tools.store.write('minding cases', async (tx) => {
    const open = await listCases(tx, filter);
    const ids = open.filter(({ state, owner }) => owner !== null && state !== 'new').map(({ id }) => id);
    const dues = (await readCases(tx, ids)).flatMap((known) => {
      const event = due(tools, known, now);
      return event ? [{ known, event }] : [];
    });
    const steps = dues.map(({ known, event }) => step(tools, known, { ...event, at: now, by: 'earshot' }));
    const mails = dues.flatMap(({ known, event: { details } }) =>
      details.to === undefined ? [] : (escalationMail(tools, known, details.to, store) ?? []),
    );
    await appendEvents(tx, steps);
    await enqueueMails(tx, mails, now);
    return steps.length;
  });
}

function due(tools: Tools, known: Case, now: number): Pick<CaseEvent, 'kind' | 'details'> | null {
  const { closeSilentAfterMs: after, people } = tools.config;
  if (fellSilent(known, now, after)) {
    const days = Math.round(after / dayMs);
    const why = `asked back twice, and not a word for ${days === 1 ? 'a day' : `${days} days`}`;
    return { kind: 'silent', details: { why } };
  }
  const { answerWithin, time } = promptnessOf(tools, known.brandId, known.urgency);
  const to = escalation(known, people, now, (at) => dueAfter(at, answerWithin, time));
  return to === null ? null : { kind: 'escalated', details: { to, why: 'it was overdue' } };
}
