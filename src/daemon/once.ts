/** One pass over everything that is due: what cron runs with `earshot start --once`. */
import { recheck } from '../jobs/recheck.ts';
import { tidy } from '../jobs/tidy.ts';
import type { Tools } from '../jobs/tools.ts';
import { sendDueMail } from './due-mail.ts';
import { learn } from './learn.ts';
import { createLooks } from './looks.ts';
import { tellTrouble } from './tell.ts';

/**
 * Looks first, so that the digest tells of what they bring. A step's trouble is told and does not stop the next one.
 * Clocks need no step: what is overdue, snoozed or to be checked back is read from the time.
 * @returns whether every step went well; a place that could not be read is no trouble of the pass
 */
export async function doWhatIsDue(tools: Tools): Promise<boolean> {
  let well = true;
  const step = async (what: string, act: () => Promise<void>) => {
    if (tools.signal.aborted) return;
    try {
      await act();
    } catch (error) {
      if (tools.signal.aborted) return;
      well = false;
      tellTrouble(tools.log, what, error);
    }
  };
  await step('learning what to listen for', () => learn(tools));
  await step('looking at what is due', () => createLooks().startDue(tools));
  await step('looking again', async () => void (await recheck(tools)));
  await step('tidying up', () => tidy(tools));
  await step('sending the mail', () => sendDueMail(tools));
  return well;
}
