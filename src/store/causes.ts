/** What was behind complaints: how often, in which cases, and what was done about it (table `mended`). */
import { type Selectable, sql } from 'kysely';
import { among } from './lists.ts';
import type { MendedTable, Tx } from './tables.ts';
import { causeOf, type TallyFilter } from './tallies.ts';

/** It is known what was behind it, if anybody will ever say. */
const isOver = sql`state in ('fixed', 'happy', 'won-back', 'silent', 'lost')`;

export interface CauseTally {
  readonly brandId: string;
  /** Null: closed or fixed, and nobody said what was behind it. */
  readonly cause: string | null;
  readonly cases: number;
  /** When a customer last spoke of it, milliseconds UTC. */
  readonly lastAt: number;
}

/** Of what customers first said in that time; most cases first. */
export async function causeTallies(tx: Tx, { brandIds, from, to }: TallyFilter): Promise<CauseTally[]> {
  const { rows } = await sql<CauseTally>`
    select "brandId", cause, count(*) as cases, max(said) as "lastAt" from (
      select cases.brand_id as "brandId", ${causeOf} as cause, mentions.said_at as said, cases.state
      from cases join mentions on mentions.id = cases.lead_mention_id
      where cases.brand_id in ${among(brandIds)} and joined_into is null and cases.state <> 'dismissed'
        and mentions.said_at >= ${from} and mentions.said_at < ${to})
    where cause is not null or ${isOver}
    group by 1, 2 order by cases desc, "lastAt" desc, cause`.execute(tx);
  return rows;
}

/** What the brand's people said was behind its complaints, the most frequent first, each as it was last spelt. */
export async function causesOf(
  tx: Tx,
  brandId: string,
): Promise<{
  readonly causes: readonly { readonly cause: string; readonly cases: number }[];
  /** Fixed or brought to an end without one. */
  readonly without: number;
}> {
  const { rows } = await sql<{ readonly cause: string | null; readonly cases: number }>`
    select cause, count(*) as cases from (
      select ${causeOf} as cause, state from cases where brand_id = ${brandId} and joined_into is null)
    where cause is not null or ${isOver}
    group by 1 order by cases desc, cause`.execute(tx);
  return {
    causes: rows.flatMap(({ cause, cases }) => (cause === null ? [] : [{ cause, cases }])),
    without: rows.find(({ cause }) => cause === null)?.cases ?? 0,
  };
}

export interface CausedCase {
  readonly brandId: string;
  readonly cause: string;
  readonly caseId: number;
  /** When its customer first spoke, milliseconds UTC. */
  readonly saidAt: number;
}

/** The cases of these causes, the newest first; without dismissed ones. */
export async function casesCausedBy(
  tx: Tx,
  brandIds: readonly string[],
  causes: readonly string[],
): Promise<CausedCase[]> {
  if (causes.length === 0) return [];
  const { rows } = await sql<CausedCase>`
    select * from (
      select cases.brand_id as "brandId", ${causeOf} as cause, cases.id as "caseId", mentions.said_at as "saidAt"
      from cases join mentions on mentions.id = cases.lead_mention_id
      where cases.brand_id in ${among(brandIds)} and joined_into is null and cases.state <> 'dismissed')
    where cause in ${among(causes)} order by "saidAt" desc, "caseId" desc`.execute(tx);
  return rows;
}

export interface StoredMending {
  readonly id: number;
  readonly brandId: string;
  readonly cause: string;
  /** What was done, in the person's words. */
  readonly what: string;
  readonly by: string;
  /** Milliseconds UTC. */
  readonly at: number;
}

export async function addMending(tx: Tx, { brandId, ...row }: Omit<StoredMending, 'id'>): Promise<void> {
  await tx
    .insertInto('mended')
    .values({ brand_id: brandId, ...row, taken_back_at: null })
    .execute();
}

/** The last one of that cause. @returns whether there was one */
export async function takeMendingBack(tx: Tx, brandId: string, cause: string, at: number): Promise<boolean> {
  const [last] = (await mendings(tx, [brandId])).filter((one) => one.cause === cause);
  if (last) await tx.updateTable('mended').set({ taken_back_at: at }).where('id', '=', last.id).execute();
  return last !== undefined;
}

/** Those that were not taken back, the newest first. */
export async function mendings(tx: Tx, brandIds: readonly string[]): Promise<StoredMending[]> {
  const rows = await tx
    .selectFrom('mended')
    .selectAll()
    .where('brand_id', 'in', among(brandIds))
    .where('taken_back_at', 'is', null)
    .orderBy('id', 'desc')
    .execute();
  return rows.map(mending);
}

function mending({ id, brand_id, cause, what, by, at }: Selectable<MendedTable>): StoredMending {
  return { id, brandId: brand_id, cause, what, by, at };
}
