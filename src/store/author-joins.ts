/** Table `author_joins`: accounts that a person called one customer's. Rows are only added; taking them apart is a row of its own. */
import type { Tx } from './tables.ts';

export interface AuthorJoin {
  readonly authorId: number;
  readonly otherId: number;
  /** A person's name. */
  readonly by: string;
  readonly at: number;
  readonly why: string;
}

export async function addJoins(tx: Tx, joins: readonly AuthorJoin[]): Promise<void> {
  await append(tx, joins, 0);
}

/** Takes them apart again; both stay on record. */
export async function withdrawJoins(tx: Tx, joins: readonly AuthorJoin[]): Promise<void> {
  await append(tx, joins, 1);
}

/** Those that stand, oldest first. They are made by hand, so they are few. */
export async function standingJoins(tx: Tx): Promise<AuthorJoin[]> {
  const rows = await tx.selectFrom('author_joins').selectAll().orderBy('id').execute();
  const last = new Map(rows.map((row) => [pairOf(row.author_id, row.other_id), row]));
  return [...last.values()].flatMap(({ author_id, other_id, by, at, why, withdrawn }) =>
    withdrawn === 1 ? [] : [{ authorId: author_id, otherId: other_id, by, at, why }],
  );
}

/** Every account of one customer, the oldest first, by each of them; an author who is not in it stands alone. */
function accountsIn(joins: readonly Pick<AuthorJoin, 'authorId' | 'otherId'>[]): Map<number, readonly number[]> {
  const groups = new Map<number, readonly number[]>();
  for (const { authorId, otherId } of joins) {
    const both = [...new Set([...(groups.get(authorId) ?? [authorId]), ...(groups.get(otherId) ?? [otherId])])];
    const all = both.toSorted((one, other) => one - other);
    for (const id of all) groups.set(id, all);
  }
  return groups;
}

/** The accounts of these authors and of whoever was joined to them, in groups as `accountsIn`. */
export async function accountsOf(tx: Tx): Promise<(authorId: number) => readonly number[]> {
  const groups = accountsIn(await standingJoins(tx));
  return (authorId) => groups.get(authorId) ?? [authorId];
}

const pairOf = (one: number, other: number) => `${Math.min(one, other)} ${Math.max(one, other)}`;

async function append(tx: Tx, joins: readonly AuthorJoin[], withdrawn: 0 | 1): Promise<void> {
  if (joins.length === 0) return;
  const rows = joins.map(({ authorId, otherId, by, at, why }) => ({
    author_id: authorId,
    other_id: otherId,
    by,
    at,
    why,
    withdrawn,
  }));
  await tx.insertInto('author_joins').values(rows).execute();
}
