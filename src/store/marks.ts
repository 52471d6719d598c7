/** Table `marks`: what people said of our judgements. Rows are only added; taking a mark back is a row of its own. */
import type { MarkKind } from '../mention.ts';
import { type Found, foundNow } from './found.ts';
import { among } from './lists.ts';
import { refreshPiles } from './piles.ts';
import type { Tx } from './tables.ts';

export interface Mark {
  readonly mentionId: number;
  readonly kind: MarkKind;
  /** A person's name. */
  readonly by: string;
  readonly at: number;
  readonly why?: string | null;
}

/** What stands for each question that people can answer; null where nobody has, or the answer was taken back. */
export interface Marks {
  readonly complaint: 'complaint' | 'no-complaint' | null;
  readonly us: 'us' | 'not-us' | null;
  readonly urgent: boolean;
  readonly solved: boolean;
}

export const noMarks: Marks = { complaint: null, us: null, urgent: false, solved: false };

export async function addMarks(tx: Tx, marks: readonly Mark[]): Promise<void> {
  await append(tx, marks, 0);
}

/** Takes marks back, as if nobody had answered that question; kept on record. */
export async function withdrawMarks(tx: Tx, marks: readonly Mark[]): Promise<void> {
  await append(tx, marks, 1);
}

/** What stands now for each mention that was ever marked. */
export async function marksOf(tx: Tx, mentionIds: readonly number[]): Promise<Map<number, Marks>> {
  const standing = new Map<number, Marks>();
  for (const row of await marksInOrder(tx, mentionIds))
    standing.set(row.mentionId, { ...(standing.get(row.mentionId) ?? noMarks), ...answer(row) });
  return standing;
}

/** What was ever marked so, in these words, and not yet answered otherwise or taken back. */
export async function markedBecause(tx: Tx, kind: MarkKind, why: string): Promise<number[]> {
  const rows = await tx
    .selectFrom('marks')
    .select('mention_id')
    .distinct()
    .where('kind', '=', kind)
    .where('why', '=', why)
    .execute();
  const ids = rows.map((row) => row.mention_id);
  const asked = (await marksInOrder(tx, ids)).filter((one) => questionOf(one.kind) === questionOf(kind));
  return [...Map.groupBy(asked, (one) => one.mentionId)].flatMap(([id, marks]) => {
    const last = marks.at(-1);
    return last && !last.withdrawn && last.kind === kind && last.why === why ? [id] : [];
  });
}

const questionOf = (kind: MarkKind) => kind.replace(/^not?-/, '');

/** All that was ever marked and taken back, oldest first. */
export async function marksInOrder(
  tx: Tx,
  mentionIds: readonly number[],
): Promise<(Required<Mark> & { readonly id: number; readonly withdrawn: boolean })[]> {
  const rows = await tx
    .selectFrom('marks')
    .selectAll()
    .where('mention_id', 'in', among(mentionIds))
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    mentionId: row.mention_id,
    kind: row.kind as MarkKind,
    by: row.by,
    at: row.at,
    why: row.why,
    withdrawn: row.withdrawn === 1,
  }));
}

/** A number that every mark changes, also one that another process makes. */
export async function lastMark(tx: Tx): Promise<number> {
  const row = await tx
    .selectFrom('marks')
    .select(({ fn }) => fn.max('id').as('last'))
    .executeTakeFirst();
  return row?.last ?? 0;
}

/** The same for each brand of which anything was ever marked. */
export async function lastMarks(tx: Tx): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('marks')
    .innerJoin('mentions', 'mentions.id', 'marks.mention_id')
    .select(['mentions.brand_id', ({ fn }) => fn.max('marks.id').as('last')])
    .groupBy('mentions.brand_id')
    .execute();
  return new Map(rows.map((row) => [row.brand_id, row.last]));
}

/** Mentions of a brand of which somebody's word stands on what they are, the newest mark first. */
export async function decidedMentions(tx: Tx, brandId: string, limit: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('marks')
    .innerJoin('mentions', 'mentions.id', 'marks.mention_id')
    .select('mentions.id')
    .where('mentions.brand_id', '=', brandId)
    .where((it) => it.or([it('marked_us', 'is not', null), it('marked_complaint', 'is not', null)]))
    .where('marks.kind', 'in', ['complaint', 'no-complaint', 'us', 'not-us'])
    .groupBy('mentions.id')
    .orderBy(({ fn }) => fn.max('marks.id'), 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

function answer({ kind, withdrawn }: { readonly kind: MarkKind; readonly withdrawn: boolean }): Partial<Marks> {
  switch (kind) {
    case 'complaint':
    case 'no-complaint':
      return { complaint: withdrawn ? null : kind };
    case 'us':
    case 'not-us':
      return { us: withdrawn ? null : kind };
    case 'urgent':
      return { urgent: !withdrawn };
    case 'solved':
      return { solved: !withdrawn };
  }
}

async function append(tx: Tx, marks: readonly Mark[], withdrawn: 0 | 1): Promise<void> {
  if (marks.length === 0) return;
  const found = await foundOf(
    tx,
    marks.map(({ mentionId }) => mentionId),
  );
  const rows = marks.map(({ mentionId, kind, by, at, why }) => ({
    mention_id: mentionId,
    kind,
    by,
    at,
    why: why ?? null,
    withdrawn,
    found: found.get(mentionId) ?? null,
  }));
  await tx.insertInto('marks').values(rows).execute();
  await keepInMentions(tx, [...new Set(marks.map(({ mentionId }) => mentionId))]);
}

/** A case that is open was flagged, whatever we have come to think since. */
async function foundOf(tx: Tx, mentionIds: readonly number[]): Promise<Map<number, Found>> {
  const rows = await tx
    .selectFrom('mentions')
    .leftJoin('cases', (join) =>
      join.onRef('cases.lead_mention_id', '=', 'mentions.id').on('cases.closed_at', 'is', null),
    )
    .select(['mentions.id', 'cases.id as case_id', foundNow.as('found')])
    .where('mentions.id', 'in', among(mentionIds))
    .execute();
  return new Map(rows.map((row) => [row.id, row.case_id === null ? row.found : 'flagged']));
}

/** The piles are put in order by columns of the mention, so what stands is repeated there. */
async function keepInMentions(tx: Tx, mentionIds: readonly number[]): Promise<void> {
  for (const [id, { us, complaint, urgent }] of await marksOf(tx, mentionIds)) {
    await tx
      .updateTable('mentions')
      .set({
        marked_us: us === null ? null : us === 'us' ? 1 : 0,
        marked_complaint: complaint === null ? null : complaint === 'complaint' ? 1 : 0,
        marked_urgent: urgent ? 1 : null,
      })
      .where('id', '=', id)
      .execute();
  }
  await refreshPiles(tx, mentionIds);
}
