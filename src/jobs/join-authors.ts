/** Says of two accounts that they are one customer's, and takes that back. */
import { accountsOf, addJoins, standingJoins, withdrawJoins } from '../store/author-joins.ts';
import { readBrands } from '../store/brands.ts';
import { casesOfAuthors } from '../store/case-list.ts';
import type { Tools } from './tools.ts';

/** Who says so, and why. */
export interface Saying {
  readonly by: string;
  readonly why: string;
}

export interface Joined {
  /** All accounts of that customer now. */
  readonly accounts: readonly number[];
  /** Open cases of theirs that are still apart, brand by brand. */
  readonly apart: readonly (readonly [caseId: number, otherId: number])[];
}

/** @returns or why nothing was done */
export async function joinAuthors(
  tools: Tools,
  authorId: number,
  otherId: number,
  { by, why }: Saying,
): Promise<Joined | string> {
  const at = tools.clock.now();
  return tools.store.write('joining accounts', async (tx) => {
    if (authorId === otherId) return 'they are one account.';
    if ((await accountsOf(tx))(authorId).includes(otherId)) return 'they are one customer’s already.';
    await addJoins(tx, [{ authorId, otherId, by, at, why }]);
    const accounts = (await accountsOf(tx))(authorId);
    const apart: [number, number][] = [];
    for (const { id } of await readBrands(tx)) {
      const cases = await casesOfAuthors(tx, id, accounts);
      const open = [...new Set([...cases.values()].filter(({ closedAt }) => closedAt === null).map((one) => one.id))];
      const [first, second] = open.toSorted((one, other) => one - other);
      if (first !== undefined && second !== undefined) apart.push([first, second]);
    }
    return { accounts, apart };
  });
}

/** That account stands alone again; those it was joined with stay together. @returns them, or why nothing was done */
export async function splitAuthor(
  tools: Tools,
  authorId: number,
  { by, why }: Saying,
): Promise<readonly number[] | string> {
  const at = tools.clock.now();
  return tools.store.write('taking accounts apart', async (tx) => {
    const joins = await standingJoins(tx);
    const own = joins.filter((one) => one.authorId === authorId || one.otherId === authorId);
    if (own.length === 0) return 'it was not joined with another.';
    await withdrawJoins(
      tx,
      own.map((one) => ({ ...one, by, at, why })),
    );
    const others = own.map((one) => (one.authorId === authorId ? one.otherId : one.authorId));
    // They were joined by way of this one.
    const links = others.slice(1).flatMap((otherId, index) => {
      const before = others[index];
      return before === undefined ? [] : [{ authorId: before, otherId, by, at, why: own[index]?.why ?? why }];
    });
    await addJoins(tx, links);
    return others;
  });
}
