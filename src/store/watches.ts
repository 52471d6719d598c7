/** Table `watches`: how far each watch has come, and how it fares. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { TroubleKind, Validators, Watch } from '../watch.ts';
import { tableOf } from './lists.ts';
import type { Tx, WatchesTable } from './tables.ts';

/** What a watch is known by: source and key, and for a search its brand. */
export interface WatchIdentity {
  readonly source: string;
  /** The brand's id for a search; '' for a place, which is read once for all brands. */
  readonly brand: string;
  readonly key: string;
}

export interface WatchFault {
  readonly kind: TroubleKind;
  readonly message: string;
  readonly retryAt: number | null;
  /** Since when it could not look. */
  readonly since: number;
  /** Nobody asked there the last time: another question to the same site had ended badly. */
  readonly unasked?: boolean;
}

/** Times are milliseconds UTC. Saved in the transaction that saves the posts it stands for. */
export interface Progress {
  /** What is older has been read. */
  readonly markAt: number | null;
  /** Where to go on within what was read: a stream's place, the next page's mark. */
  readonly position: string | null;
  /** What the platform gave for "has anything changed?", and how its addresses want to be asked. */
  readonly validators: Validators;
  readonly termsFingerprint: string | null;
  readonly firstRunAt: number | null;
  readonly lastGoodAt: number | null;
  readonly lastNewAt: number | null;
  readonly lastTriedAt: number | null;
  readonly fault: WatchFault | null;
  /** When a look ended at the most that the platform gives: what was said before may be missing. */
  readonly gapSince: number | null;
  /** What is limited but not failed, as a sentence. */
  readonly note: string | null;
  /** Of a stream: since when it is listened to without a break; null where it is not, or nobody said goodbye. */
  readonly listeningSince: number | null;
  /** Of a stream: the last stretch of time of which it cannot give what was said. */
  readonly gap: { readonly from: number; readonly to: number } | null;
}

export const noProgress: Progress = {
  markAt: null,
  position: null,
  validators: {},
  termsFingerprint: null,
  firstRunAt: null,
  lastGoodAt: null,
  lastNewAt: null,
  lastTriedAt: null,
  fault: null,
  gapSince: null,
  note: null,
  listeningSince: null,
  gap: null,
};

/** One for each given watch, in order; `noProgress` for one that was never saved. */
export async function readProgress(tx: Tx, watches: readonly WatchIdentity[]): Promise<Progress[]> {
  if (watches.length === 0) return [];
  const wanted = tableOf(watches.map(({ source, brand, key }) => ({ source, brand, key })));
  const rows = await tx
    .selectFrom('watches')
    .selectAll()
    .where(sql<boolean>`(source, brand, key) in ${wanted}`)
    .execute();
  const known = new Map(rows.map((row) => [watchKey(row), storedProgress(row)]));
  return watches.map((watch) => known.get(watchKey(watch)) ?? noProgress);
}

/** `noProgress` where it was never saved. */
export async function progressOf(tx: Tx, watch: Watch): Promise<Progress> {
  return (await readProgress(tx, [watchRow(watch)]))[0] ?? noProgress;
}

/** @returns the watch's id, by which runs name it. */
export async function saveProgress(tx: Tx, watch: WatchIdentity, progress: Progress): Promise<number> {
  const { source, brand, key } = watch;
  const columns = progressColumns(progress);
  const row = await tx
    .insertInto('watches')
    .values({ source, brand, key, ...columns })
    .onConflict((on) => on.columns(['source', 'brand', 'key']).doUpdateSet(columns))
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** What the store knows a watch by. */
export function watchRow({ source, scope, brands, key }: Watch): WatchIdentity {
  return { source, brand: scope === 'brand' ? (brands[0] ?? '') : '', key };
}

export function watchKey({ source, brand, key }: WatchIdentity): string {
  return JSON.stringify([source, brand, key]);
}

function progressColumns(progress: Progress): Omit<Insertable<WatchesTable>, 'id' | 'source' | 'brand' | 'key'> {
  return {
    mark_at: progress.markAt,
    position: progress.position,
    validators: JSON.stringify(progress.validators),
    terms_fingerprint: progress.termsFingerprint,
    first_run_at: progress.firstRunAt,
    last_good_at: progress.lastGoodAt,
    last_new_at: progress.lastNewAt,
    last_tried_at: progress.lastTriedAt,
    fault: progress.fault === null ? null : JSON.stringify(progress.fault),
    gap_since: progress.gapSince,
    note: progress.note,
    listening_since: progress.listeningSince,
    gap_from: progress.gap?.from ?? null,
    gap_to: progress.gap?.to ?? null,
  };
}

function storedProgress(row: Selectable<WatchesTable>): Progress {
  return {
    markAt: row.mark_at,
    position: row.position,
    validators: JSON.parse(row.validators) as Progress['validators'],
    termsFingerprint: row.terms_fingerprint,
    firstRunAt: row.first_run_at,
    lastGoodAt: row.last_good_at,
    lastNewAt: row.last_new_at,
    lastTriedAt: row.last_tried_at,
    fault: row.fault === null ? null : (JSON.parse(row.fault) as WatchFault),
    gapSince: row.gap_since,
    note: row.note,
    listeningSince: row.listening_since,
    gap: row.gap_from === null || row.gap_to === null ? null : { from: row.gap_from, to: row.gap_to },
  };
}
