/** What its customer lets us hope of a case: they say that it was put right, and complained of nothing after it. */
import { sql } from 'kysely';
import type { CaseHint } from '../mention.ts';
import { among } from './lists.ts';
import { readStandings, type Standing } from './standings.ts';
import type { Tx } from './tables.ts';

/** It is still shown, and nobody marked it otherwise. */
export function saysResolved({ resolved, gone, setAside, marks }: Standing): boolean {
  return resolved && !gone && setAside === null && marks.us !== 'not-us' && marks.complaint !== 'complaint';
}

/** How long after all that these say it was said, milliseconds; none or less: they speak of something since. Infinity where there are none. */
export function saidAfter(said: Standing, members: readonly Standing[]): number {
  const others = members.filter(({ mentionId }) => mentionId !== said.mentionId);
  return Math.min(...others.map((other) => spokeAt(said) - spokeAt(other)));
}

const spokeAt = ({ saidAt, editedAt }: Standing): number => Math.max(saidAt, editedAt ?? 0);

/** No other step starts from what a reopened case was: whatever goes back to there takes the reopening back. */
const isTakenBack = sql`exists (
  select 1 from case_events back where back.case_id = later.case_id and back.id > later.id and back.kind = 'undo'
    and back.details -> '$.life' = later.details -> '$.was')`;

/** By the times at which things were said, in whatever order they were heard; a person who reopens a case knows better. */
export async function hintsOf(tx: Tx, caseIds: readonly number[]): Promise<Map<number, CaseHint>> {
  if (caseIds.length === 0) return new Map();
  const { rows } = await sql<{ readonly caseId: number; readonly mentionId: number }>`
    select event.case_id as "caseId", said.value as "mentionId"
    from case_events event, json_each(event.details, '$.mentionIds') said
    where event.kind = 'resolved' and event.case_id in ${among(caseIds)} and not exists (
      select 1 from case_events later where later.case_id = event.case_id and later.id > event.id
        and later.kind = 'reopen' and not (${isTakenBack}))`.execute(tx);
  if (rows.length === 0) return new Map();
  const said = await standingsById(
    tx,
    rows.map(({ mentionId }) => mentionId),
  );
  const members = await membersOf(
    tx,
    rows.map(({ caseId }) => caseId),
  );
  const hinted = rows.filter(({ caseId, mentionId }) => {
    const saying = said.get(mentionId);
    return saying !== undefined && saysResolved(saying) && saidAfter(saying, members.get(caseId) ?? []) > 0;
  });
  return new Map(hinted.map(({ caseId }) => [caseId, 'resolved']));
}

/** What these authors said of the brand that says so, by their accounts. */
export async function resolvedBy(tx: Tx, brandId: string, authorIds: readonly number[]): Promise<Standing[]> {
  if (authorIds.length === 0) return [];
  const rows = await tx
    .selectFrom('posts')
    .innerJoin('mention_posts', 'mention_posts.post_id', 'posts.id')
    .innerJoin('mentions', 'mentions.id', 'mention_posts.mention_id')
    .select('mentions.id')
    .distinct()
    .where('posts.author_id', 'in', among(authorIds))
    .where('mentions.brand_id', '=', brandId)
    .where('mentions.resolved', '=', 1)
    .execute();
  const standings = await readStandings(
    tx,
    rows.map(({ id }) => id),
  );
  return standings.filter(saysResolved);
}

async function standingsById(tx: Tx, mentionIds: readonly number[]): Promise<ReadonlyMap<number, Standing>> {
  return new Map((await readStandings(tx, mentionIds)).map((one) => [one.mentionId, one]));
}

async function membersOf(tx: Tx, caseIds: readonly number[]): Promise<ReadonlyMap<number, readonly Standing[]>> {
  const rows = await tx.selectFrom('case_mentions').selectAll().where('case_id', 'in', among(caseIds)).execute();
  const known = await standingsById(
    tx,
    rows.map((row) => row.mention_id),
  );
  const members = Map.groupBy(rows, (row) => row.case_id);
  return new Map([...members].map(([id, list]) => [id, list.flatMap((row) => known.get(row.mention_id) ?? [])]));
}
