/** What `import --json` prints: what came in, and what of the file could not be read. Only ever added to. */
import { z } from 'zod';

const lines = z.array(z.object({ line: z.int().describe('Counted from 1.'), sentence: z.string() }));

export const ImportedFace = z.object({
  seen: z.int().describe('Posts in the file, also those that could not be read.'),
  fresh: z.int().describe('New mentions.'),
  flagged: z.int().describe('New mentions that need somebody.'),
  setAside: z.record(z.string(), z.int()).describe('Posts not kept, by reason.'),
  problems: lines.describe('Lines that could not be read, and why.'),
  leftOut: lines.describe('Posts that were kept without a field, since what stood there was none.'),
  readAs: z
    .string()
    .nullable()
    .describe(
      'Which column of a file that somebody else made was taken for what; null where there was nothing to guess.',
    ),
});
export type ImportedFace = z.infer<typeof ImportedFace>;
