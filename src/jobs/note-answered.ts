/** A complaint that the business has answered where it stands is answered here too: nobody has to say so twice. */
import type { CaseEvent } from '../cases/life.ts';
import { ours } from '../cases/turn.ts';
import type { OwnAnswer, Post } from '../mention.ts';
import { casesOfMentions } from '../store/case-mentions.ts';
import { appendEvents, type Case, readCases } from '../store/cases.ts';
import type { Tx } from '../store/tables.ts';
import { step } from './case-steps.ts';
import type { Heard } from './hear-again.ts';
import { sourceTermsOf } from './source-terms.ts';
import { titlesOf } from './source-titles.ts';
import type { Tools } from './tools.ts';

/** Only where it is our turn, and the customer has written nothing since; each answer counts once. */
export async function noteAnswered(tools: Tools, tx: Tx, heard: readonly Heard[], now: number): Promise<void> {
  const answered = new Map(heard.flatMap(({ mention, post }) => (post.answered ? [[mention.id, post.post]] : [])));
  if (answered.size === 0) return;
  const summaries = await casesOfMentions(tx, [...answered.keys()]);
  const termsOfSource = await sourceTermsOf(tools, [...answered.values()]);
  for (const known of await readCases(tx, [...new Set([...summaries.values()].map(({ id }) => id))])) {
    const post = known.mentionIds.flatMap((id) => answered.get(id) ?? [])[0];
    if (!post?.answer || !ours.includes(known.state) || wroteSince(post)) continue;
    const where = titlesOf(tools).get(post.source) ?? post.source;
    if (isTold(known, where, post.answer)) continue;
    const { at } = post.answer;
    const details = {
      where,
      ...(at !== null && termsOfSource(post.source)?.keeps !== 'id-only' && { answeredAt: at }),
    };
    const event: CaseEvent = { kind: 'answered', at: now, by: 'earshot', details };
    await appendEvents(tx, [step(tools, known, event)]);
  }
}

/** It counted already, whatever became of the case since. */
function isTold({ events }: Case, place: string, { at }: OwnAnswer): boolean {
  return events.some(({ kind, by, details }) => {
    const { where, answeredAt = at } = details as CaseEvent['details'];
    return kind === 'answered' && by === 'earshot' && where === place && answeredAt === at;
  });
}

function wroteSince({ answer, publishedAt, editedAt }: Post): boolean {
  const at = answer?.at ?? null;
  return at !== null && Math.max(publishedAt ?? 0, editedAt ?? 0) > at;
}
