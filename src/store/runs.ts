/** Table `runs`: each go at each watch, with its outcome and counts. */
import type { Selectable } from 'kysely';
import type { RunOutcome, SetAside, TroubleKind } from '../watch.ts';
import type { RunsTable, Tx } from './tables.ts';
import type { WatchIdentity } from './watches.ts';

export interface Run {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: RunOutcome;
  /** Posts that the platform gave. */
  readonly seen: number;
  /** New mentions. */
  readonly fresh: number;
  /** New mentions that need somebody. */
  readonly flagged: number;
  readonly setAside: Readonly<Partial<Record<SetAside, number>>>;
  readonly fault: { readonly kind: TroubleKind; readonly message: string } | null;
}

export interface StoredRun extends Run {
  readonly id: number;
  readonly watch: WatchIdentity;
}

/** @param watchId as `saveProgress` gives it. @returns the run's id. */
export async function addRun(tx: Tx, watchId: number, run: Run): Promise<number> {
  const row = await tx
    .insertInto('runs')
    .values({
      watch_id: watchId,
      started_at: run.startedAt,
      ended_at: run.endedAt,
      outcome: run.outcome,
      seen: run.seen,
      fresh: run.fresh,
      flagged: run.flagged,
      set_aside: JSON.stringify(run.setAside),
      fault: run.fault === null ? null : JSON.stringify(run.fault),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** No look takes longer. */
const longestRunMs = 86_400_000;

/** Runs that ended in `[from, to)`, oldest first: what has not ended is not kept yet. */
export async function runsBetween(tx: Tx, from: number, to: number): Promise<StoredRun[]> {
  const rows = await selectRuns(tx)
    .where('runs.started_at', '>=', from - longestRunMs)
    .where('runs.ended_at', '>=', from)
    .where('runs.ended_at', '<', to)
    .orderBy('runs.id')
    .execute();
  return rows.map(storedRun);
}

function selectRuns(tx: Tx) {
  return tx
    .selectFrom('runs')
    .innerJoin('watches', 'watches.id', 'runs.watch_id')
    .selectAll('runs')
    .select(['watches.source', 'watches.brand', 'watches.key']);
}

function storedRun(row: Selectable<RunsTable> & WatchIdentity): StoredRun {
  return {
    id: row.id,
    watch: { source: row.source, brand: row.brand, key: row.key },
    startedAt: row.started_at,
    endedAt: row.ended_at,
    outcome: row.outcome as RunOutcome,
    seen: row.seen,
    fresh: row.fresh,
    flagged: row.flagged,
    setAside: JSON.parse(row.set_aside) as Run['setAside'],
    fault: row.fault === null ? null : (JSON.parse(row.fault) as Run['fault']),
  };
}
