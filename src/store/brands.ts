/** Table `brands`: whose names the database has heard of, and whether the config still lists them. */
import { among } from './lists.ts';
import type { Tx } from './tables.ts';

export interface KnownBrand {
  readonly id: string;
  readonly name: string;
  /** Changes with anything in its entry that matching or judging looks at. */
  readonly fingerprint: string;
  /** Stands in the config. */
  readonly listed: boolean;
}

export interface BrandChanges {
  readonly fresh: readonly string[];
  readonly renamed: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  /** Their entry has changed since their mentions were judged. */
  readonly changed: readonly string[];
  /** No longer in the config; all that is stored stays. */
  readonly gone: readonly string[];
}

/** A brand that the config does not name any more, though cases of it are open. */
export interface LeftBehind {
  readonly id: string;
  readonly name: string;
  readonly openCases: number;
}

/** Those with most open cases first. @param named ids of the config's brands */
export async function readLeftBehind(tx: Tx, named: readonly string[]): Promise<LeftBehind[]> {
  return tx
    .selectFrom('brands')
    .innerJoin('cases', 'cases.brand_id', 'brands.id')
    .where('brands.id', 'not in', among(named))
    .where('cases.closed_at', 'is', null)
    .where('cases.joined_into', 'is', null)
    .groupBy('brands.id')
    .select(({ fn }) => ['brands.id as id', 'brands.name as name', fn.countAll<number>().as('openCases')])
    .orderBy('openCases', 'desc')
    .orderBy('brands.id')
    .execute();
}

export async function readBrands(tx: Tx): Promise<KnownBrand[]> {
  const rows = await tx.selectFrom('brands').selectAll().orderBy('id').execute();
  return rows.map(({ id, name, fingerprint, listed }) => ({ id, name, fingerprint, listed: listed === 1 }));
}

/** Makes the database know exactly these brands as listed, and tells by their ids what is different. */
export async function saveBrands(
  tx: Tx,
  brands: readonly Omit<KnownBrand, 'listed'>[],
  now: number,
): Promise<BrandChanges> {
  const before = new Map((await readBrands(tx)).map((brand) => [brand.id, brand]));
  const listed = new Set(brands.map(({ id }) => id));
  const fresh: string[] = [];
  const renamed: BrandChanges['renamed'][number][] = [];
  const changed: string[] = [];
  for (const { id, name, fingerprint } of brands) {
    const known = before.get(id);
    if (known === undefined) {
      fresh.push(id);
      await tx
        .insertInto('brands')
        .values({ id, name, fingerprint, listed: 1, first_seen_at: now, changed_at: now })
        .execute();
      continue;
    }
    if (known.name !== name) renamed.push({ id, from: known.name, to: name });
    if (known.fingerprint !== fingerprint) changed.push(id);
    if (known.name === name && known.fingerprint === fingerprint && known.listed) continue;
    await tx
      .updateTable('brands')
      .set({ name, fingerprint, listed: 1, changed_at: now })
      .where('id', '=', id)
      .execute();
  }
  const gone = [...before.values()].filter((brand) => brand.listed && !listed.has(brand.id)).map(({ id }) => id);
  for (const id of gone)
    await tx.updateTable('brands').set({ listed: 0, changed_at: now }).where('id', '=', id).execute();
  return { fresh, renamed, changed, gone };
}
