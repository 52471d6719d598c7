/** What `earshot collect --json` prints. */
import { z } from 'zod';
import { troubleKinds } from '../watch.ts';

export const RunFace = z.object({
  watch: z.string(),
  source: z.string(),
  brands: z.array(z.string()),
  outcome: z.enum(['complete', 'cut-short', 'failed']),
  seen: z.int().describe('Posts that the platform gave.'),
  fresh: z.int().describe('New mentions.'),
  flagged: z.int().describe('New mentions that need somebody.'),
  setAside: z.record(z.string(), z.int()).describe('Posts not kept, by reason.'),
  fault: z.object({ kind: z.enum(troubleKinds), message: z.string() }).nullable(),
});
export const RunsFace = z.object({ runs: z.array(RunFace) });
export type RunFace = z.infer<typeof RunFace>;
