/** Table `brands`: whose names the database has heard of, and whether the config still lists them. */
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
