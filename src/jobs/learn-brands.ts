/** Makes the database know the brands of the config, and judges again where a brand's entry has changed. */
import type { Brand } from '../brand.ts';
import type { BrandConfig } from '../config/config.ts';
import { brandFingerprint } from '../findings/version.ts';
import { type BrandChanges, readBrands, saveBrands } from '../store/brands.ts';
import type { Rejudged } from './rejudge.ts';
import type { Tools } from './tools.ts';

export interface Learned {
  readonly changes: BrandChanges;
  readonly rejudged: Rejudged;
}

/** Null where nothing is different, which takes one read. */
export async function learnBrands(tools: Tools): Promise<Learned | null> {
  const brands = [...tools.brands.values()].map((brand) => ({
    id: brand.id,
    name: brand.name,
    fingerprint: brandFingerprint(judged(brand)),
  }));
  const known = await tools.store.read('brands', (tx) => readBrands(tx));
  const same = (brand: (typeof brands)[number]) =>
    known.some(
      (one) => one.listed && one.id === brand.id && one.name === brand.name && one.fingerprint === brand.fingerprint,
    );
  if (brands.every(same) && known.filter((one) => one.listed).length === brands.length) return null;
  const changes = await tools.store.write('brands', (tx) => saveBrands(tx, brands, tools.clock.now()));
  const again = [...changes.changed, ...(known.length > 0 ? changes.fresh : [])];
  const { nothingRejudged, rejudgeBrands } = await import('./rejudge.ts');
  const rejudged = again.length > 0 ? await rejudgeBrands(tools, again) : nothingRejudged;
  return { changes, rejudged };
}

/** What matching and judging look at; where and when we listen is no part of it. */
function judged(brand: BrandConfig): Brand {
  const { id, name, aliases, about, handles, domains, exclude, require, caseSensitive, rivals } = brand;
  return { id, name, aliases, about, handles, domains, exclude, require, caseSensitive, rivals };
}
