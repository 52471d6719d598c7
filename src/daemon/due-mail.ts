/** Sends the digests that are due, and what waits from before. */
import { dueDigests } from '../digest/due.ts';
import { deliver, enqueueDigests, lastDigestDays } from '../jobs/send-digest.ts';
import type { Tools } from '../jobs/tools.ts';
import { firstPassIsOver } from './plan.ts';
import { tellDelivery } from './tell.ts';
import { readWatched } from './watched.ts';

/** The welcome waits until every watch was looked at once; everybody else's digest only for the looks of its own minute. */
export async function sendDueMail(tools: Tools): Promise<void> {
  const { config, clock, log } = tools;
  const heard = firstPassIsOver(await readWatched(tools));
  const due = dueDigests(config.digestTo, await lastDigestDays(tools), clock.now());
  const wanted = due.filter(({ kind }) => kind !== 'welcome' || heard);
  if (wanted.length > 0) await enqueueDigests(tools, wanted);
  for (const delivery of await deliver(tools)) tellDelivery(log, delivery);
}
