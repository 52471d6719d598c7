/** What happens to cases by the time alone: an overdue one goes on to the next person, a silent customer's is closed. */
import { escalation } from '../cases/escalation.ts';
import type { CaseEvent } from '../cases/life.ts';
import { fellSilent } from '../cases/silence.ts';
import { appendEvents, type Case, listCases, readCases } from '../store/cases.ts';
import { step } from './case-steps.ts';
import type { Tools } from './tools.ts';

const dayMs = 86_400_000;

/** @returns how many cases it did something to */
export async function mindCases(tools: Tools): Promise<number> {
  const now = tools.clock.now();
  const filter = { brandIds: [...tools.brands.keys()], open: true };
  return tools.store.write('minding cases', async (tx) => {
    const open = await listCases(tx, filter);
    const ids = open.filter(({ state, owner }) => owner !== null && state !== 'new').map(({ id }) => id);
    const steps = (await readCases(tx, ids)).flatMap((known) => {
      const event = due(tools, known, now);
      return event ? [step(tools, known, { ...event, at: now, by: 'earshot' })] : [];
    });
    await appendEvents(tx, steps);
    return steps.length;
  });
}

function due({ config }: Tools, known: Case, now: number): Pick<CaseEvent, 'kind' | 'details'> | null {
  const { closeSilentAfterMs: after, people } = config;
  if (fellSilent(known, now, after)) {
    const days = Math.round(after / dayMs);
    const why = `asked back twice, and not a word for ${days === 1 ? 'a day' : `${days} days`}`;
    return { kind: 'silent', details: { why } };
  }
  const to = escalation(known, people, now);
  return to === null ? null : { kind: 'escalated', details: { to, why: 'it was overdue' } };
}
