/** What was done about causes, and whether they have come back since. */
import { type Mended, mendedOf } from '../insight/mended.ts';
import { casesCausedBy, mendings } from '../store/causes.ts';
import type { Tx } from '../store/tables.ts';

export interface BrandMended extends Mended {
  readonly brandId: string;
  readonly by: string;
}

/** The newest first; of a cause that was mended several times each one. */
export async function readMended(tx: Tx, brandIds: readonly string[], now: number): Promise<readonly BrandMended[]> {
  const stored = await mendings(tx, brandIds);
  const causes = [...new Set(stored.map(({ cause }) => cause))];
  const cases = await casesCausedBy(tx, brandIds, causes);
  return stored.map(({ brandId, by, ...mending }) => {
    const own = cases.filter((one) => one.brandId === brandId && one.cause === mending.cause);
    return { brandId, by, ...mendedOf(mending, own, now) };
  });
}
