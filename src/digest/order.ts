/** Which mention comes first: in the digest what stands at the top is all that some mornings have time for. */
import type { MentionFace } from '../face/mention.ts';
import { urgencies } from '../mention.ts';
import type { DigestRows } from './digest.ts';
import { dueAt, ownTitle } from './item.ts';

/** A customer's complaint once, however many posts it has. */
export function onePerCase(mentions: readonly MentionFace[]): readonly MentionFace[] {
  const seen = new Set<number>();
  return mentions.filter(({ case: one }) => {
    if (one === null) return true;
    const isNew = !seen.has(one.id);
    seen.add(one.id);
    return isNew;
  });
}

export function isOverdue(mention: MentionFace, now: number): boolean {
  const due = dueAt(mention);
  return due !== null && due < now;
}

/** As `priority` has them; the rest, or all where there is none, behind. */
export function inOrderOfPriority({ needsYou, priority, now }: DigestRows): readonly MentionFace[] {
  const rest = inOrderOfNeed(needsYou, now);
  if (!priority) return rest;
  const at = new Map([...priority.keys()].map((id, index) => [id, index]));
  return inOrder(rest, ({ id }) => [at.get(id) ?? priority.size]);
}

/** Overdue ones first, the longest overdue at the top; then urgency, due time (else time seen) and id, as in `list`. */
function inOrderOfNeed(mentions: readonly MentionFace[], now: number): readonly MentionFace[] {
  const rank = (mention: MentionFace): readonly number[] => {
    const time = dueAt(mention) ?? Date.parse(mention.firstSeenAt);
    return isOverdue(mention, now) ? [0, time, mention.id] : [1, -urgencies.indexOf(mention.urgency), time, mention.id];
  };
  return inOrder(mentions, rank);
}

export function mostLikelyFirst(mentions: readonly MentionFace[]): readonly MentionFace[] {
  return inOrder(mentions, ({ complaint, id }) => [-complaint.probability, id]);
}

/** Fewer characters than these say no more than stars do. */
const worthReading = 20;

/** Only what is surely about us and surely kind; a word alone behind what says something. */
export function kindestFirst(mentions: readonly MentionFace[]): readonly MentionFace[] {
  const kind = mentions.filter(({ praise, relevance }) => praise && relevance.verdict === 'about');
  const short = (one: MentionFace) => Math.max((ownTitle(one) ?? '').length, one.text.length) < worthReading;
  return inOrder(kind, (one) => [short(one) ? 1 : 0, -(one.sentiment.score ?? 0), -one.id]);
}

function inOrder(mentions: readonly MentionFace[], rank: (mention: MentionFace) => readonly number[]) {
  const ranked = mentions.map((mention) => ({ mention, by: rank(mention) }));
  return ranked.sort((one, other) => compare(one.by, other.by)).map(({ mention }) => mention);
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
