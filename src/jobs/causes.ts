/** What was behind complaints, in the brand's own words: they grow by use, and one that is meant again is spelt as before. */
import { causesOf } from '../store/causes.ts';
import type { Tx } from '../store/tables.ts';

export async function asSpelt(tx: Tx, brandId: string, cause: string): Promise<string> {
  const given = cause.trim().replaceAll(/\s+/g, ' ');
  const { causes } = await causesOf(tx, brandId);
  return causes.find((one) => folded(one.cause) === folded(given))?.cause ?? given;
}

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f\p{P}\s]+/gu, '')
    .toLocaleLowerCase('en');
