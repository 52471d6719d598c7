/** What was behind complaints, as `causes` tells it. */
import type { CausesFace } from '../face/causes.ts';
import { readBrands } from '../store/brands.ts';
import { causeTallies } from '../store/causes.ts';
import { readMended } from './mendings.ts';
import { mendedFace } from './report-face.ts';
import type { Tools } from './tools.ts';

/** @param since milliseconds UTC: of what was said from then on */
export async function causesFace(tools: Tools, brandIds: readonly string[], since: number): Promise<CausesFace> {
  const now = tools.clock.now();
  const { tallies, mended, known } = await tools.store.read('causes', async (tx) => ({
    tallies: await causeTallies(tx, { brandIds, from: since, to: now + 1 }),
    mended: await readMended(tx, brandIds, now),
    known: await readBrands(tx),
  }));
  return brandIds.map((id) => {
    const own = tallies.filter(({ brandId }) => brandId === id);
    const causes = own.flatMap(({ cause, cases, lastAt }) => {
      if (cause === null) return [];
      const last = mended.find((one) => one.brandId === id && one.cause === cause);
      return [{ cause, cases, lastAt: new Date(lastAt).toISOString(), mended: last ? mendedFace(last) : null }];
    });
    const without = own.find(({ cause }) => cause === null)?.cases ?? 0;
    return { brand: known.find((brand) => brand.id === id)?.name ?? id, causes, without };
  });
}
