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
  notAsked: z
    .object({
      until: z.iso.datetime().describe('When it is asked again at the earliest.'),
      heardAt: z.iso.datetime().nullable().describe('When the last complete look ended.'),
    })
    .nullable()
    .describe('Its maker wants to be left alone for now, so nothing was asked and nothing read; null where it was.'),
  unread: z
    .array(z.string())
    .describe('What could not be read, or only in part, and why; of a file with its line. The first twenty.'),
  ratings: z
    .array(
      z.object({
        platform: z.string().describe('Whose figure it is; to be named wherever the figure is shown.'),
        place: z.string(),
        value: z.number(),
        scale: z.number(),
        count: z.int().nullable().describe('Of how many ratings; null where the place does not tell.'),
        url: z.string().nullable().describe('The page to show beside it.'),
        kept: z.boolean().describe('False where the platform lets nobody keep it: it stands here and nowhere else.'),
      }),
    )
    .describe('What the place says of itself overall, as it stood at this look.'),
});
export const RunsFace = z.object({ runs: z.array(RunFace) });
export type RunFace = z.infer<typeof RunFace>;
