/** Lists in and out of statements: one parameter for a list of any length, and many rows an insert. */

import type { Insertable, Updateable } from 'kysely';
import { CompiledQuery, type RawBuilder, sql } from 'kysely';
import type { Tables, Tx } from './tables.ts';

/** For `where('id', 'in', among(ids))`: the statement's text stays the same however long the list is. */
export function among<Value extends string | number>(list: readonly Value[]): RawBuilder<Value> {
  return sql<Value>`(select value from json_each(${JSON.stringify(list)}))`;
}

/** Rows a statement: what remains is sent in smaller ones of fixed sizes, so that few different statements exist. */
const sizes = [200, 50, 10, 1] as const;

/**
 * Adds rows, all with the same columns.
 * @param ifThere for those whose key is there already: the statement's last words
 */
export async function insertRows<Name extends keyof Tables & string>(
  tx: Tx,
  name: Name,
  rows: readonly Insertable<Tables[Name]>[],
  ifThere: '' | `on conflict ${string}` = '',
): Promise<void> {
  const columns = columnsOf(rows);
  let from = 0;
  for (const size of sizes) {
    for (; rows.length - from >= size; from += size) {
      const values = valuesOf(rows.slice(from, from + size), columns);
      await tx.executeQuery(CompiledQuery.raw(insertText(name, columns, size, ifThere), values));
    }
  }
}

type AnyRow = Readonly<Record<string, unknown>>;

/** Of many rows only those that one of them fills: half of what a post may have its platform never tells. */
function columnsOf(rows: readonly AnyRow[]): readonly string[] {
  const columns = Object.keys(rows[0] ?? {});
  // Few rows save nothing by it, and would make a statement of each mixture.
  return rows.length < sizes[1]
    ? columns
    : columns.filter((column) => rows.some((row) => (row[column] ?? null) !== null));
}

function valuesOf(rows: readonly AnyRow[], columns: readonly string[]): unknown[] {
  const values: unknown[] = [];
  for (const row of rows) for (const column of columns) values.push(row[column] ?? null);
  return values;
}

/** Writing one with two hundred rows costs more than looking it up. */
const texts = new Map<string, string>();

function insertText(name: string, columns: readonly string[], size: number, ifThere: string): string {
  const key = `${name} ${columns} ${size} ${ifThere}`;
  const known = texts.get(key);
  if (known !== undefined) return known;
  const row = `(${columns.map(() => '?').join(', ')})`;
  const names = columns.map((column) => `"${column}"`).join(', ');
  const text = `insert into "${name}" (${names}) values ${Array(size).fill(row).join(', ')} ${ifThere}`;
  texts.set(key, text);
  return text;
}

/**
 * The id that the next row gets, of which there was none before: inside a transaction that writes, whoever adds rows may
 * number them from there on. Having SQLite tell each row's id costs a third of adding it.
 */
export async function nextId(tx: Tx, name: 'authors' | 'posts' | 'mentions' | 'cases'): Promise<number> {
  const { rows } = await sql<{ readonly next: number }>`
    select 1 + max(
      coalesce((select max(id) from ${sql.table(name)}), 0),
      coalesce((select seq from sqlite_sequence where name = ${name}), 0)
    ) as next`.execute(tx);
  return rows[0]?.next ?? 1;
}

/** Rows as a table of their own, to join with; every row names the same columns. */
export function tableOf(rows: readonly Readonly<Record<string, string | number | null>>[]): RawBuilder<unknown> {
  const columns = Object.keys(rows[0] ?? {}).map((name) => sql`value ->> ${sql.lit(name)} as ${sql.ref(name)}`);
  return sql`(select ${sql.join(columns)} from json_each(${JSON.stringify(rows)}))`;
}

type Row<Name extends keyof Tables> = { readonly [Column in keyof Updateable<Tables[Name]>]: string | number | null };

/** Changes rows by their id, all in one statement; every row names the same columns. */
export async function updateRows<Name extends 'authors' | 'posts' | 'mentions' | 'cases'>(
  tx: Tx,
  name: Name,
  rows: readonly (Row<Name> & { readonly id: number })[],
): Promise<void> {
  const first = rows[0];
  if (first === undefined) return;
  const columns = Object.keys(first).filter((column) => column !== 'id');
  const changes = columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`new.${column}`)}`);
  await sql`update ${sql.table(name)} set ${sql.join(changes)} from ${tableOf(rows)} as new
    where ${sql.ref(`${name}.id`)} = new.id`.execute(tx);
}
