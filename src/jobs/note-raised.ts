/** A customer who gives more stars than before, after we answered: noted on the case, for the mail to tell. */
import { type CaseEvent, refusal } from '../cases/life.ts';
import { appendEvents, casesOfMentions, readCases } from '../store/cases.ts';
import type { Tx } from '../store/tables.ts';
import type { Heard } from './hear-again.ts';
import { step } from './settle-cases.ts';
import type { Tools } from './tools.ts';

/** Once a case and edit. */
export async function noteRaised(tools: Tools, tx: Tx, heard: readonly Heard[], now: number): Promise<void> {
  const raised = new Map(heard.flatMap((one) => (isRaised(one) ? [[one.mention.id, one.post] as const] : [])));
  if (raised.size === 0) return;
  const summaries = await casesOfMentions(tx, [...raised.keys()]);
  for (const known of await readCases(tx, [...new Set([...summaries.values()].map(({ id }) => id))])) {
    const post = known.mentionIds.flatMap((id) => raised.get(id) ?? [])[0];
    const [from, to] = [post?.ratingBefore, post?.post.rating];
    const answered = known.events.some(({ kind }) => kind === 'answered');
    if (!from || !to || !answered || refusal(known, 'note') !== null) continue;
    const words = `they give ${to.value} of ${to.scale} stars now in place of ${from.value}, since the answer`;
    const details = { words, raised: { from: from.value, to: to.value, scale: to.scale } };
    const event: CaseEvent = { kind: 'note', at: now, by: 'earshot', details };
    await appendEvents(tx, [step(tools, known, event)]);
  }
}

function isRaised({ post: { edited, ratingBefore, post } }: Heard): boolean {
  if (!edited || !ratingBefore || !post.rating) return false;
  return post.rating.value / post.rating.scale > ratingBefore.value / ratingBefore.scale;
}
