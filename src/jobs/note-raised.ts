/** A customer who gives more stars than before, after we answered: noted on the case, for the mail to tell; with four of five they are won back. */
import { type CaseEvent, refusal } from '../cases/life.ts';
import { casesOfMentions } from '../store/case-mentions.ts';
import { appendEvents, readCases } from '../store/cases.ts';
import type { Tx } from '../store/tables.ts';
import { step } from './case-steps.ts';
import type { Heard } from './hear-again.ts';
import type { Tools } from './tools.ts';

/** Four stars of five; who gives fewer may still be unhappy. */
const wonBackFrom = 0.75;

/** Once a case and edit. */
export async function noteRaised(tools: Tools, tx: Tx, heard: readonly Heard[], now: number): Promise<void> {
  const edits = new Map(heard.flatMap((one) => (isRaised(one) ? [[one.mention.id, one.post] as const] : [])));
  if (edits.size === 0) return;
  const summaries = await casesOfMentions(tx, [...edits.keys()]);
  for (const known of await readCases(tx, [...new Set([...summaries.values()].map(({ id }) => id))])) {
    const post = known.mentionIds.flatMap((id) => edits.get(id) ?? [])[0];
    const [from, to] = [post?.ratingBefore, post?.post.rating];
    const answered = known.events.some(({ kind }) => kind === 'answered');
    if (!from || !to || !answered || refusal(known, 'note') !== null) continue;
    const words = `they give ${to.value} of ${to.scale} stars now in place of ${from.value}, since the answer`;
    const raised = { from: from.value, to: to.value, scale: to.scale };
    const won = to.value / to.scale >= wonBackFrom && refusal(known, 'won-back') === null;
    const event: CaseEvent = won
      ? { kind: 'won-back', at: now, by: 'earshot', details: { words, raised, proof: words } }
      : { kind: 'note', at: now, by: 'earshot', details: { words, raised } };
    await appendEvents(tx, [step(tools, known, event)]);
  }
}

function isRaised({ post: { edited, ratingBefore, post } }: Heard): boolean {
  if (!edited || !ratingBefore || !post.rating) return false;
  return post.rating.value / post.rating.scale > ratingBefore.value / ratingBefore.scale;
}
