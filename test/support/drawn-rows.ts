/** Rows with a draw of them, and the same draw with every row written out. */
import fc from 'fast-check';

export interface DrawnRows<Row> {
  readonly rows: readonly Row[];
  /** How often each row counts. */
  readonly drawn: readonly number[];
  readonly written: readonly Row[];
}

export function drawnRows<Row>(row: fc.Arbitrary<Row>): fc.Arbitrary<DrawnRows<Row>> {
  return fc.array(fc.tuple(row, fc.integer({ min: 0, max: 3 })), { minLength: 1 }).map((drawn) => ({
    rows: drawn.map(([each]) => each),
    drawn: drawn.map(([, times]) => times),
    written: drawn.flatMap(([each, times]) => Array<Row>(times).fill(each)),
  }));
}

/** The draw in which every row counts once. */
export function once(rows: readonly unknown[]): readonly number[] {
  return rows.map(() => 1);
}
