/** Lets a case follow when its customer speaks again: says the same once more, or makes it worse by an edit. */
import { type Grief, isRepeated, worse } from '../cases/again.ts';
import { type CaseEventKind, refusal } from '../cases/life.ts';
import { turnOf } from '../cases/turn.ts';
import { casesOfMentions } from '../store/case-mentions.ts';
import { appendEvents, type Case, readCases } from '../store/cases.ts';
import type { MentionDraft, SavedMention } from '../store/mentions.ts';
import type { SavedPost } from '../store/posts.ts';
import { placesBesideFirst, readStandings, type Standing } from '../store/standings.ts';
import type { Tx } from '../store/tables.ts';
import { atLeast, step } from './case-steps.ts';
import { isEcho } from './same-words.ts';
import { isComplaint } from './settle-cases.ts';
import type { Tools } from './tools.ts';

/** A draft that was just saved. */
export interface Heard {
  readonly mention: SavedMention;
  readonly draft: MentionDraft;
  readonly post: SavedPost;
}

/** Only where it is not our turn, or was put off; once a case. @param before the standings before it was saved */
export async function hearAgain(
  tools: Tools,
  tx: Tx,
  heard: readonly Heard[],
  before: readonly Standing[],
  now: number,
): Promise<void> {
  const loud = heard.filter(({ mention, post }) => mention.joined || post.edited);
  if (loud.length === 0) return;
  const ids = loud.map(({ mention }) => mention.id);
  const summaries = await casesOfMentions(tx, ids);
  const waiting = [...summaries.values()].filter((one) => turnOf({ ...one, promise: null }, now) !== 'ours');
  const cases = new Map((await readCases(tx, [...new Set(waiting.map(({ id }) => id))])).map((one) => [one.id, one]));
  const standings = new Map((await readStandings(tx, ids)).map((one) => [one.mentionId, one]));
  const pairs = await placesBesideFirst(
    tx,
    loud.map(({ mention }) => ({ mentionId: mention.id, postId: mention.postId })),
  );
  const was = new Map(before.map((one) => [one.mentionId, one]));
  for (const one of loud) {
    const { id, joined, postId } = one.mention;
    const known = cases.get(summaries.get(id)?.id ?? 0);
    const standing = standings.get(id);
    if (!known || !standing || refusal(known, 'spoke-again') !== null) continue;
    const pair = pairs.get(postId);
    // Whoever says the same as somebody else is not this case's customer.
    const repeats =
      joined &&
      !(isEcho(standing) && known.leadMentionId !== id) &&
      pair &&
      isComplaint(standing) &&
      isRepeated(pair.first, pair.next, leftUs(known));
    const why = repeats ? 'they wrote nearly the same once more' : edited(one, was.get(id));
    if (why === null) continue;
    const details = { why, urgency: atLeast(known.urgency, standing.urgency) };
    await appendEvents(tx, [step(tools, known, { kind: 'spoke-again', at: now, by: 'earshot', details })]);
    cases.delete(known.id);
  }
}

const ourPart: readonly string[] = ['answered', 'snooze', 'fix', 'happy'] satisfies readonly CaseEventKind[];

/** When we last did our part. */
function leftUs({ events, openedAt }: Case): number {
  return events.findLast(({ kind }) => ourPart.includes(kind))?.at ?? openedAt;
}

function edited({ draft, post, mention }: Heard, before: Standing | undefined): string | null {
  if (!post.edited || mention.fresh || !before) return null;
  const { findings } = draft;
  const then: Grief = { complains: isComplaint(before), severity: before.severity, rating: post.ratingBefore };
  const judged = {
    ...before,
    complaint: findings.complaint.verdict,
    relevance: findings.relevance.verdict,
    setAside: null,
    gone: false,
  };
  return worse(then, { complains: isComplaint(judged), severity: findings.severity, rating: post.post.rating });
}
