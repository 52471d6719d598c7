/** The bench's answer: one line a measurement, what it is held against beside it. */
import stringWidth from 'string-width';

export interface Row {
  readonly what: string;
  readonly measured: string;
  /** Empty where nothing was promised. */
  readonly limit: string;
  readonly reference: string;
  readonly ratio: string;
  readonly verdict: 'ok' | 'over' | '';
}

const titles = {
  what: 'what',
  measured: 'measured',
  limit: 'limit',
  reference: 'reference',
  ratio: 'ratio',
  verdict: '',
};

/** Columns as wide as what stands in them. */
export function tableOf(rows: readonly Row[]): string {
  const all = [titles, ...rows];
  const columns = ['what', 'measured', 'limit', 'reference', 'ratio', 'verdict'] as const;
  const widths = columns.map((column) => Math.max(...all.map((row) => stringWidth(row[column]))));
  const line = (row: (typeof all)[number]) =>
    columns
      .map((column, place) => row[column] + ' '.repeat((widths[place] ?? 0) - stringWidth(row[column])))
      .join('  ');
  return all.map((row) => line(row).trimEnd()).join('\n');
}
