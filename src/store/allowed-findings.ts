/** Table `allowed_findings`: what a person waved through for a brand when its answers were checked. */
import { insertRows } from './lists.ts';
import type { Tx } from './tables.ts';

export interface AllowedFinding {
  readonly rule: string;
  /** Null: the rule as a whole. */
  readonly words: string | null;
  /** A person's name. */
  readonly by: string;
  readonly at: number;
  readonly why: string | null;
}

/** Once is enough: who said so first stays on record. */
export async function allowFinding(tx: Tx, brandId: string, allowed: AllowedFinding): Promise<void> {
  const { rule, words, by, at, why } = allowed;
  const row = { brand_id: brandId, rule, words: words ?? '', by, at, why };
  await insertRows(tx, 'allowed_findings', [row], 'on conflict do nothing');
}

/** False where it was not allowed. */
export async function forbidAgain(
  tx: Tx,
  brandId: string,
  { rule, words }: Pick<AllowedFinding, 'rule' | 'words'>,
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('allowed_findings')
    .where('brand_id', '=', brandId)
    .where('rule', '=', rule)
    .where('words', '=', words ?? '')
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** By rule, then by words. */
export async function allowedFor(tx: Tx, brandId: string): Promise<AllowedFinding[]> {
  const rows = await tx
    .selectFrom('allowed_findings')
    .selectAll()
    .where('brand_id', '=', brandId)
    .orderBy('rule')
    .orderBy('words')
    .execute();
  return rows.map(({ rule, words, by, at, why }) => ({ rule, words: words === '' ? null : words, by, at, why }));
}

/** Of every brand, those that name words. */
export async function allowedWords(tx: Tx): Promise<{ brandId: string; rule: string; words: string }[]> {
  const rows = await tx
    .selectFrom('allowed_findings')
    .select(['brand_id as brandId', 'rule', 'words'])
    .where('words', '<>', '')
    .execute();
  return rows;
}
