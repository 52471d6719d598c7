/** Table `opinions`: what slow judges said, as numbers, so that nothing is asked twice. */
import { among, insertRows } from './lists.ts';
import type { Tx } from './tables.ts';

/** What an opinion is known by: fingerprints, never words. */
export interface OpinionKey {
  readonly text: string;
  readonly brand: string;
  readonly judge: string;
  readonly version: string;
}

export interface KeptOpinion extends OpinionKey {
  /** As the judge gave them. */
  readonly numbers: Readonly<Record<string, number | null>>;
}

/** The first answer stays. */
export async function saveOpinions(tx: Tx, opinions: readonly KeptOpinion[], now: number): Promise<void> {
  const rows = opinions.map(({ text, brand, judge, version, numbers }) => ({
    text,
    brand,
    judge,
    version,
    numbers: JSON.stringify(numbers),
    at: now,
  }));
  await insertRows(tx, 'opinions', rows, 'on conflict do nothing');
}

/** All opinions, of every judge and version, on these texts. */
export async function opinionsOn(tx: Tx, texts: readonly string[]): Promise<KeptOpinion[]> {
  const rows = await tx.selectFrom('opinions').selectAll().where('text', 'in', among(texts)).execute();
  return rows.map(({ text, brand, judge, version, numbers }) => ({
    text,
    brand,
    judge,
    version,
    numbers: JSON.parse(numbers) as KeptOpinion['numbers'],
  }));
}

/** Of every judge and version, for every brand. */
export async function forgetOpinions(tx: Tx, texts: readonly string[]): Promise<void> {
  await tx.deleteFrom('opinions').where('text', 'in', among(texts)).execute();
}
