/** Which complaints several customers have in common lately, by brand. */
import { dayMs } from '../clock.ts';
import { type Again, againDays, type Subject, sameAgain, type Voice } from '../insight/again.ts';
import type { Tx } from '../store/tables.ts';
import { type ComplaintRow, complaintsBetween, type TopicTally, topicTallies } from '../store/tallies.ts';

/** How often a topic comes up anyway is told from six times as many days. */
const beforeDays = 6 * againDays;
/** A topic that stands for all that has none. */
const noTopic = 'other';

/** @returns by brand, those with any */
export async function readAgain(
  tx: Tx,
  brandIds: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, readonly Again[]>> {
  const from = now - againDays * dayMs;
  // The newest may be as old as that, and so may be the first before it.
  const rows = await complaintsBetween(tx, { brandIds, from: from - againDays * dayMs, to: now + 1 });
  const earlier = await topicTallies(tx, { brandIds, from: from - beforeDays * dayMs, to: from }, beforeDays);
  const found = [...Map.groupBy(rows, ({ brandId }) => brandId)].map(([id, own]): [string, readonly Again[]] => {
    const before = (subject: Subject) => beforeOf(subject, id, earlier);
    return [id, sameAgain(own.map(voiceOf), now, before)];
  });
  return new Map(found.filter(([, again]) => again.length > 0));
}

function voiceOf({ mentionId, saidAt, authorId, caseId, topics, cause }: ComplaintRow): Voice {
  const signs = [authorId === null ? [] : [`author ${authorId}`], caseId === null ? [] : [`case ${caseId}`]].flat();
  return {
    mentionId,
    saidAt,
    customer: signs.length > 0 ? signs : [`mention ${mentionId}`],
    subjects: [
      ...topics.filter((topic) => topic !== noTopic).map((name) => ({ kind: 'topic' as const, name })),
      ...(cause === null ? [] : [{ kind: 'cause' as const, name: cause }]),
    ],
  };
}

function beforeOf({ kind, name }: Subject, brandId: string, earlier: readonly TopicTally[]) {
  if (kind === 'cause') return null;
  const count = earlier
    .filter((one) => one.brandId === brandId && one.topic === name)
    .reduce((sum, { complaints }) => sum + complaints, 0);
  return { count, days: beforeDays, clump: 1 };
}
