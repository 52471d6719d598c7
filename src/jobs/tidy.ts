/** What a database wants now and then: cases that time alone moves on; findings of older rules judged anew, and what is doubtful or unsure read once more; what was let go of wiped from the file; and a page that was shown long ago removed. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { dropOldPage } from './forget-mails.ts';
import { mindCases } from './mind-cases.ts';
import { readUnsure } from './read-unsure.ts';
import { readDoubtful, rejudgeOutdated } from './rejudge.ts';
import type { Tools } from './tools.ts';

/** Some twenty seconds of the precise judge's process. */
const mostRead = 400;
/** Of another's server. */
const mostAsked = { count: 50, forMs: 60_000 };

export async function tidy(tools: Tools): Promise<void> {
  const minded = await mindCases(tools);
  // What judging wants is loaded for a second in which no stop is heard.
  await nextTurn();
  tools.signal.throwIfAborted();
  const { judged } = await rejudgeOutdated(tools, false);
  const read = await readDoubtful(tools, mostRead);
  const asked = await readUnsure(tools, { left: mostAsked.count, until: tools.clock.now() + mostAsked.forMs });
  await tools.store.sweep();
  await dropOldPage(tools);
  if (minded + judged + read + asked > 0) tools.log.info({ minded, judged, read, asked }, 'tidied up');
}
