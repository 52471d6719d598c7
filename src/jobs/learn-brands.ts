/** Makes the database know the brands of the config, and judges again where a brand's entry has changed. */
import type { BrandConfig } from '../config/config.ts';
import { brandFingerprint } from '../findings/version.ts';
import { type BrandChanges, type LeftBehind, readBrands, readLeftBehind, saveBrands } from '../store/brands.ts';
import { count } from '../text/count.ts';
import type { Rejudged } from './rejudge.ts';
import type { Tools } from './tools.ts';

export interface Learned {
  readonly changes: BrandChanges;
  readonly rejudged: Rejudged;
  /** Open cases of the brands that left the config just now. */
  readonly leftBehind: readonly LeftBehind[];
}

/** Null where nothing is different, which takes one read. @param onJudged told how many have been judged again so far */
export async function learnBrands(tools: Tools, onJudged?: (count: number) => void): Promise<Learned | null> {
  const brands = [...tools.brands.values()].map((brand) => ({
    id: brand.id,
    name: brand.name,
    fingerprint: matchedFingerprint(brand),
  }));
  const known = await tools.store.read('brands', (tx) => readBrands(tx));
  const same = (brand: (typeof brands)[number]) =>
    known.some(
      (one) => one.listed && one.id === brand.id && one.name === brand.name && one.fingerprint === brand.fingerprint,
    );
  if (brands.every(same) && known.filter((one) => one.listed).length === brands.length) return null;
  const write = (list: typeof brands) => tools.store.write('brands', (tx) => saveBrands(tx, list, tools.clock.now()));
  // Known by its new fingerprint only once all is judged again: what breaks off half way begins anew next time.
  const changes = await write(
    known.length === 0 ? brands : brands.map((brand) => (same(brand) ? brand : { ...brand, fingerprint: '' })),
  );
  const changed = brands
    .filter((brand) => !same(brand) && known.some((one) => one.id === brand.id))
    .map((brand) => brand.id);
  const again = known.length === 0 ? [] : [...changed, ...changes.fresh];
  const { nothingRejudged, rejudgeBrands } = await import('./rejudge.ts');
  const rejudged = again.length > 0 ? await rejudgeBrands(tools, again, onJudged) : nothingRejudged;
  if (known.length > 0) await write(brands);
  const left = await tools.store.read('brands', (tx) => readLeftBehind(tx, [...tools.brands.keys()]));
  const leftBehind = left.filter(({ id }) => changes.gone.includes(id));
  return { changes: { ...changes, changed }, rejudged, leftBehind };
}

/** “(Blue Door Coffee): 1 earlier mention left out now, 2 taken in”, behind “what you listen for has changed”; null where nothing moved. */
export function whatMoved({ brands }: Pick<Tools, 'brands'>, { changes, rejudged }: Learned): string | null {
  const { setAside, cameIn } = rejudged;
  if (changes.changed.length === 0 || setAside + cameIn === 0) return null;
  const names = changes.changed.map((id) => brands.get(id)?.name ?? id).join(', ');
  return `(${names}): ${count(setAside, 'earlier mention')} left out now, ${cameIn} taken in`;
}

/** Changes with anything that matching and judging look at; where and when we listen is no part of it. */
export function matchedFingerprint(brand: BrandConfig): string {
  const { id, name, aliases, about, handles, domains, exclude, query, require, caseSensitive, rivals, topics } = brand;
  return brandFingerprint({
    id,
    name,
    aliases,
    about,
    handles,
    domains,
    exclude,
    query,
    require,
    caseSensitive,
    rivals,
    ...(topics && { topics }),
  });
}
