/** Asks for a second opinion on what our own judges left unsure, and judges it again by what comes back. */
import { unsureMentions } from '../store/to-judge.ts';
import type { Patience } from './opinions.ts';
import { judgeAgain } from './rejudge.ts';
import { hasPatience, mayAsk, notAskedYet } from './second-opinion.ts';
import type { Tools } from './tools.ts';

/** A page of the pile; what lies deeper than so many pages is months old. */
const page = { mentions: 40, most: 50 };
/** By their database: looks end side by side, and none of them asks what another one is asking. */
const asking = new WeakSet<Tools['store']>();

/**
 * What lies on the pile of what is unsure, the newest first, unless a person has touched it or it was asked about before.
 * @returns how many were judged again
 */
export async function readUnsure(tools: Tools, patience: Patience): Promise<number> {
  if (asking.has(tools.store) || !(await mayAsk(tools))) return 0;
  asking.add(tools.store);
  try {
    let read = 0;
    let beforeId = Number.MAX_SAFE_INTEGER;
    for (let pages = 0; pages < page.most && hasPatience(tools, patience); pages += 1) {
      const limit = page.mentions;
      const mentions = await tools.store.read('what is unsure', (tx) => unsureMentions(tx, { beforeId, limit }));
      const last = mentions.at(-1);
      if (!last) break;
      const untouched = mentions.filter(({ post, touched }) => post.words === 'kept' && !touched);
      const wanted = (await notAskedYet(tools, untouched)).slice(0, patience.left);
      if (wanted.length > 0) await judgeAgain(tools, wanted, { second: patience });
      read += wanted.length;
      beforeId = last.mentionId;
    }
    return read;
  } finally {
    asking.delete(tools.store);
  }
}
