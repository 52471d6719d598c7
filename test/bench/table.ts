/** The bench's answer: one line a measurement, what it is held against beside it. */
import { inColumns } from '../support/columns.ts';

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
  const columns = ['what', 'measured', 'limit', 'reference', 'ratio', 'verdict'] as const;
  return inColumns([titles, ...rows].map((row) => columns.map((column) => row[column])));
}
