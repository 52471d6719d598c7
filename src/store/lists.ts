/** Lists in and out of statements: one parameter for a list of any length, and many rows an insert. */

import type { Insertable, Updateable } from 'kysely';
import { CompiledQuery, type InsertQueryBuilder, type InsertResult, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables, Tx } from './tables.ts';

/** For `where('id', 'in', among(ids))`: the statement's text stays the same however long the list is. */
export function among<Value extends string | number>(list: readonly Value[]): RawBuilder<Value> {
  return sql<Value>`(select value from json_each(${JSON.stringify(list)}))`;
}

/** Rows a statement: what remains is sent in smaller ones of fixed sizes, so that few different statements exist. */
const sizes = [200, 50, 10, 1] as const;

type Builder<Name extends keyof Tables> = InsertQueryBuilder<Tables, Name, InsertResult>;

/**
 * Adds rows, all with the same columns, and gives back what `finish` returns of them: in no particular order, and
 * without those that were there already where it says `on conflict do nothing`. Join by key.
 */
export async function insertRows<Name extends keyof Tables & string, Row = never>(
  tx: Tx,
  name: Name,
  rows: readonly Insertable<Tables[Name]>[],
  finish?: { readonly key: string; readonly with: (insert: Builder<Name>) => { compile(): CompiledQuery } },
): Promise<Row[]> {
  const given: Row[] = [];
  const first = rows[0];
  if (first === undefined) return given;
  const columns = Object.keys(first);
  let from = 0;
  for (const size of sizes) {
    while (rows.length - from >= size) {
      const chunk = rows.slice(from, from + size);
      const text = insertText(
        tx,
        name,
        chunk,
        `${name} ${finish?.key ?? ''} ${columns.join(' ')} ${size}`,
        finish?.with,
      );
      const values: unknown[] = [];
      for (const row of chunk)
        for (const column of columns) values.push((row as Record<string, unknown>)[column] ?? null);
      const answer = await tx.executeQuery(CompiledQuery.raw(text, values));
      given.push(...(answer.rows as Row[]));
      from += size;
    }
  }
  return given;
}

/** Compiling two hundred rows costs more than inserting them; the text depends on nothing but table, columns and size. */
const texts = new Map<string, string>();

function insertText<Name extends keyof Tables & string>(
  tx: Tx,
  name: Name,
  rows: readonly Insertable<Tables[Name]>[],
  key: string,
  finish: ((insert: Builder<Name>) => { compile(): CompiledQuery }) | undefined,
): string {
  const known = texts.get(key);
  if (known !== undefined) return known;
  const insert = (tx as Kysely<Tables>).insertInto(name).values(rows as never) as unknown as Builder<Name>;
  const text = (finish ? finish(insert) : insert).compile().sql;
  texts.set(key, text);
  return text;
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
