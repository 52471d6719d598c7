/** Lines of cells as plain text. */
import stringWidth from 'string-width';

/** Columns as wide as what stands in them, two spaces apart. */
export function inColumns(lines: readonly (readonly string[])[]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => stringWidth(line[column] ?? ''))));
  const filled = (cell: string, column: number) => cell + ' '.repeat((widths[column] ?? 0) - stringWidth(cell));
  return lines.map((line) => line.map(filled).join('  ').trimEnd()).join('\n');
}
