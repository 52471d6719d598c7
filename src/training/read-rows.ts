/** What we read in rows of the public sets (data/training/public-rows.tsv): is anybody complained of? The rows themselves stay where they are. */
import { readFileSync } from 'node:fs';

const file = new URL('../../data/training/public-rows.tsv', import.meta.url);

/** By the row's id 1 for a complaint, 0 for none, null where two careful readers may differ. @throws Error with the line where one is not as it should be */
export function readRows(): ReadonlyMap<string, number | null> {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  return new Map(
    lines.map((line, number) => {
      const [, id = '', label = ''] = /^(\S+)\t(n|u|c[1-4]\.[1-4])$/.exec(line) ?? [];
      if (id === '') throw new Error(`${file.pathname}, line ${number + 1}: an id, a tab, and n, u or c2.3`);
      return [id, label === 'n' ? 0 : label === 'u' ? null : 1];
    }),
  );
}
