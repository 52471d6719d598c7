/** What is thought and marked of mentions, without their words: all that deciding on a case needs. */
import type { ComplaintVerdict, RelevanceVerdict, Urgency } from '../mention.ts';
import type { SetAside } from '../watch.ts';
import { among } from './lists.ts';
import { type Marks, marksOf, noMarks } from './marks.ts';
import type { Tx } from './tables.ts';
import { urgencyOf } from './urgency-rank.ts';

export interface Standing {
  readonly mentionId: number;
  readonly brandId: string;
  readonly relevance: RelevanceVerdict;
  readonly complaint: ComplaintVerdict;
  readonly urgency: Urgency;
  readonly setAside: SetAside | null;
  readonly history: boolean;
  readonly marks: Marks;
}

/** In the order of their ids; those that are no more are left out. */
export async function readStandings(tx: Tx, mentionIds: readonly number[]): Promise<Standing[]> {
  if (mentionIds.length === 0) return [];
  const rows = await tx
    .selectFrom('mentions')
    .select(['id', 'brand_id', 'relevance', 'complaint', 'urgency', 'set_aside', 'history'])
    .where('id', 'in', among(mentionIds))
    .orderBy('id')
    .execute();
  const marks = await marksOf(tx, mentionIds);
  return rows.map((row) => ({
    mentionId: row.id,
    brandId: row.brand_id,
    relevance: row.relevance as RelevanceVerdict,
    complaint: row.complaint as ComplaintVerdict,
    urgency: urgencyOf(row.urgency),
    setAside: row.set_aside as SetAside | null,
    history: row.history === 1,
    marks: marks.get(row.id) ?? noMarks,
  }));
}
