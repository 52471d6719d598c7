/** A customer in numbers: what all their accounts, joined by hand where they are several, have said of a brand. */
import { type Customer, complaintsWithinMs } from '../cases/regulars.ts';
import { accountsOf } from '../store/author-joins.ts';
import { saidBefore } from '../store/customers.ts';
import type { MentionRow } from '../store/mention-rows.ts';
import type { Tx } from '../store/tables.ts';

type Spoken = Pick<MentionRow, 'brand' | 'post'>;

/** The customer behind mentions of one case, or behind one; of nobody that is known, one who never spoke before. */
export type CustomerOf = (rows: readonly Spoken[]) => Customer;

const nobody: Customer = { mentions: 0, praise: 0, complaints: 0, firstAt: null };

/** @param rows all that will be asked about */
export async function readCustomers(tx: Tx, rows: readonly Spoken[], now: number): Promise<CustomerOf> {
  const accounts = await accountsOf(tx);
  const authorsIn = (those: readonly Spoken[]) => [
    ...new Set(those.flatMap(({ post }) => (post.authorId === null ? [] : accounts(post.authorId)))),
  ];
  const said = await saidBefore(tx, authorsIn(rows), { complaintsSince: now - complaintsWithinMs });
  const byAuthor = Map.groupBy(said, ({ authorId }) => authorId);
  return (those) => {
    const brands = new Set(those.map(({ brand }) => brand.id));
    const own = authorsIn(those)
      .flatMap((id) => byAuthor.get(id) ?? [])
      .filter(({ brandId }) => brands.has(brandId));
    if (own.length === 0) return nobody;
    const sum = (of: (one: (typeof own)[number]) => number) => own.reduce((total, one) => total + of(one), 0);
    return {
      mentions: sum(({ mentions }) => mentions),
      praise: sum(({ praise }) => praise),
      complaints: sum(({ complaints }) => complaints),
      firstAt: Math.min(...own.map(({ firstAt }) => firstAt)),
    };
  };
}
